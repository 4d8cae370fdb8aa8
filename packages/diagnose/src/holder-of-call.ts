// Does the call change what may hold an admin role itself: a user, a group, a service app, or what is theirs? Such
// targets are left to super admins, and nothing in the answer says that the target is one.
import { isRecord } from './evidence.ts'
import type { Facts } from './facts.ts'

/** Changes that any role which covers the target may make, even of an administrator, and those of roles themselves. */
const OPEN = /\/(?:roles|grants|sessions|subscriptions)(?:\/|$)|\/lifecycle\/(?:activate|suspend|unsuspend)$/

const HELD: readonly RegExp[] = [
  /^\/api\/v1\/users\/(?!me(?:\/|$))[^/]+(?:\/|$)/,
  /^\/api\/v1\/api-tokens\/(?!current$)[^/]+$/,
  /^\/api\/v1\/groups\/(?!rules(?:\/|$))[^/]+(?:$|\/(?:users|owners)(?:\/|$))/,
  // Who is assigned to an app is no change of the app.
  /^\/api\/v1\/apps\/[^/]+(?:$|\/(?!(?:users|groups)(?:\/|$)))/,
  /^\/oauth2\/v1\/clients\/[^/]+(?:\/|$)/,
]

/** Whether the target of the call may be an administrator, or something that makes administrators. */
export function changesHolder({ method, path, requestBody }: Pick<Facts, 'method' | 'path' | 'requestBody'>): boolean {
  if (method === undefined || path === undefined || method === 'GET' || method === 'HEAD') return false
  if (OPEN.test(path)) return false
  return HELD.some((one) => one.test(path)) || (fillsGroups(path) && method !== 'DELETE' && namesGroups(requestBody))
}

/** Whoever is made here, or comes in by it, may be put into groups. */
const fillsGroups = (path: string): boolean => /^\/api\/v1\/(?:users|idps(?:\/[^/]+)?)$/.test(path)

function namesGroups(body: unknown): boolean {
  if (!isRecord(body)) return false
  return 'groupIds' in body || 'policy' in body
}
