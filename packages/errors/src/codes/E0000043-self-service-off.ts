// Why may an app not be offered for self-service in this org?
import { defineError } from '../define.ts'
import { call, settings } from '../proofs/step.ts'

const bookmark = {
  label: 'Handbook',
  name: 'bookmark',
  signOnMode: 'BOOKMARK',
  settings: { app: { url: 'https://handbook.example.com' } },
}

/** The org has self-service of apps switched off. */
export const E0000043 = defineError({
  code: 'E0000043',
  title: 'Self-service assignment is off',
  area: 'apps',
  retry: 'after-change',
  reference: { status: 403, description: 'Self-service application assignment is not enabled.' },
  current: { status: 403, summary: 'Self service application assignment is not enabled.' },
  note: 'The reference writes "Self-service", the wire "Self service". E0000044 is the sibling for an app that can never be offered this way.',
  causes: {
    'org-self-service-off': {
      kind: 'feature-not-enabled',
      says: 'The app is to be offered for self-service while the org setting for it is off.',
      fix: [
        'Send `"accessibility":{"selfService":false}`, or leave the field out. That is what most callers want.',
        'Or switch it on: Applications > Self Service, "Allow users to add org-managed apps". Then send the same request again.',
      ],
      operations: ['POST /api/v1/apps', 'PUT /api/v1/apps/{id}'],
      wire: { causes: ['Self service application assignment for organization managed apps must be enabled.'] },
      sources: [
        {
          mark: 'recorded',
          where:
            'okta/terraform-provider-okta, git history of test/fixtures/vcr/TestAccAppSharedCredentials_crud (2022)',
        },
      ],
      proof: {
        given: [settings({ features: { SELF_SERVICE: false } })],
        call: call('POST /api/v1/apps?activate=true', { body: { ...bookmark, accessibility: { selfService: true } } }),
        cure: [settings({ features: { SELF_SERVICE: true } })],
      },
    },
  },
})
