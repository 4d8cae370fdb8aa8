// Which rules about groups and group rules can a request break? Causes of E0000001.
import type { Cause } from '../../define.ts'
import { call, settings } from '../../proofs/step.ts'

const ada = { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', login: 'ada@example.com' }
const password = { password: { value: 'Correct-Horse-9' } }

const rule = (value: string, exclude?: readonly string[], group = '{group}') => ({
  type: 'group_rule',
  name: 'Engineers by title',
  conditions: {
    ...(exclude && { people: { users: { exclude } } }),
    expression: { type: 'urn:okta:expression:1.0', value },
  },
  actions: { assignUserToGroups: { groupIds: [group] } },
})

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
      'Look for an open parenthesis, an open quotation mark, a missing operand, or a single = where == is meant.',
      'AND and && mean the same, and so do OR and ||: neither spelling is the fault.',
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
    proof: {
      given: [call('POST /api/v1/groups', { body: { profile: { name: 'Engineers' } }, keep: { group: '/id' } })],
      call: call('POST /api/v1/groups/rules', { body: rule('(user.title == "Engineer"') }),
      mend: call('POST /api/v1/groups/rules', { body: rule('(user.title == "Engineer")') }),
    },
  },
  'rule-expression-not-allowed': {
    kind: 'validation-invalid-value',
    says: 'The condition of a group rule names an attribute or a function that group rules do not have.',
    tellApart: 'The summary says validateRule and the first cause names the property or function.',
    fix: [
      'Compare the attribute with the schema of the default user type: GET /api/v1/meta/schemas/user/default. Attributes of other user types do not count.',
      'Use the String and Arrays functions, user.… and isMemberOf… functions. Group rules have no Convert or Time functions, no app and no session.',
      'Correct the name, or add the attribute to the schema, and send the rule again.',
    ],
    operations: ['POST /api/v1/groups/rules', 'PUT /api/v1/groups/rules/{id}'],
    wire: {
      summary: 'Api validation failed: validateRule',
      causes: ['Invalid {part} {name} in expression {expression}', 'conditions: Invalid expression'],
    },
    sources: [
      {
        mark: 'documented',
        where: 'Group Rule Limitations and Restrictions; expressions in group rules (the conditions)',
      },
      { mark: 'inferred', where: 'the sentence, by analogy with the recorded one about the syntax' },
    ],
    proof: [
      {
        given: [call('POST /api/v1/groups', { body: { profile: { name: 'Engineers' } }, keep: { group: '/id' } })],
        call: call('POST /api/v1/groups/rules', { body: rule('user.rank == "Engineer"') }),
        cure: [
          call('POST /api/v1/meta/schemas/user/default', {
            body: { definitions: { custom: { properties: { rank: { title: 'Rank', type: 'string' } } } } },
          }),
        ],
      },
      {
        given: [call('POST /api/v1/groups', { body: { profile: { name: 'Engineers' } }, keep: { group: '/id' } })],
        call: call('POST /api/v1/groups/rules', { body: rule('Convert.toInt(user.title) == 1') }),
        mend: call('POST /api/v1/groups/rules', { body: rule('user.title == "1"') }),
      },
    ],
  },
  'rule-expression-not-boolean': {
    kind: 'validation-invalid-value',
    says: 'The condition of a group rule is an expression whose value is a text, a number or a list, not true or false.',
    tellApart: 'The summary says validateRule and the first cause says that the expression does not return a boolean.',
    fix: [
      'Compare the value with something: user.department == "Sales" instead of user.department.',
      'Or use a function that answers true or false: String.stringContains, String.startsWith, Arrays.contains, isMemberOfGroup.',
    ],
    operations: ['POST /api/v1/groups/rules', 'PUT /api/v1/groups/rules/{id}'],
    wire: {
      summary: 'Api validation failed: validateRule',
      causes: ['The expression {expression} does not return a boolean', 'conditions: Invalid expression'],
    },
    sources: [
      { mark: 'documented', where: 'Group Rule Limitations and Restrictions: the value is expected to be a Boolean' },
      { mark: 'inferred', where: 'the sentence, by analogy with the recorded one about the syntax' },
    ],
    proof: {
      given: [call('POST /api/v1/groups', { body: { profile: { name: 'Engineers' } }, keep: { group: '/id' } })],
      call: call('POST /api/v1/groups/rules', { body: rule('user.title') }),
      mend: call('POST /api/v1/groups/rules', { body: rule('user.title != null') }),
    },
  },
  'rule-name-taken': {
    kind: 'duplicate-object',
    says: 'Another group rule has this name already.',
    tellApart: 'The cause is about name and the request went to /api/v1/groups/rules.',
    fix: [
      'Find the rule: GET /api/v1/groups/rules?search={name}, and use it.',
      'To change it, send PUT to its id instead of POST.',
      'Otherwise choose another name.',
    ],
    operations: ['POST /api/v1/groups/rules', 'PUT /api/v1/groups/rules/{id}'],
    wire: { summary: 'Api validation failed: name', causes: ['name: Policy rule name already in use'] },
    sources: [{ mark: 'reported', where: 'okta/okta-sdk-java, an update of a group rule that was sent as POST' }],
    proof: {
      given: [
        call('POST /api/v1/groups', { body: { profile: { name: 'Engineers' } }, keep: { group: '/id' } }),
        call('POST /api/v1/groups/rules', { body: rule('user.title == "Engineer"'), keep: { rule: '/id' } }),
      ],
      call: call('POST /api/v1/groups/rules', { body: rule('user.department == "Engineering"') }),
      cure: [call('DELETE /api/v1/groups/rules/{rule}')],
    },
  },
  'rule-target-not-assignable': {
    kind: 'validation-invalid-value',
    says: "A group that the rule is to add users to does not exist, is not one of the org's own groups, or makes administrators.",
    tellApart: 'The summary says validateRule and the cause repeats the id of the group.',
    fix: [
      'Read the group: GET /api/v1/groups/{id}. Its type must be OKTA_GROUP: members of an app group come from the app, and everybody is in Everyone anyway.',
      'List its roles: GET /api/v1/groups/{id}/roles. A rule cannot add users to a group that has one.',
      'Correct groupIds and send the rule again.',
    ],
    operations: ['POST /api/v1/groups/rules', 'PUT /api/v1/groups/rules/{id}'],
    wire: {
      summary: 'Api validation failed: validateRule',
      causes: ['actions.assignUserToGroups.groupIds: {id} is not a group that users can be assigned to by a rule'],
    },
    sources: [
      { mark: 'documented', where: 'About group rules, the restrictions (the conditions)' },
      { mark: 'inferred', where: 'the sentence; no public example' },
    ],
    proof: {
      given: [
        call('POST /api/v1/groups', { body: { profile: { name: 'Engineers' } }, keep: { group: '/id' } }),
        call('POST /api/v1/groups/{group}/roles', { body: { type: 'READ_ONLY_ADMIN' }, keep: { role: '/id' } }),
      ],
      call: call('POST /api/v1/groups/rules', { body: rule('user.title == "Engineer"') }),
      cure: [call('DELETE /api/v1/groups/{group}/roles/{role}')],
    },
  },
  'rule-user-unknown': {
    kind: 'resource-not-found',
    says: 'A user whom the rule is to leave out does not exist. Users who are deleted stay named in the rule.',
    tellApart: 'The cause is about conditions.people.users.exclude and repeats the id of the user.',
    fix: [
      'Read the user: GET /api/v1/users/{id}.',
      'If the user was deleted, take the id out of conditions.people.users.exclude and send the rule again.',
    ],
    operations: ['PUT /api/v1/groups/rules/{id}', 'POST /api/v1/groups/rules'],
    wire: {
      summary: 'Api validation failed: validateRule',
      causes: ['conditions.people.users.exclude: The user {id} does not exist'],
    },
    sources: [
      { mark: 'reported', where: 'https://github.com/okta/terraform-provider-okta/issues/1674 (the condition)' },
      { mark: 'inferred', where: 'the sentence; the report does not repeat it' },
    ],
    proof: {
      given: [call('POST /api/v1/groups', { body: { profile: { name: 'Engineers' } }, keep: { group: '/id' } })],
      call: call('POST /api/v1/groups/rules', { body: rule('user.title == "Engineer"', ['00uNobodyHasThisId01']) }),
      mend: call('POST /api/v1/groups/rules', { body: rule('user.title == "Engineer"', []) }),
    },
  },
  'rule-not-inactive': {
    kind: 'object-state-forbids-operation',
    says: 'The group rule is at work (or INVALID), so it cannot be changed; and one at work cannot be deleted.',
    tellApart: 'The summary says updateRule or deleteRule; GET /api/v1/groups/rules/{id} shows the status.',
    fix: [
      'Deactivate the rule: POST /api/v1/groups/rules/{id}/lifecycle/deactivate. Its users stay in the groups.',
      'Change or delete it, then activate it again if it is to go on.',
      'If the status is INVALID, delete the rule and make it anew.',
    ],
    operations: ['PUT /api/v1/groups/rules/{id}', 'DELETE /api/v1/groups/rules/{id}'],
    wire: {
      summary: 'Api validation failed: {operation}',
      causes: ['Cannot {verb} a Group Rule with the status {status}.'],
    },
    sources: [
      { mark: 'documented', where: 'Group Rules reference, Replace a group rule (the condition)' },
      { mark: 'inferred', where: 'the sentence, by analogy with the recorded one about INVALID' },
    ],
    proof: {
      given: [
        call('POST /api/v1/groups', { body: { profile: { name: 'Engineers' } }, keep: { group: '/id' } }),
        call('POST /api/v1/groups/rules', { body: rule('user.title == "Engineer"'), keep: { rule: '/id' } }),
        call('POST /api/v1/groups/rules/{rule}/lifecycle/activate'),
      ],
      call: call('PUT /api/v1/groups/rules/{rule}', { body: rule('user.title == "Builder"') }),
      cure: [call('POST /api/v1/groups/rules/{rule}/lifecycle/deactivate')],
    },
  },
  'rule-actions-fixed': {
    kind: 'validation-invalid-value',
    says: 'The request names other groups than the rule was made with; they cannot be changed afterwards.',
    tellApart: 'The cause is about actions, and the request is a PUT.',
    fix: [
      'Send the groupIds that GET /api/v1/groups/rules/{id} shows, and change the conditions only.',
      'For other groups delete the rule and make a new one.',
    ],
    operations: ['PUT /api/v1/groups/rules/{id}'],
    wire: {
      summary: 'Api validation failed: actions',
      causes: ['actions: The groups of a Group Rule cannot be changed.'],
    },
    sources: [
      { mark: 'documented', where: 'Group Rules reference, Replace a group rule (the condition)' },
      { mark: 'inferred', where: 'the sentence; no public example' },
    ],
    proof: {
      given: [
        call('POST /api/v1/groups', { body: { profile: { name: 'Engineers' } }, keep: { group: '/id' } }),
        call('POST /api/v1/groups/rules', { body: rule('user.title == "Engineer"'), keep: { rule: '/id' } }),
        call('POST /api/v1/groups', { body: { profile: { name: 'Builders' } }, keep: { other: '/id' } }),
      ],
      call: call('PUT /api/v1/groups/rules/{rule}', { body: rule('user.title == "Builder"', undefined, '{other}') }),
      mend: call('PUT /api/v1/groups/rules/{rule}', { body: rule('user.title == "Builder"') }),
    },
  },
  'rule-target-takes-no-role': {
    kind: 'object-state-forbids-operation',
    says: 'An admin role was to be given to a group that a group rule adds users to. Whoever can change a profile could then make administrators, so Okta refuses it.',
    tellApart: 'Only on the assignment of a role to a group; the text names the rule.',
    fix: [
      'Find the rule that the text names: GET /api/v1/groups/rules?search={name}.',
      'Give the role to a group that no rule names, or delete the rule first.',
    ],
    operations: ['POST /api/v1/groups/{id}/roles'],
    wire: {
      summary: 'Api validation failed: group',
      causes: ['Roles cannot be granted to groups with group membership rules. {rule}'],
    },
    sources: [
      { mark: 'documented', where: 'About group rules, the restrictions (the condition)' },
      {
        mark: 'inferred',
        where:
          "the sentence is that of E0000192 (400) in Okta's current list, which the reference does not have; this code stands in for it",
      },
    ],
    proof: {
      contract: 'reference',
      given: [
        call('POST /api/v1/groups', { body: { profile: { name: 'Engineers' } }, keep: { group: '/id' } }),
        call('POST /api/v1/groups/rules', { body: rule('user.title == "Engineer"'), keep: { rule: '/id' } }),
      ],
      call: call('POST /api/v1/groups/{group}/roles', { body: { type: 'READ_ONLY_ADMIN' } }),
      cure: [call('DELETE /api/v1/groups/rules/{rule}')],
    },
  },
  'rule-limit-reached': {
    kind: 'object-state-forbids-operation',
    says: 'The org has as many group rules as it may have: 2,000, unless its settings say otherwise.',
    tellApart: 'The summary says createRule.',
    fix: [
      'List the rules: GET /api/v1/groups/rules?limit=200, and delete those that are INVALID or no longer used.',
      'Put conditions together: one rule can add users to up to 100 groups.',
    ],
    operations: ['POST /api/v1/groups/rules'],
    wire: {
      summary: 'Api validation failed: createRule',
      causes: ['The maximum number of Group Rules, {most}, is reached.'],
    },
    sources: [
      { mark: 'documented', where: 'About group rules (the number)' },
      { mark: 'inferred', where: 'the sentence; no public example' },
    ],
    proof: {
      given: [
        call('POST /api/v1/groups', { body: { profile: { name: 'Engineers' } }, keep: { group: '/id' } }),
        call('POST /api/v1/groups/rules', {
          body: { ...rule('user.title == "Builder"'), name: 'Builders' },
          keep: { last: '/id' },
        }),
        settings({ groupRules: { most: 1 } }),
      ],
      call: call('POST /api/v1/groups/rules', { body: rule('user.title == "Engineer"') }),
      cure: [call('DELETE /api/v1/groups/rules/{last}')],
    },
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
    proof: {
      given: [
        call('POST /api/v1/groups', { body: { profile: { name: 'Engineers' } }, keep: { group: '/id' } }),
        call('POST /api/v1/groups/rules', { body: rule('user.title == "Engineer"'), keep: { rule: '/id' } }),
        call('POST /api/v1/groups', { body: { profile: { name: 'Builders' } }, keep: { other: '/id' } }),
        call('POST /api/v1/groups/rules', {
          body: { ...rule('user.title == "Builder"', undefined, '{other}'), name: 'Builders' },
          keep: { spare: '/id' },
        }),
        call('DELETE /api/v1/groups/{group}'),
      ],
      call: call('POST /api/v1/groups/rules/{rule}/lifecycle/activate'),
      mend: call('POST /api/v1/groups/rules/{spare}/lifecycle/activate'),
    },
  },
} as const satisfies Record<string, Cause>
