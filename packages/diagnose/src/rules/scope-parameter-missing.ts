// Was no scope asked for, at a server that has no default scope?
import { namedBy } from './oauth.ts'
import { type Rule, speak } from './rule.ts'

export const scopeParameterMissing: Rule = {
  kind: 'scope-parameter-missing',
  speak(facts) {
    const named = namedBy(
      facts,
      {
        sentence:
          /\bNo scopes were requested|\bany configured default scopes\b|\b'?scope'? (?:parameter )?(?:must be provided|is required|is missing)\b/i,
        reasons: 'missing_scopes|no_default_scopes|ciba_request_missing_scope',
      },
      'The request asks for no scope, and the server has none that it gives by itself.',
    )
    if (!named) return []
    return speak('scope-parameter-missing', 'certain', [named], {
      fix: [
        'Send `scope` with the request, its words parted by blanks: in the form of a token request, in the query of an authorize request.',
        'Look at the request as it leaves: an empty setting sends an empty `scope`.',
        'Or mark a scope as default: Security > API > your server > Scopes. The org server has none.',
      ],
      weight: 9,
    })
  },
}
