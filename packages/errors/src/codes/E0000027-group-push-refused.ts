// What does E0000027 mean: which groups and apps can be joined by Group Push?
import { defineError } from '../define.ts'
import { call } from '../proofs/step.ts'

const wizardApp = {
  label: 'Intranet',
  signOnMode: 'SAML_2_0',
  settings: {
    signOn: {
      ssoAcsUrl: 'https://intranet.example.com/saml',
      recipient: 'https://intranet.example.com/saml',
      destination: 'https://intranet.example.com/saml',
      audience: 'https://intranet.example.com',
    },
  },
}
const catalogApp = { label: 'Payroll', name: 'deelhr', signOnMode: 'AUTO_LOGIN', settings: { app: {} } }
const engineers = call('POST /api/v1/groups', {
  body: { profile: { name: 'Engineers' } },
  keep: { group: '/id' },
})
const push = call('POST /api/v1/apps/{app}/group-push/mappings', {
  body: { sourceGroupId: '{group}', targetGroupName: 'Engineers', status: 'ACTIVE' },
})

/** A group cannot be pushed to this app. */
export const E0000027 = defineError({
  code: 'E0000027',
  title: 'Group push refused',
  area: 'provisioning',
  retry: 'after-change',
  reference: { status: 400, description: 'Bad group push request.' },
  current: { status: 400, summary: 'Group push bad request : {message}' },
  summaryInReference: 'Bad group push request.',
  note: 'The wording was changed: the reference has no message; the current list has one, after a colon with a blank before it.',
  causes: {
    'push-not-possible': {
      kind: 'object-state-forbids-operation',
      says: 'The app does not offer Group Push or its provisioning is off.',
      tellApart:
        'The app has no Push Groups tab in the console, or its provisioning connection is not enabled. Some apps of the catalogue take mappings before their provisioning is set up (recorded: deelhr).',
      fix: [
        'Check that the app supports Group Push: features in GET /api/v1/apps/{id} has GROUP_PUSH.',
        'Enable provisioning for the app first, and test its connection.',
      ],
      operations: ['POST /api/v1/apps/{id}/group-push/mappings'],
      sources: [
        {
          mark: 'inferred',
          where: 'the template of the summary; preconditions from help.okta.com, Group Push prerequisites',
        },
      ],
      proof: {
        given: [call('POST /api/v1/apps', { body: wizardApp, keep: { app: '/id' } }), engineers],
        call: push,
        cure: [
          call('POST /api/v1/apps/{app}/connections/default?activate=true', {
            body: {
              baseUrl: 'https://intranet.example.com/scim',
              profile: { authScheme: 'TOKEN', token: 'made-for-this-proof' },
            },
          }),
        ],
      },
    },
    'group-already-pushed': {
      kind: 'duplicate-object',
      says: 'The group is pushed to this app already.',
      tellApart: 'GET /api/v1/apps/{id}/group-push/mappings lists the group.',
      fix: [
        'Use the mapping that exists; activate it if its status is INACTIVE.',
        'To push to another group of the target, delete the mapping first.',
        'Use one group for assignment and another for push: one group for both leads to members that come and go.',
      ],
      operations: ['POST /api/v1/apps/{id}/group-push/mappings'],
      sources: [
        {
          mark: 'inferred',
          where: 'the template of the summary; preconditions from help.okta.com, Group Push prerequisites',
        },
      ],
      proof: {
        given: [
          call('POST /api/v1/apps', { body: catalogApp, keep: { app: '/id' } }),
          engineers,
          { ...push, keep: { mapping: '/id' } },
        ],
        call: push,
        cure: [
          call('PATCH /api/v1/apps/{app}/group-push/mappings/{mapping}', { body: { status: 'INACTIVE' } }),
          call('DELETE /api/v1/apps/{app}/group-push/mappings/{mapping}?deleteTargetGroup=true'),
        ],
      },
    },
  },
})
