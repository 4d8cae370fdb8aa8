import { clientAssertionInvalid } from './client-assertion-invalid.ts'
import { judge, logEvent, oauth } from './speaks-and-stays-silent.ts'

judge(clientAssertionInvalid, {
  speaks: [
    [
      'aud',
      oauth('invalid_client', 'The audience claim for client_assertion must be the endpoint invoked for the request.'),
      'certain',
    ],
    ['the type', oauth('invalid_request', 'The client_assertion_type is invalid.'), 'certain'],
    [
      'the type, in the words of the reference',
      oauth('invalid_request', 'The `client_assertion_type` is invalid.'),
      'certain',
    ],
    [
      'no exp',
      oauth('invalid_client', "The client_assertion must contain the 'exp' claim as seconds since epoch."),
      'certain',
    ],
    ['used twice', oauth('invalid_client', 'The client_assertion token has already been used.'), 'certain'],
    ['no JWT', oauth('invalid_client', 'The parsing of the client_assertion failed.'), 'certain'],
    ['the reason in the log', logEvent('client_assertion_invalid_audience'), 'certain'],
    ['expired: the clock may be it too', oauth('invalid_client', 'The client_assertion token is expired.'), 'likely'],
    [
      'too far ahead',
      oauth('invalid_client', 'The client_assertion token has an expiration too far into the future.'),
      'likely',
    ],
    [
      'the signature: the key may be it too',
      oauth('invalid_client', 'The client_assertion signature is invalid.'),
      'likely',
    ],
  ],
  silent: [
    ['an unknown key', oauth('invalid_client', 'The client_assertion JWT kid is invalid.')],
    [
      'no keys',
      oauth('invalid_client', 'The client does not have a JWKSet configured, but the client_assertion requires one.'),
    ],
    ['a key in the log', logEvent('client_assertion_invalid_kid')],
    [
      'two kinds of credentials',
      oauth(
        'invalid_request',
        'Cannot supply multiple client credentials. Use one of the following: credentials in the Authorization header, credentials in the post body, or a client_assertion in the post body.',
      ),
    ],
    ['an access token', oauth('invalid_token', 'The token has expired.')],
  ],
})
