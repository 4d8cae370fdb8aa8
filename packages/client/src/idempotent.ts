// Does sending this call twice do no more than sending it once? The method tells, but for what Okta does differently.

// RFC 9110 section 9.2.2.
const idempotentMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'])

// The first DELETE of a user deactivates, the second deletes for good.
const deleteUser = /^\/api\/v1\/users\/[^/]+\/?$/

/** Whether the call may be sent again although it may have been carried out. `known` is what the caller says. */
export function isIdempotent(method: string, path: string, known?: boolean): boolean {
  if (known !== undefined) return known
  if (method === 'DELETE' && deleteUser.test(path)) return false
  return idempotentMethods.has(method)
}
