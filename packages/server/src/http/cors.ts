// Which pages of other origins may read an answer? A browser asks the headers that are made here; without an Origin
// header nothing of this happens.
import type { Org } from '../org.ts'
import { isTrustedOrigin, originOf } from '../origins.ts'
import type { Route, RouteTable } from '../routes.ts'
import { corsOperations, publicDocuments } from './cors-operations.ts'
import type { Answer, Exchange } from './exchange.ts'
import type { Rendered } from './render.ts'

type HeaderLines = readonly (readonly [string, string])[]

// The value differs from caller to caller: no cache may give one page the answer of another.
const VARY = ['vary', 'Origin'] as const

const TOKEN = /^\/oauth2(?:\/:\w+)?\/v1\/(?:token|par)$/
const USERINFO = /^\/oauth2(?:\/:\w+)?\/v1\/userinfo$/

/** Adds what lets the page read this answer. Refusals before the handler have none (reported), so pages cannot read them. */
export async function addCors(org: Org, x: Exchange, rendered: Rendered): Promise<void> {
  const origin = originHeader(x)
  if (origin === undefined || x.stage !== 'handler' || x.method === 'OPTIONS') return
  for (const [name, value] of await readersOf(org, x, origin)) rendered.headers.push(name, value)
}

async function readersOf(org: Org, x: Exchange, origin: string): Promise<HeaderLines> {
  const { route } = x
  if (publicDocuments.has(route.operation ?? '')) return [['access-control-allow-origin', '*']]
  if (TOKEN.test(route.template)) {
    // Whoever may be sent the code may redeem it (documented); the org's trusted origins may too (inferred).
    const mine = x.seen?.client?.value.oauth?.redirectUris.some((uri) => originOf(uri) === origin)
    return mine || (await isTrustedOrigin(org, origin, 'CORS')) ? trusted(origin) : [VARY]
  }
  if (corsOperations.has(route.operation ?? '') || isSignIn(route)) {
    if (await isTrustedOrigin(org, origin, 'CORS')) return trusted(origin)
  }
  // An access token is no cookie: nobody sends it without meaning to, so no origin has to be trusted (documented).
  const withToken = x.caller?.kind === 'ACCESS_TOKEN' || (USERINFO.test(route.template) && x.seen?.client)
  return withToken ? [['access-control-allow-origin', origin], VARY] : [VARY]
}

// The three that recorded answers carry.
const trusted = (origin: string): HeaderLines => [
  ['access-control-allow-origin', origin],
  ['access-control-allow-credentials', 'true'],
  ['access-control-allow-headers', 'Content-Type'],
  VARY,
]

// The Authentication API is made for pages; it stands in no OpenAPI file.
const isSignIn = (route: Route): boolean => route.template.startsWith('/api/v1/authn')

/** Is this what a browser asks before it sends a page's request? */
export function isPreflight(x: Exchange): boolean {
  const { headers } = x.incoming
  return (
    x.method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined
  )
}

/** The route of preflights. Their number is nobody's: a page does not use up a share by asking. */
export const preflightRoute: Route = {
  on: 'OPTIONS /',
  method: 'OPTIONS',
  template: '/',
  needs: 'anyone',
  answers: ['*/*'],
  whileReadOnly: true,
  bucket: undefined,
  info: undefined,
  built: true,
  handle: answerPreflight,
}

async function answerPreflight(org: Org, x: Exchange): Promise<Answer> {
  const origin = originHeader(x) ?? ''
  const { headers } = x.incoming
  const route = org.routes.find(String(headers['access-control-request-method']), x.path)?.route
  const asked = String(headers['access-control-request-headers'] ?? '')
  const allow: HeaderLines = [['allow', [...org.routes.methodsOf(x.path), 'OPTIONS'].join(', ')]]
  const readers = route ? await preflightReaders(org, route, origin, asked) : undefined
  if (!readers) return { status: 200, text: '', headers: [...allow, VARY] }
  const methods = corsMethods(org.routes, x.path)
  return {
    status: 200,
    text: '',
    headers: [
      ['access-control-allow-origin', readers.origin],
      ['access-control-allow-methods', `${methods.join(', ')}, OPTIONS`],
      ...(readers.credentials ? ([['access-control-allow-credentials', 'true']] as const) : []),
      ['access-control-max-age', '3600'],
      ['access-control-allow-headers', asked === '' ? 'Content-Type' : `${printable(asked)},Content-Type`],
      ...allow,
      VARY,
    ],
  }
}

type Readers = { origin: string; credentials: boolean }

async function preflightReaders(org: Org, route: Route, origin: string, asked: string): Promise<Readers | undefined> {
  const operation = route.operation ?? ''
  if (publicDocuments.has(operation)) return { origin: '*', credentials: false }
  // Nobody knows yet which client is going to call: every origin hears yes (documented).
  if (TOKEN.test(route.template)) return { origin, credentials: true }
  if ((corsOperations.has(operation) || isSignIn(route)) && (await isTrustedOrigin(org, origin, 'CORS'))) {
    return { origin, credentials: true }
  }
  const bringsToken = /(?:^|[,\s])authorization(?:[,\s]|$)/i.test(asked)
  return bringsToken && route.info && route.info.scopes.length > 0 ? { origin, credentials: false } : undefined
}

// Methods that pages may use at all; a path may have others.
function corsMethods(routes: RouteTable, path: string): string[] {
  return routes.methodsOf(path).filter((method) => {
    const route = routes.find(method, path)?.route
    if (!route) return false
    const operation = route.operation ?? ''
    return (
      corsOperations.has(operation) ||
      publicDocuments.has(operation) ||
      isSignIn(route) ||
      TOKEN.test(route.template) ||
      (route.info?.scopes.length ?? 0) > 0
    )
  })
}

// As a browser writes it; anything else is no origin that could be trusted.
function originHeader(x: Exchange): string | undefined {
  const { origin } = x.incoming.headers
  const text = Array.isArray(origin) ? origin[0] : origin
  return text === undefined ? undefined : originOf(text)
}

const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, '').slice(0, 1000)
