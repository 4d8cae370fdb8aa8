// Which rules about groups and group rules can a request break? Causes of E0000001.
import type { Cause } from '../../define.ts'
import { call } from '../../proofs/step.ts'

const ada = { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', login: 'ada@example.com' }
const password = { password: { value: 'Correct-Horse-9' } }

/** Causes of E0000001 in this part of the API. */
export const groupsCauses = {
  'group-name-taken': {
    kind: 'duplicate-object',
    says: 'Another group that Okta itself keeps has this name already.',
    tellApart: 'The cause is about name and the request went to /api/v1/groups.',
    fix: [
      'Find the group: GET /api/v1/groups?q={name}, and use it.',
      'Otherwise choose another name, or rename or delete the old group first.',
    ],
    operations: ['POST /api/v1/groups', 'PUT /api/v1/groups/{id}'],
    wire: {
      summary: 'Api validation failed: name',
      causes: ['name: An object with this field already exists in the current organization'],
    },
    sources: [
      {
        mark: 'reported',
        where: 'public security-automation clients that read this sentence as "group exists" on POST /groups',
      },
    ],
    proof: {
      given: [call('POST /api/v1/groups', { body: { profile: { name: 'Engineers' } }, keep: { group: '/id' } })],
      call: call('POST /api/v1/groups', { body: { profile: { name: 'Engineers' } } }),
      cure: [call('PUT /api/v1/groups/{group}', { body: { profile: { name: 'Old engineers' } } })],
    },
  },
  'owner-already-assigned': {
    kind: 'duplicate-object',
    says: 'The user or group is an owner of this group already.',
    tellApart: 'Only on /owners of a group.',
    fix: ['Treat it as done.', 'To be sure, list the owners: GET /api/v1/groups/{id}/owners.'],
    operations: ['POST /api/v1/groups/{id}/owners'],
    wire: {
      summary: 'Api validation failed: owner',
      causes: ['Provided owner is already assigned to this group'],
    },
    sources: [
      {
        mark: 'recorded',
        where: 'okta/terraform-provider-okta test/fixtures/vcr, TestAccResourceOktaGroupOwners_alreadyAssignedOwner400',
      },
    ],
    proof: {
      given: [
        call('POST /api/v1/users?activate=true', {
          body: { profile: ada, credentials: password },
          keep: { user: '/id' },
        }),
        call('POST /api/v1/groups', { body: { profile: { name: 'Engineers' } }, keep: { group: '/id' } }),
        call('POST /api/v1/groups/{group}/owners', { body: { id: '{user}', type: 'USER' } }),
      ],
      call: call('POST /api/v1/groups/{group}/owners', { body: { id: '{user}', type: 'USER' } }),
      cure: [call('DELETE /api/v1/groups/{group}/owners/{user}')],
    },
  },
  'rule-expression-unreadable': {
    kind: 'validation-invalid-value',
    says: 'The condition of a group rule is no valid expression.',
    tellApart: 'The summary says validateRule and the first cause repeats your expression.',
    fix: [
      'Look for an open parenthesis, a missing operand, a single = or AND instead of &&.',
      'Quote strings inside the JSON value: "user.department==\\"Sales\\"".',
      "Try the expression in the group rule's preview in the console before you send it.",
    ],
    operations: ['POST /api/v1/groups/rules', 'PUT /api/v1/groups/rules/{id}'],
    wire: {
      summary: 'Api validation failed: validateRule',
      causes: ['Invalid expression syntax {expression}', 'conditions: Invalid expression'],
    },
    sources: [
      {
        mark: 'recorded',
        where: 'okta/terraform-provider-okta history of test/fixtures/vcr, TestAccResourceOktaGroupRule_invalidSyntax',
      },
    ],
  },
  'rule-status-invalid': {
    kind: 'object-state-forbids-operation',
    says: 'The group rule is INVALID because its target group was deleted, so it can be neither activated nor deactivated.',
    tellApart: 'The summary says updateRuleStatus; GET /api/v1/groups/rules/{id} shows status INVALID.',
    fix: ['Delete the rule and create it again with a group that exists.'],
    operations: [
      'POST /api/v1/groups/rules/{id}/lifecycle/deactivate',
      'POST /api/v1/groups/rules/{id}/lifecycle/activate',
    ],
    wire: {
      summary: 'Api validation failed: updateRuleStatus',
      causes: ['Cannot activate or deactivate a Group Rule with the status INVALID.'],
    },
    sources: [
      {
        mark: 'recorded',
        where: 'okta/terraform-provider-okta history of test/fixtures/vcr, TestAccOktaGroupRule_invalidHandle',
      },
    ],
  },
} as const satisfies Record<string, Cause>
