// Which faults has somebody asked for? Injected answers and broken lines, to test clients with; never used in
// proofs: an injected answer proves nothing.
import { type ErrorEntry, wireOf } from '@errorg/errors'
import { codes, findNewerCode } from '@errorg/errors/codes'
import { type Facts, Failure } from './fail.ts'
import { challenge, cleared, findOwner } from './gates/caller.ts'
import type { Exchange, Stage } from './http/exchange.ts'
import { holesOf, renderFailure } from './http/render.ts'
import type { BrokenLine, Ending } from './http/walk.ts'
import type { Org } from './org.ts'

/** What somebody asks for. Everything is optional; without `match` it hits every request. */
export interface FaultInput {
  name?: string
  /** `path`: `*` stands for one segment, a final `/**` for all below. `caller`: id of the user whose API token calls. */
  match?: { method?: string; path?: string; caller?: string }
  /**
   * Answers in place of the org: a code (`E0000016`, or with its cause `E0000001/login-taken`) in its genuine shape, or
   * any status, body and headers.
   */
  answer?: { code?: string; status?: number; body?: unknown; headers?: Readonly<Record<string, string>> }
  /** Changes headers of the genuine answer; null takes one away. */
  headers?: Readonly<Record<string, string | null>>
  /** Waits before the answer, in real milliseconds. */
  latencyMs?: number
  /** Never answers, or breaks the connection. */
  line?: 'hang' | 'reset'
  /** Spoils the body of the genuine answer. */
  body?: 'truncated' | 'not-json' | 'html' | 'empty'
  /** Moves the Date header. */
  skewSeconds?: number
  /** How many requests it hits; all when absent. */
  times?: number
  /** How likely it hits, 0 to 1. */
  probability?: number
  /** Only between these moments, in seconds of the org's clock from when it was asked for. */
  fromSeconds?: number
  toSeconds?: number
}

/** A fault that stands. */
export interface Fault extends FaultInput {
  id: string
  name: string
  /** How many requests it has hit. */
  hits: number
  askedAt: number
}

/** A fault that cannot be played. */
export class FaultRefusal extends Error {
  override name = 'FaultRefusal'
}

/** The faults of one org. */
export interface Faults {
  /** Throws FaultRefusal. */
  add(input: FaultInput): Fault
  list(): readonly Fault[]
  remove(id: string): boolean
  clear(): void
  snapshot(): readonly unknown[]
  restore(faults: readonly unknown[]): void
  /** The first fault that applies to this request, counted as used. */
  match(x: Exchange): Promise<Fault | undefined>
  /** Plays it; `go` is what would have happened without. */
  play(fault: Fault, x: Exchange, go: () => Promise<Ending | BrokenLine>): Promise<Ending | BrokenLine>
}

/** Waits; ends early when the caller gives up. */
export type Sleep = (ms: number, signal: AbortSignal | undefined) => Promise<void>

