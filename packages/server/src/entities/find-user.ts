// Which user is meant by the name in a path: an id, a login, the part of a login before the @, or `me`?
import { E0000007 } from '@errorg/errors/codes'
import { fail } from '../fail.ts'
import { ownUserId } from '../gates/own.ts'
import type { Exchange } from '../http/exchange.ts'
import type { Org } from '../org.ts'
import type { Stored } from '../state/state.ts'
import { loginKey, shortName, type User, users } from './user.ts'

/** The user, or E0000007 with the name as it was understood. */
export async function findUser(org: Org, x: Exchange, name: string): Promise<Stored<User>> {
  const ownId = name === 'me' ? ownUserId(x) : undefined
  const own = ownId === undefined ? undefined : await org.state.load(users, ownId)
  if (own) return own
  return (
    (await org.state.load(users, name)) ??
    (await org.state.holder(users, loginKey(name))) ??
    (await byShortName(org, name)) ??
    fail(E0000007, 'resource-missing', { id: name, type: 'User' })
  )
}

// A short name that two logins begin with names nobody.
async function byShortName(org: Org, name: string): Promise<Stored<User> | undefined> {
  if (name.includes('@')) return undefined
  const found = await org.state.find(users, 'shortName', shortName(name), { limit: 2 })
  return found.length === 1 ? found[0] : undefined
}
