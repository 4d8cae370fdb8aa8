// Which authorization server does a request speak to: the org's own, or a custom one?
import { E0000007 } from '@errorg/errors/codes'
import { authServers, ORG_SERVER } from '../entities/auth-server.ts'
import { fail } from '../fail.ts'
import type { Exchange } from '../http/exchange.ts'
import type { Org } from '../org.ts'

/** How long tokens live where no rule of an access policy says else. */
export interface Lifetimes {
  accessTokenMinutes: number
  idTokenMinutes: number
  refreshTokenMinutes: number
  /** How long a refresh token may lie unused. */
  refreshTokenWindowMinutes: number
}

/** An authorization server. */
export interface Server {
  /** `org`, or the id of a custom server. */
  id: string
  isOrg: boolean
  issuer: string
  /** The `aud` of its access tokens. */
  audience: string
  status: 'ACTIVE' | 'INACTIVE'
  lifetimes: Lifetimes
}

// Documented: access and ID tokens 60 minutes, refresh tokens of the org server 90 days, unused for 7 days.
const lifetimes: Lifetimes = {
  accessTokenMinutes: 60,
  idTokenMinutes: 60,
  refreshTokenMinutes: 90 * 24 * 60,
  refreshTokenWindowMinutes: 7 * 24 * 60,
}

/** The server with this id; undefined when there is none. */
export async function loadServer(org: Org, id: 'org' | (string & {})): Promise<Server | undefined> {
  if (id === ORG_SERVER) {
    const issuer = org.baseUrl
    return { id, isOrg: true, issuer, audience: issuer, status: 'ACTIVE', lifetimes }
  }
  const row = await org.state.load(authServers, id)
  if (!row) return undefined
  const { audiences, status } = row.value
  return { id, isOrg: false, issuer: issuerOf(org, id), audience: audiences[0] ?? '', status, lifetimes }
}

/** The server that a request names in its path (`authorizationServerId`), or the org's own where it names none. */
export async function serverOf(org: Org, x: Exchange): Promise<Server> {
  const id = x.params.authorizationServerId
  if (id === undefined) return (await loadServer(org, ORG_SERVER))!
  const server = id === ORG_SERVER ? undefined : await loadServer(org, id)
  return server ?? fail(E0000007, 'authorization-server-missing', { id, type: 'AuthorizationServer' })
}

/** The issuer of a custom server. */
export const issuerOf = (org: Org, serverId: string): string => `${org.baseUrl}/oauth2/${serverId}`
