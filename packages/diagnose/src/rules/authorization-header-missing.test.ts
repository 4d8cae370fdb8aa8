import { authorizationHeaderMissing } from './authorization-header-missing.ts'
import { judge } from './speaks-and-stays-silent.ts'

const invalidSession = { errorCode: 'E0000005', errorSummary: 'Invalid session' }
const seen = { requestSeenIn: 'request lines' }

judge(authorizationHeaderMissing, {
  speaks: [
    [
      'all headers are known and it is not among them',
      {
        httpStatus: 403,
        path: '/api/v1/users',
        responseBody: invalidSession,
        requestHeaders: { accept: '*/*' },
        requestContext: seen,
      },
      'certain',
    ],
    [
      'an empty value',
      { httpStatus: 401, requestHeaders: { authorization: 'SSWS ' }, requestContext: seen },
      'certain',
    ],
    [
      'a variable that the shell did not fill',
      { httpStatus: 401, requestHeaders: { authorization: 'SSWS $OKTA_TOKEN' }, requestContext: seen },
      'likely',
    ],
    ['told in words', { httpStatus: 403, requestContext: { proxy: 'strips the Authorization header' } }, 'certain'],
    ['only the answer is known', { httpStatus: 403, responseBody: invalidSession }, 'likely'],
  ],
  silent: [
    [
      'a token was sent',
      { httpStatus: 403, responseBody: invalidSession, requestHeaders: { authorization: 'Bearer eyJh.e30.c2ln' } },
    ],
    ['wrong password', { httpStatus: 401, path: '/api/v1/authn', responseBody: { errorCode: 'E0000004' } }],
    [
      'the token was looked up',
      { httpStatus: 401, responseBody: { errorCode: 'E0000011' }, requestHeaders: { accept: '*/*' } },
    ],
    ['the caller is known and lacks rights', { httpStatus: 403, responseBody: { errorCode: 'E0000006' } }],
    [
      'words about an authorization server',
      { httpStatus: 401, requestContext: { note: 'no authorization server was chosen' } },
    ],
    ['a signed-in browser', { httpStatus: 200, requestHeaders: { cookie: 'sid=1' } }],
  ],
})
