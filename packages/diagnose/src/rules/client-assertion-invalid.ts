// Does the client assertion not hold: its type, audience, times or signature?
import { namedBy } from './oauth.ts'
import { type Rule, speak } from './rule.ts'

const whole = [
  'Decode the assertion: `iss` and `sub` are the client id, `aud` is the URL of the token endpoint that you call, `exp` lies at most an hour ahead, in seconds.',
  'Send `client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer`, to the letter.',
  'Make a new assertion for each request: its `jti` counts once.',
]

/** What the sentence is about, and the step that puts just that right. */
const PARTS: readonly [RegExp, says: string, first: string][] = [
  [
    /\baudience claim for client_assertion|client_assertion_invalid_audience/i,
    'The `aud` of the assertion is not the endpoint that was called.',
    'Set `aud` to the URL you send the request to, such as `https://{org}/oauth2/default/v1/token`; the issuer alone is not enough.',
  ],
  [
    /\bclient_assertion token is expired|client_assertion_expired_token/i,
    'The assertion was past its `exp` when it arrived.',
    'Make the assertion right before the request, and look at the clock of the machine that makes it.',
  ],
  [
    /\bexpiration too far into the future|client_assertion_expires_too_far_in_future/i,
    'The `exp` of the assertion lies more than an hour ahead.',
    'Let the assertion live for five minutes: that is enough, and it forgives a clock that is off.',
  ],
  [
    /\bclient_assertion signature is invalid|client_assertion_invalid_signature$/i,
    'No registered key of the client made this signature.',
    'Check that the private key is the other half of a registered public key, and that `kid` names that one.',
  ],
  [
    /\bclient_assertion(?: token)? has already been used|client_assertion_already_used/i,
    'The `jti` of the assertion was used before.',
    'Put a fresh random `jti` into each assertion, also when a request is repeated.',
  ],
  [
    /\bclient_assertion_type.{0,12}is invalid|client_assertion_type_invalid/i,
    'The type of the assertion is not the one that Okta takes.',
    whole[1]!,
  ],
]

const SENTENCE =
  /\bclient_assertion\b.{0,80}\b(?:invalid|expired|must|needs|failed|already|too far|requires)\b|\b(?:claim for|parsing of the) .?client_assertion\b|\bclient_assertion_type\b.{0,12}\binvalid\b/i

export const clientAssertionInvalid: Rule = {
  kind: 'client-assertion-invalid',
  speak(facts) {
    const named = namedBy(
      facts,
      {
        sentence: SENTENCE,
        reasons: 'client_assertion_(?!invalid_kid|invalid_jwks|jwks_not|invalid_issuer|invalid_subject).*',
      },
      'The assertion was not accepted.',
    )
    // What keys and client ids are about is told by their own rules.
    if (!named || /\bkid is invalid|JWKSet|not a valid client_id|does not have a client secret/i.test(named.quote))
      return []
    const part = PARTS.find(([pattern]) => pattern.test(named.quote))
    // Times that do not fit may be the clock's fault, and a signature the key's.
    const open = /\bexpir|\bissued before\b|signature/i.test(named.quote)
    return speak(
      'client-assertion-invalid',
      open ? 'likely' : 'certain',
      [part ? { ...named, says: part[1] } : named],
      { first: part ? [part[2]] : [], fix: whole, weight: open ? 6 : 9 },
    )
  },
}
