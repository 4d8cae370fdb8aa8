import { redirectUriMismatch } from './redirect-uri-mismatch.ts'
import { judge, logEvent, oauth } from './speaks-and-stays-silent.ts'

const sentence = "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings"

judge(redirectUriMismatch, {
  speaks: [
    [
      "Okta's page",
      {
        httpStatus: 400,
        path: '/oauth2/v1/authorize',
        responseBody: `Your request resulted in an error. ${sentence}: https://a-admin.okta.com/x`,
      },
      'certain',
    ],
    [
      'the older sentence',
      oauth(
        'invalid_request',
        "The 'redirect_uri' parameter must be an absolute URI that is whitelisted in the client app settings.",
      ),
      'certain',
    ],
    ['the reason in the log', logEvent('illegal_redirect_uri_enhanced', 'app.oauth2.authorize'), 'certain'],
    ['the word', oauth('invalid_redirect_uri'), 'certain'],
    [
      'two URIs for one code',
      oauth(
        'invalid_grant',
        "The 'redirect_uri' does not match the redirection URI used in the authorization request.",
      ),
      'likely',
    ],
    [
      'a page that nobody read',
      { httpStatus: 400, path: '/oauth2/default/v1/authorize', responseBody: { page: '400 Bad Request' } },
      'possible',
    ],
  ],
  silent: [
    [
      'a logout',
      oauth(
        'invalid_request',
        "The 'post_logout_redirect_uri' parameter must be a Logout redirect URI in the client app settings",
      ),
    ],
    ['a page at logout', { httpStatus: 400, path: '/oauth2/v1/logout', responseBody: { page: '400 Bad Request' } }],
    [
      'an unknown client',
      {
        httpStatus: 400,
        path: '/oauth2/v1/authorize',
        responseBody: { errorCode: 'invalid_client', errorSummary: "Invalid value for 'client_id' parameter." },
      },
    ],
    [
      'a redirect with another error',
      {
        redirectUrl:
          'https://app.example.com/cb?error=access_denied&error_description=User+is+not+assigned+to+the+client+application.',
      },
    ],
  ],
})
