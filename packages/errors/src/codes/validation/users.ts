// Which rules about users and their credentials can a request break? Causes of E0000001.
import type { Cause } from '../../define.ts'
import { call } from '../../proofs/step.ts'

const ada = { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', login: 'ada@example.com' }
const password = { password: { value: 'Correct-Horse-9' } }

/** Causes of E0000001 in this part of the API. */
export const usersCauses = {
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
      summary: 'Api validation failed: {object}',
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
  'user-not-active': {
    kind: 'user-status-forbids-operation',
    says: 'The user was to be suspended and is neither ACTIVE nor PROVISIONED.',
    tellApart: 'Only on lifecycle/suspend. The status of the user is anything but ACTIVE or PROVISIONED.',
    fix: [
      'Read the status: GET /api/v1/users/{id}.',
      'SUSPENDED: nothing to do. STAGED: activate first, or deactivate if the user must not sign in.',
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
        where:
          'okta/okta-sdk-dotnet UserAndUserLifecycleApiTests (a user activated without a password is suspended, 200)',
      },
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
  'user-is-contact': {
    kind: 'object-state-forbids-operation',
    says: 'The user is the billing or technical contact of the org, whom nobody deletes.',
    tellApart:
      'The first DELETE, which deactivates, worked; only the second one is refused. GET /api/v1/org/contacts/{contactType} names the user.',
    fix: [
      'Look whose contacts they are: GET /api/v1/org/contacts/BILLING and GET /api/v1/org/contacts/TECHNICAL.',
      'Name somebody else: PUT /api/v1/org/contacts/{contactType} with that userId. Then delete the user.',
    ],
    operations: ['DELETE /api/v1/users/{id}'],
    wire: {
      summary: 'Api validation failed: deleteUser',
      causes: ['Cannot delete a user that is the {type} contact of the org'],
    },
    sources: [
      {
        mark: 'documented',
        where:
          'help.okta.com, Deactivate and delete user accounts: users identified as the technical or billing contact cannot be deleted',
      },
      { mark: 'inferred', where: 'code and text, and that such a user may be deactivated' },
    ],
    proof: {
      given: [
        call('GET /api/v1/users/me', { keep: { me: '/id' } }),
        call('POST /api/v1/users?activate=true', { body: { profile: ada }, keep: { user: '/id' } }),
        call('PUT /api/v1/org/contacts/BILLING', { body: { userId: '{user}' } }),
        call('DELETE /api/v1/users/{user}'),
      ],
      call: call('DELETE /api/v1/users/{user}'),
      cure: [call('PUT /api/v1/org/contacts/BILLING', { body: { userId: '{me}' } })],
    },
  },
} as const satisfies Record<string, Cause>
