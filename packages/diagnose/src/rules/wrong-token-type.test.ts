import { judge, oauth } from './speaks-and-stays-silent.ts'
import { wrongTokenType } from './wrong-token-type.ts'

const bearer = { authorization: 'Bearer eyJ…' }

judge(wrongTokenType, {
  speaks: [
    [
      'an access token held against a client id',
      {
        httpStatus: 401,
        tokenClaims: { payload: { iss: 'https://a.okta.com/oauth2/default', aud: 'api://default', cid: '0oaClient1' } },
        requestContext: { audienceExpected: '0oaClient1' },
      },
      'likely',
    ],
    [
      'an ID token sent to the API',
      {
        httpStatus: 401,
        path: '/api/v1/users',
        requestHeaders: bearer,
        tokenClaims: { payload: { jti: 'ID.1', aud: '0oaClient1', nonce: 'n' } },
      },
      'likely',
    ],
    ['a library says so', { responseBody: { sdkError: 'Expected an access token, got an id token' } }, 'likely'],
  ],
  silent: [
    [
      'an access token with the right audience',
      {
        httpStatus: 401,
        tokenClaims: { payload: { aud: 'api://default', cid: '0oaClient1' } },
        requestContext: { audience: 'api://default' },
      },
    ],
    [
      'an access token sent to the API',
      {
        httpStatus: 401,
        path: '/api/v1/users',
        requestHeaders: bearer,
        tokenClaims: { payload: { jti: 'AT.1', cid: '0oaClient1' } },
      },
    ],
    ['token exchange', oauth('invalid_request', "'subject_token_type' is invalid or not supported.")],
  ],
})
