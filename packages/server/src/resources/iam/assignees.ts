// Which users have administrator roles of their own?
import { roleAssignments } from '../../entities/role-assignment.ts'
import { type Exchange, ok } from '../../http/exchange.ts'
import { readPage } from '../../lists/page.ts'
import type { Org } from '../../org.ts'

/** Lists users who were given a role themselves; not those who come to it through a group. */
export async function listAssignees(org: Org, x: Exchange) {
  const { after = '', limit } = readPage(org, x, { standard: 100, most: 200, prefix: '00u' })
  const rows = await org.state.scan(roleAssignments)
  const ids = new Set(rows.flatMap(({ value }) => (value.holder === 'USER' ? [value.holderId] : [])))
  const left = [...ids].filter((id) => id > after).sort()
  const page = left.slice(0, limit)
  const next = `${org.baseUrl}${x.path}?after=${page.at(-1)}&limit=${limit}`
  const value = page.map((id) => ({
    id,
    orn: `orn:okta:directory:${org.fixed.orgId}:users:${id}`,
    _links: {
      self: { href: `${org.baseUrl}/api/v1/users/${id}` },
      roles: { href: `${org.baseUrl}/api/v1/users/${id}/roles` },
    },
  }))
  // Recorded: without a next page there are no links.
  return ok(left.length > limit ? { value, _links: { next: { href: next } } } : { value })
}
