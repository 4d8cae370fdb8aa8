import { scopeNotDefined } from './scope-not-defined.ts'
import { judge, logEvent, oauth } from './speaks-and-stays-silent.ts'

judge(scopeNotDefined, {
  speaks: [
    [
      'a redirect',
      {
        redirectUrl:
          'https://app.example.com/cb?error=invalid_scope&error_description=One+or+more+scopes+are+not+configured+for+the+authorization+server+resource.',
      },
      'certain',
    ],
    [
      'openid without a user',
      oauth('invalid_scope', "Cannot request 'openid' scopes using client credentials."),
      'certain',
    ],
    [
      'a list of scopes',
      oauth('invalid_scope', 'The following scopes are not allowed for this request: [device_sso].'),
      'certain',
    ],
    ['the reason in the log', logEvent('no_matching_scope'), 'certain'],
    ['the word alone', oauth('invalid_scope'), 'likely'],
    [
      'a scope of Okta at a custom server',
      oauth('invalid_scope', 'One or more scopes are not configured for the authorization server resource.', {
        path: '/oauth2/default/v1/token',
        requestBody: 'grant_type=client_credentials&scope=okta.users.read',
      }),
      'likely',
    ],
  ],
  silent: [
    ['no scope', oauth('invalid_scope', 'No scopes were requested.')],
    ['a rule', oauth('access_denied', 'Policy evaluation succeeded, but all the requested scopes were rejected.')],
    [
      "a scope of one's own at the org server",
      oauth('invalid_scope', 'Custom scopes are not allowed for this request.'),
    ],
    [
      'a token without the scope',
      {
        httpStatus: 403,
        responseHeaders: {
          'www-authenticate':
            'Bearer scope="okta.users.read", error="insufficient_scope", error_description="The access token provided does not contain the required scopes."',
        },
      },
    ],
  ],
})
