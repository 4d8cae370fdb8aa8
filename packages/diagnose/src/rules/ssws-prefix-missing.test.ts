import { judge } from './speaks-and-stays-silent.ts'
import { sswsPrefixMissing } from './ssws-prefix-missing.ts'

const value = '00' + 'aB3_'.repeat(10)
const invalidSession = { errorCode: 'E0000005', errorSummary: 'Invalid session' }

judge(sswsPrefixMissing, {
  speaks: [
    [
      'a token without a word',
      { httpStatus: 403, responseBody: invalidSession, requestHeaders: { Authorization: value } },
      'certain',
    ],
    ['SSWS glued to the token', { httpStatus: 401, requestHeaders: { authorization: `SSWS${value}` } }, 'certain'],
    ['another word before it', { httpStatus: 403, requestHeaders: { authorization: `Token ${value}` } }, 'certain'],
    [
      'told in words',
      { httpStatus: 403, requestContext: { authorizationHeader: 'token only, without SSWS' } },
      'certain',
    ],
    [
      'an API token that arrived as no credential',
      { responseBody: invalidSession, requestContext: { credential: 'API token' } },
      'possible',
    ],
  ],
  silent: [
    ['the right form', { httpStatus: 401, requestHeaders: { authorization: `SSWS ${value}` } }],
    [
      'an access token without a word',
      { httpStatus: 401, requestHeaders: { authorization: 'eyJhbGciOiJSUzI1NiJ9.e30.c2ln' } },
    ],
    [
      'a refusal of a later gate',
      { httpStatus: 404, responseBody: { errorCode: 'E0000007' }, requestHeaders: { authorization: value } },
    ],
    ['nothing about credentials', { httpStatus: 403, responseBody: invalidSession }],
    [
      'an empty header',
      { httpStatus: 403, requestHeaders: { authorization: '' }, requestContext: { requestSeenIn: 'request lines' } },
    ],
    ['the word is there', { httpStatus: 401, requestContext: { authorizationScheme: 'SSWS' } }],
  ],
})
