import { apiTokenOwnerInactive } from './api-token-owner-inactive.ts'
import { judge } from './speaks-and-stays-silent.ts'

const body = { errorCode: 'E0000011', errorSummary: 'Invalid token provided' }
const ssws = { authorizationScheme: 'SSWS' }

judge(apiTokenOwnerInactive, {
  speaks: [
    ['the code alone leaves it open', { httpStatus: 401, responseBody: body, requestContext: ssws }, 'possible'],
    [
      'an admin has left',
      {
        httpStatus: 401,
        responseBody: body,
        requestContext: { ...ssws, tokenCreatedBy: 'an admin who left the company' },
      },
      'likely',
    ],
    [
      'the log shows a deactivation',
      {
        httpStatus: 401,
        responseBody: body,
        requestContext: ssws,
        logEvents: [{ eventType: 'user.lifecycle.deactivate', outcome: { result: 'SUCCESS' } }],
      },
      'likely',
    ],
  ],
  silent: [
    [
      'an access token',
      {
        httpStatus: 401,
        responseBody: body,
        requestHeaders: { authorization: 'Bearer eyJhbGciOiJSUzI1NiJ9.e30.c2ln' },
      },
    ],
    [
      'a user of an app was deactivated',
      { httpStatus: 404, responseBody: { errorCode: 'E0000007' }, requestContext: { account: 'deactivated' } },
    ],
    ['a sign-in', { httpStatus: 401, path: '/api/v1/authn', responseBody: { errorCode: 'E0000004' } }],
    ['a state token', { httpStatus: 401, path: '/api/v1/authn', responseBody: body }],
  ],
})
