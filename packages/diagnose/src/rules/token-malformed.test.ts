import { judge } from './speaks-and-stays-silent.ts'
import { tokenMalformed } from './token-malformed.ts'

const seen = { requestSeenIn: 'request lines' }
const session = { errorCode: 'E0000005', errorSummary: 'Invalid session' }

judge(tokenMalformed, {
  speaks: [
    [
      'words behind Bearer',
      {
        httpStatus: 403,
        responseBody: session,
        requestHeaders: { authorization: 'Bearer an access token' },
        requestContext: seen,
      },
      'likely',
    ],
    [
      'a JWT that is cut',
      {
        httpStatus: 401,
        requestHeaders: { authorization: 'Bearer eyJhbGciOiJSUzI1NiJ9.eyJpc3' },
        requestContext: seen,
      },
      'likely',
    ],
    [
      'quotes around an API token',
      { httpStatus: 401, requestHeaders: { authorization: `SSWS "00${'aB3_'.repeat(10)}"` }, requestContext: seen },
      'likely',
    ],
    [
      'an API token that lacks a character',
      {
        httpStatus: 401,
        requestHeaders: { authorization: `SSWS 00${'aB3_'.repeat(10).slice(1)}` },
        requestContext: seen,
      },
      'likely',
    ],
    ['a verifier says so', { responseBody: { sdkError: 'jwt malformed' } }, 'likely'],
  ],
  silent: [
    [
      'an API token in the right form',
      { httpStatus: 401, requestHeaders: { authorization: `SSWS 00${'aB3_'.repeat(10)}` }, requestContext: seen },
    ],
    ['a hidden token', { httpStatus: 401, requestHeaders: { authorization: 'Bearer ***' } }],
    [
      'a refusal of a later gate',
      {
        httpStatus: 404,
        responseBody: { errorCode: 'E0000007' },
        requestHeaders: { authorization: 'Bearer abc' },
        requestContext: seen,
      },
    ],
    [
      'an assertion of a client',
      { responseBody: { error: 'invalid_client', error_description: 'The client_assertion JWT could not be parsed.' } },
    ],
  ],
})
