// Why can an app not be deleted?
import { defineError } from '../define.ts'
import { call } from '../proofs/step.ts'

const bookmark = {
  label: 'Handbook',
  name: 'bookmark',
  signOnMode: 'BOOKMARK',
  settings: { app: { url: 'https://handbook.example.com' } },
}

/** The app cannot be deleted. */
export const E0000056 = defineError({
  code: 'E0000056',
  title: 'App cannot be deleted',
  area: 'apps',
  retry: 'never',
  reference: { status: 403, description: 'Delete application forbidden.' },
  current: { status: 403, summary: 'Delete application forbidden.' },
  causes: {
    'app-still-active': {
      kind: 'object-state-forbids-operation',
      says: 'The app is ACTIVE. Only an INACTIVE app can be deleted.',
      fix: [
        'Deactivate it first: `POST /api/v1/apps/{id}/lifecycle/deactivate`. From then on nobody can sign in to it.',
        'Then delete it: `DELETE /api/v1/apps/{id}`. Its assignments and keys are lost.',
      ],
      operations: ['DELETE /api/v1/apps/{id}'],
      wire: { causes: ['The application must be deactivated before deletion.'] },
      sources: [
        { mark: 'recorded', where: 'okta/okta-sdk-python tests/integration/cassettes/test_application_features_it' },
        { mark: 'documented', where: 'okta/okta-developer-docs@2022-09 docs/reference/api/apps' },
      ],
      proof: {
        given: [call('POST /api/v1/apps', { body: bookmark, keep: { app: '/id' } })],
        call: call('DELETE /api/v1/apps/{app}'),
        cure: [call('POST /api/v1/apps/{app}/lifecycle/deactivate')],
      },
    },
  },
})
