// Does the flow have to use PKCE, and the request does not?
import { namedBy, parameter } from './oauth.ts'
import { type Rule, shown, speak } from './rule.ts'

const fix = [
  'Switch PKCE on in your SDK: `code_challenge` with `code_challenge_method=S256` in the authorize request, `code_verifier` in the token request.',
  'From a browser the token endpoint takes the authorization code with PKCE alone. Other grants belong on a server: an `Origin` header on the request makes it a browser request.',
  'An app without a secret (single-page, native) always needs PKCE; for a web app it is a setting, "Require PKCE".',
]

export const pkceRequired: Rule = {
  kind: 'pkce-required',
  speak(facts) {
    const named = namedBy(
      facts,
      {
        sentence:
          /\bPKCE code challenge is required|\bmust use Proof Key for Code Exchange|\bcode[_ ]challenge (?:is )?(?:required|missing)\b|\bPKCE is required\b/i,
        reasons: 'pkce_missing_challenge|pkce_challenge_required|unsupported_auth_method_browser_request',
      },
      'This client, or this way to call, has to use PKCE.',
    )
    if (!named) return []
    const grant = parameter(facts, 'grant_type')
    const origin = facts.requestHeader('origin') ?? facts.told.find(({ text }) => /\borigin: \S/i.test(text))?.text
    return speak(
      'pkce-required',
      'certain',
      [
        named,
        origin !== undefined && {
          place: 'request',
          quote: shown(origin),
          says: 'The request comes from a browser, or looks like it.',
        },
        grant !== undefined &&
          grant !== 'authorization_code' && {
            place: 'request',
            quote: shown(grant),
            says: 'This grant knows no PKCE, so a browser cannot use it.',
          },
      ],
      { fix, weight: 9 },
    )
  },
}
