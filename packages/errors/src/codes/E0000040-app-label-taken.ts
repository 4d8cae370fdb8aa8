// When may two apps not have the same label?
import { defineError } from '../define.ts'
import { call, settings } from '../proofs/step.ts'

const bookmark = {
  label: 'Handbook',
  name: 'bookmark',
  signOnMode: 'BOOKMARK',
  settings: { app: { url: 'https://handbook.example.com' } },
}

/** Another app has this label. */
export const E0000040 = defineError({
  code: 'E0000040',
  title: 'App label already taken',
  area: 'apps',
  retry: 'never',
  reference: {
    status: 400,
    description: 'Application label must not be the same as an existing application label.',
  },
  current: { status: 400, summary: 'Application label must not be the same as an existing application label.' },
  note: 'Since release 2021.06.3 two apps may share a label, so most orgs never send this today. Before that, creating an app with a taken label gave E0000001 with the cause `label: An active {app} instance with the label "{label}" already exists.`',
  causes: {
    'label-taken': {
      kind: 'duplicate-object',
      says: 'Another active app in the org has the label that this request sets.',
      fix: [
        'Find the other app: `GET /api/v1/apps?q={label}`.',
        'If it is the app you meant, update it instead of making a second one.',
        'Otherwise choose another label, for instance with the environment in it.',
      ],
      operations: ['PUT /api/v1/apps/{id}', 'POST /api/v1/apps'],
      sources: [
        {
          mark: 'inferred',
          where:
            'okta/okta-developer-docs pull 2230 (uniqueness dropped) and okta/okta-cli issue 56 (the older answer)',
        },
      ],
      proof: {
        given: [
          settings({ features: { UNIQUE_APP_LABELS: true } }),
          call('POST /api/v1/apps', { body: bookmark, keep: { first: '/id' } }),
        ],
        call: call('POST /api/v1/apps', { body: bookmark }),
        cure: [call('POST /api/v1/apps/{first}/lifecycle/deactivate')],
      },
    },
  },
})
