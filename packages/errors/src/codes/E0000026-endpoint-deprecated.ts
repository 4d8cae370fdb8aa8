// What does E0000026 mean: which endpoint was retired, and what replaces it?
import { defineError } from '../define.ts'
import { call } from '../proofs/step.ts'

/** The endpoint existed once and was switched off. */
export const E0000026 = defineError({
  code: 'E0000026',
  title: 'Endpoint deprecated',
  area: 'request',
  retry: 'never',
  reference: { status: 404, description: 'This endpoint has been deprecated.' },
  current: { status: 404, summary: 'This endpoint has been deprecated.' },
  note: 'Endpoints retired in recent years answer 410 E0000215 instead.',
  causes: {
    'events-api-retired': {
      kind: 'endpoint-unsupported',
      says: 'The Events API was retired; the System Log API has taken its place.',
      fix: [
        'Call GET /api/v1/logs instead of GET /api/v1/events.',
        'Translate the query: startDate becomes since, and action.objectType becomes eventType with other names (core.user_auth.login_failed is now eventType eq "user.session.start" and outcome.result eq "FAILURE").',
        'Old names live on in legacyEventType, which you can filter by for a while.',
      ],
      operations: ['GET /api/v1/events'],
      sources: [
        {
          mark: 'inferred',
          where:
            'title of the code in Okta\'s current list, "API endpoint deprecated exception"; the Events API is documented as removed',
        },
      ],
      proof: {
        given: [],
        call: call('GET /api/v1/events?limit=1'),
        mend: call('GET /api/v1/logs?limit=1'),
      },
    },
  },
})
