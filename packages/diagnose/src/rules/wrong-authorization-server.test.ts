import { judge, logEvent, oauth } from './speaks-and-stays-silent.ts'
import { wrongAuthorizationServer } from './wrong-authorization-server.ts'

const custom = { payload: { iss: 'https://a.okta.com/oauth2/default', cid: '0oaClient1', scp: ['okta.users.read'] } }
const ofOrg = { payload: { iss: 'https://a.okta.com', cid: '0oaClient1' } }

judge(wrongAuthorizationServer, {
  speaks: [
    [
      'a token of a custom server at the management API',
      { httpStatus: 401, method: 'GET', path: '/api/v1/users', tokenClaims: custom },
      'certain',
    ],
    [
      'Okta says so',
      {
        httpStatus: 401,
        responseHeaders: {
          'www-authenticate':
            'Bearer error="invalid_token", error_description="The access token provided is not intended for Okta."',
        },
      },
      'certain',
    ],
    [
      'a client of the org server',
      oauth('unauthorized_client', 'This client cannot use a custom authorization server.'),
      'certain',
    ],
    [
      'a code of another server',
      oauth('invalid_request', 'The grant was issued for another authorization server.'),
      'certain',
    ],
    ['the reason in the log', logEvent('mismatched_authorization_server'), 'certain'],
    [
      "scopes of one's own at the org server",
      oauth('invalid_scope', 'Custom scopes are not allowed for this request.', { path: '/oauth2/v1/authorize' }),
      'likely',
    ],
    [
      'scopes of Okta at a custom server',
      oauth('invalid_scope', 'One or more scopes are not configured for the authorization server resource.', {
        path: '/oauth2/default/v1/token',
        requestBody: 'scope=okta.users.read',
      }),
      'likely',
    ],
    [
      'claims and the configuration',
      { httpStatus: 401, tokenClaims: ofOrg, requestContext: { authority: 'https://a.okta.com/oauth2/default' } },
      'likely',
    ],
    [
      'token exchange',
      oauth('invalid_request', "'subject_token' is invalid.", {
        requestContext: { signIn: 'custom authorization server' },
      }),
      'likely',
    ],
    ['token exchange without more', oauth('invalid_request', "'subject_token' is invalid."), 'possible'],
    [
      'an org without custom servers',
      {
        httpStatus: 401,
        path: '/oauth2/default/.well-known/openid-configuration',
        requestContext: { authorizationServersInOrg: 0 },
      },
      'likely',
    ],
  ],
  silent: [
    ['a token of the org server at the management API', { httpStatus: 401, path: '/api/v1/users', tokenClaims: ofOrg }],
    [
      'a token of the server that is configured',
      { httpStatus: 401, tokenClaims: custom, requestContext: { issuer: 'https://a.okta.com/oauth2/default' } },
    ],
    [
      'the custom domain of the same server',
      { httpStatus: 401, tokenClaims: custom, requestContext: { issuer: 'https://login.example.com/oauth2/default' } },
    ],
    [
      'a scope that is missing on the custom server',
      oauth('invalid_scope', 'One or more scopes are not configured for the authorization server resource.', {
        path: '/oauth2/default/v1/token',
        requestBody: 'scope=orders',
      }),
    ],
    [
      'another provider',
      {
        httpStatus: 401,
        tokenClaims: { payload: { iss: 'https://sts.example.net/tenant' } },
        requestContext: { authority: 'https://a.okta.com' },
      },
    ],
  ],
})
