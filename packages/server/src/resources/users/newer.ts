// Which codes do user operations answer today that the reference does not have? They are raised like the others.
import type { Cause } from '@errorg/errors'
import { failWithNewer } from '../../fail-newer.ts'

const documented = [
  { mark: 'documented', where: 'okta/okta-management-openapi-spec dist/current/management-minimal.yaml' },
] as const

const causes = {
  'etag-outdated': {
    code: 'E0000231',
    kind: 'object-state-forbids-operation',
    says: 'The user was changed since the caller read it: the ETag in If-Match is not that of the present version.',
    fix: ['Read the user again, apply your change to what you read, and send it with the new ETag.'],
  },
  'expired-password-missing': {
    code: 'E0000124',
    kind: 'validation-invalid-value',
    says: 'A user was to be made with an expired password (nextLogin=changePassword), and no password came.',
    fix: ['Send credentials.password.value, or leave nextLogin out.'],
  },
  'expired-password-inactive': {
    code: 'E0000125',
    kind: 'validation-invalid-value',
    says: 'A user was to be made with an expired password (nextLogin=changePassword) and activate=false.',
    fix: ['Send activate=true, or leave nextLogin out.'],
  },
  'too-many-groups': {
    code: 'E0000093',
    kind: 'validation-invalid-value',
    says: 'A user was to be made in more than 20 groups.',
    fix: ['Send up to 20 groupIds, and add the user to the other groups afterwards.'],
  },
  'link-used': {
    code: 'E0000110',
    kind: 'token-expired',
    says: 'The link to confirm an address was opened before, is older than a week, or a newer one has taken its place.',
    fix: ['Ask for the change of the address once more, and open the link in the newest mail.'],
  },
} as const satisfies Record<string, Pick<Cause, 'kind' | 'says' | 'fix'> & { code: string }>

/** Refuses with a code that is younger than the reference. */
export function failNewer(causeId: keyof typeof causes): never {
  const { code, ...cause } = causes[causeId]
  return failWithNewer(code, causeId, 'users', { ...cause, sources: documented })
}
