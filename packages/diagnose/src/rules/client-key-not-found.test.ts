import { clientKeyNotFound } from './client-key-not-found.ts'
import { judge, logEvent, oauth } from './speaks-and-stays-silent.ts'

const signature = 'The client_assertion signature is invalid.'

judge(clientKeyNotFound, {
  speaks: [
    ['kid', oauth('invalid_client', 'The client_assertion JWT kid is invalid.'), 'certain'],
    [
      'no keys',
      oauth('invalid_client', 'The client does not have a JWKSet configured, but the client_assertion requires one.'),
      'certain',
    ],
    [
      'an empty address of keys',
      oauth('invalid_client', 'The client JWKSet from jwks_uri must contain at least one key.'),
      'certain',
    ],
    ['the reason in the log', logEvent('jwks_uri_no_key'), 'certain'],
    [
      'the signature, with two keys',
      oauth('invalid_client', signature, { requestContext: { keysRegistered: 2 } }),
      'likely',
    ],
    [
      'a tool that only says that it has no token',
      { responseBody: { error: 'empty access token' }, requestContext: { mode: 'PrivateKey' } },
      'possible',
    ],
  ],
  silent: [
    [
      'aud',
      oauth('invalid_client', 'The audience claim for client_assertion must be the endpoint invoked for the request.'),
    ],
    [
      'an empty access token of a client with a secret',
      { responseBody: { error: 'empty access token' }, requestContext: { mode: 'client secret' } },
    ],
    ['the key of an access token', { responseBody: { sdkError: 'The signature key was not found' } }],
  ],
})
