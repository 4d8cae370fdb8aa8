// Which rules about the org's own settings can a request break? Causes of E0000001.
import type { Cause } from '../../define.ts'
import { call } from '../../proofs/step.ts'

const account = { accountId: '0200bs0617vvhv2v675mch1cukp' }

/** Causes of E0000001 in this part of the API. */
export const orgCauses = {
  'aerial-consent-exists': {
    kind: 'duplicate-object',
    says: 'The org has given its consent to an Aerial account already; one is all that it can give.',
    tellApart: 'The path ends in /privacy/aerial/grant, and the cause speaks of a consent grant.',
    fix: [
      'See whose it is: GET /api/v1/org/privacy/aerial.',
      'If it is the account you meant, there is nothing to do. Otherwise revoke it first: POST /api/v1/org/privacy/aerial/revoke with its accountId.',
    ],
    operations: ['POST /api/v1/org/privacy/aerial/grant'],
    wire: {
      summary: 'Api validation failed: account',
      causes: ['The org already has a consent grant added to Aerial.'],
    },
    sources: [
      { mark: 'documented', where: 'Org settings reference, example "Grant is already present" of the Aerial consent' },
    ],
    proof: {
      given: [call('POST /api/v1/org/privacy/aerial/grant', { body: account })],
      call: call('POST /api/v1/org/privacy/aerial/grant', { body: account }),
      cure: [call('POST /api/v1/org/privacy/aerial/revoke', { body: account })],
    },
  },
} as const satisfies Record<string, Cause>
