import { clientSecretInvalid } from './client-secret-invalid.ts'
import { judge, logEvent, oauth } from './speaks-and-stays-silent.ts'

judge(clientSecretInvalid, {
  speaks: [
    [
      "Okta's sentence",
      oauth('invalid_client', 'The client secret supplied for a confidential client is invalid.'),
      'certain',
    ],
    ['the reason in the log', logEvent('invalid_client_secret'), 'certain'],
    [
      'a header that cannot be read',
      oauth('invalid_client', 'Found Authentication header but was not valid client credentials.'),
      'likely',
    ],
    [
      'the older sentence',
      oauth('invalid_client', 'Client authentication failed. Either the client or the client credentials are invalid.'),
      'likely',
    ],
    [
      'a bare word to Basic',
      oauth('invalid_client', undefined, {
        httpStatus: 401,
        requestHeaders: { authorization: 'Basic MG9hMTpzZWNyZXQ=' },
      }),
      'likely',
    ],
  ],
  silent: [
    [
      'an unknown client',
      { responseBody: { errorCode: 'invalid_client', errorSummary: "Invalid value for 'client_id' parameter." } },
    ],
    ['an assertion', oauth('invalid_client', 'The client_assertion signature is invalid.')],
    ['a wrong password', oauth('invalid_grant', 'The credentials provided were invalid.')],
    ['no credentials at all', oauth('invalid_client', 'No client credentials found.')],
  ],
})
