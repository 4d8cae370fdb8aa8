// What does E0000006 mean: who is asking, what may they do, and who can do it instead?
import { defineError } from '../define.ts'
import { serviceToken } from '../proofs/oauth-steps.ts'
import { call, seed, settings } from '../proofs/step.ts'

const user = (first: string, login: string) => ({
  profile: { firstName: first, lastName: 'Byron', email: login, login },
  credentials: { password: { value: 'Correct-Horse-9' } },
})
const token = seed({ tokens: [{ owner: '{owner}', name: 'ci' }] }, { token: '/tokens/0/value' })

/** The caller is known, and has no right to do this. */
export const E0000006 = defineError({
  code: 'E0000006',
  title: 'No permission for the action',
  area: 'authorization',
  retry: 'after-change',
  reference: { status: 403, description: 'You do not have permission to perform the requested action.' },
  current: { status: 403, summary: 'You do not have permission to perform the requested action' },
  note:
    'Signing in again changes nothing: the rights of an API token are those of the admin who made it, as they are at ' +
    'this moment. An access token without the right scope does not get this code but an empty 403 with ' +
    'WWW-Authenticate: Bearer error="insufficient_scope". A directory agent that was off for weeks logs this code ' +
    'although its API token has expired: reinstall it, so that it gets a new token.',
  causes: {
    'role-lacks-permission': {
      kind: 'admin-role-lacks-permission',
      says: 'The admin behind the API token or session has no role that covers this operation or this object.',
      tellApart: 'Authorization is SSWS or a session. GET /api/v1/users/me with the same token shows who is asking.',
      fix: [
        'Find the owner of the token: GET /api/v1/users/me, or Security > API > Tokens.',
        "Give that admin a role that covers the operation (Security > Administrators); a read-only role never writes, and a role with a resource set or target groups covers only those. The token's rights follow at once.",
        'Or use the token of another admin. Better: a service account whose role fits the job.',
      ],
      sources: [
        {
          mark: 'documented',
          where: 'okta/okta-management-openapi-spec dist/current/management-minimal.yaml (403 of 708 operations)',
        },
        {
          mark: 'documented',
          where:
            'Authentication API: to obtain a recoveryToken is a highly privileged operation (which rights it takes is inferred)',
        },
        {
          mark: 'documented',
          where:
            'help.okta.com, Group administrators, Help desk administrators: neither views or modifies users outside of the assigned groups; group administrators make and delete no groups',
        },
      ],
      proof: {
        given: [
          call('POST /api/v1/users?activate=true', {
            body: user('Ada', 'ada@example.com'),
            keep: { owner: '/id' },
          }),
          call('POST /api/v1/users/{owner}/roles', { body: { type: 'READ_ONLY_ADMIN' } }),
          token,
        ],
        call: call('POST /api/v1/groups', { body: { profile: { name: 'Engineers' } }, as: { ssws: '{token}' } }),
        cure: [call('POST /api/v1/users/{owner}/roles', { body: { type: 'ORG_ADMIN' } })],
      },
    },
    'client-has-no-role': {
      kind: 'admin-role-lacks-permission',
      says: 'The service app has the scope for this operation, and no admin role.',
      tellApart:
        'Authorization is Bearer with a token of a service app, and the body is this error instead of an empty 403.',
      fix: [
        'Assign a role to the app: Applications > the app > Admin roles, or POST /oauth2/v1/clients/{clientId}/roles.',
        'A scope says what the app may ask for; only a role says what it may do. It needs both.',
      ],
      operations: ['GET /api/v1/groups', 'GET /api/v1/users'],
      sources: [{ mark: 'reported', where: 'https://github.com/okta/okta-developer-docs/pull/4377' }],
      proof: {
        given: serviceToken('okta.users.read'),
        call: call('GET /api/v1/users?limit=1', { as: { bearer: '{token}' } }),
        cure: [call('POST /oauth2/v1/clients/{client}/roles', { body: { type: 'READ_ONLY_ADMIN' } })],
      },
    },
    'address-blocked': {
      kind: 'api-token-ip-restricted',
      says: 'The call comes from an address that a BLOCKLIST network zone of the org contains.',
      tellApart:
        'Every call from there is refused, with any credentials and none, the sign-in page too. The answer has no x-rate-limit headers: nothing was looked at but the address. The System Log has security.request.blocked.',
      fix: [
        'Find the address that Okta saw. From an address that is not blocked: GET /api/v1/logs?filter=eventType eq "security.request.blocked", and read `client.ipAddress`.',
        'From there too, look at the zones with usage BLOCKLIST: GET /api/v1/zones?filter=usage eq "BLOCKLIST", or Security > Networks.',
        'Take the address out of the zone (PUT /api/v1/zones/{id}), or deactivate the zone (POST /api/v1/zones/{id}/lifecycle/deactivate). At Okta it can take half an hour until the change holds everywhere.',
      ],
      sources: [
        {
          mark: 'documented',
          where:
            'help.okta.com, Blocklist network zones: 403 (access denied) for all URLs, before any policy evaluation',
        },
        {
          mark: 'documented',
          where: 'support.okta.com: the event security.request.blocked, "Blocked request from IP"',
        },
        { mark: 'inferred', where: 'the body; for addresses that ThreatInsight blocks this sentence is documented' },
      ],
      proof: {
        given: [
          call('POST /api/v1/zones', {
            body: {
              type: 'IP',
              name: 'Blocked',
              usage: 'BLOCKLIST',
              gateways: [{ type: 'CIDR', value: '203.0.113.0/24' }],
            },
            keep: { zone: '/id' },
          }),
        ],
        call: call('GET /api/v1/groups?limit=1', { headers: { 'x-forwarded-for': '203.0.113.7' } }),
        cure: [call('POST /api/v1/zones/{zone}/lifecycle/deactivate')],
      },
    },
    'address-malicious': {
      kind: 'api-token-ip-restricted',
      says: 'ThreatInsight holds the address of the caller to be malicious, and the org blocks what it finds.',
      tellApart:
        'Only requests to sign in are refused, with right credentials too; other calls from there work. The answer has no x-rate-limit headers. The System Log has security.threat.detected with the address as the actor.',
      fix: [
        'Find the address that Okta saw, from another one: GET /api/v1/logs?filter=eventType eq "security.threat.detected", and read `client.ipAddress`.',
        'If it is one of yours, such as an office or a proxy: make an IP zone of it (POST /api/v1/zones) and name the zone in excludeZones (POST /api/v1/threats/configuration), or under Security > General > Okta ThreatInsight settings. At Okta it can take 40 minutes until that holds.',
        'Stop what fails to sign in from there again and again: a script with an old password is what makes an address suspicious.',
      ],
      operations: ['POST /api/v1/authn', 'GET /oauth2/v1/authorize', 'POST /oauth2/v1/token'],
      sources: [
        {
          mark: 'documented',
          where:
            'support.okta.com: sign-in error "You do not have permission to perform the requested action", due to ThreatInsight blocking the IP address; help.okta.com, About Okta ThreatInsight: 403',
        },
        {
          mark: 'inferred',
          where: 'which operations count as requests to sign in, and the missing rate-limit headers',
        },
      ],
      proof: {
        given: [
          settings({ addresses: { known: [{ range: '203.0.113.7', malicious: true }] } }),
          call('POST /api/v1/users?activate=true', { body: user('Ada', 'ada@example.com') }),
          call('POST /api/v1/zones', {
            body: { type: 'IP', name: 'Office', gateways: [{ type: 'RANGE', value: '203.0.113.7' }] },
            keep: { zone: '/id' },
          }),
          call('POST /api/v1/threats/configuration', { body: { action: 'block', excludeZones: [] } }),
        ],
        call: call('POST /api/v1/authn', {
          body: { username: 'ada@example.com', password: 'Correct-Horse-9' },
          as: 'nobody',
          headers: { 'x-forwarded-for': '203.0.113.7' },
        }),
        cure: [call('POST /api/v1/threats/configuration', { body: { action: 'block', excludeZones: ['{zone}'] } })],
      },
    },
    'outside-resource-set': {
      kind: 'admin-role-lacks-permission',
      says: 'The caller has a custom role with the right permission, and the object is not in the resource set that the role was given with.',
      tellApart:
        'The same call on another object works. GET /api/v1/users/{id}/roles of the caller shows a role of type CUSTOM with its resource-set.',
      fix: [
        'Look what the set holds: GET /api/v1/iam/resource-sets/{id}/resources, with the id from the role assignment of the caller.',
        'Add the object: PATCH /api/v1/iam/resource-sets/{id}/resources with its URL in "additions". The right follows at once.',
        'A group and its members are two resources: …/groups/{id} for the group itself, …/groups/{id}/users for the people in it.',
        'Or give the caller the role once more, on a set that holds the object: POST /api/v1/users/{id}/roles with type CUSTOM, role and resource-set. Only a super admin may.',
      ],
      sources: [
        { mark: 'documented', where: 'Roles guide: a custom role is limited to the permissions and resources defined' },
        { mark: 'inferred', where: 'that the answer is that of a missing permission; no example is public' },
      ],
      proof: {
        given: [
          call('POST /api/v1/users?activate=true', { body: user('Ada', 'ada@example.com'), keep: { owner: '/id' } }),
          call('POST /api/v1/groups', {
            body: { profile: { name: 'Engineers' } },
            keep: { group: '/id', own: '/_links/users/href' },
          }),
          call('POST /api/v1/groups', {
            body: { profile: { name: 'Makers' } },
            keep: { other: '/id', others: '/_links/users/href' },
          }),
          call('POST /api/v1/users?activate=true', {
            body: { ...user('Grace', 'grace@example.com'), groupIds: ['{other}'] },
            keep: { user: '/id' },
          }),
          call('POST /api/v1/iam/roles', {
            body: { label: 'Life', description: 'Life of users', permissions: ['okta.users.lifecycle.manage'] },
            keep: { role: '/id' },
          }),
          call('POST /api/v1/iam/resource-sets', {
            body: { label: 'Engineers', description: 'The people in it', resources: ['{own}'] },
            keep: { set: '/id' },
          }),
          call('POST /api/v1/users/{owner}/roles', {
            body: { type: 'CUSTOM', role: '{role}', 'resource-set': '{set}' },
          }),
          token,
        ],
        call: call('POST /api/v1/users/{user}/lifecycle/suspend', { as: { ssws: '{token}' } }),
        cure: [call('PATCH /api/v1/iam/resource-sets/{set}/resources', { body: { additions: ['{others}'] } })],
      },
    },
    'attribute-outside-conditions': {
      kind: 'admin-role-lacks-permission',
      says: 'The caller may edit users by a custom role, and the permission is limited to some attributes: one that was to be set or changed is not among them.',
      tellApart:
        'The body has a profile, and the same call with fewer attributes works. GET /api/v1/iam/roles/{id}/permissions of the role shows conditions.',
      fix: [
        'Read the conditions: GET /api/v1/iam/roles/{roleIdOrLabel}/permissions, with the role from GET /api/v1/users/{id}/roles of the caller.',
        'Send only attributes that the conditions include, or do not exclude. What is not sent stays as it is.',
        'Or widen them: PUT /api/v1/iam/roles/{roleIdOrLabel}/permissions/okta.users.userprofile.manage with other conditions; an empty body takes them away. Only a super admin may.',
      ],
      operations: ['POST /api/v1/users/{id}', 'PUT /api/v1/users/{id}', 'POST /api/v1/users'],
      sources: [
        {
          mark: 'documented',
          where: 'help.okta.com, Permission conditions: include or exclude attributes from the role',
        },
        { mark: 'inferred', where: 'that the answer is that of a missing permission; no example is public' },
      ],
      proof: {
        given: [
          call('POST /api/v1/users?activate=true', { body: user('Ada', 'ada@example.com'), keep: { owner: '/id' } }),
          call('POST /api/v1/users?activate=true', { body: user('Grace', 'grace@example.com'), keep: { user: '/id' } }),
          call('POST /api/v1/iam/roles', {
            body: { label: 'Desks', description: 'Where people sit', permissions: ['okta.users.userprofile.manage'] },
            keep: { role: '/id' },
          }),
          call('PUT /api/v1/iam/roles/{role}/permissions/okta.users.userprofile.manage', {
            body: { conditions: { include: { 'okta:ResourceAttribute/User/Profile': ['city'] } } },
          }),
          call('POST /api/v1/groups', {
            body: { profile: { name: 'Staff' } },
            keep: { group: '/id', people: '/_links/users/href' },
          }),
          call('PUT /api/v1/groups/{group}/users/{user}'),
          call('POST /api/v1/iam/resource-sets', {
            body: { label: 'Staff', description: 'The people in it', resources: ['{people}'] },
            keep: { set: '/id' },
          }),
          call('POST /api/v1/users/{owner}/roles', {
            body: { type: 'CUSTOM', role: '{role}', 'resource-set': '{set}' },
          }),
          token,
        ],
        call: call('POST /api/v1/users/{user}', {
          body: { profile: { department: 'Engines' } },
          as: { ssws: '{token}' },
        }),
        cure: [call('PUT /api/v1/iam/roles/{role}/permissions/okta.users.userprofile.manage', { body: {} })],
      },
    },
    'subscription-not-own': {
      kind: 'admin-role-lacks-permission',
      says: 'Only the user whose notification settings they are may see or change them, and somebody else called.',
      tellApart: 'The path has /users/{id}/subscriptions, and even a super admin gets this.',
      fix: [
        'Call it with credentials of that user; `me` in the path is always right.',
        'To decide for all who hold a role, use POST /api/v1/roles/{role}/subscriptions/{type}/subscribe (or unsubscribe): it overrides what each of them has chosen.',
      ],
      operations: ['GET /api/v1/users/{id}/subscriptions', 'POST /api/v1/users/{id}/subscriptions/{type}/subscribe'],
      sources: [
        {
          mark: 'documented',
          where: 'Subscriptions reference: access is denied if requests are made for another user',
        },
      ],
      proof: {
        given: [
          call('POST /api/v1/users?activate=true', { body: user('Ada', 'ada@example.com'), keep: { user: '/id' } }),
        ],
        call: call('GET /api/v1/users/{user}/subscriptions'),
        mend: call('GET /api/v1/users/me/subscriptions'),
      },
    },
    'super-admin-required': {
      kind: 'admin-role-lacks-permission',
      says: 'Only a super admin may see or change admin roles and whatever holds one, and grant scopes to apps.',
      tellApart:
        'Other calls of the same token work. The path has /roles or ends in /grants, or the target is itself an admin, or a group or service app with an admin role.',
      fix: [
        'Use the token of a super admin for this call.',
        'If you do not need the roles, skip the call: tools often have a switch for it (Terraform: skip_roles).',
        'Give the role to the target last, after all other changes to it.',
        'A group that makes administrators is kept small and by hand: put people who need no rights into another one.',
        'To activate an admin without being a super admin, let the mail go out: sendEmail=true. The token is shown to nobody else.',
      ],
      operations: [
        'POST /api/v1/users/{id}/roles',
        'GET /api/v1/users/{id}/roles',
        'POST /api/v1/users/{id}/lifecycle/reset_password',
        'POST /api/v1/users/{id}/lifecycle/reactivate',
        'PUT /api/v1/apps/{id}',
        'PUT /api/v1/groups/{id}/users/{userId}',
        'POST /api/v1/apps/{id}/grants',
      ],
      sources: [
        {
          mark: 'documented',
          where:
            'help.okta.com, Group administrators: only super admins can manage groups with administrative roles; others can no longer change the group or its members',
        },
        {
          mark: 'documented',
          where:
            'help.okta.com, Standard administrator roles and permissions: other admins may activate and suspend super admins and clear their sessions, no more',
        },
        {
          mark: 'reported',
          where:
            'SpecterOps/OktaHound: organization, group and help desk administrators and custom roles cannot manage users with admin privileges',
        },
        { mark: 'inferred', where: 'that the token of an activation counts as a credential' },
        {
          mark: 'documented',
          where: 'Implement OAuth for Okta: only the Super Admin role has permissions to grant scopes to an app',
        },
        {
          mark: 'reported',
          where:
            'https://github.com/okta/terraform-provider-okta/pull/1372, https://github.com/okta/terraform-provider-okta/issues/2025',
        },
      ],
      proof: {
        given: [
          call('POST /api/v1/users?activate=true', {
            body: user('Ada', 'ada@example.com'),
            keep: { owner: '/id' },
          }),
          call('POST /api/v1/users?activate=true', {
            body: user('Grace', 'grace@example.com'),
            keep: { other: '/id' },
          }),
          call('POST /api/v1/users/{owner}/roles', { body: { type: 'ORG_ADMIN' } }),
          token,
        ],
        call: call('POST /api/v1/users/{other}/roles', {
          body: { type: 'READ_ONLY_ADMIN' },
          as: { ssws: '{token}' },
        }),
        cure: [call('POST /api/v1/users/{owner}/roles', { body: { type: 'SUPER_ADMIN' } })],
      },
    },
    'group-not-manageable': {
      kind: 'object-state-forbids-operation',
      says: 'The group is not one that the API manages: Everyone is kept by Okta, app groups by the app or directory they come from. (An app group may be deleted, Everyone may not.)',
      tellApart: 'Even a super admin gets this. GET the group: "type" is BUILT_IN or APP_GROUP.',
      fix: [
        'Read the group: GET /api/v1/groups/{id}. Only OKTA_GROUP can be changed here.',
        'APP_GROUP: change name and members at the source (Active Directory, LDAP, the app) and let the import run.',
        'BUILT_IN: leave the group out of your loop. To reach some users instead of all, make a group of your own. (Adding a member to Everyone is refused with another code, E0000060: that is what people report.)',
      ],
      operations: [
        'DELETE /api/v1/groups/{id}/users/{userId}',
        'PUT /api/v1/groups/{id}/users/{userId}',
        'PUT /api/v1/groups/{id}',
        'DELETE /api/v1/groups/{id}',
      ],
      sources: [
        {
          mark: 'reported',
          where:
            'https://github.com/okta/terraform-provider-okta/pull/118 (removing members of BUILT_IN and APP_GROUP groups; other changes are inferred)',
        },
        { mark: 'documented', where: 'Groups reference: only groups of the OKTA_GROUP type can be modified' },
      ],
      proof: {
        given: [
          seed({ groups: [{ name: 'Directory', type: 'APP_GROUP' }] }, { directory: '/groups/0/id' }),
          call('POST /api/v1/groups', { body: { profile: { name: 'Engineers' } }, keep: { group: '/id' } }),
          call('POST /api/v1/users?activate=true', {
            body: user('Ada', 'ada@example.com'),
            keep: { user: '/id' },
          }),
        ],
        call: call('PUT /api/v1/groups/{directory}/users/{user}'),
        mend: call('PUT /api/v1/groups/{group}/users/{user}'),
      },
    },
    'role-target-refused': {
      kind: 'object-state-forbids-operation',
      says: 'The role assignment does not take this app as a target.',
      tellApart: 'The path ends in /targets/catalog/apps/…. Even a super admin gets this.',
      fix: [
        'Check that the role is APP_ADMIN: only that role has app targets.',
        'Check that the caller is a super admin.',
      ],
      operations: ['PUT /api/v1/users/{id}/roles/{roleId}/targets/catalog/apps/{app}'],
      sources: [
        {
          mark: 'recorded',
          where:
            'Shopify/oktakit spec/cassettes, add_app_target_to_app_admin_role (2016; the status line of that file was edited)',
        },
      ],
      proof: {
        given: [
          call('POST /api/v1/users?activate=true', {
            body: user('Ada', 'ada@example.com'),
            keep: { user: '/id' },
          }),
          call('POST /api/v1/users/{user}/roles', { body: { type: 'ORG_ADMIN' }, keep: { wide: '/id' } }),
          call('POST /api/v1/users/{user}/roles', { body: { type: 'APP_ADMIN' }, keep: { apps: '/id' } }),
        ],
        call: call('PUT /api/v1/users/{user}/roles/{wide}/targets/catalog/apps/bookmark'),
        mend: call('PUT /api/v1/users/{user}/roles/{apps}/targets/catalog/apps/bookmark'),
      },
    },
    'user-not-assigned': {
      kind: 'user-not-assigned-to-app',
      says: 'The user is signed in, and is not assigned to the app that was opened, neither directly nor through a group.',
      tellApart:
        'The request opens an app (/home/… or /app/…) with a browser session. Apps with OpenID Connect hear access_denied at their redirect URI instead.',
      fix: [
        'Look: GET /api/v1/apps/{id}/users/{userId}, or Applications > the app > Assignments.',
        'Assign the user or, better, a group: PUT /api/v1/apps/{id}/groups/{groupId}.',
        'The System Log has app.generic.unauth_app_access_attempt for each try.',
      ],
      operations: ['GET /home/{name}/{id}/{assignment}'],
      wire: { causes: ['User is not assigned to this application.'] },
      sources: [
        {
          mark: 'inferred',
          where:
            'the event is documented (Okta event types); browsers see a page of this text, no JSON answer is public',
        },
      ],
      proof: {
        given: [
          call('POST /api/v1/users?activate=true', { body: user('Ada', 'ada@example.com'), keep: { user: '/id' } }),
          call('POST /api/v1/apps', {
            body: {
              name: 'bookmark',
              label: 'Handbook',
              signOnMode: 'BOOKMARK',
              settings: { app: { requestIntegration: false, url: 'https://handbook.example.com' } },
            },
            keep: { app: '/id', link: '/_links/appLinks/0/href' },
          }),
          call('POST /api/v1/authn', {
            body: { username: 'ada@example.com', password: 'Correct-Horse-9' },
            as: 'nobody',
            keep: { token: '/sessionToken' },
          }),
          call('POST /api/v1/sessions', { body: { sessionToken: '{token}' }, keep: { session: '/id' } }),
        ],
        call: call('GET {link}', { as: 'nobody', headers: { cookie: 'sid={session}' } }),
        cure: [call('POST /api/v1/apps/{app}/users', { body: { id: '{user}' } })],
      },
    },
    'factor-denied': {
      kind: 'authenticator-not-available',
      says: 'The policy does not let this user verify with this factor.',
      tellApart: 'The request verifies a factor during sign-in; no admin is involved.',
      fix: [
        'Offer another factor from the list in the sign-in transaction.',
        'Or allow the factor for the user in the enrolment or authentication policy.',
      ],
      operations: ['POST /api/v1/authn/factors/{id}/verify'],
      sources: [{ mark: 'documented', where: 'okta/okta-signin-widget test/unit/helpers/xhr/MFA_VERIFY_error.js' }],
    },
  },
})
