// What may a custom role, a permission, a set of resources or a binding be?
import { E0000001 } from '@errorg/errors/codes'
import type { RolePermission } from '../../entities/custom-role.ts'
import { fail } from '../../fail.ts'
import {
  checkFields,
  hasLoneOrWide,
  isBlank,
  isObject,
  type JsonObject,
  objectBody,
  objectMember,
  refuseFaults,
  textList,
} from '../../fields.ts'
import { isPermissionName, takesConditions } from '../../gates/custom-roles.ts'
import { labelFields } from './schema.ts'

/** Label and description of a role or a set. */
export function readLabel(body: JsonObject): { label: string; description: string } {
  const faults = checkFields(body, labelFields)
  const missing = ['label', 'description'].filter((field) => isBlank(body[field]))
  refuseFaults([
    // Recorded for the label.
    ...missing.map((field) => ({ field, says: `${capital(field)} must be specified`, kind: 'missing' as const })),
    ...faults,
  ])
  return { label: String(body.label), description: String(body.description) }
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

/** The names of a new role's permissions, each once. */
export function readPermissionNames(body: JsonObject): readonly string[] {
  const names = readTexts(body, 'permissions')
  if (names.length === 0) {
    refuseFaults([{ field: 'permissions', says: 'Permissions must be specified', kind: 'missing' }])
  }
  const unknown = names.filter((name) => !isPermissionName(name))
  if (unknown.length > 0) {
    fail(E0000001, 'permission-unknown', {
      causes: unknown.map((name) => `permissions: Invalid permission: ${shortened(name)}`),
    })
  }
  return [...new Set(names)]
}

/** A permission that a path names. */
export function permissionIsKnown(name: string): void {
  if (!isPermissionName(name)) fail(E0000001, 'permission-unknown', { permission: shortened(name) })
}

/** The conditions of a permission; undefined for none. */
export function readConditions(body: unknown, permission: string): RolePermission['conditions'] {
  if (body === undefined) return undefined
  const conditions = objectMember(objectBody(body), 'conditions')
  if (!conditions) return undefined
  const include = readAttributes(conditions, 'include')
  const exclude = readAttributes(conditions, 'exclude')
  if (!include && !exclude) return undefined
  const refuse = (message: string) => fail(E0000001, 'permission-conditions-refused', { message })
  if (!takesConditions.has(permission)) refuse(`Conditions are not supported for permission ${permission}`)
  if (include && exclude) refuse('Only one of include and exclude is allowed')
  return { include, exclude }
}

function readAttributes(conditions: JsonObject, side: string): Readonly<Record<string, readonly string[]>> | undefined {
  const attributes = objectMember(conditions, side)
  if (!attributes) return undefined
  const entries = Object.entries(attributes).map(([kind, sent]) => {
    const names = textList(sent)
    const odd = [kind, ...names].some((text) => hasLoneOrWide(text) || text.length > 255)
    if (odd || kind !== 'okta:ResourceAttribute/User/Profile' || names.length > 1000) {
      fail(E0000001, 'permission-conditions-refused', { message: `Invalid condition: ${shortened(kind)}` })
    }
    return [kind, names] as const
  })
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

/** A label may be used once. */
export function roleLabelIsFree(holder: { id: string } | undefined, ownId?: string): void {
  if (holder && holder.id !== ownId) fail(E0000001, 'role-label-taken')
}

/** A label may be used once. */
export function setLabelIsFree(holder: { id: string } | undefined, ownId?: string): void {
  if (holder && holder.id !== ownId) fail(E0000001, 'resource-set-label-taken')
}

/** A set holds at most 1,000 resources. (documented) */
const MOST_RESOURCES = 1000

/** The resources that a body names, as they were sent. */
export function readResources(body: unknown, field: 'resources' | 'additions'): readonly string[] {
  const texts = readTexts(objectBody(body), field)
  if (texts.length === 0) {
    refuseFaults([{ field, says: `${capital(field)} must be specified`, kind: 'missing' }])
  }
  return texts
}

/** The set is not fuller than it may be. */
export function setHasRoom(count: number): void {
  if (count <= MOST_RESOURCES) return
  refuseFaults([{ field: 'resources', says: `must not have more than ${MOST_RESOURCES} elements`, kind: 'invalid' }])
}

/** The names that a resource's conditions leave out, as they were sent; undefined where no condition was. */
export function readExclusions(body: JsonObject): readonly string[] | undefined {
  const exclude = objectMember(objectMember(body, 'conditions') ?? {}, 'Exclude')
  return exclude && readTexts(exclude, 'okta:ORN')
}

/** The one resource that a body names. */
export function readOneResource(body: JsonObject): string {
  refuseFaults(checkFields(body, { resourceOrnOrUrl: { type: 'string', required: true, max: 1024 } }))
  return String(body.resourceOrnOrUrl)
}

/** Refuses something that is no resource. */
export function refuseResource(text: string): never {
  return fail(E0000001, 'resource-not-usable', { resource: shortened(text) })
}

/** The members that a body names, as they were sent. */
export function readMembers(body: JsonObject, field: 'members' | 'additions'): readonly string[] {
  const members = readTexts(body, field)
  if (members.length === 0) {
    refuseFaults([{ field, says: `${capital(field)} must be specified`, kind: 'missing' }])
  }
  return members
}

/** What a member is: the kind of holder and its id. */
export function readMember(text: string): { kind: 'users' | 'groups' | 'clients'; id: string } {
  const [, kind, id] =
    /(?:^|\/)(?:api|oauth2)\/v1\/(users|groups|clients)\/([\w.@%+-]{1,100})$/.exec(text) ??
    /^orn:[\w-]+:directory:\w*:(users|groups):(\w{1,100})$/.exec(text) ??
    []
  if (kind === undefined || id === undefined) {
    return fail(E0000001, 'binding-member-not-usable', { member: shortened(text) })
  }
  return { kind: kind as 'users', id }
}

function readTexts(body: JsonObject, field: string): readonly string[] {
  const list = textList(body[field] ?? [])
  if (list.length > 10_000) refuseFaults([{ field, says: 'has too many elements', kind: 'invalid' }])
  return list
}

/** A text from a body, fit for a sentence. */
function shortened(text: string): string {
  return hasLoneOrWide(text) ? '(unreadable)' : text.slice(0, 200)
}

/** Is this an object at all? */
export function bodyOf(body: unknown): JsonObject {
  return isObject(body) ? body : objectBody(body)
}
