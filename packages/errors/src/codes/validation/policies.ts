// Which rules about policies can a request break? Causes of E0000001.
import type { Cause } from '../../define.ts'
import { call } from '../../proofs/step.ts'

const handbook = {
  name: 'bookmark',
  label: 'Handbook',
  signOnMode: 'BOOKMARK',
  settings: { app: { requestIntegration: false, url: 'https://handbook.example.com' } },
}

/** Causes of E0000001 in this part of the API. */
export const policiesCauses = {
  'policy-name-taken': {
    kind: 'duplicate-object',
    says: 'Another policy of the same type, or another rule of the same policy, has this name already.',
    tellApart: 'The cause is about name and the request went to /api/v1/policies.',
    fix: [
      'List them: GET /api/v1/policies?type={type}, or GET /api/v1/policies/{id}/rules. Change the one that is there.',
      'Otherwise choose another name. Case does not count.',
    ],
    operations: ['POST /api/v1/policies', 'PUT /api/v1/policies/{id}', 'POST /api/v1/policies/{id}/rules'],
    wire: {
      summary: 'Api validation failed: name',
      causes: ['name: Policy name already in use'],
    },
    sources: [{ mark: 'inferred', where: 'by analogy with the other unique names; the exact text is not public' }],
    proof: {
      given: [
        call('POST /api/v1/policies', {
          body: { type: 'OKTA_SIGN_ON', name: 'Contractors', conditions: {} },
          keep: { policy: '/id' },
        }),
      ],
      call: call('POST /api/v1/policies', { body: { type: 'OKTA_SIGN_ON', name: 'Contractors', conditions: {} } }),
      cure: [call('DELETE /api/v1/policies/{policy}')],
    },
  },
  'policy-is-system': {
    kind: 'object-state-forbids-operation',
    says: 'The policy or rule came with the org: it can be changed, but neither deleted nor deactivated.',
    tellApart: 'The object has "system": true. It has the name Default Policy, Default Rule or Catch-all Rule.',
    fix: [
      'Leave it, and skip objects with "system": true in clean-up scripts.',
      'To decide otherwise for some users, make a policy or rule of your own: it is looked at first.',
      'To let nobody in by it, set its actions to DENY with PUT.',
    ],
    operations: [
      'DELETE /api/v1/policies/{id}',
      'POST /api/v1/policies/{id}/lifecycle/deactivate',
      'DELETE /api/v1/policies/{id}/rules/{ruleId}',
    ],
    wire: {
      summary: 'Api validation failed: {field}',
      causes: ['The default policy or rule cannot be deleted or deactivated.'],
    },
    sources: [
      {
        mark: 'inferred',
        where: 'Policies reference: the default policy always is the last one and cannot be removed; no text is public',
      },
    ],
    proof: {
      given: [
        call('GET /api/v1/policies?type=OKTA_SIGN_ON&q=Default', { keep: { standard: '/0/id' } }),
        call('POST /api/v1/policies', {
          body: { type: 'OKTA_SIGN_ON', name: 'Contractors', conditions: {} },
          keep: { policy: '/id' },
        }),
      ],
      call: call('DELETE /api/v1/policies/{standard}'),
      mend: call('DELETE /api/v1/policies/{policy}'),
    },
  },
  'policy-guards-apps': {
    kind: 'object-state-forbids-operation',
    says: 'The app sign-in policy was to be deleted, and apps still sign in by it.',
    tellApart: 'Only on DELETE of a policy of the type ACCESS_POLICY; the cause lists the apps.',
    fix: [
      'List the apps: GET /api/v1/policies/{id}/mappings.',
      'Give each of them another policy: PUT /api/v1/apps/{appId}/policies/{policyId}. The default one will do.',
      'Then send the request again.',
    ],
    operations: ['DELETE /api/v1/policies/{id}'],
    wire: {
      summary: 'Api validation failed: policy',
      causes: ['The policy cannot be deleted while it is used by apps: {apps}'],
    },
    sources: [
      {
        mark: 'reported',
        where: 'okta/terraform-provider-okta gives the apps the default policy before it deletes one',
      },
      { mark: 'inferred', where: 'the code and the sentence' },
    ],
    proof: {
      given: [
        call('POST /api/v1/policies', {
          body: { type: 'ACCESS_POLICY', name: 'Strict' },
          keep: { policy: '/id' },
        }),
        call('GET /api/v1/policies?type=ACCESS_POLICY&q=Password', { keep: { other: '/0/id' } }),
        call('POST /api/v1/apps', { body: handbook, keep: { app: '/id' } }),
        call('PUT /api/v1/apps/{app}/policies/{policy}'),
      ],
      call: call('DELETE /api/v1/policies/{policy}'),
      cure: [call('PUT /api/v1/apps/{app}/policies/{other}')],
    },
  },
  'app-policy-always-on': {
    kind: 'object-state-forbids-operation',
    says: 'App sign-in policies cannot be deactivated, whether apps use them or not: only their rules can.',
    tellApart: 'Only on deactivate of a policy of the type ACCESS_POLICY, which the cause calls Okta:SignOn.',
    fix: [
      'To be rid of the policy, delete it at once: DELETE /api/v1/policies/{id} needs no deactivation before. Clean-up scripts that wait for one leave the policy behind.',
      'To let nobody in by it, deactivate its rules, or set their actions to DENY.',
      'To keep it from an app, give the app another policy: PUT /api/v1/apps/{appId}/policies/{policyId}.',
    ],
    operations: ['POST /api/v1/policies/{id}/lifecycle/deactivate'],
    wire: {
      summary: 'Api validation failed: policy',
      causes: ['A policy of the type Okta:SignOn cannot be deactivated.'],
    },
    sources: [
      {
        mark: 'reported',
        where:
          'okta/okta-sdk-nodejs test/it/application-policies.ts, run against orgs of Okta (400, and the policy can be deleted while active); https://github.com/salto-io/salto/pull/4279 saw it for policies that apps use',
      },
      { mark: 'inferred', where: 'the code and the sentence' },
    ],
    proof: {
      given: [
        call('POST /api/v1/policies', {
          body: { type: 'ACCESS_POLICY', name: 'Strict' },
          keep: { policy: '/id' },
        }),
      ],
      call: call('POST /api/v1/policies/{policy}/lifecycle/deactivate'),
      mend: call('DELETE /api/v1/policies/{policy}'),
    },
  },
  'reference-unknown': {
    kind: 'resource-not-found',
    says: 'A policy or rule, or the condition of a group rule, was to name a group, a user, a network zone, a device assurance policy or a client that does not exist.',
    tellApart: 'The cause begins with the field that holds the id, and repeats the id.',
    fix: [
      'Read the thing that the cause names by its id: GET /api/v1/groups/{id}, users/{id}, zones/{id} or apps/{id}. Was it deleted, or does it belong to another org?',
      'Correct the id in the field that the cause begins with, or take it out of the list.',
    ],
    operations: [
      'POST /api/v1/policies',
      'PUT /api/v1/policies/{id}',
      'POST /api/v1/policies/{id}/rules',
      'PUT /api/v1/policies/{id}/rules/{ruleId}',
      'POST /api/v1/authorizationServers/{id}/policies',
      'POST /api/v1/authorizationServers/{id}/policies/{policyId}/rules',
      'POST /api/v1/groups/rules',
      'PUT /api/v1/groups/rules/{id}',
    ],
    wire: { summary: 'Api validation failed: {field}', causes: ['{field}: There is no {what} with the id {id}.'] },
    sources: [
      {
        mark: 'inferred',
        where:
          'the recorded refusal of rules that name nobody says "must contain a valid user or group"; the sentence for one unknown id is not public',
      },
    ],
    proof: {
      given: [call('POST /api/v1/groups', { body: { profile: { name: 'Contractors' } }, keep: { group: '/id' } })],
      call: call('POST /api/v1/policies', {
        body: {
          type: 'OKTA_SIGN_ON',
          name: 'Contractors',
          conditions: { people: { groups: { include: ['00gNobodyHasThisId01'] } } },
        },
      }),
      mend: call('POST /api/v1/policies', {
        body: {
          type: 'OKTA_SIGN_ON',
          name: 'Contractors',
          conditions: { people: { groups: { include: ['{group}'] } } },
        },
      }),
    },
  },
  'policy-mapping-closed': {
    kind: 'endpoint-unsupported',
    says: 'An app was to be mapped to a policy through the policy, which Okta does not do any more.',
    tellApart: 'The request went to /api/v1/policies/{id}/mappings, and the summary speaks of policy mappings.',
    fix: ['Give the app its policy from the side of the app: PUT /api/v1/apps/{appId}/policies/{policyId}.'],
    operations: ['POST /api/v1/policies/{id}/mappings'],
    wire: { summary: 'Api validation failed: Policy mappings are no longer supported on this endpoint.' },
    sources: [{ mark: 'recorded', where: 'okta/okta-sdk-python tests/integration/cassettes, test_policies_it' }],
    proof: {
      given: [
        call('POST /api/v1/apps', {
          body: handbook,
          keep: { app: '/id' },
        }),
        call('GET /api/v1/policies?type=ACCESS_POLICY&q=Password', { keep: { policy: '/0/id' } }),
      ],
      call: call('POST /api/v1/policies/{policy}/mappings', { body: { resourceType: 'APP', resourceId: '{app}' } }),
      mend: call('PUT /api/v1/apps/{app}/policies/{policy}'),
    },
  },
  'policy-reserved': {
    kind: 'object-state-forbids-operation',
    says: "The app sign-in policy belongs to one of Okta's own apps and cannot be given to another app.",
    tellApart: 'The cause names the app in quotes, such as "Okta Admin Console".',
    fix: [
      'Take another policy: GET /api/v1/policies?type=ACCESS_POLICY lists them.',
      'Or make one like it: POST /api/v1/policies with type ACCESS_POLICY, then its rules.',
    ],
    operations: ['PUT /api/v1/apps/{id}/policies/{policyId}'],
    wire: {
      summary: 'Api validation failed: Policy',
      causes: ['This policy belongs to "{app}", and re-assignment of this policy is not allowed'],
    },
    sources: [
      {
        mark: 'recorded',
        where: 'okta/okta-sdk-python tests/integration/cassettes, test_application_policies_it',
      },
    ],
    proof: {
      given: [
        call('POST /api/v1/apps', {
          body: {
            name: 'bookmark',
            label: 'Handbook',
            signOnMode: 'BOOKMARK',
            settings: { app: { requestIntegration: false, url: 'https://handbook.example.com' } },
          },
          keep: { app: '/id' },
        }),
        call('GET /api/v1/policies?type=ACCESS_POLICY&q=Okta%20Admin', { keep: { console: '/0/id' } }),
        call('GET /api/v1/policies?type=ACCESS_POLICY&q=Password', { keep: { policy: '/0/id' } }),
      ],
      call: call('PUT /api/v1/apps/{app}/policies/{console}'),
      mend: call('PUT /api/v1/apps/{app}/policies/{policy}'),
    },
  },
} as const satisfies Record<string, Cause>
