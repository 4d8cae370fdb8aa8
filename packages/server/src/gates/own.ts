// Is the user that the path names the one who is asking?
import { loginKey } from '../entities/user.ts'
import type { Exchange } from '../http/exchange.ts'

/** Does the path name the caller: by `me`, id or login? A client that acts for itself is no user. */
export function namesCaller({ caller, params }: Exchange): boolean {
  const name = params.id ?? params.userId
  if (!caller || name === undefined || caller.clientId === caller.userId) return false
  return name === 'me' || name === caller.userId || loginKey(name) === loginKey(caller.login)
}
