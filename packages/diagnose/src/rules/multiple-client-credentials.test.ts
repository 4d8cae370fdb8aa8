import { multipleClientCredentials } from './multiple-client-credentials.ts'
import { judge, logEvent, oauth } from './speaks-and-stays-silent.ts'

const basic = { authorization: 'Basic MG9hMTpzZWNyZXQ=' }

judge(multipleClientCredentials, {
  speaks: [
    [
      "Okta's sentence",
      oauth(
        'invalid_request',
        'Cannot supply multiple client credentials. Use one of the following: credentials in the Authorization header, credentials in the post body, or a client_assertion in the post body.',
      ),
      'certain',
    ],
    ['the reason in the log', logEvent('multiple_client_credentials'), 'certain'],
    [
      'a request with both',
      {
        httpStatus: 401,
        method: 'POST',
        path: '/oauth2/default/v1/token',
        requestHeaders: basic,
        requestBody: 'grant_type=authorization_code&code=x&client_id=0oa1&client_secret=s',
      },
      'likely',
    ],
    [
      'somebody tells of both',
      {
        httpStatus: 403,
        path: '/oauth2/v1/token',
        requestContext: { credentialsSentIn: ['Authorization header', 'body'] },
      },
      'likely',
    ],
  ],
  silent: [
    [
      'a request with one',
      {
        httpStatus: 401,
        method: 'POST',
        path: '/oauth2/default/v1/token',
        requestHeaders: basic,
        requestBody: 'grant_type=client_credentials',
      },
    ],
    [
      'both, and another reason',
      oauth('invalid_grant', 'The authorization code is invalid or has expired.', {
        path: '/oauth2/v1/token',
        requestHeaders: basic,
        requestBody: 'client_id=0oa1&client_secret=s',
      }),
    ],
    [
      'both, and a good answer',
      { httpStatus: 200, path: '/oauth2/v1/token', requestHeaders: basic, requestBody: 'client_id=0oa1' },
    ],
    [
      'a user with a password in the body',
      { httpStatus: 401, path: '/api/v1/authn', requestHeaders: basic, requestBody: { username: 'a', client_id: 'x' } },
    ],
  ],
})
