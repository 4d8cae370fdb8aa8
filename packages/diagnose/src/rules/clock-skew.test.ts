import { clockSkew } from './clock-skew.ts'
import { judge, logEvent, oauth } from './speaks-and-stays-silent.ts'

const date = 'Tue, 14 Nov 2023 22:13:20 GMT'
const at = 1_700_000_000

judge(clockSkew, {
  speaks: [
    ['a token from the future', { responseBody: { sdkError: 'The JWT was issued in the future' } }, 'certain'],
    [
      'a SAML assertion',
      {
        responseBody: {
          error: 'Received an assertion that is valid in the future. Check clock synchronization on IdP and SP.',
        },
      },
      'certain',
    ],
    [
      'an assertion from the future',
      oauth('invalid_client', 'The client_assertion token must be issued before the current time.'),
      'certain',
    ],
    ['the reason in the log', logEvent('client_assertion_issued_at_in_future'), 'certain'],
    [
      'an assertion that ends too late, on some machines',
      oauth('invalid_client', 'The client_assertion token has an expiration too far into the future.', {
        requestContext: { frequency: 'sporadic' },
      }),
      'likely',
    ],
    [
      'iat after the Date of the answer',
      { httpStatus: 401, responseHeaders: { date }, tokenClaims: { payload: { iat: at + 600, exp: at + 4200 } } },
      'likely',
    ],
    ['milliseconds', { httpStatus: 401, tokenClaims: { payload: { exp: 1_700_000_000_000 } } }, 'likely'],
  ],
  silent: [
    [
      'a token that has expired',
      { httpStatus: 401, responseHeaders: { date }, tokenClaims: { payload: { iat: at - 7200, exp: at - 3600 } } },
    ],
    ['a few seconds', { httpStatus: 401, responseHeaders: { date }, tokenClaims: { payload: { iat: at + 3 } } }],
    [
      'aud of an assertion',
      oauth('invalid_client', 'The audience claim for client_assertion must be the endpoint invoked for the request.'),
    ],
    [
      'a missing scope, with a token from the future',
      { httpStatus: 403, responseHeaders: { date }, tokenClaims: { payload: { iat: at + 600 } } },
    ],
  ],
})
