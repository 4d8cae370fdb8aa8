// Is the user that the path names the one who is asking?
import { loginKey } from '../entities/user.ts'
import type { Exchange } from '../http/exchange.ts'

/**
 * The id of the user who is asking; undefined for a client that acts for itself: its id can be chosen, so that it may be
 * the id of a user.
 */
export function ownUserId({ caller }: Exchange): string | undefined {
  return caller?.clientId === caller?.userId ? undefined : caller?.userId
}

/** Does the path name the caller: by `me`, id or login? A client that acts for itself is no user. */
export function namesCaller(x: Exchange): boolean {
  const { caller, params } = x
  const name = params.id ?? params.userId
  const own = ownUserId(x)
  if (!caller || name === undefined || own === undefined) return false
  return name === 'me' || name === own || loginKey(name) === loginKey(caller.login)
}
