// Which rules about the keys and secrets of OAuth clients can a request break? Causes of E0000001.
import type { Cause } from '../../define.ts'
import { call } from '../../proofs/step.ts'
import { publicKey, serviceClient } from './service-client.ts'

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
const otherKey = {
  kid: 'second',
  kty: 'EC',
  crv: 'P-256',
  x: 'Vk7Zu3XUhXvbG94RDeS0npyLd4nzjFwDUQNdD_sCw8s',
  y: '0dUhYtElVSYaCyrgGVtNDlx36KZi-c4_Zc2iwiygros',
}

/** Causes of E0000001 in this part of the API. */
export const clientsCauses = {
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
} as const satisfies Record<string, Cause>
