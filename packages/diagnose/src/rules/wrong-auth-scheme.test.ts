import { judge } from './speaks-and-stays-silent.ts'
import { wrongAuthScheme } from './wrong-auth-scheme.ts'

const api = '00' + 'aB3_'.repeat(10)
const jwt = 'eyJhbGciOiJSUzI1NiJ9.e30.c2ln'
const invalidToken = { errorCode: 'E0000011', errorSummary: 'Invalid token provided' }

judge(wrongAuthScheme, {
  speaks: [
    [
      'an access token behind SSWS',
      { httpStatus: 401, responseBody: invalidToken, requestHeaders: { Authorization: `SSWS ${jwt}` } },
      'certain',
    ],
    ['an API token behind Bearer', { httpStatus: 401, requestHeaders: { authorization: `Bearer ${api}` } }, 'certain'],
    [
      'Basic on the management API',
      { httpStatus: 403, path: '/api/v1/users', requestHeaders: { authorization: 'Basic dTpw' } },
      'likely',
    ],
    [
      'SSWS at the token endpoint',
      { httpStatus: 401, method: 'POST', path: '/oauth2/v1/token', requestHeaders: { authorization: `SSWS ${api}` } },
      'likely',
    ],
    [
      'quoted in a free fact',
      { responseBody: invalidToken, requestContext: { authorizationHeaderSent: 'SSWS eyJhb...' } },
      'certain',
    ],
    ['told in words', { httpStatus: 401, requestContext: { scheme: 'API token sent as Bearer' } }, 'likely'],
  ],
  silent: [
    [
      'an API token behind SSWS',
      { httpStatus: 401, responseBody: invalidToken, requestHeaders: { authorization: `SSWS ${api}` } },
    ],
    ['an access token behind Bearer', { httpStatus: 401, requestHeaders: { authorization: `Bearer ${jwt}` } }],
    [
      'Basic at the token endpoint',
      { httpStatus: 401, path: '/oauth2/v1/token', requestHeaders: { authorization: 'Basic dTpw' } },
    ],
    [
      'an object that is missing',
      { httpStatus: 404, responseBody: { errorCode: 'E0000007' }, requestHeaders: { authorization: `SSWS ${jwt}` } },
    ],
    ['nothing known', { httpStatus: 401 }],
  ],
})
