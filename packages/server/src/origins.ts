// Is this place one that the org trusts? Asked for pages that call the API.
import { type OriginScope, originKey, plainOrigin, trustedOrigins } from './entities/trusted-origin.ts'
import type { Org } from './org.ts'

/** Does an active trusted origin with this scope say so? */
export async function isTrustedOrigin(org: Org, origin: string, scope: OriginScope): Promise<boolean> {
  const found = (await org.state.holder(trustedOrigins, originKey(origin)))?.value
  return found?.status === 'ACTIVE' && found.scopes.some(({ type }) => type === scope)
}

/** Who may show the pages of the org in a frame, as `frame-ancestors` has it: itself, and origins that are trusted with it. */
export async function framersOf(org: Org): Promise<string> {
  const trusted = org.state.lacks(trustedOrigins) ? [] : await org.state.scan(trustedOrigins)
  const embedding = trusted.filter(
    ({ value }) => value.status === 'ACTIVE' && value.scopes.some(({ type }) => type === 'IFRAME_EMBED'),
  )
  return ["'self'", ...embedding.map(({ value }) => plainOrigin(value.origin))].join(' ')
}

/** The origin of an absolute address; undefined for anything else. */
export function originOf(url: string): string | undefined {
  const [, scheme, authority] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#\\]+)/i.exec(url) ?? []
  // What stands before an @ is no part of the host: `https://trusted@evil` goes to evil.
  return scheme && authority && !authority.includes('@') ? `${scheme}://${authority}`.toLowerCase() : undefined
}
