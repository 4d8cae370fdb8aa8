// Does an ID token stand where an access token belongs, or the reverse?
import type { Facts } from '../facts.ts'
import { toldThat } from '../facts.ts'
import { typeOfToken } from '../token/token-type.ts'
import { namedBy, toldUnder } from './oauth.ts'
import { because, byAuthorization, type Rule, refusedForCaller, shown, speak } from './rule.ts'

const fix = [
  'Take the right field of the token answer: `access_token` goes to APIs, `id_token` stays with the client that signed the user in.',
  'Tell them apart by their claims: `scp` and `cid` are in access tokens, `nonce` and `at_hash` in ID tokens; `jti` begins with `AT.` or `ID.`.',
  'A verifier that expects the client id as audience checks ID tokens. For access tokens set the audience of the authorization server.',
]

export const wrongTokenType: Rule = {
  kind: 'wrong-token-type',
  speak(facts) {
    const named = namedBy(
      facts,
      {
        sentence:
          /\bid[_ ]token\b.{0,40}\b(?:instead of|where|not) (?:an? )?access[_ ]token\b|\bexpected (?:an? )?(?:access|id)[_ ]token\b|\bnot an (?:access|id)[_ ]token\b|\btoken type\b.{0,40}\b(?:not|wrong|invalid|unexpected)\b/i,
      },
      'The one kind of token was handed where the other is needed.',
    )
    if (named && !/token_type'? is invalid/i.test(named.quote))
      return speak('wrong-token-type', 'likely', [named], { fix, weight: 7 })
    const { type, by } = typeOfToken({ header: facts.evidence.tokenClaims?.header ?? {}, payload: facts.claims })
    if (by === undefined) return []
    const place = by.replace(/^payload/, facts.claimsPlace).replace(/^header/, 'tokenClaims.header')
    // An access token that is held against a client id is checked as an ID token.
    const client = expectedClient(facts)
    if (type === 'access' && client !== undefined)
      return speak(
        'wrong-token-type',
        'likely',
        [
          { place, quote: shown(String(facts.claims[by.slice(8)] ?? '')), says: 'This is an access token.' },
          { place: 'requestContext', quote: shown(client), says: 'A client id is the audience of ID tokens.' },
        ],
        { fix, weight: 8 },
      )
    if (type === 'id' && refusedForCaller(facts) && facts.authorization?.scheme === 'bearer')
      return speak(
        'wrong-token-type',
        'likely',
        [
          { place, quote: shown(String(facts.claims[by.slice(8)] ?? '')), says: 'This is an ID token.' },
          byAuthorization(facts, 'It was sent as an access token.'),
        ],
        { fix, weight: 8 },
      )
    const other = toldThat(
      facts,
      /\b(?:the |an? )?id ?token\b.{0,60}\b(?:passes|works|is accepted|succeeds)\b|\bid token accepted: true/i,
    )
    if (type === 'access' && other && facts.status === 401 && !/^https?:\/\/[^/]+$/.test(String(facts.claims.iss)))
      return speak('wrong-token-type', 'possible', [because(other, 'The verifier takes ID tokens.')], {
        fix,
        weight: 5,
      })
    return []
  },
}

function expectedClient(facts: Facts): string | undefined {
  const [expected] = toldUnder(facts, /\baudience\b/).filter((text) => /^0oa\w+$/.test(text))
  const { aud } = facts.claims
  return expected !== undefined && aud !== expected ? expected : undefined
}
