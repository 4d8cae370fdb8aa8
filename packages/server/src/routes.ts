// Which operation is meant by a method and a path? One table for the whole process: routes are data, the org that
// they act on is a parameter.
import { type Operation, operations } from '@errorg/errors/operations'
import type { Permission } from './gates/permissions.ts'
import type { Answer, Exchange } from './http/exchange.ts'
import { bucketFor } from './limits/bucket-for.ts'
import type { Bucket } from './limits/buckets.ts'
import type { Org } from './org.ts'
import { FindMyWay } from './required.ts'

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
  /** Callers whom the path names may do it too, without any role. */
  ownToo?: boolean
  /** An access token whose scope is the own account alone will do for them: it is for the profile (documented). */
  ownScopes?: boolean
  /** A feature of the org without which the operation answers E0000015. */
  feature?: string
  /** Media types it answers with; default JSON. */
  answers?: readonly string[]
  /** Media types it accepts; default JSON. */
  takes?: readonly string[]

  /**
   * `json`: a body must come; `optional`: may come; `bytes`: it is handed over as it arrived, a Uint8Array. Absent: what
   * comes is not read.
   */
  body?: 'json' | 'optional' | 'bytes'
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

/**
 * Builds the table from the resources' rows; operations that nobody built are rows too, answered with 501. There are
 * eight times as many of these, and placing them takes longer than starting the rest of the org: it is left until a
 * request asks for one, except for those that a built row would take for its own.
 */
export function createRouteTable(rows: readonly RouteRow[], notBuilt: Handle): RouteTable {
  const byId = new Map(operations.map((operation) => [operation.id, operation]))
  const seen = new Set<string>()

  const routeOf = (row: RouteRow, built: boolean): Route | undefined => {
    const space = row.on.indexOf(' ')
    const method = row.on.slice(0, space)
    const template = row.on.slice(space + 1)
    const key = `${method} ${template.replace(/:\w+/g, ':')}`
    if (seen.has(key)) return undefined
    seen.add(key)
    const info = row.operation === undefined ? undefined : byId.get(row.operation)
    if (row.operation !== undefined && !info) throw new Error(`no operation is called ${row.operation}`)
    return { ...row, method, template, bucket: bucketFor(method, template), info, built }
  }

  const near = rows.flatMap((row) => present(routeOf(row, true)))
  const overlaps = createOverlap(near)
  const far: RouteRow[] = []
  for (const operation of operations) {
    const row = rowOf(operation, notBuilt)
    if (overlaps(row.on)) near.push(...present(routeOf(row, false)))
    else far.push(row)
  }

  const nearRouter = createRouter(near)
  let rest: { routes: readonly Route[]; router: Router } | undefined
  const theRest = () => {
    if (!rest) {
      const routes = far.flatMap((row) => present(routeOf(row, false)))
      rest = { routes, router: createRouter(routes) }
    }
    return rest
  }

  const lookUp = (method: string, path: string) => nearRouter(method, path) ?? theRest().router(method, path)
  // A slash at the end says nothing where the collection knows the method (recorded: POST /api/v1/users/). Where it does
  // not, the path gate calls it an empty id (recorded: GET /api/v1/sessions/, a collection that nobody lists). That all
  // other collections do the same is inferred.
  const trimmed = (path: string) => (path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path)

  return {
    get routes() {
      return [...near, ...theRest().routes]
    },
    find: (method, path) => lookUp(method, path) ?? (path.endsWith('/') ? lookUp(method, trimmed(path)) : undefined),
    methodsOf: (path) => METHODS.filter((method) => lookUp(method, path) ?? lookUp(method, trimmed(path))),
  }
}

type Router = (method: string, path: string) => { route: Route; params: Record<string, string> } | undefined

// A router for each room of the API, `/api/v1/users` and so on, made when a request first comes to it: placing all
// routes takes a tenth of the start.
function createRouter(routes: readonly Route[]): Router {
  if (routes.some(({ template }) => template.startsWith(`${API}:`))) return createRoomRouter(routes)
  const rooms = new Map<string, { routes: Route[]; router?: Router }>()
  for (const route of routes) {
    const name = roomOf(route.template)
    const room = rooms.get(name)
    if (room) room.routes.push(route)
    else rooms.set(name, { routes: [route] })
  }
  return (method, path) => {
    const room = rooms.get(roomOf(path))
    if (!room) return undefined
    room.router ??= createRoomRouter(room.routes)
    return room.router(method, path)
  }
}

const API = '/api/v1/'

/** The word after the API's prefix; what is elsewhere is one room. */
function roomOf(path: string): string {
  if (path.startsWith(API)) {
    const end = path.indexOf('/', API.length)
    const name = path.slice(API.length, end === -1 ? undefined : end)
    if (!name.includes('%')) return name
  } else if (!path.includes('%')) return ''
  const [, api, version, name] = path.split('/', 4).map(decoded)
  return api === 'api' && version === 'v1' ? (name ?? '') : ''
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

function createRoomRouter(routes: readonly Route[]): Router {
  const router = FindMyWay({ maxParamLength: 16_384, caseSensitive: true, ignoreTrailingSlash: false })
  for (const route of routes) router.on(route.method as 'GET', route.template, () => undefined, route)
  return (method, path) => {
    const found = router.find(method as 'GET', path)
    if (!found) return undefined
    const params = found.params as Record<string, string>
    // `/api/v1/users/` would match `:userId` with an empty id; Okta treats it as the collection.
    for (const name in params) if (params[name] === '') return undefined
    return { route: found.store as Route, params }
  }
}

const present = (route: Route | undefined): Route[] => (route ? [route] : [])

function rowOf({ id, method, path }: Operation, handle: Handle): RouteRow {
  return { on: `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`, operation: id, needs: 'self', handle }
}

/** Can one request fit both this method and template and one of these routes? */
function createOverlap(routes: readonly Route[]): (on: string) => boolean {
  const known: string[][][] = []
  for (const { on } of routes) {
    const segments = on.split('/')
    const alike = known[segments.length]
    if (alike) alike.push(segments)
    else known[segments.length] = [segments]
  }
  const fits = (one: string | undefined, other: string) => one === other || one?.includes(':') || other.includes(':')
  return (on) => {
    const segments = on.split('/')
    return (known[segments.length] ?? []).some((route) => segments.every((segment, i) => fits(route[i], segment)))
  }
}
