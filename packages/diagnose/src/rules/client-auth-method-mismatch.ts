// Does the client prove who it is in a way that the app or the server does not take?
import { namedBy, parameter, serverAsked, toTokenEndpoint } from './oauth.ts'
import { byAuthorization, type Rule, speak } from './rule.ts'

const fix = [
  'Look at the client authentication of the app: Applications > your app > General, or `token_endpoint_auth_method`.',
  'Send just that: `client_secret_basic` is the Authorization header, `client_secret_post` the body, `private_key_jwt` a signed assertion, `none` only the client id with PKCE.',
  'See what your library does when nothing is set; many send a Basic header.',
]

export const clientAuthMethodMismatch: Rule = {
  kind: 'client-auth-method-mismatch',
  speak(facts) {
    const forKey = namedBy(
      facts,
      {
        sentence: /\bmust use (?:either )?(?:the )?private_key_jwt\b/i,
        reasons: 'unsupported_auth_method_client_creds(?:_oauth_integration)?',
      },
      'The org server takes a signed assertion for this grant, and no secret.',
    )
    if (forKey)
      return speak('client-auth-method-mismatch', 'certain', [forKey], {
        first: [
          'Register a public key for the app (client authentication: public key / private key) and sign an assertion.',
        ],
        fix,
        weight: 9,
      })
    const named = namedBy(
      facts,
      {
        sentence:
          /\bNo client credentials found|\bclient (?:secret is too short to verify|does not have a client secret)|\bClient credentials cannot be supplied via query|\b(?:unsupported|invalid|wrong) token_endpoint_auth_method\b/i,
        reasons:
          'missing_client_credentials|invalid_token_endpoint_auth_method|client_assertion_invalid_no_secret|client_assertion_invalid_secret_length|client_credentials_in_query',
      },
      'The request does not carry the proof that this client has to give.',
    )
    if (named) return speak('client-auth-method-mismatch', 'certain', [named], { fix, weight: 8 })
    const either = namedBy(
      facts,
      { sentence: /\bEither the client or the client credentials are invalid/i },
      'A wrong secret and an unknown client have sentences of their own; this one is that of a wrong way to prove.',
    )
    if (either) return speak('client-auth-method-mismatch', 'likely', [either], { fix, weight: 6 })
    // A secret at the org server, for a token without a user: refused whatever the secret is.
    if (
      facts.code === 'invalid_client' &&
      facts.summary === undefined &&
      toTokenEndpoint(facts) &&
      serverAsked(facts) === 'org' &&
      parameter(facts, 'grant_type') === 'client_credentials' &&
      facts.authorization?.scheme === 'basic'
    )
      return speak(
        'client-auth-method-mismatch',
        'likely',
        [byAuthorization(facts, 'For client_credentials the org server takes `private_key_jwt` alone.')],
        { fix, weight: 7 },
      )
    return []
  },
}
