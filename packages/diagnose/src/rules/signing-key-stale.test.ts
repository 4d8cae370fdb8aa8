import { signingKeyStale } from './signing-key-stale.ts'
import { judge, oauth } from './speaks-and-stays-silent.ts'

judge(signingKeyStale, {
  speaks: [
    [
      'after a rotation',
      {
        responseBody: { sdkError: 'unable to find a signing key that matches' },
        requestContext: { before: 'keys were rotated last night' },
      },
      'likely',
    ],
    [
      'a restart helps',
      {
        responseBody: { sdkError: 'no matching key found for kid' },
        requestContext: { restart: 'restarting the service helps' },
      },
      'likely',
    ],
    ['.NET', { responseBody: { error: 'IDX10501: Signature validation failed. Unable to match keys' } }, 'possible'],
    ['Java', { responseBody: { sdkError: 'Could not obtain the keys' } }, 'possible'],
  ],
  silent: [
    ['the key of a client', oauth('invalid_client', 'The client_assertion JWT kid is invalid.')],
    ['a key for encryption', oauth('invalid_client', 'No encryption key found for the client.')],
    [
      'an object',
      { responseBody: { errorCode: 'E0000007', errorSummary: 'Not found: Resource not found: abc (JsonWebKey)' } },
    ],
    ['a token that has expired', { responseBody: { sdkError: 'The JWT token has expired' } }],
  ],
})
