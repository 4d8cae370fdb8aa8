// What does E0000001 mean, which rules can a request break, and how is each one put right?
import { defineError } from '../define.ts'
import { call, settings } from '../proofs/step.ts'

const ada = { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', login: 'ada@example.com' }
const password = { password: { value: 'Correct-Horse-9' } }
const office = { type: 'IP', name: 'Office', status: 'ACTIVE', gateways: [{ type: 'CIDR', value: '198.51.100.0/24' }] }
const webClient = {
  label: 'Wiki',
  name: 'oidc_client',
  signOnMode: 'OPENID_CONNECT',
  settings: {
    oauthClient: {
      application_type: 'web',
      grant_types: ['authorization_code'],
      redirect_uris: ['https://wiki.example.com/callback'],
    },
  },
}
const catalogApp = { label: 'Other org', name: 'okta_org2org', signOnMode: 'AUTO_LOGIN', settings: { app: {} } }
const publicKey = {
  kid: 'first',
  kty: 'EC',
  crv: 'P-256',
  x: 'NesYxWofr9qVhSZVd0pnjfgmyl6Z3c8BfhxYkDEiS7Q',
  y: '07Ok0qI8rqRSt24DEcpc4rp6IO47pRoBOXCW_pKvkQo',
}
const otherKey = {
  kid: 'second',
  kty: 'EC',
  crv: 'P-256',
  x: 'Vk7Zu3XUhXvbG94RDeS0npyLd4nzjFwDUQNdD_sCw8s',
  y: '0dUhYtElVSYaCyrgGVtNDlx36KZi-c4_Zc2iwiygros',
}
const serviceClient = {
  label: 'Nightly job',
  name: 'oidc_client',
  signOnMode: 'OPENID_CONNECT',
  credentials: { oauthClient: { token_endpoint_auth_method: 'private_key_jwt' } },
  settings: {
    oauthClient: { application_type: 'service', grant_types: ['client_credentials'], jwks: { keys: [publicKey] } },
  },
}
const payments = { name: 'Payments', audiences: ['api://payments'] }

/** A value in the request broke a rule of the server: schema, uniqueness, state, limit. */
export const E0000001 = defineError({
  code: 'E0000001',
  title: 'API validation failed',
  area: 'request',
  retry: 'never',
  reference: { status: 400, description: 'API validation failed.' },
  current: { status: 400, summary: 'Api validation failed: {field}' },
  note:
    'The word after the colon is sometimes a field, sometimes the name of an internal operation or class, sometimes an ' +
    'untranslated message key: do not build logic on it. The rule is in errorCauses[].errorSummary, as "field: rule" ' +
    'or as a sentence about the whole object. A taken name is this 400, not a 409. Okta reuses the code for state ' +
    'rules (suspending a user who is not active) that look as if they deserved a code of their own.',
  causes: {
    'property-not-defined': {
      kind: 'validation-invalid-value',
      says: "The profile has a key that the schema of the user's type does not define.",
      tellApart: 'The cause quotes the key: "Property name \'…\' is not defined in profile".',
      fix: [
        'Compare the key with the schema: GET /api/v1/meta/schemas/user/default. Names are case-sensitive.',
        'Correct the spelling, or add the attribute in the Profile Editor (Directory > Profile Editor) first.',
        "For a user of another type, look at that type's schema: attributes belong to one type.",
      ],
      operations: ['POST /api/v1/users', 'POST /api/v1/users/{id}', 'PUT /api/v1/users/{id}'],
      wire: {
        summary: 'Api validation failed: newUser',
        causes: ["Property name '{property}' is not defined in profile"],
      },
      sources: [
        {
          mark: 'recorded',
          where:
            'okta/terraform-provider-okta test/fixtures/vcr, TestAccResourceOktaUser_invalidCustomProfileAttribute (on POST /api/v1/users)',
        },
      ],
      proof: {
        given: [],
        call: call('POST /api/v1/users?activate=false', { body: { profile: { ...ada, shoeSize: '38' } } }),
        mend: call('POST /api/v1/users?activate=false', { body: { profile: ada } }),
      },
    },
    'required-field-missing': {
      kind: 'validation-invalid-value',
      says: 'A field that the object needs is absent or empty.',
      tellApart: 'Each cause names its field: "login: The field cannot be left blank".',
      fix: [
        'Send every field that errorCauses names. The list is complete, so you can correct all of them at once.',
        'Check the nesting: a login beside "profile" instead of inside it counts as missing.',
      ],
      operations: ['POST /api/v1/users', 'POST /api/v1/groups', 'POST /api/v1/push-providers'],
      wire: { causes: ['{field}: The field cannot be left blank'] },
      sources: [
        { mark: 'recorded', where: 'okta/okta-sdk-python tests/integration/cassettes, test_push_providers_it' },
        {
          mark: 'reported',
          where:
            'https://github.com/rapid7/insightconnect-plugins/pull/315 (the same text for login, firstName, lastName, email)',
        },
      ],
      proof: {
        given: [],
        call: call('POST /api/v1/users?activate=false', {
          body: { profile: { firstName: 'Ada', email: ada.email, login: ada.login } },
        }),
        mend: call('POST /api/v1/users?activate=false', { body: { profile: ada } }),
      },
    },
    'value-invalid': {
      kind: 'validation-invalid-value',
      says: 'A field has a value that its rule does not allow: wrong form, too long, not one of the known words.',
      tellApart: 'The cause is "field: rule" with a rule other than blank or taken.',
      fix: [
        'Read the rule after the colon and correct that field.',
        'If the named field looks right, check its neighbours: an unknown word, such as a grant type with a hyphen, can make another field "required".',
        'Compare enum words with the API reference letter by letter, case included.',
      ],
      operations: ['POST /api/v1/users', 'POST /api/v1/authorizationServers/{id}/policies/{policyId}/rules'],
      wire: { causes: ['{field}: {message}'] },
      sources: [
        {
          mark: 'recorded',
          where:
            'okta/okta-sdk-python tests/integration/cassettes, test_agent_pools_it, test_custom_domain_it (other fields, same form)',
        },
        {
          mark: 'reported',
          where:
            'https://github.com/rapid7/insightconnect-plugins/pull/315 (login: Username must be in the form of an email address); https://github.com/okta/okta-developer-docs/issues/1622',
        },
      ],
      proof: {
        given: [],
        call: call('POST /api/v1/users?activate=false', { body: { profile: { ...ada, login: 'ada' } } }),
        mend: call('POST /api/v1/users?activate=false', { body: { profile: ada } }),
      },
    },
    'login-taken': {
      kind: 'duplicate-object',
      says: 'Another user of the org has this login already.',
      tellApart:
        'The cause is about login. If nobody has that login, look at the e-mail address: with self-service registration it must be unique too, and the message still says login.',
      fix: [
        'Look the user up: GET /api/v1/users/{login}. Lists leave deactivated users out, a search or filter finds them.',
        'Update that user instead of creating a second one, or choose another login.',
        'To free the login, delete the old user: DELETE /api/v1/users/{id} twice (deactivate, then delete).',
        'After a timeout on the create, this answer may mean that your first try succeeded: read back before you change anything.',
      ],
      operations: ['POST /api/v1/users', 'POST /api/v1/users/{id}', 'PUT /api/v1/users/{id}'],
      wire: {
        summary: 'Api validation failed: login',
        causes: ['login: An object with this field already exists in the current organization'],
      },
      sources: [
        { mark: 'documented', where: 'okta/okta-developer-docs of 2019-12, docs/reference/api-overview, Errors' },
        { mark: 'reported', where: 'https://github.com/okta/okta-sdk-golang/issues/171' },
      ],
      proof: {
        given: [call('POST /api/v1/users?activate=false', { body: { profile: ada }, keep: { user: '/id' } })],
        call: call('POST /api/v1/users?activate=false', { body: { profile: { ...ada, lastName: 'Lovelace' } } }),
        cure: [call('DELETE /api/v1/users/{user}'), call('DELETE /api/v1/users/{user}')],
      },
    },
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
    'zone-name-taken': {
      kind: 'duplicate-object',
      says: 'Another network zone of the org has this name already.',
      tellApart: 'The cause is about name and the request went to /api/v1/zones.',
      fix: [
        'List the zones: GET /api/v1/zones, and update the one with this name.',
        'Otherwise choose another name, or delete the old zone first (deactivate it before).',
      ],
      operations: ['POST /api/v1/zones', 'PUT /api/v1/zones/{id}'],
      wire: {
        summary: 'Api validation failed: name',
        causes: ['name: An object with this field already exists in the current organization'],
      },
      sources: [
        {
          mark: 'documented',
          where: 'Zones reference: "name: Unique name for this zone" (the text on the wire is inferred)',
        },
      ],
      proof: {
        given: [call('POST /api/v1/zones', { body: office, keep: { zone: '/id' } })],
        call: call('POST /api/v1/zones', { body: office }),
        cure: [call('PUT /api/v1/zones/{zone}', { body: { ...office, name: 'Old office' } })],
      },
    },
    'user-type-name-taken': {
      kind: 'duplicate-object',
      says: 'Another user type of the org has this name already.',
      tellApart: 'The cause is about name and the request went to /api/v1/meta/types/user.',
      fix: [
        'List the types: GET /api/v1/meta/types/user, and use the one with this name. "user" is the default type.',
        'Otherwise choose another name. The name of a type cannot be changed later, its display name can.',
      ],
      operations: ['POST /api/v1/meta/types/user'],
      wire: {
        summary: 'Api validation failed: name',
        causes: ['name: An object with this field already exists in the current organization'],
      },
      sources: [{ mark: 'inferred', where: 'by analogy with the other unique names; no public example' }],
      proof: {
        given: [
          call('POST /api/v1/meta/types/user', {
            body: { name: 'contractor', displayName: 'Contractor' },
            keep: { type: '/id' },
          }),
        ],
        call: call('POST /api/v1/meta/types/user', { body: { name: 'contractor', displayName: 'External worker' } }),
        cure: [call('DELETE /api/v1/meta/types/user/{type}')],
      },
    },
    'zone-still-active': {
      kind: 'object-state-forbids-operation',
      says: 'The network zone was to be deleted and is ACTIVE.',
      tellApart: 'Only on DELETE of a zone; the text says "is an active zone".',
      fix: [
        'Deactivate the zone first: POST /api/v1/zones/{id}/lifecycle/deactivate. Then delete it.',
        'Look first whether a policy, a rule or an API token still counts on the zone: it stops working at once.',
      ],
      operations: ['DELETE /api/v1/zones/{id}'],
      wire: {
        summary: 'Api validation failed: The zone: {name} is an active zone. Active zones cannot be deleted.',
        causes: ['id: The zone: {id} is an active zone. Active zones cannot be deleted.'],
      },
      sources: [
        { mark: 'reported', where: 'https://github.com/okta/terraform-provider-okta/issues/1975 (text and status)' },
        { mark: 'documented', where: 'Zones reference, Delete a network zone (Identity Engine orgs)' },
      ],
      proof: {
        given: [call('POST /api/v1/zones', { body: office, keep: { zone: '/id' } })],
        call: call('DELETE /api/v1/zones/{zone}'),
        cure: [call('POST /api/v1/zones/{zone}/lifecycle/deactivate')],
      },
    },
    'zone-is-system': {
      kind: 'object-state-forbids-operation',
      says: 'The network zone came with the org, so it can be changed but not deleted.',
      tellApart: 'Only on DELETE of a zone with "system": true, whether it is active or not.',
      fix: [
        'Leave the zone, and skip zones with "system": true in clean-up scripts.',
        'To make it harmless, empty its gateways (PUT) or deactivate it.',
      ],
      operations: ['DELETE /api/v1/zones/{id}'],
      wire: {
        summary: 'Api validation failed: id',
        causes: ['id: System zones cannot be deleted.'],
      },
      sources: [
        {
          mark: 'inferred',
          where: 'Zones reference on the default zones: they can be renamed and filled, not deleted; no text is public',
        },
      ],
      proof: {
        given: [
          call('GET /api/v1/zones?filter=system%20eq%20true', { keep: { system: '/0/id' } }),
          call('POST /api/v1/zones', { body: office, keep: { zone: '/id' } }),
          call('POST /api/v1/zones/{zone}/lifecycle/deactivate'),
        ],
        call: call('DELETE /api/v1/zones/{system}'),
        mend: call('DELETE /api/v1/zones/{zone}'),
      },
    },
    'authorization-server-name-taken': {
      kind: 'duplicate-object',
      says: 'Another custom authorization server of the org has this name; upper and lower case do not matter.',
      tellApart: 'The call makes or replaces an authorization server, and the summary names the field "name".',
      fix: [
        'Look for it: GET /api/v1/authorizationServers?q=NAME. If it is the one you wanted, use its id.',
        'Otherwise choose another name. In scripts, look first and make only what is missing.',
      ],
      operations: ['POST /api/v1/authorizationServers', 'PUT /api/v1/authorizationServers/{id}'],
      wire: {
        summary: 'Api validation failed: name',
        causes: ['name: An object with this field already exists in the current organization'],
      },
      sources: [
        {
          mark: 'inferred',
          where: 'the text that other objects of an org with a taken name answer (recorded for groups)',
        },
      ],
      proof: {
        given: [call('POST /api/v1/authorizationServers', { body: payments, keep: { server: '/id' } })],
        call: call('POST /api/v1/authorizationServers', { body: payments }),
        cure: [call('DELETE /api/v1/authorizationServers/{server}')],
      },
    },
    'authorization-server-part-name-taken': {
      kind: 'duplicate-object',
      says: 'The authorization server already has a scope with this name, or a claim with this name for the same kind of token.',
      tellApart: 'The path ends in /scopes or /claims, with or without an id.',
      fix: [
        'List what is there: GET /api/v1/authorizationServers/{id}/scopes?q=NAME, or /claims.',
        'Change the one that is there with PUT instead of making a second one. The scopes and claims of OpenID Connect (openid, email, name …) are there from the start.',
      ],
      operations: [
        'POST /api/v1/authorizationServers/{id}/scopes',
        'POST /api/v1/authorizationServers/{id}/claims',
        'PUT /api/v1/authorizationServers/{id}/scopes/{scopeId}',
      ],
      wire: {
        summary: 'Api validation failed: name',
        causes: ['name: An object with this field already exists in the current organization'],
      },
      sources: [
        {
          mark: 'inferred',
          where: 'the text that other objects of an org with a taken name answer (recorded for groups)',
        },
      ],
      proof: {
        given: [
          call('POST /api/v1/authorizationServers', { body: payments, keep: { server: '/id' } }),
          call('POST /api/v1/authorizationServers/{server}/scopes', {
            body: { name: 'payments.read' },
            keep: { scope: '/id' },
          }),
        ],
        call: call('POST /api/v1/authorizationServers/{server}/scopes', { body: { name: 'payments.read' } }),
        cure: [call('DELETE /api/v1/authorizationServers/{server}/scopes/{scope}')],
      },
    },
    'authorization-server-part-is-system': {
      kind: 'object-state-forbids-operation',
      says: 'A scope or claim of OpenID Connect, or the server "default", was to be deleted. They came with the org and stay.',
      tellApart: 'The object has "system": true, or its id is "default".',
      fix: [
        'Leave it, and skip objects with "system": true in clean-up scripts.',
        'To make a claim harmless, set its status to INACTIVE with PUT. The server "default" can be deactivated.',
      ],
      operations: [
        'DELETE /api/v1/authorizationServers/{id}',
        'DELETE /api/v1/authorizationServers/{id}/scopes/{scopeId}',
        'DELETE /api/v1/authorizationServers/{id}/claims/{claimId}',
      ],
      wire: {
        summary: 'Api validation failed: id',
        causes: ['id: A system {what} cannot be deleted.'],
      },
      sources: [
        {
          mark: 'inferred',
          where:
            'okta/terraform-provider-okta has resources of their own for the default server and default claims, which it changes and never deletes; no text is public',
        },
      ],
      proof: {
        given: [
          call('GET /api/v1/authorizationServers/default/scopes?q=openid', { keep: { system: '/0/id' } }),
          call('POST /api/v1/authorizationServers/default/scopes', {
            body: { name: 'payments.read' },
            keep: { scope: '/id' },
          }),
        ],
        call: call('DELETE /api/v1/authorizationServers/default/scopes/{system}'),
        mend: call('DELETE /api/v1/authorizationServers/default/scopes/{scope}'),
      },
    },
    'user-type-not-deletable': {
      kind: 'object-state-forbids-operation',
      says: 'The user type is the default one, or there are still users of this type.',
      tellApart: 'Only on DELETE of a user type. GET the type: "default" says which of the two it is.',
      fix: [
        'If "default" is true, keep the type: an org cannot be without it.',
        'Otherwise find its users: GET /api/v1/users?search=type.id eq "{id}". Search finds deactivated ones too.',
        'Give them another type (PUT /api/v1/users/{id} with "type") or delete them, then delete the type.',
      ],
      operations: ['DELETE /api/v1/meta/types/user/{id}'],
      wire: {
        summary: 'Api validation failed: userType',
        causes: ['This User Type cannot be deleted.'],
      },
      sources: [
        { mark: 'documented', where: 'User Types reference, Delete a user type (the two conditions)' },
        {
          mark: 'inferred',
          where:
            "the sentence is that of E0000142 (403) in Okta's current list, which the reference does not have; this code stands in for it",
        },
      ],
      proof: {
        given: [
          call('POST /api/v1/meta/types/user', {
            body: { name: 'contractor', displayName: 'Contractor' },
            keep: { type: '/id' },
          }),
          call('POST /api/v1/users?activate=false', {
            body: { profile: ada, type: { id: '{type}' } },
            keep: { user: '/id' },
          }),
        ],
        call: call('DELETE /api/v1/meta/types/user/{type}'),
        cure: [call('DELETE /api/v1/users/{user}'), call('DELETE /api/v1/users/{user}')],
      },
    },
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
      tellApart: 'Only on the assignment of a role. Newer orgs answer the same with 409 E0000090.',
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
      ],
      proof: {
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
      says: 'Another custom admin role or resource set has this label already.',
      tellApart: 'The request went to /api/v1/iam and the cause begins with "label:".',
      fix: [
        'List the roles (GET /api/v1/iam/roles) or resource sets and update the one with this label.',
        'If you have just deleted it, wait some seconds and send the request again: the deletion is not visible everywhere at once.',
      ],
      operations: ['POST /api/v1/iam/roles', 'POST /api/v1/iam/resource-sets'],
      wire: {
        summary: 'Api validation failed: label',
        causes: ['label: There is already an admin role with this name.'],
      },
      sources: [{ mark: 'recorded', where: 'okta/okta-sdk-python tests/integration/cassettes, test_role_api_it' }],
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
          where:
            'okta/terraform-provider-okta test/fixtures/vcr, TestAccResourceOktaGroupOwners_alreadyAssignedOwner400',
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
    'user-not-active': {
      kind: 'user-status-forbids-operation',
      says: 'The user was to be suspended and is not ACTIVE.',
      tellApart: 'Only on lifecycle/suspend. The status of the user is anything but ACTIVE.',
      fix: [
        'Read the status: GET /api/v1/users/{id}.',
        'SUSPENDED: nothing to do. STAGED or PROVISIONED: activate first, or deactivate if the user must not sign in.',
        'LOCKED_OUT: unlock first. DEPROVISIONED: the user cannot sign in anyway.',
      ],
      operations: ['POST /api/v1/users/{id}/lifecycle/suspend'],
      wire: {
        summary: 'Api validation failed: suspendUser',
        causes: ['Cannot suspend a user that is not active'],
      },
      sources: [
        { mark: 'documented', where: 'okta/okta-developer-docs of 2022-09, docs/reference/api/users, Suspend User' },
        {
          mark: 'reported',
          where: 'public clients that compare the cause text; the word after the colon of the summary is inferred',
        },
      ],
      proof: {
        given: [
          call('POST /api/v1/users?activate=false', {
            body: { profile: ada, credentials: password },
            keep: { user: '/id' },
          }),
        ],
        call: call('POST /api/v1/users/{user}/lifecycle/suspend'),
        cure: [call('POST /api/v1/users/{user}/lifecycle/activate?sendEmail=false')],
      },
    },
    'user-not-suspended': {
      kind: 'user-status-forbids-operation',
      says: 'The user was to be unsuspended and is not SUSPENDED.',
      tellApart: 'Only on lifecycle/unsuspend.',
      fix: [
        'Read the status: GET /api/v1/users/{id}. ACTIVE: nothing to do.',
        'LOCKED_OUT wants lifecycle/unlock, DEPROVISIONED or STAGED wants lifecycle/activate.',
      ],
      operations: ['POST /api/v1/users/{id}/lifecycle/unsuspend'],
      wire: {
        summary: 'Api validation failed: unsuspendUser',
        causes: ['Cannot unsuspend a user that is not suspended'],
      },
      sources: [
        { mark: 'documented', where: 'okta/okta-developer-docs of 2022-09, docs/reference/api/users, Unsuspend User' },
        {
          mark: 'reported',
          where: 'public clients that compare the cause text; the word after the colon of the summary is inferred',
        },
      ],
      proof: {
        given: [
          call('POST /api/v1/users?activate=true', {
            body: { profile: ada, credentials: password },
            keep: { user: '/id' },
          }),
        ],
        call: call('POST /api/v1/users/{user}/lifecycle/unsuspend'),
        cure: [call('POST /api/v1/users/{user}/lifecycle/suspend')],
      },
    },
    'password-weak': {
      kind: 'password-policy-violation',
      says: 'The password that an administrator sets does not meet the password policy.',
      tellApart:
        'Comes from creating or updating a user with credentials.password. A user who changes the own password gets E0000014 for the same fault.',
      fix: [
        'Read the requirements in the cause and choose a password that meets them.',
        'Do not use parts of the login, and no password that the user had before.',
        'The policy stands under Security > Authenticators > Password (Classic: Security > Authentication).',
      ],
      operations: ['POST /api/v1/users', 'POST /api/v1/users/{id}', 'PUT /api/v1/users/{id}'],
      wire: {
        summary: 'Api validation failed: password',
        causes: ['password: Password requirements were not met. Password requirements: {requirements}'],
      },
      sources: [
        { mark: 'documented', where: 'okta/okta-signin-widget test/unit, enroll-password (summary and status)' },
        { mark: 'reported', where: 'public clients that quote the cause' },
      ],
      proof: {
        given: [],
        call: call('POST /api/v1/users?activate=true', {
          body: { profile: ada, credentials: { password: { value: 'abc' } } },
        }),
        mend: call('POST /api/v1/users?activate=true', { body: { profile: ada, credentials: password } }),
      },
    },
    'log-date-invalid': {
      kind: 'query-invalid',
      says: 'since or until of a System Log query is no date.',
      tellApart: 'Only on /api/v1/logs. A bad date inside a user filter is E0000030.',
      fix: [
        'Send ISO 8601, such as 2026-01-31T12:00:00.000Z.',
        'Encode the plus of a time zone as %2B: a bare plus arrives as a blank.',
      ],
      operations: ['GET /api/v1/logs'],
      wire: {
        summary:
          "Api validation failed: '{field}': The date format in your query is not recognized. Please enter dates using ISO8601 string format. '{field}': must be a valid date-time or empty.",
        causes: [
          '{field}: The date format in your query is not recognized. Please enter dates using ISO8601 string format.',
          '{field}: must be a valid date-time or empty.',
        ],
      },
      sources: [{ mark: 'documented', where: 'okta/okta-developer-docs docs/reference/system-log-query, Errors' }],
      proof: {
        given: [],
        call: call('GET /api/v1/logs?until=yesterday'),
        mend: call('GET /api/v1/logs?limit=1'),
      },
    },
    'log-query-too-long': {
      kind: 'query-invalid',
      says: 'The free-text query q of the System Log has a word of more than 40 characters or more than 10 words.',
      tellApart: 'Only on /api/v1/logs with q.',
      fix: [
        'Shorten the words, or send fewer.',
        'To find an exact value, use filter with its field instead, such as filter=transaction.id eq "…".',
      ],
      operations: ['GET /api/v1/logs'],
      wire: {
        summary:
          "Api validation failed: 'q': Freeform search cannot contain items longer than 40 characters. Please shorten the items in your search or use an advanced filter to query by specific fields.",
      },
      sources: [{ mark: 'documented', where: 'okta/okta-developer-docs docs/reference/system-log-query, Errors' }],
      proof: {
        given: [],
        call: call('GET /api/v1/logs?limit=1&q=averyveryveryveryveryverylongwordthatnobodywouldsay'),
        mend: call('GET /api/v1/logs?limit=1&q=ada'),
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
          where:
            'okta/terraform-provider-okta history of test/fixtures/vcr, TestAccResourceOktaGroupRule_invalidSyntax',
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
    'app-has-no-provisioning': {
      kind: 'endpoint-unsupported',
      says: 'The app has no provisioning, so it has no provisioning features.',
      tellApart: 'The request went to /features of an app.',
      fix: [
        'Check that the app supports provisioning: its Provisioning tab exists in the console.',
        'Set up and enable the provisioning connection first, then read the features.',
      ],
      operations: ['GET /api/v1/apps/{id}/features', 'PUT /api/v1/apps/{id}/features/USER_PROVISIONING'],
      wire: { summary: 'Api validation failed: feature', causes: ['Provisioning is not supported.'] },
      sources: [
        { mark: 'recorded', where: 'okta/okta-sdk-python tests/integration/cassettes, test_application_features_it' },
      ],
      proof: {
        given: [call('POST /api/v1/apps', { body: catalogApp, keep: { app: '/id' } })],
        call: call('GET /api/v1/apps/{app}/features'),
        cure: [
          call('POST /api/v1/apps/{app}/connections/default?activate=true', {
            body: {
              baseUrl: 'https://target.example.com',
              profile: { authScheme: 'TOKEN', token: 'made-for-this-proof' },
            },
          }),
        ],
      },
    },
    'app-limit-reached': {
      kind: 'object-state-forbids-operation',
      says: 'The org has as many app instances as its edition allows.',
      tellApart: 'The summary says generalSettings and the cause speaks of the maximum number.',
      fix: [
        'Delete apps that you no longer need (deactivate first). Test suites often leave some behind.',
        'Or ask Okta for a higher limit.',
      ],
      operations: ['POST /api/v1/apps'],
      wire: {
        summary: 'Api validation failed: generalSettings',
        causes: ['Cannot create application instance. Maximum number of instances has been reached.'],
      },
      sources: [
        {
          mark: 'recorded',
          where: 'okta/okta-sdk-python tests/integration/cassettes, test_authorization_server_clients_it',
        },
      ],
      proof: {
        given: [
          settings({ apps: { most: 1 } }),
          call('POST /api/v1/apps', { body: webClient, keep: { first: '/id' } }),
        ],
        call: call('POST /api/v1/apps', { body: webClient }),
        cure: [call('POST /api/v1/apps/{first}/lifecycle/deactivate'), call('DELETE /api/v1/apps/{first}')],
      },
    },
    'expand-malformed': {
      kind: 'query-invalid',
      says: 'expand on the list of apps is not of the form user/{userId}.',
      tellApart: 'The summary says RequestParams and the URL has expand.',
      fix: ['Send expand=user/{userId} together with filter=user.id eq "{userId}", or leave expand out.'],
      operations: ['GET /api/v1/apps'],
      wire: { summary: 'Api validation failed: RequestParams', causes: ['Expand query is malformed.'] },
      sources: [{ mark: 'recorded', where: 'okta/okta-sdk-python tests/integration/cassettes, test_applications_it' }],
      proof: {
        given: [],
        call: call('GET /api/v1/apps?expand=users'),
        mend: call('GET /api/v1/apps?expand=user/me'),
      },
    },
    'attribute-still-being-deleted': {
      kind: 'object-state-forbids-operation',
      says: 'An attribute of the same name was deleted a moment ago and its values are still being cleaned up.',
      tellApart: 'The cause says that the deletion process is incomplete. The same request succeeds later.',
      fix: [
        'Wait and send the request again; the clean-up takes seconds to minutes.',
        'If you only want to change the attribute, update it in place instead of deleting it.',
      ],
      operations: ['POST /api/v1/meta/schemas/user/default', 'POST /api/v1/meta/schemas/apps/{id}/default'],
      wire: {
        summary: 'Api validation failed: updateUserSchemas',
        causes: [
          "You cannot add the attribute with the variable name '{attribute}' because the deletion process for an attribute with the same variable name is incomplete. Wait until the data clean up process finishes and then try again.",
        ],
      },
      sources: [
        {
          mark: 'recorded',
          where:
            'okta/terraform-provider-okta history of test/fixtures/vcr, TestAccResourceOktaUserSchema_crud (updateAppUserSchemas on an app schema)',
        },
      ],
    },
    'key-too-short': {
      kind: 'validation-invalid-value',
      says: 'The RSA key in the JWK has fewer than 2048 bits.',
      tellApart: 'The summary says JsonWebKey.',
      fix: ['Make a key of 2048 bits or more and register its public part.'],
      operations: ['POST /api/v1/apps/{id}/credentials/jwks'],
      wire: {
        summary: 'Api validation failed: JsonWebKey',
        causes: ["RSA key length in the 'jwks' is less than '2,048' bits for the given key."],
      },
      sources: [
        {
          mark: 'recorded',
          where: 'okta/okta-sdk-python tests/integration/cassettes, test_application_sso_public_keys_it',
        },
      ],
      proof: {
        given: [call('POST /api/v1/apps', { body: webClient, keep: { app: '/id' } })],
        call: call('POST /api/v1/apps/{app}/credentials/jwks', {
          body: {
            kid: 'short',
            kty: 'RSA',
            e: 'AQAB',
            n: '8xx5byXVYlyQ5GG7kz6m9lx9zDiQ-huzCgFYGc1r2pu4Tr0KglU52WhxZqCNOZ2ae-OqhVh9nmlL-tIApjIcwSozpFOA4zrzx0f_ad8ZCD_3efXPNuXPk_Lmt-qH6DLGBo_fp_Y8CJy4uYWtRTNEKzYUcJUmauMRM7Nj5xxBnDE',
          },
        }),
        mend: call('POST /api/v1/apps/{app}/credentials/jwks', { body: publicKey }),
      },
    },
    'client-key-refused': {
      kind: 'validation-invalid-value',
      says: "A public key that was sent for a client cannot be registered, or does not go with the client's other keys.",
      tellApart: 'The summary says JsonWebKey and the cause is not about the length.',
      fix: [
        'Read the cause: it names the member or the rule.',
        'Send the public part as RFC 7517 has it: `kty` RSA with `n` and `e`, or EC with `crv`, `x` and `y`, all base64url.',
        'Give every key a `kid` of its own as soon as there are two.',
      ],
      operations: ['POST /api/v1/apps/{id}/credentials/jwks', 'POST /api/v1/apps'],
      wire: { summary: 'Api validation failed: JsonWebKey', causes: ['{message}'] },
      sources: [
        {
          mark: 'documented',
          where: 'okta/okta-management-openapi-spec dist/current/management-minimal.yaml (examples of addJwk)',
        },
      ],
      proof: {
        given: [call('POST /api/v1/apps', { body: serviceClient, keep: { app: '/id' } })],
        call: call('POST /api/v1/apps/{app}/credentials/jwks', { body: { ...otherKey, kid: 'first' } }),
        mend: call('POST /api/v1/apps/{app}/credentials/jwks', { body: otherKey }),
      },
    },
    'client-key-still-active': {
      kind: 'object-state-forbids-operation',
      says: 'The key of the client is ACTIVE. Only an INACTIVE key can be deleted.',
      tellApart: 'The call is a DELETE below /credentials/jwks.',
      fix: [
        'Make sure that no deployment signs with it any more.',
        'Deactivate it, `POST /api/v1/apps/{id}/credentials/jwks/{keyId}/lifecycle/deactivate`, then delete it.',
      ],
      operations: ['DELETE /api/v1/apps/{id}/credentials/jwks/{keyId}'],
      wire: {
        summary: 'Api validation failed: JsonWebKey',
        causes: ["You can't delete an active JSON Web Key. Deactivate the key before deleting it."],
      },
      sources: [
        {
          mark: 'documented',
          where: 'okta/okta-management-openapi-spec dist/current/management-minimal.yaml (examples of deletejwk)',
        },
      ],
      proof: {
        given: [
          call('POST /api/v1/apps', { body: serviceClient, keep: { app: '/id' } }),
          call('POST /api/v1/apps/{app}/credentials/jwks', { body: otherKey, keep: { key: '/id' } }),
        ],
        call: call('DELETE /api/v1/apps/{app}/credentials/jwks/{key}'),
        cure: [call('POST /api/v1/apps/{app}/credentials/jwks/{key}/lifecycle/deactivate')],
      },
    },
    'client-key-is-last': {
      kind: 'object-state-forbids-operation',
      says: 'The client signs its assertions, and this is its only active key.',
      tellApart: 'The call deactivates a key, and the cause names private_key_jwt.',
      fix: ['Register the next key first and let the client sign with it.', 'Then deactivate the old one.'],
      operations: ['POST /api/v1/apps/{id}/credentials/jwks/{keyId}/lifecycle/deactivate'],
      wire: {
        summary: 'Api validation failed: JsonWebKey',
        causes: [
          "Can't deactivate the only active JSON Web Key when the value for `token_endpoint_auth_method` is `private_key_jwt`.",
        ],
      },
      sources: [
        {
          mark: 'documented',
          where:
            'okta/okta-management-openapi-spec dist/current/management-minimal.yaml (examples of deactivateOAuth2ClientJsonWebKey)',
        },
      ],
      proof: {
        given: [
          call('POST /api/v1/apps', {
            body: serviceClient,
            keep: { app: '/id', key: '/settings/oauthClient/jwks/keys/0/id' },
          }),
        ],
        call: call('POST /api/v1/apps/{app}/credentials/jwks/{key}/lifecycle/deactivate'),
        cure: [call('POST /api/v1/apps/{app}/credentials/jwks', { body: otherKey })],
      },
    },
    'client-id-taken': {
      kind: 'duplicate-object',
      says: 'Another app of the org has the client id that the request asks for.',
      tellApart: 'The cause is about client_id, and the body says `credentials.oauthClient.client_id`.',
      fix: [
        'Leave `client_id` out: the org gives one that is free.',
        'Or find the app that has it, `GET /api/v1/apps/{client_id}` or `GET /api/v1/apps?q={label}`, and use that one.',
      ],
      operations: ['POST /api/v1/apps'],
      wire: { causes: ['client_id: An object with this field already exists in the current organization'] },
      sources: [{ mark: 'inferred', where: 'the sentence that other unique fields get (login)' }],
      proof: {
        given: [
          call('POST /api/v1/apps', {
            body: { ...webClient, credentials: { oauthClient: { client_id: 'wiki-client' } } },
            keep: { first: '/id' },
          }),
        ],
        call: call('POST /api/v1/apps', {
          body: { ...webClient, credentials: { oauthClient: { client_id: 'wiki-client' } } },
        }),
        cure: [call('POST /api/v1/apps/{first}/lifecycle/deactivate'), call('DELETE /api/v1/apps/{first}')],
      },
    },
    'client-secrets-full': {
      kind: 'object-state-forbids-operation',
      says: 'The client has two secrets already, which is the most.',
      tellApart: 'The summary says OAuth2ClientSecretMediated and the cause speaks of the maximum number.',
      fix: [
        'List them: `GET /api/v1/apps/{id}/credentials/secrets`.',
        'Deactivate the one that nobody uses any more, then delete it.',
      ],
      operations: ['POST /api/v1/apps/{id}/credentials/secrets'],
      wire: {
        summary: 'Api validation failed: OAuth2ClientSecretMediated',
        causes: ["You've reached the maximum number of client secrets per client."],
      },
      sources: [
        {
          mark: 'documented',
          where:
            'okta/okta-management-openapi-spec dist/current/management-minimal.yaml (examples of createOAuth2ClientSecret)',
        },
      ],
      proof: {
        given: [
          call('POST /api/v1/apps', { body: webClient, keep: { app: '/id' } }),
          call('POST /api/v1/apps/{app}/credentials/secrets', { keep: { secret: '/id' } }),
        ],
        call: call('POST /api/v1/apps/{app}/credentials/secrets'),
        cure: [
          call('POST /api/v1/apps/{app}/credentials/secrets/{secret}/lifecycle/deactivate'),
          call('DELETE /api/v1/apps/{app}/credentials/secrets/{secret}'),
        ],
      },
    },
    'client-secret-still-active': {
      kind: 'object-state-forbids-operation',
      says: 'The secret of the client is ACTIVE. Only an INACTIVE secret can be deleted.',
      tellApart: 'The call is a DELETE below /credentials/secrets.',
      fix: [
        'Make sure that every deployment uses the other secret.',
        'Deactivate this one, `POST /api/v1/apps/{id}/credentials/secrets/{secretId}/lifecycle/deactivate`, then delete it.',
      ],
      operations: ['DELETE /api/v1/apps/{id}/credentials/secrets/{secretId}'],
      wire: {
        summary: 'Api validation failed: OAuth2ClientSecretMediated',
        causes: ["You can't delete an active client secret. Deactivate the secret before deleting it."],
      },
      sources: [
        {
          mark: 'documented',
          where:
            'okta/okta-management-openapi-spec dist/current/management-minimal.yaml (examples of deleteOAuth2ClientSecret)',
        },
      ],
      proof: {
        given: [
          call('POST /api/v1/apps', { body: webClient, keep: { app: '/id' } }),
          call('POST /api/v1/apps/{app}/credentials/secrets', { keep: { secret: '/id' } }),
        ],
        call: call('DELETE /api/v1/apps/{app}/credentials/secrets/{secret}'),
        cure: [call('POST /api/v1/apps/{app}/credentials/secrets/{secret}/lifecycle/deactivate')],
      },
    },
    'client-secret-is-last': {
      kind: 'object-state-forbids-operation',
      says: 'The secret is the only active one of its client.',
      tellApart: 'The call deactivates a secret.',
      fix: [
        'Make a second secret, `POST /api/v1/apps/{id}/credentials/secrets`, and move every deployment to it.',
        'Then deactivate the first. To stop the client altogether, deactivate the app.',
      ],
      operations: ['POST /api/v1/apps/{id}/credentials/secrets/{secretId}/lifecycle/deactivate'],
      wire: {
        summary: 'Api validation failed: OAuth2ClientSecretMediated',
        causes: ["You can't deactivate the only active client secret."],
      },
      sources: [
        {
          mark: 'documented',
          where:
            'okta/okta-management-openapi-spec dist/current/management-minimal.yaml (examples of deactivateOAuth2ClientSecret)',
        },
      ],
      proof: {
        given: [
          call('POST /api/v1/apps', { body: webClient, keep: { app: '/id' } }),
          call('GET /api/v1/apps/{app}/credentials/secrets', { keep: { secret: '/0/id' } }),
        ],
        call: call('POST /api/v1/apps/{app}/credentials/secrets/{secret}/lifecycle/deactivate'),
        cure: [call('POST /api/v1/apps/{app}/credentials/secrets')],
      },
    },
    'grant-scope-unknown': {
      kind: 'scope-not-defined',
      says: 'The scope that the app should be granted is not one of the `okta.*` scopes of the org.',
      tellApart: 'The call is a POST to /grants and the cause is about scopeId.',
      fix: [
        'Compare the name with the list of OAuth scopes in the API reference; case and plural count: `okta.users.read`.',
        'Scopes of a custom authorization server are not granted here: its access policies decide on them.',
      ],
      operations: ['POST /api/v1/apps/{id}/grants'],
      wire: { summary: 'Api validation failed: scopeId', causes: ["scopeId: '{scope}' is not a valid Okta scope"] },
      sources: [{ mark: 'inferred', where: 'the description of the operation; no such answer is public' }],
      proof: {
        given: [
          call('POST /api/v1/apps', { body: serviceClient, keep: { app: '/id' } }),
          call('GET /.well-known/openid-configuration', { as: 'nobody', keep: { issuer: '/issuer' } }),
        ],
        call: call('POST /api/v1/apps/{app}/grants', { body: { issuer: '{issuer}', scopeId: 'okta.user.read' } }),
        mend: call('POST /api/v1/apps/{app}/grants', { body: { issuer: '{issuer}', scopeId: 'okta.users.read' } }),
      },
    },
    'grant-issuer-wrong': {
      kind: 'wrong-authorization-server',
      says: "The issuer of the grant is not the org's own authorization server, the only one that has `okta.*` scopes.",
      tellApart: 'The call is a POST to /grants and the cause is about issuer.',
      fix: [
        'Send the bare org URL as `issuer`, without `/oauth2/default` and without `-admin`.',
        'Scopes of a custom authorization server need no grant: give the client an access policy there.',
      ],
      operations: ['POST /api/v1/apps/{id}/grants'],
      wire: {
        summary: 'Api validation failed: issuer',
        causes: ["issuer: '{issuer}' is not the issuer of the org authorization server"],
      },
      sources: [{ mark: 'inferred', where: 'the description of the operation: "your Org URL"' }],
      proof: {
        given: [
          call('POST /api/v1/apps', { body: serviceClient, keep: { app: '/id' } }),
          call('GET /.well-known/openid-configuration', { as: 'nobody', keep: { issuer: '/issuer' } }),
        ],
        call: call('POST /api/v1/apps/{app}/grants', {
          body: { issuer: '{issuer}/oauth2/default', scopeId: 'okta.users.read' },
        }),
        mend: call('POST /api/v1/apps/{app}/grants', { body: { issuer: '{issuer}', scopeId: 'okta.users.read' } }),
      },
    },
    'mapping-target-unknown': {
      kind: 'validation-invalid-value',
      says: "The profile mapping names a property that the target's schema does not have.",
      tellApart: 'The summary says updateMapping and the cause names the property.',
      fix: [
        "Read the target's schema (user or app user) and correct the name.",
        'Add the attribute to the schema first if it is meant to exist; wait some seconds before you map it.',
      ],
      operations: ['POST /api/v1/mappings/{id}'],
      wire: { summary: 'Api validation failed: updateMapping', causes: ['Invalid target field {property}'] },
      sources: [
        { mark: 'recorded', where: 'okta/okta-sdk-python tests/integration/cassettes, test_profile_mapping_it' },
      ],
    },
    'phone-already-enrolled': {
      kind: 'duplicate-object',
      says: 'The user has a verified phone factor with another number.',
      tellApart: 'The summary says factorEnrollRequest.',
      fix: [
        'List the factors: GET /api/v1/users/{id}/factors.',
        'Delete the old phone factor first, or enrol with updatePhone=true to replace its number.',
      ],
      operations: ['POST /api/v1/users/{id}/factors'],
      wire: {
        summary: 'Api validation failed: factorEnrollRequest',
        causes: ['There is an existing verified phone number.'],
      },
      sources: [
        {
          mark: 'documented',
          where: 'okta/okta-developer-docs of 2022-09, docs/reference/api/factors, Existing phone',
        },
      ],
    },
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
          where:
            'Policies reference: the default policy always is the last one and cannot be removed; no text is public',
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
            body: {
              name: 'bookmark',
              label: 'Handbook',
              signOnMode: 'BOOKMARK',
              settings: { app: { requestIntegration: false, url: 'https://handbook.example.com' } },
            },
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
    'audience-unknown': {
      kind: 'validation-invalid-value',
      says: 'audience of a primary authentication names no app, or an app that cannot take the sign-in.',
      tellApart: 'The summary says authRequest and the body has audience.',
      fix: [
        'Compare audience with the id of the app (0oa…) in this org.',
        'Leave audience out if you do not sign in for a certain app.',
      ],
      operations: ['POST /api/v1/authn'],
      wire: {
        summary: 'Api validation failed: authRequest',
        causes: ["Invalid or unknown audience '{audience}'."],
      },
      sources: [{ mark: 'documented', where: 'okta/okta-developer-docs docs/reference/api/authn' }],
      proof: {
        given: [
          call('POST /api/v1/users?activate=true', { body: { profile: ada, credentials: password } }),
          call('POST /api/v1/apps', {
            body: {
              name: 'bookmark',
              label: 'Handbook',
              signOnMode: 'BOOKMARK',
              settings: { app: { requestIntegration: false, url: 'https://handbook.example.com' } },
            },
            keep: { app: '/id' },
          }),
        ],
        call: call('POST /api/v1/authn', {
          body: { username: ada.login, password: password.password.value, audience: 'Handbook' },
          as: 'nobody',
        }),
        mend: call('POST /api/v1/authn', {
          body: { username: ada.login, password: password.password.value, audience: '{app}' },
          as: 'nobody',
        }),
      },
    },
  },
})
