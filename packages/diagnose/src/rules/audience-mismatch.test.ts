import { audienceMismatch } from './audience-mismatch.ts'
import { judge, oauth } from './speaks-and-stays-silent.ts'

judge(audienceMismatch, {
  speaks: [
    ['.NET', { responseBody: { error: 'IDX10214: Audience validation failed. Audiences: api://default' } }, 'certain'],
    [
      'a verifier without an audience',
      { responseBody: { sdkError: 'audience validation failed' }, requestContext: { validAudience: null } },
      'certain',
    ],
    ['jose', { responseBody: { sdkError: 'unexpected "aud" claim value' } }, 'certain'],
    ['Node', { responseBody: { sdkError: 'jwt audience invalid. expected: api://other' } }, 'certain'],
    [
      'claims and the configuration',
      {
        httpStatus: 401,
        tokenClaims: { payload: { aud: 'api://default' } },
        requestContext: { expectedAudience: 'api://orders' },
      },
      'likely',
    ],
  ],
  silent: [
    [
      'the audience that is expected',
      {
        httpStatus: 401,
        tokenClaims: { payload: { aud: ['api://default'] } },
        requestContext: { audience: 'api://default' },
      },
    ],
    [
      'an assertion',
      oauth('invalid_client', 'The audience claim for client_assertion must be the endpoint invoked for the request.'),
    ],
    ['an issuer', { responseBody: { sdkError: 'Issuer validation failed' } }],
  ],
})
