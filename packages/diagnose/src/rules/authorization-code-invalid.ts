// Is the authorization code used up, too old, or meant for another client or redirect URI?
import { namedBy, parameter } from './oauth.ts'
import { byCode, type Rule, speak } from './rule.ts'

const fix = [
  'Let the callback run once. A reload, a prefetch, a double render or a retry sends the code a second time, and it counts once.',
  'Exchange the code at once: it lives for 300 seconds.',
  'Send the same `client_id` and `redirect_uri` as in the authorize request, to the token endpoint of the same authorization server.',
]

export const authorizationCodeInvalid: Rule = {
  kind: 'authorization-code-invalid',
  speak(facts) {
    const twice = namedBy(
      facts,
      {
        sentence: /'?redirect_uri'? does not match the redirection URI used in the authorization request/i,
        reasons: 'mismatched_redirect_uri',
      },
      'The code was issued for another redirect URI than the token request names.',
    )
    if (twice)
      return speak('authorization-code-invalid', 'likely', [twice], {
        first: ['Compare `redirect_uri` of both requests; behind a proxy one is often http and the other https.'],
        fix,
        weight: 7,
      })
    const named = namedBy(
      facts,
      {
        sentence:
          /\b(?:authorization|interaction|device|user) code is (?:invalid|expired)\b|\bcode is invalid or has expired\b|\bdevice code has expired\b|\bgrant was issued to another client\b|\b(?:authorization )?code (?:has )?(?:already )?been used\b|\bauthorization code\b.{0,30}\b(?:expired|invalid|already used)\b/i,
        reasons:
          'invalid_authorization_code|invalid_interaction_code|invalid_device_code|mismatched_client|expired_token',
      },
      'The code does not count (any more), or not for this client.',
    )
    if (named) return speak('authorization-code-invalid', 'certain', [named], { fix, weight: 9 })
    if (
      facts.code === 'invalid_grant' &&
      facts.summary === undefined &&
      parameter(facts, 'grant_type') === 'authorization_code'
    )
      return speak('authorization-code-invalid', 'likely', [byCode(facts, 'The grant of this request is the code.')], {
        fix,
        weight: 6,
      })
    return []
  },
}
