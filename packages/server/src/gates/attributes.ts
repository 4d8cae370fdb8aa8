// Which attributes of a user may the caller see, which may it change? Conditions on the permissions of custom roles say
// so for administrators, the schema for users who act on themselves.
import { E0000006 } from '@errorg/errors/codes'
import type { User } from '../entities/user.ts'
import { userAttributes } from '../entities/user-schema.ts'
import { fail } from '../fail.ts'
import { failWithNewer } from '../fail-newer.ts'
import type { Exchange } from '../http/exchange.ts'
import type { JsonText, Show } from '../http/shown.ts'
import type { Org } from '../org.ts'
import type { Stored } from '../state/state.ts'
import { type Attributes, alwaysSeen, attributesOf, permits } from './custom-roles.ts'
import { ownUserId } from './own.ts'
import { mayDo } from './permissions.ts'
import { grantsOnUser, mayDoEverywhere } from './reach.ts'

type Shown = Pick<Stored<User>, 'id' | 'value'>

/** A user shown as far as the caller may see it. Nobody waits where nothing is kept from the caller. */
export function showSeen(org: Org, x: Exchange, show: Show<User>, user: Stored<User>): JsonText | Promise<JsonText> {
  if (!isLimited(x, user.id)) return org.shown(show, user)
  return userSeen(org, x, user).then((seen) => org.shown(show, seen))
}

/** The user as the caller may see it: the very same where nothing is kept from the caller. */
export async function userSeen<T extends Shown>(org: Org, x: Exchange, user: T): Promise<T> {
  const seen = await attributesFor(org, x, user, 'users.read')
  if (!seen) return user
  const attributes = Object.entries(user.value.profile).filter(([name]) => seen(name))
  return { ...user, value: { ...user.value, profile: Object.fromEntries(attributes) } }
}

/**
 * The attributes that a search may ask for; undefined: all. They must be open to the caller on all users (documented);
 * that others have no value in a search is inferred.
 */
export function attributesToSearch(x: Exchange): Attributes | undefined {
  const held = x.caller?.held ?? []
  if (!held.some(({ custom }) => custom?.conditioned)) return undefined
  if (x.caller && mayDoEverywhere(x.caller, 'users.read')) return undefined
  const limits = held.flatMap(({ custom }) => (custom ? (attributesOf(custom, 'users.read') ?? []) : []))
  return (name) => limits.every((allowed) => allowed(name))
}

/** Is the caller this user, without a role that would let it change the user? */
export async function actsOnItself(org: Org, x: Exchange, user: Shown): Promise<boolean> {
  if (!isOwn(x, user.id)) return false
  const grants = await grantsOnUser(org, x, user, 'users.update')
  return grants !== 'standard-role' && grants.length === 0
}

/** The attributes of the user that the caller may see or change; undefined: all. */
export async function attributesFor(
  org: Org,
  x: Exchange,
  user: Shown,
  needs: 'users.read' | 'users.update',
): Promise<Attributes | undefined> {
  if (!isLimited(x, user.id)) return undefined
  const grants = await grantsOnUser(org, x, user, needs)
  if (grants === 'standard-role') return undefined
  const limits = grants.map((grant) => attributesOf(grant, needs))
  if (isOwn(x, user.id)) limits.push(await ownAttributes(org, user, needs))
  return anyOf(limits)
}

const isOwn = (x: Exchange, userId: string) => x.route.ownToo === true && ownUserId(x) === userId

const isLimited = (x: Exchange, userId: string) =>
  isOwn(x, userId) || x.caller?.held.some(({ custom }) => custom?.conditioned) === true

async function ownAttributes(org: Org, { value }: Shown, needs: string): Promise<Attributes> {
  const schema = await userAttributes(org.state, value.typeId)
  // That hidden ones are kept from this API too, not from the dashboard only, is inferred.
  return needs === 'users.read'
    ? (name) => schema[name]?.self !== 'HIDE'
    : (name) => schema[name]?.self === 'READ_WRITE'
}

// Documented: what one role includes and another excludes is granted.
function anyOf(limits: readonly (Attributes | undefined)[]): Attributes | undefined {
  if (limits.length === 0 || limits.includes(undefined)) return undefined
  return (name) => limits.some((allowed) => allowed!(name))
}

/** Refuses to change an attribute that the caller may not change. */
export function refuseAttribute(attribute: string, itself: boolean): never {
  if (!itself) return fail(E0000006, 'attribute-outside-conditions', { attribute })
  return failWithNewer('E0000077', 'attribute-read-only', 'users', readOnly, { detail: attribute })
}

const readOnly = {
  kind: 'object-state-forbids-operation',
  says: 'A user was to change an attribute of the own profile that the schema lets users only read, or hides from them.',
  fix: [
    'Leave the attribute out, or let an administrator who may edit users change it.',
    'To let users change it themselves: POST /api/v1/meta/schemas/user/{id} with permissions [{"principal": "SELF", "action": "READ_WRITE"}] for the attribute.',
  ],
  sources: [
    {
      mark: 'documented',
      where: 'support.okta.com: Cannot Modify or Delete Okta Attributes Due to Read-Only Permissions',
    },
    { mark: 'documented', where: 'Users reference: a user can only update properties that they have write access for' },
    { mark: 'inferred', where: 'that POST /api/v1/users/me answers with this code' },
  ],
} as const

/** Refuses attributes of a new user that the caller may not set. */
export function maySetAttributes(x: Exchange, names: readonly string[]): void {
  if (!x.caller || mayDo(x.caller.roles, 'users.create')) return
  const limits = x.caller.held.flatMap(({ custom }) =>
    custom && permits(custom, 'users.create', 'users', x.route) ? [attributesOf(custom, 'users.create')] : [],
  )
  const allowed = anyOf(limits)
  // Nobody could be made without these. (inferred)
  const attribute = allowed && names.find((name) => !alwaysSeen.has(name) && !allowed(name))
  if (attribute !== undefined) refuseAttribute(attribute, false)
}
