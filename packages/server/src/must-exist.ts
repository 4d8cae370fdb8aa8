// Is what a body names there? Conditions of policies and rules name other things by id.
import { E0000001 } from '@errorg/errors/codes'
import { apps } from './entities/app.ts'
import { deviceAssurances } from './entities/device-assurance.ts'
import { findClient } from './entities/find-app.ts'
import { groups } from './entities/group.ts'
import { idps } from './entities/idp.ts'
import { users } from './entities/user.ts'
import { zones } from './entities/zone.ts'
import { fail } from './fail.ts'
import { hasLoneOrWide, isObject, type JsonObject } from './fields.ts'
import type { Org } from './org.ts'

/** Things of a kind that one field names. */
export interface Named {
  field: string
  what: keyof typeof finders
  ids: readonly string[]
}

const finders = {
  group: (org: Org, id: string) => org.state.load(groups, id),
  user: (org: Org, id: string) => org.state.load(users, id),
  'network zone': (org: Org, id: string) => org.state.load(zones, id),
  'device assurance policy': (org: Org, id: string) => org.state.load(deviceAssurances, id),
  client: (org: Org, id: string) => findClient(org, id),
  'profile source': async (org: Org, id: string) =>
    (await org.state.load(apps, id)) ?? (await org.state.load(idps, id)),
} as const

// Words that stand for all things of a kind.
const everything: ReadonlySet<string> = new Set(['EVERYONE', 'ALL_ZONES', 'ALL_CLIENTS'])

/** Refuses names of what is not there, all of them together. (inferred, as recorded for other ids in bodies) */
export async function mustExist(org: Org, named: readonly Named[]): Promise<void> {
  const causes: string[] = []
  for (const { field, what, ids } of named) {
    for (const id of ids) {
      if (everything.has(id) || (await finders[what](org, id))) continue
      const shown = hasLoneOrWide(id) ? '(unreadable)' : id.slice(0, 100)
      causes.push(`${field}: There is no ${what} with the id ${shown}.`)
    }
  }
  if (causes.length > 0) fail(E0000001, 'reference-unknown', { field: causes[0]!.split(':')[0], causes })
}

/** What the conditions of a policy or a rule name. Their form has been checked. */
export function namedIn(conditions: JsonObject | null): Named[] {
  const people = member(conditions, 'people')
  const device = member(conditions, 'device')
  return [
    ...sidesOf(member(people, 'users'), 'conditions.people.users', 'user'),
    ...sidesOf(member(people, 'groups'), 'conditions.people.groups', 'group'),
    ...sidesOf(member(conditions, 'network'), 'conditions.network', 'network zone'),
    ...sidesOf(member(device, 'assurance'), 'conditions.device.assurance', 'device assurance policy'),
  ]
}

const member = (value: unknown, name: string): unknown => (isObject(value) ? value[name] : undefined)

function sidesOf(sides: unknown, field: string, what: Named['what']): Named[] {
  return ['include', 'exclude'].flatMap((side) => {
    const ids = member(sides, side)
    return Array.isArray(ids) ? [{ field: `${field}.${side}`, what, ids: ids as string[] }] : []
  })
}
