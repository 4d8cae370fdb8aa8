// Which rules about identity providers can a request break? Causes of E0000001.
import type { Cause } from '../../define.ts'
import { call } from '../../proofs/step.ts'

const google = {
  type: 'GOOGLE',
  name: 'Google',
  protocol: {
    type: 'OIDC',
    scopes: ['openid', 'email'],
    credentials: { client: { client_id: 'abc', client_secret: 'def' } },
  },
}

// A certificate of nobody: made for this proof, its key thrown away.
const certificate =
  'MIICEjCCAXugAwIBAgIUeX6RnmaKNsJZhT+Rk1OsWzFQNkEwDQYJKoZIhvcNAQELBQAwGjEYMBYGA1UEAwwPaWRwLmV4YW1wbGUu' +
  'Y29tMCAXDTI2MTEyMDE0MzIzOFoYDzIxMjYxMDI3MTQzMjM4WjAaMRgwFgYDVQQDDA9pZHAuZXhhbXBsZS5jb20wgZ8wDQYJKoZI' +
  'hvcNAQEBBQADgY0AMIGJAoGBAMnEstox/MvAo0tt9L7wuNdIfy5NdapRc6DynZCVyR0DlBXyWEJPSzrNrIt2/r6oHOb/qbJCLt7X' +
  '5qWX0h0RTXGpx3YwK0V53t16HhmscQeZGWthP05qGyAtTw7tlD8LaeEWedLPNcd4Cr12zctGfwiahFeKzqIwsY3FUBlypH+/AgMB' +
  'AAGjUzBRMB0GA1UdDgQWBBQuUo/c7JuIQqwLtfOvYXtaDOA51jAfBgNVHSMEGDAWgBQuUo/c7JuIQqwLtfOvYXtaDOA51jAPBgNV' +
  'HRMBAf8EBTADAQH/MA0GCSqGSIb3DQEBCwUAA4GBAIzr8BCBi0M7C8y1YubGl9BviVCKQ2VT9O89SgXCIluXeNeeNddkovrpUFEC' +
  'VUsL6Qcmxptf4WWZ8duBtYxmpmJ4+gukolyh7mQjX3IQgr+08K8wS99A3HLGAx8P8eA0/rBrVVI5OLGFMrpQkTT5PXZOaXYRZQ9H' +
  'RT91Ak3TZXZo'

const saml = (kid: string, persistent = true) => ({
  type: 'SAML2',
  name: 'Partner',
  protocol: {
    type: 'SAML2',
    endpoints: { sso: { url: 'https://idp.example.com/sso', binding: 'HTTP-POST' } },
    credentials: { trust: { issuer: 'https://idp.example.com', kid } },
    settings: { honorPersistentNameId: persistent },
  },
})

