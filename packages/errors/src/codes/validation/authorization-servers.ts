// Which rules about authorization servers and their parts can a request break? Causes of E0000001.
import type { Cause } from '../../define.ts'
import { call } from '../../proofs/step.ts'

const payments = { name: 'Payments', audiences: ['api://payments'] }

const keys = '/api/v1/authorizationServers/{server}/resourceservercredentials/keys'
const encryptionKey = {
  kid: 'first',
  kty: 'RSA',
  use: 'enc',
  status: 'INACTIVE',
  e: 'AQAB',
  n: '602P4O8MlUHDvtgOaQCvMtXrkiJvoTxnA59Ib54C1CI4bTqPWbBwHcXiaHBTDsY-39aQyN5HRc7bGOri4vPMfuaa3kHTbnLkm5YFyaARjMt0VvTPrwBnmL7dlnuEEreixmngC819vNgDdZeZXEfwTvQo6umTPbWQ3KzJiM5ADfOs0i22HEYq7WrYt-NvKYRTe8ga_K0R_WKxrpuvD36-B75SFYx1_rBld4wvY9-72VJ9PpRn5aB2-OnorB9kayASWx8Hrex3bTjK1v3mwVU6lRNm0ki6-BLJp2X5oHFwlSJAhFj_bkHUvLgXEfkYsqnWnei-1pT0uruWrFm9HY_H8Q',
}

const claimOf = (value: string) => ({
  name: 'title',
  status: 'ACTIVE',
  claimType: 'RESOURCE',
  valueType: 'EXPRESSION',
  value,
})

/** Causes of E0000001 in this part of the API. */
export const authorizationServersCauses = {
  'claim-expression-unreadable': {
    kind: 'validation-invalid-value',
    says: 'The expression of a claim is no valid expression, so no token could ever have the claim.',
    tellApart: 'The call makes or replaces a claim, and the cause speaks of an invalid expression.',
    fix: [
      'Look for a parenthesis or quote that is not closed, a missing operand, a name after a dot that is not there.',
      'A fixed text needs quotes of its own inside the JSON value: "\\"gold\\"".',
      "Try the expression in the Token Preview of the authorization server's page before you send it.",
    ],
    operations: [
      'POST /api/v1/authorizationServers/{id}/claims',
      'PUT /api/v1/authorizationServers/{id}/claims/{claimId}',
      'POST /api/v1/apps/{id}/federated-claims',
      'PUT /api/v1/apps/{id}/federated-claims/{claimId}',
    ],
    wire: { summary: 'Api validation failed: {field}', causes: ['{field}: Invalid expression'] },
    sources: [
      {
        mark: 'inferred',
        where: 'the sentence that conditions of group rules get (recorded); none of claims is public',
      },
    ],
    proof: {
      given: [call('POST /api/v1/authorizationServers', { body: payments, keep: { server: '/id' } })],
      call: call('POST /api/v1/authorizationServers/{server}/claims', { body: claimOf('(user.title') }),
      mend: call('POST /api/v1/authorizationServers/{server}/claims', { body: claimOf('(user.title)') }),
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
  'encryption-key-refused': {
    kind: 'validation-invalid-value',
    says: 'A public key that tokens for a resource server should be encrypted with cannot be added as it was sent.',
    tellApart: 'The path ends in /resourceservercredentials/keys, and the summary says JsonWebKey.',
    fix: [
      'Read the cause: it names the rule. A key begins INACTIVE, has a kid of its own, and 2048 bits or more.',
      'A server has five keys at most: delete one that rests, DELETE /api/v1/authorizationServers/{id}/resourceservercredentials/keys/{keyId}.',
    ],
    operations: ['POST /api/v1/authorizationServers/{id}/resourceservercredentials/keys'],
    wire: { summary: 'Api validation failed: JsonWebKey', causes: ['{message}'] },
    sources: [
      { mark: 'documented', where: "Okta's OpenAPI description, examples of addOAuth2ResourceServerJsonWebKey" },
    ],
    proof: {
      given: [call('POST /api/v1/authorizationServers', { body: payments, keep: { server: '/id' } })],
      call: call(`POST ${keys}`, { body: { ...encryptionKey, status: 'ACTIVE' } }),
      mend: call(`POST ${keys}`, { body: encryptionKey }),
    },
  },
  'encryption-key-still-active': {
    kind: 'object-state-forbids-operation',
    says: 'The key that tokens for a resource server are encrypted with was to be deleted while it is ACTIVE.',
    tellApart: 'The call is a DELETE below /resourceservercredentials/keys.',
    fix: [
      'Activate the next key: POST /api/v1/authorizationServers/{id}/resourceservercredentials/keys/{keyId}/lifecycle/activate. The old one rests then.',
      'Delete the old one once no token that was encrypted with it is in use.',
    ],
    operations: ['DELETE /api/v1/authorizationServers/{id}/resourceservercredentials/keys/{keyId}'],
    wire: {
      summary: 'Api validation failed: JsonWebKey',
      causes: ["'ACTIVE' keys cannot be deleted. Activate another key before deleting this one."],
    },
    sources: [
      { mark: 'documented', where: "Okta's OpenAPI description, example ErrorDeleteCustomAsActiveJsonWebKey" },
      { mark: 'reported', where: 'okta/okta-sdk-dotnet, OAuth2ResourceServerCredentialsKeysApiTests.cs (status)' },
    ],
    proof: {
      given: [
        call('POST /api/v1/authorizationServers', { body: payments, keep: { server: '/id' } }),
        call(`POST ${keys}`, { body: encryptionKey, keep: { key: '/id' } }),
        call(`POST ${keys}/{key}/lifecycle/activate`),
      ],
      call: call(`DELETE ${keys}/{key}`),
      cure: [call(`POST ${keys}/{key}/lifecycle/deactivate`)],
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
} as const satisfies Record<string, Cause>
