// Which rules about profile mappings can a request break? Causes of E0000001.
import type { Cause } from '../../define.ts'
import { call } from '../../proofs/step.ts'

const mappingToApp = [
  call('POST /api/v1/apps', {
    body: {
      name: 'oidc_client',
      label: 'Portal',
      signOnMode: 'OPENID_CONNECT',
      credentials: { oauthClient: { token_endpoint_auth_method: 'client_secret_basic' } },
      settings: {
        oauthClient: {
          application_type: 'web',
          grant_types: ['authorization_code'],
          response_types: ['code'],
          redirect_uris: ['https://portal.example/callback'],
        },
      },
    },
    keep: { app: '/id' },
  }),
  call('GET /api/v1/mappings?targetId={app}', { keep: { mapping: '/0/id' } }),
]

/** Causes of E0000001 in this part of the API. */
export const mappingsCauses = {
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
    sources: [{ mark: 'recorded', where: 'okta/okta-sdk-python tests/integration/cassettes, test_profile_mapping_it' }],
    proof: {
      given: mappingToApp,
      call: call('POST /api/v1/mappings/{mapping}', {
        body: { properties: { badge: { expression: 'user.employeeNumber', pushStatus: 'PUSH' } } },
      }),
      cure: [
        call('POST /api/v1/meta/schemas/apps/{app}/default', {
          body: { definitions: { custom: { properties: { badge: { title: 'Badge', type: 'string' } } } } },
        }),
      ],
    },
  },
  'mapping-expression-property-unknown': {
    kind: 'validation-invalid-value',
    says: "An expression of the profile mapping names an attribute that the source's profile does not have.",
    tellApart: 'The summary says updateMapping and the cause speaks of properties in an expression.',
    fix: [
      "Read the source's schema (user or app user) and correct the name: user.… for a user type as the source, appuser.… for an app.",
      'Add the attribute to the schema first if it is meant to exist.',
    ],
    operations: ['POST /api/v1/mappings/{id}'],
    wire: {
      summary: 'Api validation failed: updateMapping',
      causes: ['Invalid properties in expression: {property}'],
    },
    sources: [
      {
        mark: 'reported',
        where: 'https://github.com/okta/terraform-provider-okta/issues/1117 (the words before the colon)',
      },
    ],
    proof: {
      given: mappingToApp,
      call: call('POST /api/v1/mappings/{mapping}', {
        body: { properties: { nickname: { expression: 'user.petName', pushStatus: 'PUSH' } } },
      }),
      cure: [
        call('POST /api/v1/meta/schemas/user/default', {
          body: { definitions: { custom: { properties: { petName: { title: 'Pet name', type: 'string' } } } } },
        }),
      ],
    },
  },
} as const satisfies Record<string, Cause>
