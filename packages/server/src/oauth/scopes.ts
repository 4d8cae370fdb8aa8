// Which scopes does an authorization server know?
import { operations } from '@errorg/errors/operations'
import { type ServerScope, serverScopes } from '../entities/auth-server.ts'
import type { Org } from '../org.ts'
import type { Server } from './servers.ts'

/** The scopes of OpenID Connect; access policies need not mention them. */
export const openIdScopes: ReadonlySet<string> = new Set([
  'openid',
  'profile',
  'email',
  'address',
  'phone',
  'offline_access',
  'device_sso',
])

/** A scope as a client can ask for it. */
export type KnownScope = Pick<ServerScope, 'name' | 'consent' | 'default' | 'metadataPublish' | 'optional' | 'system'>

/** The `okta.*` scopes, which only the org's own server has. Those of a user's own account stand with no operation. */
export const oktaScopes: ReadonlySet<string> = new Set(
  [
    ...operations.flatMap(({ scopes }) => scopes.filter((scope) => scope.startsWith('okta.'))),
    'okta.users.manage.self',
    'okta.users.read.self',
  ].sort(),
)

const orgScopes: readonly KnownScope[] = [...openIdScopes, 'groups', ...oktaScopes].map((name) => ({
  name,
  consent: 'IMPLICIT',
  default: false,
  metadataPublish: 'ALL_CLIENTS',
  optional: false,
  system: true,
}))

/** All scopes of a server. */
export async function loadScopes(org: Org, server: Server): Promise<readonly KnownScope[]> {
  if (server.isOrg) return orgScopes
  return (await org.state.find(serverScopes, 'server', server.id)).map((row) => row.value)
}
