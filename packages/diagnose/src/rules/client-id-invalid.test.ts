import { clientIdInvalid } from './client-id-invalid.ts'
import { judge, logEvent, oauth } from './speaks-and-stays-silent.ts'

const envelope = {
  errorCode: 'invalid_client',
  errorSummary: "Invalid value for 'client_id' parameter.",
  errorLink: 'invalid_client',
  errorId: 'oae1',
  errorCauses: [],
}

judge(clientIdInvalid, {
  speaks: [
    ['the envelope with an OAuth word', { httpStatus: 400, responseBody: envelope }, 'likely'],
    ['the envelope without its summary', { responseBody: { errorCode: 'invalid_client' } }, 'likely'],
    ['the OAuth form', oauth('invalid_client', "Invalid value for 'client_id' parameter."), 'likely'],
    [
      "Okta's page",
      {
        httpStatus: 400,
        responseBody: { page: "Error Code: invalid_client Description: Invalid value for 'client_id' parameter." },
      },
      'likely',
    ],
    ['the reason in the log', logEvent('invalid_client_id', 'app.oauth2.authorize')],
    ['a page at authorize that nobody read', { httpStatus: 400, path: '/oauth2/v1/authorize?client_id=x' }, 'possible'],
  ],
  silent: [
    ['a wrong secret', oauth('invalid_client', 'The client secret supplied for a confidential client is invalid.')],
    ['an unknown key', oauth('invalid_client', 'The client_assertion JWT kid is invalid.')],
    [
      'an unknown user',
      { responseBody: { errorCode: 'E0000007', errorSummary: 'Not found: Resource not found: x (User)' } },
    ],
    [
      'a page at authorize with a description',
      {
        httpStatus: 400,
        path: '/oauth2/v1/authorize',
        responseBody: {
          page: "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings",
          error: 'invalid_request',
        },
      },
    ],
  ],
})
