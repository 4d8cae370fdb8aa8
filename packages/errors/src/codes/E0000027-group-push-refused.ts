// What does E0000027 mean: which groups and apps can be joined by Group Push?
import { defineError } from '../define.ts'

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
      tellApart: 'The app has no Push Groups tab in the console, or its provisioning connection is not enabled.',
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
    },
  },
})
