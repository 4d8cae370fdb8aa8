// Which rules about the settings of rate limits can a request break? Causes of E0000001.
import type { Cause } from '../../define.ts'
import { call, seed } from '../../proofs/step.ts'

const share = { principalId: '{token}', principalType: 'SSWS_TOKEN', defaultPercentage: 40 }

/** Causes of E0000001 in this part of the API. */
export const rateLimitsCauses = {
  'principal-filter-missing': {
    kind: 'query-invalid',
    says: 'The list of shares was asked for without saying whose: the filter has to name principalType.',
    tellApart: 'The summary ends in principalRateLimitMediated, and the cause speaks of the attribute filter.',
    fix: [
      'Send filter=principalType eq "SSWS_TOKEN" for API tokens, or filter=principalType eq "OAUTH_CLIENT" for apps, encoded for a URL.',
      'To see both, ask twice: the filter takes one type at a time.',
    ],
    operations: ['GET /api/v1/principal-rate-limits'],
    wire: {
      summary: 'Api validation failed: principalRateLimitMediated',
      // The spelling is Okta's.
      causes: ['The provided filter parameter did not contain the required attrbute filter "principalType"'],
    },
    sources: [
      { mark: 'recorded', where: 'okta/okta-sdk-python tests/integration/cassettes, test_principal_rate_limits_it' },
    ],
    proof: {
      given: [],
      call: call('GET /api/v1/principal-rate-limits'),
      mend: call('GET /api/v1/principal-rate-limits?filter=principalType%20eq%20%22SSWS_TOKEN%22'),
    },
  },
  'principal-limit-exists': {
    kind: 'duplicate-object',
    says: 'The API token or app has a share of its own already; there is one for each.',
    tellApart: 'The summary ends in principalRateLimitMediated and errorCauses is empty.',
    fix: [
      'Find it: GET /api/v1/principal-rate-limits with the filter for its type, and look for the principalId.',
      'Change that one: PUT /api/v1/principal-rate-limits/{id} with the new percentages.',
    ],
    operations: ['POST /api/v1/principal-rate-limits'],
    wire: { summary: 'Api validation failed: principalRateLimitMediated', causes: [] },
    sources: [
      { mark: 'recorded', where: 'okta/okta-sdk-python tests/integration/cassettes, test_principal_rate_limits_it' },
      { mark: 'documented', where: 'Principal rate limits reference: one entity an org and principal' },
    ],
    proof: {
      given: [
        call('GET /api/v1/users/me', { keep: { me: '/id' } }),
        seed({ tokens: [{ owner: '{me}', name: 'nightly export' }] }, { token: '/tokens/0/id' }),
        call('POST /api/v1/principal-rate-limits', { body: share, keep: { share: '/id' } }),
      ],
      call: call('POST /api/v1/principal-rate-limits', { body: share }),
      // Nothing takes a share away but the end of its token: the one that is there is changed.
      mend: call('PUT /api/v1/principal-rate-limits/{share}', { body: share }),
    },
  },
} as const satisfies Record<string, Cause>
