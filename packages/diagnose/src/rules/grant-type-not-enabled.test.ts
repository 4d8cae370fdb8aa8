import { grantTypeNotEnabled } from './grant-type-not-enabled.ts'
import { judge, logEvent, oauth } from './speaks-and-stays-silent.ts'

judge(grantTypeNotEnabled, {
  speaks: [
    [
      'a grant of the app',
      oauth(
        'unauthorized_client',
        'The client is not authorized to use the provided grant type. Configured grant types: [authorization_code].',
      ),
      'certain',
    ],
    [
      'a grant of the server',
      oauth(
        'unsupported_grant_type',
        'The authorization grant type is not supported by the authorization server. Configured grant types: [implicit].',
      ),
      'certain',
    ],
    [
      'a redirect',
      {
        redirectUrl:
          'https://app.example.com/cb?error=unsupported_response_type&error_description=The+response+type+is+not+supported+by+the+authorization+server.+Configured+response+types%3A+%5Btoken%5D.',
      },
      'certain',
    ],
    ['the reason in the log', logEvent('unsupported_grant_type'), 'certain'],
    ['the word alone', oauth('unsupported_grant_type'), 'likely'],
  ],
  silent: [
    [
      'a client of the org server',
      oauth('unauthorized_client', 'This client cannot use a custom authorization server.'),
    ],
    [
      'the org server for machines',
      oauth(
        'unsupported_grant_type',
        "'client_credentials' grant type can only be used with a custom authorization server.",
      ),
    ],
    [
      'a service app at authorize',
      oauth(
        'invalid_request',
        "Clients with 'application_type' of 'service' are not allowed to access the 'authorize' endpoint.",
      ),
    ],
    [
      'a response mode',
      oauth(
        'unsupported_response_mode',
        "'query' response mode cannot be used with either the 'id_token' or 'token' response types.",
      ),
    ],
  ],
})
