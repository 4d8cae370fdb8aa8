// What does E0000025 mean: why can an app instance not move to another version of its catalogue entry?
import { defineError } from '../define.ts'
import { call } from '../proofs/step.ts'

const incidents = { label: 'Incidents', name: 'pagerduty', signOnMode: 'AUTO_LOGIN', settings: { app: {} } }

/** An app instance could not be moved to another app or version of the catalogue. */
export const E0000025 = defineError({
  code: 'E0000025',
  title: 'App version not assigned',
  area: 'apps',
  retry: 'never',
  reference: { status: 400, description: 'App version assignment failed.' },
  current: { status: 400, summary: 'App version assignment failed.' },
  note: 'No public example of this code is known; what stands here follows from its title.',
  causes: {
    'catalog-version-unknown': {
      kind: 'validation-invalid-value',
      says: 'The update names another catalogue app, or a version of it, that the instance cannot be moved to.',
      fix: [
        'Send name unchanged: it is fixed when the instance is made. GET /api/v1/apps/{id} shows it.',
        'To use another app of the catalogue, create a new instance and assign users and groups to it.',
      ],
      operations: ['PUT /api/v1/apps/{id}'],
      sources: [
        {
          mark: 'inferred',
          where: 'title of the code in Okta\'s current list, "Assign app version failed exception"; nothing public',
        },
      ],
      proof: {
        given: [call('POST /api/v1/apps', { body: incidents, keep: { app: '/id' } })],
        call: call('PUT /api/v1/apps/{app}', { body: { ...incidents, name: 'pagerduty_v2' } }),
        mend: call('PUT /api/v1/apps/{app}', { body: { ...incidents, label: 'Incidents and rotas' } }),
      },
    },
  },
})
