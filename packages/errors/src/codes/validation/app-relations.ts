// Which rules about what hangs on an app (claims, ties to other apps, pushed groups) can a request break? Causes of
// E0000001.
import type { Cause } from '../../define.ts'
import { call } from '../../proofs/step.ts'

const bookmark = (label: string) => ({
  label,
  name: 'bookmark',
  signOnMode: 'BOOKMARK',
  settings: { app: { requestIntegration: false, url: 'https://handbook.example.com' } },
})

const webClient = (label: string) => ({
  label,
  name: 'oidc_client',
  signOnMode: 'OPENID_CONNECT',
  settings: {
    oauthClient: {
      application_type: 'web',
      grant_types: ['authorization_code'],
      redirect_uris: ['https://wiki.example.com/callback'],
    },
  },
})

const catalogApp = { label: 'Payroll', name: 'deelhr', signOnMode: 'AUTO_LOGIN', settings: { app: {} } }
const claim = { name: 'role', expression: 'user.profile.title' }

/** Causes of E0000001 in this part of the API. */
export const appRelationsCauses = {
  'assignment-property-not-found': {
    kind: 'validation-invalid-value',
    says: "An assignment to an app has a profile with a key that the schema of the app's users does not define.",
    tellApart: 'The summary ends in "assignment", and a cause quotes the key: "Property \'…\' not found".',
    fix: [
      'Compare the key with the schema of the app: GET /api/v1/meta/schemas/apps/{id}/default. Names are case-sensitive.',
      "An attribute of the user's own profile is not one of the app's: given_name is not givenName.",
      'Correct the spelling, or add the attribute to the app in the Profile Editor (Directory > Profile Editor) first.',
    ],
    operations: [
      'POST /api/v1/apps/{id}/users',
      'POST /api/v1/apps/{id}/users/{userId}',
      'PUT /api/v1/apps/{id}/groups/{groupId}',
      'PATCH /api/v1/apps/{id}/groups/{groupId}',
    ],
    wire: {
      summary: 'Api validation failed: assignment',
      causes: ["Property '{property}' not found"],
    },
    sources: [
      {
        mark: 'reported',
        where: 'okta/okta-sdk-python#421 (POST /apps/{id}/users/{userId}) and oktadeveloper/okta-blog-archive#2167',
      },
      { mark: 'inferred', where: 'that groups get the same answer' },
    ],
    proof: {
      given: [
        call('POST /api/v1/apps', { body: webClient('Wiki'), keep: { app: '/id' } }),
        call('GET /api/v1/users/me', { keep: { me: '/id' } }),
      ],
      call: call('POST /api/v1/apps/{app}/users', { body: { id: '{me}', profile: { givenName: 'Ada' } } }),
      mend: call('POST /api/v1/apps/{app}/users', { body: { id: '{me}', profile: { given_name: 'Ada' } } }),
    },
  },
  'federated-claim-name-taken': {
    kind: 'duplicate-object',
    says: 'Another federated claim of the app has this name.',
    tellApart: 'The call goes to /federated-claims.',
    fix: [
      'List them, `GET /api/v1/apps/{id}/federated-claims`, and replace the one with this name by PUT.',
      'Or choose another name.',
    ],
    operations: ['POST /api/v1/apps/{id}/federated-claims', 'PUT /api/v1/apps/{id}/federated-claims/{claimId}'],
    wire: {
      summary: 'Api validation failed: name',
      causes: ['name: An object with this field already exists in the current organization'],
    },
    sources: [{ mark: 'inferred', where: 'the sentence that other unique fields get (login)' }],
    proof: {
      given: [
        call('POST /api/v1/apps', { body: webClient('Wiki'), keep: { app: '/id' } }),
        call('POST /api/v1/apps/{app}/federated-claims', { body: claim, keep: { first: '/id' } }),
      ],
      call: call('POST /api/v1/apps/{app}/federated-claims', { body: claim }),
      cure: [call('DELETE /api/v1/apps/{app}/federated-claims/{first}')],
    },
  },
  'connection-exists': {
    kind: 'duplicate-object',
    says: 'The two apps are connected for Cross App Access in this direction already.',
    tellApart: 'The call is a POST to /cwo/connections.',
    fix: [
      'Find the connection: `GET /api/v1/apps/{id}/cwo/connections?resourceAppId={id}`.',
      'If its status is INACTIVE, switch it with PATCH.',
    ],
    operations: ['POST /api/v1/apps/{id}/cwo/connections'],
    wire: {
      summary: 'Api validation failed: resourceAppInstanceId',
      causes: ['resourceAppInstanceId: A connection between these applications already exists'],
    },
    sources: [{ mark: 'inferred', where: 'one connection for a pair and a direction; no such answer is public' }],
    proof: {
      given: [
        call('POST /api/v1/apps', { body: webClient('Wiki'), keep: { app: '/id' } }),
        call('POST /api/v1/apps', { body: webClient('Mail'), keep: { resource: '/id' } }),
        call('POST /api/v1/apps/{app}/cwo/connections', {
          body: { resourceAppInstanceId: '{resource}' },
          keep: { first: '/id' },
        }),
      ],
      call: call('POST /api/v1/apps/{app}/cwo/connections', { body: { resourceAppInstanceId: '{resource}' } }),
      cure: [call('DELETE /api/v1/apps/{app}/cwo/connections/{first}')],
    },
  },
  'trust-target-type-wrong': {
    kind: 'wrong-app-type',
    says: 'The app of the path is to let others take users over to it, and is neither an OpenID Connect nor a SAML app.',
    tellApart: 'The summary says Interclient Trust Mappings and the cause speaks of the target.',
    fix: [
      'The app of the path is the target, the one of the body the app that is allowed: check that they are not swapped.',
      'Take an app with signOnMode OPENID_CONNECT or SAML_2_0 as the target.',
    ],
    operations: ['POST /api/v1/apps/{id}/interclient-allowed-apps'],
    wire: {
      summary: 'Api validation failed: Interclient Trust Mappings',
      causes: ['The target application must be an OIDC or SAML app.'],
    },
    sources: [
      {
        mark: 'documented',
        where:
          'okta/okta-management-openapi-spec dist/current/management-minimal.yaml (examples of createInterclientTrustMapping)',
      },
    ],
    proof: {
      given: [
        call('POST /api/v1/apps', { body: bookmark('Handbook'), keep: { bookmark: '/id' } }),
        call('POST /api/v1/apps', { body: webClient('Wiki'), keep: { wiki: '/id' } }),
      ],
      call: call('POST /api/v1/apps/{bookmark}/interclient-allowed-apps', { body: { id: '{wiki}' } }),
      mend: call('POST /api/v1/apps/{wiki}/interclient-allowed-apps', { body: { id: '{bookmark}' } }),
    },
  },
  'trust-mappings-full': {
    kind: 'object-state-forbids-operation',
    says: 'The app lets five others take users over to it already, which is the most.',
    tellApart: 'The summary says Interclient Trust Mappings and the cause speaks of 5.',
    fix: [
      'List them: `GET /api/v1/apps/{id}/interclient-allowed-apps`.',
      'Take out one that is not needed: `DELETE /api/v1/apps/{id}/interclient-allowed-apps/{allowedAppId}`.',
    ],
    operations: ['POST /api/v1/apps/{id}/interclient-allowed-apps'],
    wire: {
      summary: 'Api validation failed: Interclient Trust Mappings',
      causes: ['The target application cannot have more than 5 trusted apps.'],
    },
    sources: [
      {
        mark: 'documented',
        where:
          'okta/okta-management-openapi-spec dist/current/management-minimal.yaml (examples of createInterclientTrustMapping)',
      },
    ],
    proof: {
      given: [
        call('POST /api/v1/apps', { body: webClient('Wiki'), keep: { app: '/id' } }),
        ...['1', '2', '3', '4', '5'].flatMap((n) => [
          call('POST /api/v1/apps', { body: bookmark(`Handbook ${n}`), keep: { [`app${n}`]: '/id' } }),
          call('POST /api/v1/apps/{app}/interclient-allowed-apps', { body: { id: `{app${n}}` } }),
        ]),
        call('POST /api/v1/apps', { body: bookmark('Handbook 6'), keep: { app6: '/id' } }),
      ],
      call: call('POST /api/v1/apps/{app}/interclient-allowed-apps', { body: { id: '{app6}' } }),
      cure: [call('DELETE /api/v1/apps/{app}/interclient-allowed-apps/{app1}')],
    },
  },
  'push-mapping-still-active': {
    kind: 'object-state-forbids-operation',
    says: 'The group is still pushed to the app: its mapping is ACTIVE. Only an inactive mapping can be deleted.',
    tellApart: 'The call is a DELETE below /group-push/mappings.',
    fix: [
      'Switch the mapping off: PATCH it with `{"status":"INACTIVE"}`.',
      'Then delete it. `deleteTargetGroup=true` takes the group out of the app as well.',
    ],
    operations: ['DELETE /api/v1/apps/{id}/group-push/mappings/{mappingId}'],
    wire: {
      summary: 'Api validation failed: groupPushMapping',
      causes: ['The group push mapping must be deactivated before deletion.'],
    },
    sources: [
      {
        mark: 'documented',
        where:
          'the description of the operation, "must be in an INACTIVE state"; code and sentence are inferred from other resources',
      },
    ],
    proof: {
      given: [
        call('POST /api/v1/apps', { body: catalogApp, keep: { app: '/id' } }),
        call('POST /api/v1/groups', { body: { profile: { name: 'Engineers' } }, keep: { group: '/id' } }),
        call('POST /api/v1/apps/{app}/group-push/mappings', {
          body: { sourceGroupId: '{group}', targetGroupName: 'Engineers' },
          keep: { mapping: '/id' },
        }),
      ],
      call: call('DELETE /api/v1/apps/{app}/group-push/mappings/{mapping}?deleteTargetGroup=false'),
      cure: [call('PATCH /api/v1/apps/{app}/group-push/mappings/{mapping}', { body: { status: 'INACTIVE' } })],
    },
  },
} as const satisfies Record<string, Cause>
