// Which codes do role assignments answer today where the reference contract has E0000001?
import type { Cause } from '@errorg/errors'
import { failWithNewer } from '../../fail-newer.ts'

const sources = [
  { mark: 'documented', where: "Okta's current list of error codes" },
  {
    mark: 'reported',
    where: 'okta/okta-sdk-dotnet RoleAssignmentAUserApiTests and its like for groups and clients (409 E0000090)',
  },
] as const

const causes = {
  'role-already-assigned': {
    code: 'E0000090',
    kind: 'duplicate-object',
    says: 'The user, group or client has this administrator role already.',
    fix: ['Treat it as done. To be sure, list the roles: GET /api/v1/users/{id}/roles.'],
  },
  'role-takes-no-group-targets': {
    code: 'E0000091',
    kind: 'object-state-forbids-operation',
    says: 'Only the group, help desk and group membership admin roles can be limited to groups, and this is another.',
    fix: ['For APP_ADMIN use /targets/catalog/apps. A custom role has its resource set instead of targets.'],
  },
  'client-is-no-service': {
    code: 'E0000227',
    kind: 'wrong-app-type',
    says: 'An admin role was to be given to an app that people sign in to; only service apps act for themselves.',
    fix: ['Make an app of the type service (API Services) for your program and give the role to it.'],
  },
} as const satisfies Record<string, Pick<Cause, 'kind' | 'says' | 'fix'> & { code: string }>

/** Refuses with a code that is younger than the reference. */
export function failNewer(causeId: keyof typeof causes, detail?: string): never {
  const { code, ...cause } = causes[causeId]
  return failWithNewer(code, causeId, 'authorization', { ...cause, sources }, detail === undefined ? {} : { detail })
}