const storeKey = call('POST /api/v1/idps/credentials/keys', { body: { x5c: [certificate] }, keep: { kid: '/kid' } })
const ada = { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', login: 'ada@example.com' }
const grace = { firstName: 'Grace', lastName: 'Hopper', email: 'grace@example.com', login: 'grace@example.com' }
const user = (profile: object, name: string) =>
  call('POST /api/v1/users?activate=false', { body: { profile }, keep: { [name]: '/id' } })

/** Causes of E0000001 in this part of the API. */
export const idpsCauses = {
  'idp-name-taken': {
    kind: 'duplicate-object',
    says: 'Another identity provider of the same type has this name already.',
    tellApart: 'The cause is about name and the request went to /api/v1/idps.',
    fix: [
      'Find it: GET /api/v1/idps?q={name}&type={type}, and update that one.',
      'Otherwise choose another name, or delete the old provider first.',
    ],
    operations: ['POST /api/v1/idps', 'PUT /api/v1/idps/{id}'],
    wire: {
      summary: 'Api validation failed: name',
      causes: ['name: An object with this field already exists in the current organization'],
    },
    sources: [
      { mark: 'documented', where: 'Identity Providers reference: "Unique name for the IdP" (text inferred)' },
      {
        mark: 'recorded',
        where: 'okta/okta-sdk-python test_identity_providers: one name with two types (FACEBOOK, LINKEDIN) is taken',
      },
    ],
    proof: {
      given: [call('POST /api/v1/idps', { body: google, keep: { idp: '/id' } })],
      call: call('POST /api/v1/idps', { body: google }),
      cure: [call('DELETE /api/v1/idps/{idp}')],
    },
  },
  'idp-key-unknown': {
    kind: 'resource-not-found',
    says: 'The certificate that the provider is to be checked with is not in the key store.',
    tellApart: 'The request went to /api/v1/idps and names `protocol.credentials.trust.kid`.',
    fix: [
      'Put the certificate into the key store first: POST /api/v1/idps/credentials/keys with x5c.',
      'Use the `kid` of its answer in protocol.credentials.trust.kid. GET /api/v1/idps/credentials/keys lists what is there.',
    ],
    operations: ['POST /api/v1/idps', 'PUT /api/v1/idps/{id}'],
    wire: {
      summary: 'Api validation failed: kid',
      causes: ['kid: The key {kid} does not exist in the key store'],
    },
    sources: [
      {
        mark: 'documented',
        where: 'Identity Providers reference, SAML 2.0: the certificate must be in the key store first (text inferred)',
      },
    ],
    proof: {
      given: [storeKey],
      call: call('POST /api/v1/idps', { body: saml('00000000-0000-4000-8000-000000000000') }),
      mend: call('POST /api/v1/idps', { body: saml('{kid}') }),
    },
  },
  'idp-key-in-use': {
    kind: 'object-state-forbids-operation',
    says: 'The certificate was to be deleted from the key store, and an identity provider is still checked with it.',
    tellApart: 'Only on DELETE of a key of the key store. It does not matter whether the provider is active.',
    fix: [
      'Find the provider: GET /api/v1/idps?type=SAML2, and look for the kid in protocol.credentials.trust.',
      'Give it another key (PUT /api/v1/idps/{id}) or delete it. Then delete the key.',
    ],
    operations: ['DELETE /api/v1/idps/credentials/keys/{kid}'],
    wire: {
      summary: 'Api validation failed: kid',
      causes: ['kid: The key is used by identity providers: {names}'],
    },
    sources: [
      {
        mark: 'documented',
        where:
          'Identity Providers reference, Delete an IdP key credential: "if it isn\'t currently being used by an active or inactive IdP" (status and text inferred)',
      },
    ],
    proof: {
      given: [storeKey, call('POST /api/v1/idps', { body: saml('{kid}'), keep: { idp: '/id' } })],
      call: call('DELETE /api/v1/idps/credentials/keys/{kid}'),
      cure: [call('DELETE /api/v1/idps/{idp}')],
    },
  },
  'idp-in-routing-rule': {
    kind: 'object-state-forbids-operation',
    says: 'An active rule of a policy sends people to this identity provider.',
    tellApart: 'The request deactivates or deletes a provider; the cause names the rules.',
    fix: [
      'Change or deactivate the rules first: Security > Identity Providers > Routing rules, or PUT /api/v1/policies/{id}/rules/{id}.',
      'Then send the same call again.',
    ],
    operations: ['POST /api/v1/idps/{id}/lifecycle/deactivate', 'DELETE /api/v1/idps/{id}'],
    wire: {
      summary: 'Api validation failed: {name}',
      causes: ['The identity provider is used in the policy rules: {rules}'],
    },
    sources: [
      {
        mark: 'inferred',
        where: "Okta's newer codes refuse the same for providers of identity proofing; for others no answer is public",
      },
    ],
    proof: {
      given: [
        call('POST /api/v1/idps', { body: google, keep: { idp: '/id' } }),
        call('GET /api/v1/policies?type=IDP_DISCOVERY', { keep: { policy: '/0/id' } }),
        call('POST /api/v1/policies/{policy}/rules', {
          body: {
            name: 'To Google',
            type: 'IDP_DISCOVERY',
            actions: { idp: { providers: [{ type: 'GOOGLE', id: '{idp}' }] } },
          },
          keep: { rule: '/id' },
        }),
      ],
      call: call('POST /api/v1/idps/{idp}/lifecycle/deactivate'),
      cure: [call('DELETE /api/v1/policies/{policy}/rules/{rule}')],
    },
  },
  'idp-name-id-not-persistent': {
    kind: 'object-state-forbids-operation',
    says: 'The SAML provider does not promise lasting names, so no user can be linked to one of its users beforehand.',
    tellApart: 'The request went to /api/v1/idps/{id}/users/{userId}, and the provider is of type SAML2.',
    fix: [
      'Set protocol.settings.honorPersistentNameId to true: PUT /api/v1/idps/{id}.',
      'Have the provider send a NameID of the format urn:oasis:names:tc:SAML:2.0:nameid-format:persistent.',
    ],
    operations: ['POST /api/v1/idps/{id}/users/{userId}'],
    wire: {
      summary: 'Api validation failed: honorPersistentNameId',
      causes: ['honorPersistentNameId: Users can only be linked to SAML providers that honor persistent name ids'],
    },
    sources: [
      {
        mark: 'documented',
        where:
          'Identity Providers reference, Link a user: "must have honorPersistentNameId set to true" (text inferred)',
      },
    ],
    proof: {
      given: [
        storeKey,
        call('POST /api/v1/idps', { body: saml('{kid}', false), keep: { idp: '/id' } }),
        user(ada, 'user'),
      ],
      call: call('POST /api/v1/idps/{idp}/users/{user}', { body: { externalId: 'ada' } }),
      cure: [call('PUT /api/v1/idps/{idp}', { body: saml('{kid}') })],
    },
  },
  'idp-user-linked': {
    kind: 'duplicate-object',
    says: 'The user of the provider is linked to another user of the org already.',
    tellApart: 'The cause is about externalId.',
    fix: [
      'Find the other user: GET /api/v1/idps/{id}/users.',
      'Unlink that one (DELETE /api/v1/idps/{id}/users/{userId}) before you link this one, or correct the externalId.',
    ],
    operations: ['POST /api/v1/idps/{id}/users/{userId}'],
    wire: {
      summary: 'Api validation failed: externalId',
      causes: ['externalId: The user of the identity provider is already linked to another user'],
    },
    sources: [{ mark: 'inferred', where: 'one user of a provider signs in as one user of Okta; no answer is public' }],
    proof: {
      given: [
        call('POST /api/v1/idps', { body: google, keep: { idp: '/id' } }),
        user(ada, 'ada'),
        user(grace, 'grace'),
        call('POST /api/v1/idps/{idp}/users/{ada}', { body: { externalId: '1217' } }),
      ],
      call: call('POST /api/v1/idps/{idp}/users/{grace}', { body: { externalId: '1217' } }),
      cure: [call('DELETE /api/v1/idps/{idp}/users/{ada}')],
    },
  },
} as const satisfies Record<string, Cause>
