// Which rules about apps and their grants can a request break? Causes of E0000001.
import type { Cause } from '../../define.ts'
import { call, settings } from '../../proofs/step.ts'
import { appKeysCauses } from './app-keys.ts'
import { appRelationsCauses } from './app-relations.ts'
import { serviceClient } from './service-client.ts'

const ada = { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', login: 'ada@example.com' }
const password = { password: { value: 'Correct-Horse-9' } }

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
const catalogApp = {
  label: 'Other org',
  name: 'okta_org2org',
  signOnMode: 'AUTO_LOGIN',
  settings: { app: { baseUrl: 'https://other.example.com' } },
}

/** Causes of E0000001 in this part of the API. */
export const appsCauses = {
  ...appKeysCauses,
  ...appRelationsCauses,
  'app-has-no-provisioning': {
    kind: 'endpoint-unsupported',
    says: 'The app has no provisioning, so it has no provisioning features and no use for a connection.',
    tellApart: 'The request went to /features or /connections/default of an app.',
    fix: [
      'Check that the app supports provisioning: its Provisioning tab exists in the console.',
      'Set up and enable the provisioning connection first, then read the features.',
    ],
    operations: [
      'GET /api/v1/apps/{id}/features',
      'PUT /api/v1/apps/{id}/features/USER_PROVISIONING',
      'POST /api/v1/apps/{id}/connections/default',
    ],
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
  'connection-without-token': {
    kind: 'object-state-forbids-operation',
    says: 'The provisioning connection was to be switched on before it had the token that it shows to the other side.',
    tellApart: 'Only on /connections/default of an app, when it is switched on; the summary names credential.',
    fix: [
      'Make an API token in the org or service that the users go to.',
      'Give it to the connection, and switch it on in the same step: POST /api/v1/apps/{id}/connections/default?activate=true with profile.authScheme TOKEN and profile.token.',
      'Check the URL of the other side in the settings of the app: at Okta a wrong one is refused in the same words.',
    ],
    operations: [
      'POST /api/v1/apps/{id}/connections/default/lifecycle/activate',
      'POST /api/v1/apps/{id}/connections/default',
    ],
    wire: {
      summary: 'Api validation failed: credential',
      causes: ['Verification failed: Invalid URL. Not authorized.'],
    },
    sources: [
      {
        mark: 'reported',
        where: 'okta/okta-sdk-nodejs test/it/application-provisioning-connection.ts, run against orgs of Okta',
      },
    ],
    proof: {
      given: [call('POST /api/v1/apps', { body: catalogApp, keep: { app: '/id' } })],
      call: call('POST /api/v1/apps/{app}/connections/default/lifecycle/activate'),
      cure: [
        call('POST /api/v1/apps/{app}/connections/default', {
          body: { profile: { authScheme: 'TOKEN', token: 'made-for-this-proof' } },
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
      given: [settings({ apps: { most: 1 } }), call('POST /api/v1/apps', { body: webClient, keep: { first: '/id' } })],
      call: call('POST /api/v1/apps', { body: webClient }),
      cure: [call('POST /api/v1/apps/{first}/lifecycle/deactivate'), call('DELETE /api/v1/apps/{first}')],
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
} as const satisfies Record<string, Cause>
