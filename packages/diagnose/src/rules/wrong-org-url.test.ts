import { judge } from './speaks-and-stays-silent.ts'
import { wrongOrgUrl } from './wrong-org-url.ts'

judge(wrongOrgUrl, {
  speaks: [
    ['the host of the Admin Console', { httpStatus: 404, path: 'https://acme-admin.okta.com/api/v1/users' }, 'certain'],
    [
      'an SDK refuses it',
      { responseBody: { sdkError: 'URL passed to constructor contains "-admin" in subdomain.' } },
      'certain',
    ],
    ['the domain twice', { path: 'https://acme.okta.com.okta.com/api/v1/users' }, 'certain'],
    ['the placeholder of an example', { path: 'https://{yourOktaDomain}/api/v1/users' }, 'certain'],
    [
      'no such host',
      {
        path: 'https://acmee.okta.com/',
        requestContext: { curlSays: ['curl: (6) Could not resolve host: acmee.okta.com'] },
      },
      'likely',
    ],
    [
      'a token of another org',
      {
        httpStatus: 401,
        path: 'https://acme.okta.com/api/v1/users',
        tokenClaims: { payload: { iss: 'https://other.okta.com' } },
      },
      'likely',
    ],
  ],
  silent: [
    [
      'the right host',
      { httpStatus: 404, path: 'https://acme.okta.com/api/v1/users/1', responseBody: { errorCode: 'E0000007' } },
    ],
    [
      'a custom domain',
      {
        httpStatus: 401,
        path: 'https://login.example.com/api/v1/users',
        tokenClaims: { payload: { iss: 'https://acme.okta.com' } },
      },
    ],
    ['a local org', { httpStatus: 403, path: 'http://127.0.0.1:4000/api/v1/users' }],
    [
      'a link into the Admin Console on a page of Okta',
      {
        httpStatus: 400,
        responseBody: {
          page: "400 Bad Request The 'redirect_uri' parameter must be a Login redirect URI in the client app settings: https://acme-admin.okta.com/admin/app/oidc_client/instance/0oa1#tab-general",
        },
      },
    ],
    ['an admin by name', { httpStatus: 403, requestContext: { role: 'org admin' } }],
  ],
})
