// Which rules about push providers can a request break? Causes of E0000001.
import type { Cause } from '../../define.ts'
import { call } from '../../proofs/step.ts'

const provider = (name: string) => ({
  providerType: 'APNS',
  name,
  configuration: { keyId: 'ABC123DEFG', teamId: 'DEF123GHIJ', tokenSigningKey: '-----BEGIN EC PRIVATE KEY-----' },
})

/** Causes of E0000001 in this part of the API. */
export const pushProvidersCauses = {
  'push-provider-name-taken': {
    kind: 'duplicate-object',
    says: 'Another push provider of the org has this name already.',
    tellApart: 'The cause is about name and the request went to /api/v1/push-providers.',
    fix: [
      'List the providers: GET /api/v1/push-providers, and update the one with this name.',
      'Otherwise choose another name, or delete the old provider first.',
    ],
    operations: ['POST /api/v1/push-providers', 'PUT /api/v1/push-providers/{id}'],
    wire: {
      summary: 'Api validation failed: name',
      causes: ['name: An object with this field already exists in the current organization'],
    },
    sources: [
      {
        mark: 'documented',
        where:
          'Push Providers reference: "Each Push Provider must have a unique name" (the text on the wire is inferred)',
      },
    ],
    proof: {
      given: [call('POST /api/v1/push-providers', { body: provider('To phones'), keep: { provider: '/id' } })],
      call: call('POST /api/v1/push-providers', { body: provider('To phones') }),
      cure: [call('DELETE /api/v1/push-providers/{provider}')],
    },
  },
} satisfies Record<string, Cause>
