// Was the token issued for another audience than the one that checks it?
import type { Facts } from '../facts.ts'
import { toldThat } from '../facts.ts'
import { namedBy, toldUnder } from './oauth.ts'
import { because, type Rule, shown, speak } from './rule.ts'

const fix = [
  'Look at `aud` of the token, and set the audience of the verifier to just that: for a custom server it stands under Security > API > your server > Audience, such as `api://default`.',
  'A verifier without an audience may refuse every token: give it one, do not switch the check off.',
  'If the audience is a client id, an ID token was sent where an access token belongs.',
]

export const audienceMismatch: Rule = {
  kind: 'audience-mismatch',
  speak(facts) {
    const named = namedBy(
      facts,
      {
        sentence:
          /\baudience\b.{0,100}\b(?:validation failed|invalid|mismatch\w*|did not match|does(?: not|n't) match|not (?:valid|allowed|match)|unexpected|incorrect)\b|\b(?:invalid|unexpected|wrong|mismatched) audience\b|\baud\b["'` ]{0,3}(?:claim)?.{0,60}\b(?:not valid|invalid|must be|mismatch|unexpected|not match|did not match)\b|\bIDX1020[68]\b|\bIDX10214\b|\bunexpected "aud"/i,
        reasons: 'token_exchange_invalid_audience|jwt_bearer_grant_invalid_audience',
      },
      'The audience of the token is not the one that is expected.',
    )
    const pair = expectedAgainst(facts)
    if (named && !/client_assertion|request object|id_token_hint/i.test(named.quote)) {
      const unset = toldThat(facts, /\baudience\b.*: (?:null|none|not set|undefined)$/i)
      return speak(
        'audience-mismatch',
        'certain',
        [named, unset && because(unset, 'The verifier has no audience to compare with.'), ...pair],
        { fix, weight: 9 },
      )
    }
    if (pair.length > 0 && (facts.status === undefined || facts.status === 401))
      return speak('audience-mismatch', 'likely', pair, { fix, weight: 6 })
    return []
  },
}

function expectedAgainst(facts: Facts) {
  const { aud } = facts.claims
  const actual = (Array.isArray(aud) ? aud : [aud]).filter((one) => typeof one === 'string')
  const [expected] = toldUnder(facts, /\baudience\b(?!.*\bvalidate\b)/).filter(
    (text) => /^\S{3,}$/.test(text) && !/^(?:null|none|true|false|default)$/i.test(text),
  )
  if (actual.length === 0 || expected === undefined || actual.includes(expected)) return []
  return [
    {
      place: `${facts.claimsPlace}.aud`,
      quote: shown(actual.join(' ')),
      says: 'The token is meant for this audience.',
    },
    { place: 'requestContext', quote: shown(expected), says: 'This is the audience that is expected.' },
  ]
}
