import { apiTokenRevokedOrExpired } from './api-token-revoked-or-expired.ts'
import { judge } from './speaks-and-stays-silent.ts'

const body = { errorCode: 'E0000011', errorSummary: 'Invalid token provided' }
const headers = { authorization: `SSWS 00${'aB3_'.repeat(10)}` }

judge(apiTokenRevokedOrExpired, {
  speaks: [
    [
      'an API token in the right form is not known',
      { httpStatus: 401, responseBody: body, requestHeaders: headers },
      'likely',
    ],
    ['only the answer is known', { httpStatus: 401, responseBody: body }, 'possible'],
    [
      'the log shows it',
      { httpStatus: 401, logEvents: [{ eventType: 'system.api_token.revoke', outcome: { result: 'SUCCESS' } }] },
      'certain',
    ],
    [
      'a job that rested',
      {
        httpStatus: 403,
        responseBody: { errorCode: 'E0000006' },
        requestContext: { credential: 'API token', job: 'switched off for 6 weeks' },
      },
      'likely',
    ],
  ],
  silent: [
    [
      'an access token behind SSWS',
      { httpStatus: 401, responseBody: body, requestHeaders: { authorization: 'SSWS eyJhbGciOiJSUzI1NiJ9.e30.c2ln' } },
    ],
    ['an access token', { httpStatus: 401, requestHeaders: { authorization: 'Bearer eyJhbGciOiJSUzI1NiJ9.e30.c2ln' } }],
    ['a sign-in', { httpStatus: 401, path: '/api/v1/authn', responseBody: body }],
    ['rights are missing', { httpStatus: 403, responseBody: { errorCode: 'E0000006' }, requestHeaders: headers }],
    ['an object is missing', { httpStatus: 404, responseBody: { errorCode: 'E0000007' }, requestHeaders: headers }],
  ],
})
