import { apiTokenIpRestricted } from './api-token-ip-restricted.ts'
import { judge } from './speaks-and-stays-silent.ts'

judge(apiTokenIpRestricted, {
  speaks: [
    [
      'the log shows the refused address',
      {
        httpStatus: 401,
        logEvents: [{ eventType: 'system.api_token.request_outside_allowed_range', outcome: { result: 'DENY' } }],
      },
      'certain',
    ],
    [
      'the token endpoint names the zones',
      {
        httpStatus: 403,
        responseBody: {
          error: 'access_denied',
          error_description: "The request is made from outside the client's permitted network zones.",
        },
      },
      'certain',
    ],
    [
      'it works from another place',
      {
        httpStatus: 401,
        responseBody: { errorCode: 'E0000011' },
        requestContext: { sameToken: 'works from the office' },
      },
      'likely',
    ],
    [
      'a refusal for rights that came before the limits',
      {
        httpStatus: 403,
        responseBody: { errorCode: 'E0000006' },
        responseHeaders: { 'x-okta-request-id': 'abc', server: 'nginx' },
      },
      'likely',
    ],
    [
      'a network policy',
      { httpStatus: 403, responseBody: { error: 'Forbidden', message: 'Access denied by network policy' } },
      'likely',
    ],
  ],
  silent: [
    [
      'a refusal of which only some headers were copied',
      {
        httpStatus: 403,
        responseBody: { errorCode: 'E0000006' },
        responseHeaders: { 'x-okta-request-id': 'abc', date: 'Fri, 20 Nov 2026 10:00:00 GMT' },
      },
    ],
    ['a limit', { httpStatus: 429, responseBody: { errorCode: 'E0000047' }, requestContext: { ip: 'new address' } }],
    [
      'a missing role',
      {
        httpStatus: 403,
        responseBody: {
          errorCode: 'E0000006',
          errorSummary: 'You do not have permission to perform the requested action',
        },
      },
    ],
    [
      'a missing role, with the headers of the limits',
      {
        httpStatus: 403,
        responseBody: { errorCode: 'E0000006' },
        responseHeaders: { 'x-okta-request-id': 'abc', 'x-rate-limit-limit': '600' },
      },
    ],
    [
      'a JWT behind SSWS',
      {
        httpStatus: 401,
        responseBody: { errorCode: 'E0000011' },
        requestHeaders: { authorization: 'SSWS eyJhbGciOiJSUzI1NiJ9.e30.c2ln' },
      },
    ],
    ['a fine call', { httpStatus: 200 }],
  ],
})
