import { orgAsTokenNotVerifiable } from './org-as-token-not-verifiable.ts'
import { judge } from './speaks-and-stays-silent.ts'

const iss = 'https://a.okta.com'
const access = { payload: { iss, aud: iss, cid: '0oaClient1', scp: ['openid'] } }

judge(orgAsTokenNotVerifiable, {
  speaks: [
    [
      'the key is not found',
      {
        httpStatus: 401,
        responseBody: { apiError: 'The signature key was not found' },
        tokenClaims: { payload: { iss } },
      },
      'likely',
    ],
    [
      'the kid is not published',
      {
        responseBody: { sdkError: 'invalid token' },
        tokenClaims: access,
        requestContext: { kid: 'not in /oauth2/v1/keys' },
      },
      'likely',
    ],
    [
      'the type of the header',
      { httpStatus: 401, tokenClaims: { header: { typ: 'application/okta-internal-at+jwt' }, ...access } },
      'possible',
    ],
    [
      "such a token, refused by an API of one's own",
      { httpStatus: 401, path: '/orders', tokenClaims: access },
      'possible',
    ],
  ],
  silent: [
    ['such a token at Okta', { httpStatus: 401, path: '/api/v1/users', tokenClaims: access }],
    [
      'a token of a custom server',
      {
        httpStatus: 401,
        responseBody: { apiError: 'The signature key was not found' },
        tokenClaims: { payload: { iss: `${iss}/oauth2/default` } },
      },
    ],
    [
      'an ID token',
      {
        httpStatus: 401,
        responseBody: { apiError: 'The signature key was not found' },
        tokenClaims: { payload: { iss, aud: '0oaClient1', nonce: 'n' } },
      },
    ],
    [
      'another provider',
      {
        responseBody: { sdkError: 'no matching key found' },
        tokenClaims: { payload: { iss: 'https://accounts.google.com' } },
      },
    ],
    ['such a token without the right to do this', { httpStatus: 403, path: '/orders', tokenClaims: access }],
  ],
})
