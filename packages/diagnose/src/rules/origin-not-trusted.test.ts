import { originNotTrusted } from './origin-not-trusted.ts'
import { judge } from './speaks-and-stays-silent.ts'

const SHOP = 'https://shop.example.com'

judge(originNotTrusted, {
  speaks: [
    [
      'the console of Chrome',
      {
        responseBody:
          "Access to XMLHttpRequest at 'https://acme.okta.com/api/v1/authn' from origin 'http://localhost:8080' has been blocked by CORS policy: Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
      },
      'certain',
    ],
    [
      'the console of Firefox',
      {
        requestContext: {
          console:
            'Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://acme.okta.com/api/v1/sessions/me.',
        },
      },
      'certain',
    ],
    [
      'the console of Safari',
      {
        requestContext: {
          message: 'Origin http://localhost:3000 is not allowed by Access-Control-Allow-Origin. Status code: 200',
        },
      },
      'certain',
    ],
    [
      'a wildcard and cookies',
      {
        path: '/oauth2/default/v1/keys',
        responseBody:
          "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.",
      },
      'likely',
    ],
    [
      'a preflight without permission',
      {
        method: 'OPTIONS',
        path: '/api/v1/authn',
        httpStatus: 200,
        requestHeaders: { origin: SHOP, 'access-control-request-method': 'POST' },
        responseHeaders: { allow: 'POST, OPTIONS' },
      },
      'likely',
    ],
    [
      'an answer that belongs to another page',
      {
        method: 'GET',
        path: 'https://acme.okta.com/api/v1/users/me',
        httpStatus: 200,
        requestHeaders: { origin: SHOP },
        responseHeaders: { 'access-control-allow-origin': 'https://other.example.com' },
      },
      'likely',
    ],
    [
      'the log tells of a redirect to an origin that nobody configured',
      { logEvents: [{ eventType: 'org.not_configured_origin.redirection.usage', outcome: { result: 'FAILURE' } }] },
      'likely',
    ],
    [
      'the page says that the target is not trusted',
      { httpStatus: 400, responseBody: { errorSummary: 'The redirectUrl is not a trusted origin.' } },
      'likely',
    ],
  ],
  silent: [
    ['a fine call', { httpStatus: 200 }],
    [
      'a page that may read the answer',
      {
        httpStatus: 200,
        path: '/api/v1/users/me',
        requestHeaders: { origin: SHOP },
        responseHeaders: { 'access-control-allow-origin': SHOP },
      },
    ],
    [
      'a document for every page',
      {
        httpStatus: 200,
        path: '/oauth2/v1/keys',
        requestHeaders: { origin: SHOP },
        responseHeaders: { 'access-control-allow-origin': '*' },
      },
    ],
    [
      'a page of the org itself',
      {
        httpStatus: 200,
        path: 'https://acme.okta.com/api/v1/users/me',
        requestHeaders: { origin: 'https://acme.okta.com' },
        responseHeaders: { server: 'nginx' },
      },
    ],
    [
      'a refusal, which has a reason of its own',
      {
        httpStatus: 403,
        method: 'GET',
        path: '/api/v1/users/me',
        requestHeaders: { origin: SHOP },
        responseHeaders: { server: 'nginx' },
        responseBody: { errorCode: 'E0000005' },
      },
    ],
    [
      'a redirect URI that is not registered, which is another list',
      {
        httpStatus: 400,
        responseBody: {
          errorSummary: "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings",
        },
      },
    ],
    ['a browser request without PKCE', { httpStatus: 401, requestHeaders: { origin: SHOP }, responseHeaders: {} }],
    [
      'a call whose answer was not seen',
      { httpStatus: 200, path: '/api/v1/users/me', requestHeaders: { origin: SHOP } },
    ],
  ],
})
