// Which codes does the Authentication API answer that the reference does not have?
import type { Cause } from '@errorg/errors'
import { failWithNewer } from '../../fail-newer.ts'

const causes = {
  'step-not-allowed': {
    code: 'E0000079',
    kind: 'object-state-forbids-operation',
    says: 'The sign-in that the state token stands for is at another step.',
    fix: ['Read the state: POST /api/v1/authn with the stateToken. Follow one of the links that it shows.'],
  },
  'answer-wrong': {
    code: 'E0000087',
    kind: 'credentials-invalid',
    says: 'The answer to the recovery question is wrong.',
    fix: ['Let the user answer again. Case does not count, spelling does.'],
  },
  'user-unknown': {
    code: 'E0000095',
    kind: 'resource-not-found',
    says: 'Nobody in the org has this username. Only a trusted app, which sends an API token, is told so.',
    fix: ['Compare the username with the login of the user: GET /api/v1/users/{login}.'],
  },
} as const satisfies Record<string, Pick<Cause, 'kind' | 'says' | 'fix'> & { code: string }>

const sources = [{ mark: 'documented', where: 'okta/okta-developer-docs docs/reference/api/authn' }] as const

/** Refuses with a code that is younger than the reference. */
export function failNewer(causeId: keyof typeof causes): never {
  const { code, ...cause } = causes[causeId]
  return failWithNewer(code, causeId, 'authentication', { ...cause, sources })
}
