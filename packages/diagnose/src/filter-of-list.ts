// Which attributes may stand in the `filter` of a list, and what finds the rest? For the three lists that people filter
// most; what each of them takes is documented.
import type { Facts } from './facts.ts'
import { shown } from './rules/rule.ts'

interface Filterable {
  attributes: readonly string[]
  /** What finds by other attributes. */
  instead: string
}

const lists: Readonly<Record<string, Filterable>> = {
  '/api/v1/users': {
    attributes: [
      'status',
      'lastUpdated',
      'id',
      'profile.login',
      'profile.email',
      'profile.firstName',
      'profile.lastName',
    ],
    instead: 'Send the same expression as `search=`, which takes every attribute of the profile.',
  },
  '/api/v1/groups': {
    attributes: ['id', 'type', 'lastUpdated', 'lastMembershipUpdated'],
    instead: 'Send the same expression as `search=`, which takes every attribute of the profile.',
  },
  '/api/v1/apps': {
    attributes: ['id', 'status', 'name', 'credentials.signing.kid', 'settings.slo.enabled', 'user.id', 'group.id'],
    instead: 'Find an app by its label with `q=`, which looks at how name and label begin.',
  },
}

/** The attributes of a refused filter that its list does not take, and the steps that follow; undefined where none is. */
export function strangersInFilter(facts: Facts): { names: readonly string[]; steps: readonly string[] } | undefined {
  const list = facts.path !== undefined && Object.hasOwn(lists, facts.path) ? lists[facts.path] : undefined
  const filter = facts.query.get('filter')
  if (!list || filter === null) return undefined
  // Texts in quotes may hold anything.
  const words = filter.slice(0, 4_000).replace(/"(?:[^"\\]|\\.)*"/g, '""')
  const used = [...words.matchAll(/([A-Za-z_][\w.]{0,100})\s+(?:eq|ne|gt|ge|lt|le|sw|co|ew|pr)\b/gi)].map(
    ([, name]) => name!,
  )
  const names = [...new Set(used)].filter((name) => !list.attributes.includes(name)).slice(0, 5)
  if (names.length === 0) return undefined
  const quoted = names.map((name) => `\`${shown(name)}\``).join(' and ')
  return {
    names,
    steps: [
      `This list cannot be filtered by ${quoted}. ${list.instead}`,
      `A filter here takes ${list.attributes.map((name) => `\`${name}\``).join(', ')}.`,
    ],
  }
}
