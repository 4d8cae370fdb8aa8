import { clientAuthMethodMismatch } from './client-auth-method-mismatch.ts'
import { judge, logEvent, oauth } from './speaks-and-stays-silent.ts'

judge(clientAuthMethodMismatch, {
  speaks: [
    ['nothing sent', oauth('invalid_client', 'No client credentials found.'), 'certain'],
    [
      'a secret at the org server',
      oauth(
        'invalid_client',
        'Client Credentials requests to the Org Authorization Server must use the private_key_jwt token_endpoint_auth_method.',
      ),
      'certain',
    ],
    ['the reason in the log', logEvent('invalid_token_endpoint_auth_method'), 'certain'],
    [
      'the general sentence',
      oauth('invalid_client', 'Client authentication failed. Either the client or the client credentials are invalid.'),
      'likely',
    ],
    [
      'Basic for client_credentials at the org server',
      oauth('invalid_client', undefined, {
        method: 'POST',
        path: '/oauth2/v1/token',
        requestHeaders: { authorization: 'Basic MG9hMTpzZWNyZXQ=' },
        requestBody: 'grant_type=client_credentials&scope=okta.users.read',
      }),
      'likely',
    ],
  ],
  silent: [
    // An app of another kind is what is needed then.
    ['a public client', oauth('unauthorized_client', 'Confidential client is required to make this request.')],
    ['a wrong secret', oauth('invalid_client', 'The client secret supplied for a confidential client is invalid.')],
    ['an assertion', oauth('invalid_client', 'The client_assertion token is expired.')],
    [
      'a grant',
      oauth(
        'unauthorized_client',
        'The client is not authorized to use the provided grant type. Configured grant types: [client_credentials].',
      ),
    ],
    [
      'Basic for client_credentials at a custom server',
      oauth('invalid_client', undefined, {
        method: 'POST',
        path: '/oauth2/default/v1/token',
        requestHeaders: { authorization: 'Basic MG9hMTpzZWNyZXQ=' },
        requestBody: 'grant_type=client_credentials',
      }),
    ],
  ],
})
