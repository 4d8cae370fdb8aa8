// Which operation is meant by a method and a path? One table for the whole process: routes are data, the org that
// they act on is a parameter.
import { type Operation, operations } from '@errorg/errors/operations'
import FindMyWay from 'find-my-way'
import type { Permission } from './gates/permissions.ts'
import type { Answer, Exchange } from './http/exchange.ts'
import { bucketFor } from './limits/bucket-for.ts'
import type { Bucket } from './limits/buckets.ts'
import type { Org } from './org.ts'

/** What answers a request. */
export type Handle = (org: Org, x: Exchange) => Promise<Answer>

/** A row of a resource's routes. */
export interface RouteRow {
  /** `GET /api/v1/users/:userId` */
  on: string
  /** The operation's id in the published description; undefined for what it lacks. */
  operation?: string
  /** What an administrator must be allowed to do. `anyone` needs no credentials; `self` is open to every caller. */
  needs: Permission | 'anyone' | 'self'
  /** A feature of the org without which the operation answers E0000015. */
  feature?: string
  /** Media types it answers with; default JSON. */
  answers?: readonly string[]
  /** Media types it accepts; default JSON. */
  takes?: readonly string[]

  /** `json`: a body must come; `optional`: may come. Absent: what comes is not read. */
  body?: 'json' | 'optional'
  /** Works in read-only mode although it is no GET. */
  whileReadOnly?: boolean
  handle: Handle
}

/** A row with what can be worked out once. */
export interface Route extends RouteRow {
  method: string
  template: string
  bucket: Bucket | undefined
  info: Operation | undefined
  built: boolean
}

/** Finds the route of a request, or says which methods the path has. */
export interface RouteTable {
  find(method: string, path: string): { route: Route; params: Record<string, string> } | undefined
  methodsOf(path: string): string[]
  readonly routes: readonly Route[]
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'] as const

/** Builds the table from the resources' rows; operations that nobody built are rows too, answered with 501. */
export function createRouteTable(rows: readonly RouteRow[], notBuilt: Handle): RouteTable {
  const router = FindMyWay({ maxParamLength: 4096, caseSensitive: true, ignoreTrailingSlash: false })
  const routes: Route[] = []
  const seen = new Set<string>()
  const byId = new Map(operations.map((operation) => [operation.id, operation]))

  const place = (row: RouteRow, built: boolean): void => {
    const space = row.on.indexOf(' ')
    const method = row.on.slice(0, space)
    const template = row.on.slice(space + 1)
    const key = `${method} ${template.replace(/:\w+/g, ':')}`
    if (seen.has(key)) return
    seen.add(key)
    const info = row.operation === undefined ? undefined : byId.get(row.operation)
    if (row.operation !== undefined && !info) throw new Error(`no operation is called ${row.operation}`)
    const route: Route = { ...row, method, template, bucket: bucketFor(method, template), info, built }
    routes.push(route)
    router.on(method as 'GET', template, () => undefined, route)
  }

  for (const row of rows) place(row, true)
  for (const operation of operations) {
    const template = operation.path.replace(/\{(\w+)\}/g, ':$1')
    place({ on: `${operation.method} ${template}`, operation: operation.id, needs: 'self', handle: notBuilt }, false)
  }

  const lookUp = (method: string, path: string) => {
    const found = router.find(method as 'GET', path)
    if (!found) return undefined
    const params = found.params as Record<string, string>
    // `/api/v1/users/` would match `:userId` with an empty id; Okta treats it as the collection.
    for (const name in params) if (params[name] === '') return undefined
    return { route: found.store as Route, params }
  }
  const trimmed = (path: string) => (path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path)

  return {
    routes,
    find: (method, path) => lookUp(method, path) ?? (path.endsWith('/') ? lookUp(method, trimmed(path)) : undefined),
    methodsOf: (path) => METHODS.filter((method) => lookUp(method, path) ?? lookUp(method, trimmed(path))),
  }
}
