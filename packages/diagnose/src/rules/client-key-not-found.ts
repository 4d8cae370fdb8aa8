// Is the key behind the client assertion not among the registered ones?
import { toldThat } from '../facts.ts'
import { namedBy, toldUnder } from './oauth.ts'
import { because, type Rule, speak } from './rule.ts'

const fix = [
  'Compare `kid` in the header of the assertion with the keys of the app: Applications > your app > General > Public Keys. With several active keys it has to name one.',
  'Look whether the key is active, and whether the private key in use is its other half.',
  'SDKs and tools take the key id as a setting of its own: set it, and again after each change of the key.',
]

export const clientKeyNotFound: Rule = {
  kind: 'client-key-not-found',
  speak(facts) {
    const named = namedBy(
      facts,
      {
        sentence:
          /\bclient_assertion JWT kid is invalid|\bdoes not have a JWKSet configured|\bclient JWKSet\b.{0,40}\b(?:is invalid|must contain|unique)\b|\bError retrieving the client JWKSet|\bNo (?:active )?(?:signing )?key found for the client\b/i,
        reasons:
          'client_assertion_invalid_kid|client_assertion_jwks_not_configured|client_assertion_invalid_jwks|jwks_uri_.*|request_object_invalid_kid|request_object_jwks_not_configured',
      },
      'The key that the assertion names is not registered for this client.',
    )
    if (named) return speak('client-key-not-found', 'certain', [named], { fix, weight: 9 })
    const signature = namedBy(
      facts,
      { sentence: /\bclient_assertion signature is invalid/i, reasons: 'client_assertion_invalid_signature' },
      'The key that was looked up for the assertion did not sign it.',
    )
    if (signature) {
      const several = toldUnder(facts, /\bkeys?\b/).some((text) =>
        /^(?:[2-9]|\d{2,}|several|two|more than one)\b/i.test(text),
      )
      return speak(
        'client-key-not-found',
        'likely',
        [
          signature,
          several && {
            place: 'requestContext',
            quote: toldUnder(facts, /\bkeys?\b/)[0]!,
            says: 'With several keys an assertion without the right `kid` is checked with another one.',
          },
        ],
        { fix, weight: several ? 8 : 5 },
      )
    }
    const none = namedBy(
      facts,
      {
        sentence:
          /\b(?:empty|no|missing|blank) access[_ ]token\b|\b(?:failed|unable) to (?:get|obtain|fetch|retrieve) (?:an? )?access[_ ]token\b/i,
      },
      'The token request failed, and its answer is not shown.',
    )
    const key = none && toldThat(facts, /\bprivate ?key/i)
    if (none && key)
      return speak(
        'client-key-not-found',
        'possible',
        [none, because(key, 'The client signs an assertion with a key.')],
        {
          fix,
          weight: 6,
          wants: [
            {
              what: 'The answer of the token endpoint',
              how: 'Switch the log of HTTP calls on, or send the request with curl.',
            },
          ],
        },
      )
    return []
  },
}
