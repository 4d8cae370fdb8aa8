// What do custom roles, their permissions, sets of resources and bindings look like on the wire?
import { isoDate } from '../../clock.ts'
import type { CustomRole, RolePermission } from '../../entities/custom-role.ts'
import { ornOf, type ResourceSet, type SetResource } from '../../entities/resource-set.ts'
import type { RoleAssignment } from '../../entities/role-assignment.ts'
import type { FieldTable } from '../../fields.ts'
import { type Answer, type Exchange, ok } from '../../http/exchange.ts'
import { idCursor, type PageQuery } from '../../lists/page.ts'
import type { Org } from '../../org.ts'
import type { Stored } from '../../state/state.ts'

/** What roles and sets have in common. Okta says of the label itself that it is missing. */
export const labelFields: FieldTable = {
  label: { type: 'string', max: 255 },
  description: { type: 'string', max: 1024 },
}

/** Where the API keeps all this. */
const iamUrl = (org: Org): string => `${org.baseUrl}/api/v1/iam`

/** A custom role as Okta shows it. */
export function showRole(org: Org, { id, value }: Stored<CustomRole>): Record<string, unknown> {
  const self = `${iamUrl(org)}/roles/${id}`
  return {
    id,
    label: value.label,
    description: value.description,
    created: isoDate(value.createdAt),
    lastUpdated: isoDate(value.lastUpdatedAt),
    isCloneable: true,
    _links: { permissions: { href: `${self}/permissions` }, self: { href: self } },
  }
}

/** A permission of a role. */
export function showPermission(org: Org, roleId: string, permission: RolePermission): Record<string, unknown> {
  const role = `${iamUrl(org)}/roles/${roleId}`
  return {
    label: permission.name,
    ...(permission.conditions && { conditions: permission.conditions }),
    created: isoDate(permission.createdAt),
    lastUpdated: isoDate(permission.lastUpdatedAt),
    _links: { role: { href: role }, self: { href: `${role}/permissions/${permission.name}` } },
  }
}

/** A set of resources. */
export function showSet(org: Org, { id, value }: Stored<ResourceSet>): Record<string, unknown> {
  const self = setUrl(org, id)
  return {
    id,
    label: value.label,
    description: value.description,
    created: isoDate(value.createdAt),
    lastUpdated: isoDate(value.lastUpdatedAt),
    _links: {
      self: { href: self },
      resources: { href: `${self}/resources` },
      bindings: { href: `${self}/bindings` },
    },
  }
}

/** The URL of a set. */
export const setUrl = (org: Org, setId: string): string => `${iamUrl(org)}/resource-sets/${setId}`

/** A resource of a set. `self` leads to the thing itself. */
export function showResource(org: Org, setId: string, resource: SetResource): Record<string, unknown> {
  const href = urlOf(org, resource.name)
  const [, kind] = resource.name.split(':')
  const all = resource.name === `directory:${kind}` && (kind === 'users' || kind === 'groups')
  return {
    id: resource.id,
    orn: ornOf(org, resource.name),
    ...(resource.without && {
      conditions: { Exclude: { 'okta:ORN': resource.without.map((name) => ornOf(org, name)) } },
    }),
    created: isoDate(resource.createdAt),
    lastUpdated: isoDate(resource.lastUpdatedAt),
    _links: {
      ...(href !== undefined && { self: { href } }),
      ...(all && { [kind as string]: { href } }),
      resource: { href: `${setUrl(org, setId)}/resources/${resource.id}` },
    },
  }
}

const places: Readonly<Record<string, string>> = {
  users: 'users',
  groups: 'groups',
  realms: 'realms',
  devices: 'devices',
  apps: 'apps',
  authorization_servers: 'authorizationServers',
  identity_providers: 'idps',
  policies: 'policies',
  event_hooks: 'eventHooks',
  inline_hooks: 'inlineHooks',
}

function urlOf(org: Org, name: string): string | undefined {
  const [, kind = '', id, part] = name.split(':')
  const place = Object.hasOwn(places, kind) ? `${org.baseUrl}/api/v1/${places[kind]}` : undefined
  if (place === undefined || id === undefined) return place
  if (kind === 'apps') return part === undefined ? `${place}?filter=name+eq+%22${id}%22` : `${place}/${part}`
  return part === undefined ? `${place}/${id}` : `${place}/${id}/users`
}

/** A binding: one role on one set, with everybody who holds it. */
export function bindingUrl(org: Org, setId: string, roleId: string): string {
  return `${setUrl(org, setId)}/bindings/${roleId}`
}

/** What making or widening a binding answers. */
export function showBindingEdit(org: Org, setId: string, roleId: string): Record<string, unknown> {
  return {
    _links: {
      self: { href: bindingUrl(org, setId, roleId) },
      bindings: { href: `${setUrl(org, setId)}/bindings` },
      'resource-set': { href: setUrl(org, setId) },
    },
  }
}

/** A binding alone. */
export function showBinding(org: Org, setId: string, roleId: string): Record<string, unknown> {
  const self = bindingUrl(org, setId, roleId)
  return {
    id: roleId,
    _links: {
      self: { href: self },
      members: { href: `${self}/members` },
      'resource-set': { href: setUrl(org, setId) },
    },
  }
}

/** A binding in the list of a set's roles. */
export function showBoundRole(org: Org, setId: string, roleId: string): Record<string, unknown> {
  return {
    id: roleId,
    _links: {
      self: { href: `${iamUrl(org)}/roles/${roleId}` },
      members: { href: `${bindingUrl(org, setId, roleId)}/members` },
    },
  }
}

const holderPlaces = { USER: 'api/v1/users', GROUP: 'api/v1/groups', CLIENT: 'oauth2/v1/clients' } as const

/** A member of a binding. */
export function showMember(org: Org, { id, value }: Stored<RoleAssignment>): Record<string, unknown> {
  return {
    id,
    created: isoDate(value.createdAt),
    lastUpdated: isoDate(value.lastUpdatedAt),
    _links: { self: { href: `${org.baseUrl}/${holderPlaces[value.holder]}/${value.holderId}` } },
  }
}

/** A list here is a member of an object; where the next page begins stands in its links, not in a header. */
export function listBody<T extends { id: string }>(
  x: Exchange,
  org: Org,
  name: string,
  rows: readonly T[],
  { after, limit }: PageQuery,
  show: (row: T) => unknown,
  links: Readonly<Record<string, { href: string }>> = {},
): Answer {
  const left = rows.filter((row) => after === undefined || row.id > after)
  const page = left.slice(0, limit)
  const query = new URLSearchParams([['after', idCursor(org, page.at(-1)?.id ?? '')]])
  const asked = x.query.get('limit')
  if (asked) query.append('limit', asked)
  const next = left.length > limit ? { next: { href: `${org.baseUrl}${x.path}?${query}` } } : {}
  return ok({ [name]: page.map(show), _links: { ...links, ...next } })
}
