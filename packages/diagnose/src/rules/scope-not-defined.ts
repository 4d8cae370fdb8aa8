// Does the request ask for a scope that this authorization server does not know or never gives?
import { scopeWords } from '../scopes.ts'
import { namedBy, parameter, serverAsked } from './oauth.ts'
import { byCode, type Rule, shown, speak } from './rule.ts'

const fix = [
  'Hold each word of `scope` against `scopes_supported` in the metadata of this very server.',
  'Create what is missing: Security > API > your server > Scopes. `groups` is not there until somebody creates it; scopes that begin with `okta.` exist at the org server only.',
  'Part scopes with one blank, not with commas.',
]

export const scopeNotDefined: Rule = {
  kind: 'scope-not-defined',
  speak(facts) {
    const asked = parameter(facts, 'scope') ?? scopesTold(facts.told)
    const request = asked !== undefined && {
      place: 'request',
      quote: shown(asked),
      says: 'These scopes were asked for.',
    }
    const openid = namedBy(
      facts,
      {
        sentence: /\brequest '?openid'? scopes using\b/i,
        reasons: 'openid_not_allowed_client_creds|openid_not_allowed_token_exchange',
      },
      'Without a user there is no ID token, so OpenID scopes do not exist here.',
    )
    if (openid)
      return speak('scope-not-defined', 'certain', [openid, request], {
        first: ['Leave `openid`, `profile`, `email` and `offline_access` out; ask for scopes of your own.'],
        fix,
        weight: 9,
      })
    const named = namedBy(
      facts,
      {
        sentence:
          /\bscopes? (?:are|is) not (?:configured|defined|supported)\b|\bfollowing scopes are not allowed\b|(?<!custom )\bscopes are not allowed for this request|\b(?:unknown|invalid|undefined) scopes?\b|\brequested scope is invalid\b/i,
        reasons: 'no_matching_scope|illegal_scopes?|invalid_scope|unsupported_scope_browser_request',
      },
      'The server has no such scope, or does not give it here.',
    )
    // Scopes of Okta at a custom server, scopes of one's own at the org server: then the server is the mistake.
    // Who did not see what was asked for cannot tell.
    const atCustom = serverAsked(facts) !== undefined && serverAsked(facts) !== 'org'
    const crossed = atCustom && (asked === undefined || /\bokta\.\w/.test(asked))
    // The sentence of the code itself stands beside every cause of it.
    const shared = crossed || /\brequested scope is invalid\b/i.test(facts.summary ?? '')
    if (named)
      return speak('scope-not-defined', shared ? 'likely' : 'certain', [named, request], {
        fix,
        weight: shared ? 6 : 9,
      })
    if (facts.code === 'invalid_scope' && facts.summary === undefined)
      return speak('scope-not-defined', 'likely', [byCode(facts, 'A scope of the request is not accepted.'), request], {
        fix,
        weight: 7,
      })
    return []
  },
}

function scopesTold(told: readonly { text: string }[]): string | undefined {
  const words = told.flatMap(({ text }) =>
    /^scopes? requested: |^requested scopes?: /.test(text) ? scopeWords(text.split(': ')[1]) : [],
  )
  return words.length === 0 ? undefined : words.join(' ')
}
