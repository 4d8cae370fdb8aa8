// What does E0000015 mean, and why does no new token help against this 401?
import { defineError } from '../define.ts'
import { call, settings } from '../proofs/step.ts'

/** The org does not have the feature behind this endpoint. */
export const E0000015 = defineError({
  code: 'E0000015',
  title: 'Feature not enabled',
  area: 'authorization',
  retry: 'after-change',
  reference: { status: 401, description: 'You do not have permission to access the feature you are requesting.' },
  current: { status: 401, summary: 'You do not have permission to access the feature you are requesting' },
  note:
    'A 401 that no credential repairs: do not refresh the token and try again on this code. It is refused before the ' +
    'rate limiter, so it usually has no x-rate-limit headers. One sign-in widget fixture shows 403 "Invalid ' +
    'certificate." under the same code.',
  causes: {
    'feature-off': {
      kind: 'feature-not-enabled',
      says: 'The org lacks the feature, licence or engine that this endpoint belongs to.',
      tellApart: 'Other endpoints work with the same token, and a super admin gets the same answer.',
      fix: [
        'Custom authorization servers need API Access Management. Without it, use the org authorization server (/oauth2/v1/…).',
        'Early-access features: Settings > Features. Others need a licence: ask your Okta representative.',
        'Check the engine: GET /.well-known/okta-organization shows pipeline "v1" for Classic and "idx" for Identity Engine. Some endpoints exist only on one of them.',
      ],
      operations: [
        'POST /api/v1/authorizationServers',
        'GET /api/v1/authorizationServers/{id}',
        'POST /api/v1/zones',
        'GET /api/v1/behaviors',
        'GET /api/v1/device-posture-checks',
        'GET /api/v1/users/{id}/blocks',
        'GET /api/v1/brands/{brandId}/well-known-uris',
      ],
      sources: [
        {
          mark: 'recorded',
          where:
            'okta/terraform-provider-okta test/fixtures/vcr, TestAccResourceOktaAuthServer*_crud and TestAccOktaBehavior; okta/okta-sdk-python tests/integration/cassettes, test_device_posture_check_it, test_users_it',
        },
      ],
      proof: [
        {
          given: [settings({ features: { NETWORK_ZONES: false } })],
          call: call('GET /api/v1/zones'),
          cure: [settings({ features: { NETWORK_ZONES: true } })],
        },
        {
          given: [settings({ features: { API_ACCESS_MANAGEMENT: false } })],
          call: call('GET /api/v1/authorizationServers/default'),
          cure: [settings({ features: { API_ACCESS_MANAGEMENT: true } })],
        },
        {
          // A feature that administrators switch on by themselves.
          given: [
            call('POST /api/v1/brands', { body: { name: 'Harbour' }, keep: { brand: '/id' } }),
            call('GET /api/v1/features', { keep: { feature: '/0/id' } }),
          ],
          call: call('GET /api/v1/brands/{brand}/well-known-uris'),
          cure: [call('POST /api/v1/features/{feature}/enable')],
        },
      ],
    },
  },
})