/** Waits in real time. */
export const realSleep: Sleep = (ms, signal) =>
  new Promise((resolve) => {
    if (signal?.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal?.addEventListener('abort', done, { once: true })
  })

// Nobody tests a client with more; a loop that adds them by mistake must not slow every request down.
const MOST = 1_000

/** Makes an empty list of faults. */
export function createFaults(org: () => Org, sleep: Sleep = realSleep): Faults {
  let faults: Fault[] = []
  let count = 0
  return {
    add(input) {
      if (faults.length >= MOST) throw new FaultRefusal(`there are ${MOST} faults already; remove some first`)
      const { code } = input.answer ?? {}
      if (code !== undefined && !findFailure(code)) {
        throw new FaultRefusal(`"${code.slice(0, 80)}" is no error code, or the code has no such cause`)
      }
      count += 1
      const id = `fault-${count}`
      const fault = { ...input, id, name: input.name ?? id, hits: 0, askedAt: org().clock.now() }
      faults.push(fault)
      return fault
    },
    list: () => faults,
    remove(id) {
      const before = faults.length
      faults = faults.filter((fault) => fault.id !== id)
      return faults.length < before
    },
    clear() {
      faults = []
    },
    snapshot: () => faults.map((fault) => ({ ...fault })),
    restore(kept) {
      faults = (kept as Fault[]).map((fault) => ({ ...fault }))
    },
    async match(x) {
      const owner = faults.some((fault) => fault.match?.caller) ? await findOwner(org(), x) : undefined
      // From here on nothing waits: two requests cannot both be the last one that a fault hits.
      const hit = faults.find((fault) => applies(fault, x, owner, org()))
      if (hit) hit.hits += 1
      return hit
    },
    async play(fault, x, go) {
      const { latencyMs, answer: wanted } = fault
      const wait = async () => {
        x.pause = undefined
        if (latencyMs) await sleep(latencyMs, x.incoming.gone?.())
      }
      // A genuine answer is slow in the handler, where it keeps its place among the calls under way; one that is made
      // up, or a broken line, has no place to keep.
      const isGenuine = !fault.line && wanted?.code === undefined && wanted?.status === undefined
      if (isGenuine && latencyMs) x.pause = wait
      else await wait()
      if (fault.line) return { line: fault.line }
      const ending = wanted ? await answer(wanted, x, org(), go) : await go()
      // What was refused on its way to the handler is late too.
      if (x.pause) await wait()
      return ending.line === undefined ? spoil(fault, ending, org()) : ending
    },
  }
}

function applies(fault: Fault, x: Exchange, owner: string | undefined, org: Org): boolean {
  const { match, times, probability, fromSeconds, toSeconds } = fault
  if (times !== undefined && fault.hits >= times) return false
  const sinceSeconds = (x.now - fault.askedAt) / 1000
  if (fromSeconds !== undefined && sinceSeconds < fromSeconds) return false
  if (toSeconds !== undefined && sinceSeconds > toSeconds) return false
  if (match?.method && match.method.toUpperCase() !== x.method) return false
  if (match?.path && !pathFits(match.path, x.path)) return false
  if (match?.caller && match.caller !== owner) return false
  return probability === undefined || org.random(4).readUInt32BE() / 2 ** 32 < probability
}

/** Does a path fit a pattern? `*` is one segment, a final `/**` all below. */
export function pathFits(pattern: string, path: string): boolean {
  const wanted = pattern.split('/')
  const given = path.split('/')
  for (const [i, segment] of wanted.entries()) {
    if (segment === '**') return given.length >= i
    if (given[i] === undefined || (segment !== '*' && segment !== given[i])) return false
  }
  return wanted.length === given.length
}

// Where in Okta's order of checks a code comes from, and the headers that only it has. All others are a handler's.
const shapes: Readonly<Record<string, { stage: Stage; headers?: Facts['headers'] }>> = {
  E0000022: { stage: 'dispatcher' },
  E0000008: { stage: 'dispatcher' },
  E0000019: { stage: 'dispatcher' },
  E0000011: { stage: 'authentication', headers: challenge.headers },
  E0000005: { stage: 'authentication', headers: cleared.headers },
  E0000015: { stage: 'feature' },
  E0000047: { stage: 'limit' },
}

// What stands in the holes of an injected answer.
const examples: Facts = { id: '00u0000000000000000', type: 'User', field: 'login', message: 'invalid value' }

/** The failure that a code, or a code with a cause, names. Causes of codes that have several: the first. */
function findFailure(wanted: string): Failure | undefined {
  const [code = '', causeId] = wanted.split('/')
  const entry = Object.hasOwn(codes, code) ? codes[code] : newerEntry(code)
  if (!entry || (causeId !== undefined && !Object.hasOwn(entry.causes, causeId))) return undefined
  const cause = causeId ?? Object.keys(entry.causes)[0] ?? ''
  const templates = [...(entry.causes[cause]?.wire?.causes ?? [])]
  for (const contract of ['reference', 'current'] as const) templates.push(wireOf(entry, cause, contract).summary)
  const facts: Facts = { headers: shapes[code]?.headers }
  for (const hole of templates.flatMap(holesOf)) facts[hole] = examples[hole] ?? 'example'
  return new Failure(entry, cause, facts)
}

function newerEntry(code: string): ErrorEntry | undefined {
  const newer = findNewerCode(code)
  if (!newer) return undefined
  const { status, summary } = newer
  const reference = { status, description: summary }
  return { code, title: code, area: 'service', retry: 'never', reference, current: { status, summary }, causes: {} }
}

async function answer(
  wanted: NonNullable<FaultInput['answer']>,
  x: Exchange,
  org: Org,
  go: () => Promise<Ending | BrokenLine>,
): Promise<Ending | BrokenLine> {
  const failure = wanted.code === undefined ? undefined : findFailure(wanted.code)
  let ending: Ending
  if (failure) {
    x.stage = shapes[failure.entry.code]?.stage ?? 'handler'
    const limit = limitOf(org, x)
    const remaining = x.stage === 'limit' ? 0 : limit - 1
    x.rate = { limit, remaining, reset: Math.floor(x.now / 1000) + 60 }
    ending = renderFailure(org, x, failure)
  } else if (wanted.status !== undefined) {
    ending = {
      status: wanted.status,
      headers: ['server', 'nginx', 'date', org.dateHeader(x.now), 'content-type', 'application/json'],
      body: '',
    }
  } else {
    const genuine = await go()
    if (genuine.line !== undefined) return genuine
    ending = genuine
  }
  if (wanted.status !== undefined) ending = { ...ending, status: wanted.status }
  if (wanted.body !== undefined) {
    const body = typeof wanted.body === 'string' ? wanted.body : JSON.stringify(wanted.body)
    ending = { ...ending, body, bytes: undefined }
  }
  return wanted.headers ? { ...ending, headers: withHeaders(ending.headers, wanted.headers) } : ending
}

// The number that a genuine answer would show; nothing is counted.
function limitOf(org: Org, x: Exchange): number {
  const { edition, limits } = org.settings.rateLimits
  const bucket = org.routes.find(x.method, x.path)?.route.bucket
  if (!bucket) return 600
  return limits[bucket.id] ?? bucket.limits[edition === 'off' ? 'workforce' : edition]
}

function spoil(fault: Fault, ending: Ending, org: Org): Ending {
  let { headers, body, bytes } = ending
  if (fault.headers) headers = withHeaders(headers, fault.headers)
  if (fault.skewSeconds) {
    headers = withHeaders(headers, { date: new Date(org.clock.now() + fault.skewSeconds * 1000).toUTCString() })
  }
  if (fault.body === 'truncated') {
    body = body.slice(0, Math.floor(body.length / 2))
    bytes &&= bytes.subarray(0, Math.floor(bytes.length / 2))
  } else if (fault.body !== undefined) bytes = undefined
  if (fault.body === 'not-json') body = `<${body.slice(1)}`
  else if (fault.body === 'empty') body = ''
  else if (fault.body === 'html') {
    body = '<!DOCTYPE html><html><head><title>Okta - Sign In</title></head><body></body></html>'
    headers = withHeaders(headers, { 'content-type': 'text/html; charset=UTF-8' })
  }
  return { status: ending.status, headers, body, bytes }
}

function withHeaders(headers: readonly string[], changes: Readonly<Record<string, string | null>>): string[] {
  const names = new Set(Object.keys(changes).map((name) => name.toLowerCase()))
  const kept: string[] = []
  for (let i = 0; i < headers.length; i += 2)
    if (!names.has(headers[i]!.toLowerCase())) kept.push(headers[i]!, headers[i + 1]!)
  for (const [name, value] of Object.entries(changes)) if (value !== null) kept.push(name.toLowerCase(), value)
  return kept
}
