// Has a user changed since the caller read it?
import type { User } from '../../entities/user.ts'
import type { Exchange } from '../../http/exchange.ts'
import type { Stored } from '../../state/state.ts'
import { failNewer } from './newer.ts'

/** The weak entity tag of a user's present version. */
export function etagOf({ version }: Stored<User>): string {
  return `W/"${version.toString(16).padStart(16, '0')}"`
}

/** Refuses with 412 when If-Match names another version. */
export function checkETag(x: Exchange, user: Stored<User>): void {
  const header = x.incoming.headers['if-match']
  const text = Array.isArray(header) ? header.join(',') : header
  if (text === undefined || text.trim() === '*') return
  // Strong or weak, the tag is the same: what is compared is the opaque part (RFC 9110, 8.8.3.2, weak comparison).
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '')
  if (!text.split(',').some((tag) => opaque(tag) === opaque(etagOf(user)))) failNewer('etag-outdated')
}
