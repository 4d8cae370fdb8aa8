// Which rules about administrator roles can a request break? Causes of E0000001.
import type { Cause } from '../../define.ts'
import { call } from '../../proofs/step.ts'

const ada = { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', login: 'ada@example.com' }
const password = { password: { value: 'Correct-Horse-9' } }

const userReader = { label: 'User reader', description: 'Sees users', permissions: ['okta.users.read'] }
const engineers = { label: 'Engineers', description: 'The people in it', resources: ['{members}'] }
const onlyCity = { conditions: { include: { 'okta:ResourceAttribute/User/Profile': ['city'] } } }

/** Causes of E0000001 in this part of the API. */
export const rolesCauses = {
  'role-not-for-built-in-group': {
    kind: 'object-state-forbids-operation',
    says: 'An admin role was to be given to a group that Okta itself keeps, such as Everyone.',
    tellApart: 'Only on the assignment of a role to a group; the text names the group.',
    fix: [
      'Put the administrators into a group of your own and give the role to that group.',
      'Check the group: "type" must not be BUILT_IN. Everyone with a role would make every user an administrator.',
    ],
    operations: ['POST /api/v1/groups/{id}/roles'],
    wire: {
      summary: 'Api validation failed: group',
      causes: ['Roles cannot be granted to built-in groups: {name}'],
    },
    sources: [
      {
        mark: 'inferred',
        where:
          "the sentence is that of E0000211 in Okta's current list, which the reference does not have; this code stands in for it",
      },
    ],
    proof: {
      contract: 'reference',
      given: [
        call('GET /api/v1/groups?q=Everyone', { keep: { everyone: '/0/id' } }),
        call('POST /api/v1/groups', { body: { profile: { name: 'Administrators' } }, keep: { group: '/id' } }),
      ],
      call: call('POST /api/v1/groups/{everyone}/roles', { body: { type: 'HELP_DESK_ADMIN' } }),
      mend: call('POST /api/v1/groups/{group}/roles', { body: { type: 'HELP_DESK_ADMIN' } }),
    },
  },
  'role-takes-no-group-targets': {
    kind: 'object-state-forbids-operation',
    says: 'Only the group, help desk and group membership admin roles can be limited to groups, and this is another role.',
    tellApart: 'Only on /roles/{id}/targets/groups.',
    fix: [
      'Read the assignment: GET /api/v1/users/{id}/roles/{roleId}. Its type must be USER_ADMIN, HELP_DESK_ADMIN or GROUP_MEMBERSHIP_ADMIN.',
      'For APP_ADMIN use /targets/catalog/apps. Other roles cannot be limited; a custom role with a resource set can.',
    ],
    operations: ['PUT /api/v1/users/{id}/roles/{roleId}/targets/groups/{groupId}'],
    wire: {
      summary: 'Api validation failed: role',
      causes: ['The provided role type was not the same as required role type.'],
    },
    sources: [
      {
        mark: 'reported',
        where:
          'https://github.com/mbegan/Okta-PSModule/issues/12 (as E0000091, which the reference does not have; this code stands in for it)',
      },
    ],
    proof: {
      contract: 'reference',
      given: [
        call('POST /api/v1/users?activate=true', {
          body: { profile: ada, credentials: password },
          keep: { user: '/id' },
        }),
        call('POST /api/v1/groups', { body: { profile: { name: 'Engineers' } }, keep: { group: '/id' } }),
        call('POST /api/v1/users/{user}/roles', { body: { type: 'READ_ONLY_ADMIN' }, keep: { wide: '/id' } }),
        call('POST /api/v1/users/{user}/roles', { body: { type: 'HELP_DESK_ADMIN' }, keep: { role: '/id' } }),
      ],
      call: call('PUT /api/v1/users/{user}/roles/{wide}/targets/groups/{group}'),
      mend: call('PUT /api/v1/users/{user}/roles/{role}/targets/groups/{group}'),
    },
  },
  'super-admin-is-last': {
    kind: 'object-state-forbids-operation',
    says: 'This would have left the org without a super admin: no other active user was given that role directly.',
    tellApart:
      'The target is a user with the role SUPER_ADMIN of its own, and the call takes the role away, or suspends, deactivates or deletes the user. Super admins by a group, and service apps, do not count.',
    fix: [
      'Give SUPER_ADMIN to another active user first: POST /api/v1/users/{id}/roles. Then repeat the call.',
      'Through a group is not enough: the role must be assigned to the user.',
    ],
    operations: [
      'DELETE /api/v1/users/{id}/roles/{roleId}',
      'POST /api/v1/users/{id}/lifecycle/deactivate',
      'POST /api/v1/users/{id}/lifecycle/suspend',
      'DELETE /api/v1/users/{id}',
    ],
    wire: {
      summary: 'Api validation failed: role',
      causes: ['The last super administrator of the org cannot be removed.'],
    },
    sources: [
      {
        mark: 'documented',
        where:
          'help.okta.com, Edit or revoke administrator permissions: an org has at least one individually assigned super admin, whose permissions cannot be revoked',
      },
      {
        mark: 'inferred',
        where: 'code and text; and that the last one is neither suspended, deactivated nor deleted',
      },
    ],
    proof: {
      given: [
        call('GET /api/v1/users/me', { keep: { me: '/id' } }),
        call('GET /api/v1/users/{me}/roles', { keep: { role: '/0/id' } }),
        call('POST /api/v1/users?activate=true', {
          body: { profile: ada, credentials: password },
          keep: { user: '/id' },
        }),
      ],
      call: call('DELETE /api/v1/users/{me}/roles/{role}'),
      cure: [call('POST /api/v1/users/{user}/roles', { body: { type: 'SUPER_ADMIN' } })],
    },
  },
  'role-target-is-last': {
    kind: 'object-state-forbids-operation',
    says: 'The last group of a limited role was to be taken away, which would widen the role to all groups.',
    tellApart: 'Only on DELETE below /targets/groups, when the list of targets has one entry.',
    fix: [
      'Add the other group first, then remove this one.',
      'If the role is meant for all groups, delete the assignment and make a new one without targets.',
    ],
    operations: ['DELETE /api/v1/users/{id}/roles/{roleId}/targets/groups/{groupId}'],
    wire: {
      summary: 'Api validation failed: role',
      causes: ['The last target of a role assignment cannot be removed.'],
    },
    sources: [
      { mark: 'documented', where: 'Role targets reference: removing the last group target "causes an exception"' },
      { mark: 'inferred', where: 'code and text; no public example' },
    ],
    proof: {
      given: [
        call('POST /api/v1/users?activate=true', {
          body: { profile: ada, credentials: password },
          keep: { user: '/id' },
        }),
        call('POST /api/v1/groups', { body: { profile: { name: 'Engineers' } }, keep: { group: '/id' } }),
        call('POST /api/v1/groups', { body: { profile: { name: 'Makers' } }, keep: { other: '/id' } }),
        call('POST /api/v1/users/{user}/roles', { body: { type: 'HELP_DESK_ADMIN' }, keep: { role: '/id' } }),
        call('PUT /api/v1/users/{user}/roles/{role}/targets/groups/{group}'),
      ],
      call: call('DELETE /api/v1/users/{user}/roles/{role}/targets/groups/{group}'),
      cure: [call('PUT /api/v1/users/{user}/roles/{role}/targets/groups/{other}')],
    },
  },
  'role-already-assigned': {
    kind: 'duplicate-object',
    says: 'The user holds this admin role already.',
    tellApart: 'Only on the assignment of a role. Orgs of today answer the same with 409 E0000090.',
    fix: [
      'Treat it as done: the user has the role.',
      'To be sure, list the roles: GET /api/v1/users/{id}/roles.',
      'Only to change its targets you need the id of the existing assignment.',
    ],
    operations: ['POST /api/v1/users/{id}/roles'],
    wire: {
      summary: 'Api validation failed: type',
      causes: ['The role specified is already assigned to the user.'],
    },
    sources: [
      {
        mark: 'inferred',
        where:
          "the sentence is that of E0000090 in Okta's current list, which the reference does not have; this code stands in for it",
      },
      { mark: 'reported', where: 'okta/okta-sdk-dotnet RoleAssignmentAUserApiTests (E0000090, 409)' },
    ],
    proof: {
      contract: 'reference',
      given: [
        call('POST /api/v1/users?activate=true', {
          body: { profile: ada, credentials: password },
          keep: { user: '/id' },
        }),
        call('POST /api/v1/users/{user}/roles', { body: { type: 'READ_ONLY_ADMIN' }, keep: { role: '/id' } }),
      ],
      call: call('POST /api/v1/users/{user}/roles', { body: { type: 'READ_ONLY_ADMIN' } }),
      cure: [call('DELETE /api/v1/users/{user}/roles/{role}')],
    },
  },
  'role-label-taken': {
    kind: 'duplicate-object',
    says: 'Another custom admin role has this label already. Case makes no difference.',
    tellApart: 'The request went to /api/v1/iam/roles and the cause begins with "label:".',
    fix: [
      'List the roles (GET /api/v1/iam/roles) and update the one with this label, or choose another label.',
      'If you have just deleted it, wait some seconds and send the request again: the deletion is not visible everywhere at once.',
    ],
    operations: ['POST /api/v1/iam/roles', 'PUT /api/v1/iam/roles/{role}'],
    wire: {
      summary: 'Api validation failed: label',
      causes: ['label: There is already an admin role with this name.'],
    },
    sources: [{ mark: 'recorded', where: 'okta/okta-sdk-python tests/integration/cassettes, test_role_api_it' }],
    proof: {
      given: [call('POST /api/v1/iam/roles', { body: userReader, keep: { role: '/id' } })],
      call: call('POST /api/v1/iam/roles', { body: userReader }),
      cure: [call('DELETE /api/v1/iam/roles/{role}')],
    },
  },
  'resource-set-label-taken': {
    kind: 'duplicate-object',
    says: 'Another resource set has this label already. Case makes no difference.',
    tellApart: 'The request went to /api/v1/iam/resource-sets and the cause begins with "label:".',
    fix: [
      'List the sets (GET /api/v1/iam/resource-sets) and update the one with this label, or choose another label.',
      'If you have just deleted it, wait some seconds and send the request again: the deletion is not visible everywhere at once.',
    ],
    operations: ['POST /api/v1/iam/resource-sets', 'PUT /api/v1/iam/resource-sets/{set}'],
    wire: {
      summary: 'Api validation failed: label',
      causes: ['label: An IAM Policy with the given label already exists'],
    },
    sources: [{ mark: 'reported', where: 'https://github.com/okta/terraform-provider-okta/issues/1739' }],
    proof: {
      given: [
        call('POST /api/v1/groups', {
          body: { profile: { name: 'Engineers' } },
          keep: { members: '/_links/users/href' },
        }),
        call('POST /api/v1/iam/resource-sets', { body: engineers, keep: { set: '/id' } }),
      ],
      call: call('POST /api/v1/iam/resource-sets', { body: engineers }),
      cure: [call('DELETE /api/v1/iam/resource-sets/{set}')],
    },
  },
  'permission-unknown': {
    kind: 'validation-invalid-value',
    says: 'A custom role was to get a permission that does not exist.',
    tellApart: 'The request went to /api/v1/iam/roles; the cause names the permission.',
    fix: [
      'Compare the name with the list of permissions in the guide to roles: they begin with okta. and are case-sensitive.',
      'Scopes of access tokens look like permissions and are others: okta.users.manage is both, okta.users.userprofile.manage is a permission only.',
      'Permissions of products that the org does not have (governance, devices) are not known to it.',
    ],
    operations: ['POST /api/v1/iam/roles', 'POST /api/v1/iam/roles/{role}/permissions/{permission}'],
    wire: {
      summary: 'Api validation failed: permissions',
      causes: ['permissions: Invalid permission: {permission}'],
    },
    sources: [{ mark: 'inferred', where: 'the list of permissions is documented; no refusal is public' }],
    proof: {
      given: [call('POST /api/v1/iam/roles', { body: userReader, keep: { role: '/id' } })],
      call: call('POST /api/v1/iam/roles/{role}/permissions/okta.users.profile.manage'),
      mend: call('POST /api/v1/iam/roles/{role}/permissions/okta.users.userprofile.manage'),
    },
  },
  'permission-conditions-refused': {
    kind: 'validation-invalid-value',
    says: 'The conditions of a permission cannot be used: the permission takes none, or attributes are both included and excluded.',
    tellApart: 'Only below /api/v1/iam/roles/{role}/permissions, with a body.',
    fix: [
      'Only permissions to read, create, edit or manage users take conditions, on the attributes of the user profile.',
      'Send include or exclude, not both: {"conditions":{"include":{"okta:ResourceAttribute/User/Profile":["city"]}}}.',
    ],
    operations: [
      'POST /api/v1/iam/roles/{role}/permissions/{permission}',
      'PUT /api/v1/iam/roles/{role}/permissions/{permission}',
    ],
    wire: {
      summary: 'Api validation failed: conditions',
      causes: ['conditions: {message}'],
    },
    sources: [
      {
        mark: 'inferred',
        where: 'help.okta.com, Permission conditions, says which permissions take them; no refusal is public',
      },
    ],
    proof: {
      given: [call('POST /api/v1/iam/roles', { body: userReader, keep: { role: '/id' } })],
      call: call('POST /api/v1/iam/roles/{role}/permissions/okta.groups.read', { body: onlyCity }),
      mend: call('PUT /api/v1/iam/roles/{role}/permissions/okta.users.read', { body: onlyCity }),
    },
  },
  'resource-not-usable': {
    kind: 'validation-invalid-value',
    says: 'A resource set was to hold something that is no resource of this org, or of a kind that sets do not take.',
    tellApart: 'The request went to /api/v1/iam/resource-sets; the cause shows the URL or name.',
    fix: [
      'Send the URL of the thing as the API shows it (https://…/api/v1/groups/{id}), or its Okta Resource Name: orn:okta:directory:{orgId}:groups:{id}.',
      'For people use /api/v1/users (all) or /api/v1/groups/{id}/users; single users cannot be resources.',
      'Read the thing first: what does not exist, or was deleted, is refused.',
    ],
    operations: ['POST /api/v1/iam/resource-sets', 'PATCH /api/v1/iam/resource-sets/{set}/resources'],
    wire: {
      summary: 'Api validation failed: resources',
      causes: ['resources: Invalid resource: {resource}'],
    },
    sources: [{ mark: 'inferred', where: 'the supported resources are documented; no refusal is public' }],
    proof: {
      given: [
        call('GET /api/v1/users/me', { keep: { single: '/_links/self/href' } }),
        call('POST /api/v1/groups', {
          body: { profile: { name: 'Engineers' } },
          keep: { members: '/_links/users/href' },
        }),
      ],
      call: call('POST /api/v1/iam/resource-sets', { body: { ...engineers, resources: ['{single}'] } }),
      mend: call('POST /api/v1/iam/resource-sets', { body: engineers }),
    },
  },
  'binding-member-not-usable': {
    kind: 'validation-invalid-value',
    says: 'A role was to be bound to something that is no user, group or client.',
    tellApart: 'The request went to …/bindings; the cause shows what was sent.',
    fix: [
      'Send URLs of users, groups or clients: https://…/api/v1/users/{id}, https://…/api/v1/groups/{id}, https://…/oauth2/v1/clients/{id}.',
    ],
    operations: [
      'POST /api/v1/iam/resource-sets/{set}/bindings',
      'PATCH /api/v1/iam/resource-sets/{set}/bindings/{role}/members',
    ],
    wire: {
      summary: 'Api validation failed: members',
      causes: ['members: Invalid member: {member}'],
    },
    sources: [{ mark: 'inferred', where: 'the identifiers of members are documented; no refusal is public' }],
    proof: {
      given: [
        call('GET /api/v1/users/me', { keep: { me: '/_links/self/href' } }),
        call('POST /api/v1/groups', {
          body: { profile: { name: 'Engineers' } },
          keep: { members: '/_links/users/href' },
        }),
        call('POST /api/v1/iam/roles', { body: userReader, keep: { role: '/id' } }),
        call('POST /api/v1/iam/resource-sets', { body: engineers, keep: { set: '/id' } }),
      ],
      call: call('POST /api/v1/iam/resource-sets/{set}/bindings', {
        body: { role: '{role}', members: ['{members}'] },
      }),
      mend: call('POST /api/v1/iam/resource-sets/{set}/bindings', { body: { role: '{role}', members: ['{me}'] } }),
    },
  },
} as const satisfies Record<string, Cause>
