// What does E0000024 mean: when can the definition of an app not be changed?
import { defineError } from '../define.ts'
import { call } from '../proofs/step.ts'

const autoLogin = {
  label: 'Travel desk',
  signOnMode: 'AUTO_LOGIN',
  settings: { signOn: { loginUrl: 'https://travel.example.com/login' } },
}

/** The definition behind an app cannot be changed this way or at this moment. */
export const E0000024 = defineError({
  code: 'E0000024',
  title: 'App metadata operation not supported',
  area: 'apps',
  retry: 'after-change',
  reference: {
    status: 400,
    description: 'Bad request. This operation on app metadata is not yet supported.',
  },
  current: { status: 400, summary: 'Bad request. This operation on app metadata is not yet supported.' },
  note: 'Read the cause: it carries the reason after the colon. The current list writes two blanks after "request.".',
  causes: {
    'app-has-no-active-instance': {
      kind: 'object-state-forbids-operation',
      says: 'The app made with the App Integration Wizard is inactive, and its settings were to be changed.',
      fix: [
        'Activate the app: POST /api/v1/apps/{id}/lifecycle/activate.',
        'Send the update, then deactivate the app again if it is to stay off.',
        'In a tool such as Terraform, change the settings and the status in two runs.',
      ],
      operations: ['PUT /api/v1/apps/{id}'],
      wire: { causes: ['This operation on app metadata is not yet supported: No active instances.'] },
      sources: [
        {
          mark: 'recorded',
          where: 'okta/terraform-provider-okta test/fixtures/vcr, TestAccResourceOktaAppAutoLoginApplication_crud',
        },
      ],
      proof: {
        given: [
          call('POST /api/v1/apps', { body: autoLogin, keep: { app: '/id' } }),
          call('POST /api/v1/apps/{app}/lifecycle/deactivate'),
        ],
        call: call('PUT /api/v1/apps/{app}', { body: autoLogin }),
        cure: [call('POST /api/v1/apps/{app}/lifecycle/activate')],
      },
    },
  },
})
