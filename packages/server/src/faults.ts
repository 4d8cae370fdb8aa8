// Which faults has somebody asked for? Injected answers and broken lines, to test clients with; never used in
// proofs: an injected answer proves nothing.
import type { ErrorEntry } from '@errorg/errors'
import { codes } from '@errorg/errors/codes'
import { Failure } from './fail.ts'
import type { Exchange, Stage } from './http/exchange.ts'
import { renderFailure } from './http/render.ts'
import type { BrokenLine, Ending } from './http/walk.ts'
import type { Org } from './org.ts'

/** What somebody asks for. Everything is optional; without `match` it hits every request. */
export interface FaultInput {
  name?: string
  match?: { method?: string; path?: string; caller?: string }
  /** Answers in place of the org: a code in its genuine shape, or any status, body and headers. */
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

/** The faults of one org. */
export interface Faults {
  add(input: FaultInput): Fault
  list(): readonly Fault[]
  remove(id: string): boolean
  clear(): void
  snapshot(): readonly unknown[]
  restore(faults: readonly unknown[]): void
  /** The first fault that applies to this request, counted as used. */
  match(x: Exchange): Fault | undefined
  /** Plays it; `go` is what would have happened without. */
  play(fault: Fault, x: Exchange, go: () => Promise<Ending>): Promise<Ending | BrokenLine>
}

/** Waits; ends early when the caller gives up. */
export type Sleep = (ms: number, signal: AbortSignal | undefined) => Promise<void>

const realSleep: Sleep = (ms, signal) =>
  new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal?.addEventListener('abort', done, { once: true })
  })

/** Makes an empty list of faults. */
export function createFaults(org: () => Org, sleep: Sleep = realSleep): Faults {
  let faults: Fault[] = []
  let count = 0
  return {
    add(input) {
      count += 1
      const fault = {
        ...input,
        id: `fault-${count}`,
        name: input.name ?? `fault-${count}`,
        hits: 0,
        askedAt: org().clock.now(),
      }
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
    match(x) {
      if (faults.length === 0) return undefined
      const hit = faults.find((fault) => applies(fault, x, org()))
      if (hit) hit.hits += 1
      return hit
    },
    async play(fault, x, go) {
      if (fault.latencyMs) await sleep(fault.latencyMs, x.incoming.signal)
      if (fault.line) return { line: fault.line }
      const ending = fault.answer ? await answer(fault.answer, x, org(), go) : await go()
      return spoil(fault, ending, org())
    },
  }
}

function applies(fault: Fault, x: Exchange, org: Org): boolean {
  const { match, times, probability } = fault
  if (times !== undefined && fault.hits >= times) return false
  const sinceSeconds = (x.now - fault.askedAt) / 1000
  if (sinceSeconds < (fault.fromSeconds ?? 0) || sinceSeconds > (fault.toSeconds ?? Number.POSITIVE_INFINITY))
    return false
  if (match?.method && match.method.toUpperCase() !== x.method) return false
  if (match?.path && !pathFits(match.path, x.path)) return false
  if (match?.caller && !callerFits(match.caller, x)) return false
  return probability === undefined || org.random(4).readUInt32BE() / 2 ** 32 < probability
}

// The caller is not known yet when faults are matched: the token itself, or a part of it, is what can be compared.
function callerFits(caller: string, x: Exchange): boolean {
  return String(x.incoming.headers.authorization ?? '').endsWith(caller)
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

const stageOfCode: Readonly<Record<string, Stage>> = {
  E0000022: 'dispatcher',
  E0000008: 'dispatcher',
  E0000019: 'dispatcher',
  E0000011: 'authentication',
  E0000005: 'authentication',
  E0000015: 'feature',
  E0000047: 'limit',
}

async function answer(
  wanted: NonNullable<FaultInput['answer']>,
  x: Exchange,
  org: Org,
  go: () => Promise<Ending>,
): Promise<Ending> {
  const entry: ErrorEntry | undefined = wanted.code === undefined ? undefined : codes[wanted.code]
  let ending: Ending
  if (entry) {
    x.stage = stageOfCode[entry.code] ?? 'handler'
    const reset = Math.floor(x.now / 1000) + 60
    x.rate = entry.code === 'E0000047' ? { limit: 600, remaining: 0, reset } : { limit: 600, remaining: 599, reset }
    const causeId = Object.keys(entry.causes)[0] ?? ''
    const failure = new Failure(entry, causeId, { id: 'unknown', type: 'Unknown', field: 'field', causes: [] })
    ending = renderFailure(failure, x, org.dateHeader(x.now), org.settings.contract, org.ids.errorId())
  } else if (wanted.status !== undefined) {
    ending = {
      status: wanted.status,
      headers: ['server', 'nginx', 'date', org.dateHeader(x.now), 'content-type', 'application/json'],
      body: '',
    }
  } else ending = await go()
  if (wanted.status !== undefined) ending = { ...ending, status: wanted.status }
  if (wanted.body !== undefined) {
    ending = { ...ending, body: typeof wanted.body === 'string' ? wanted.body : JSON.stringify(wanted.body) }
  }
  return wanted.headers ? { ...ending, headers: withHeaders(ending.headers, wanted.headers) } : ending
}

function spoil(fault: Fault, ending: Ending, org: Org): Ending {
  let { headers, body } = ending
  if (fault.headers) headers = withHeaders(headers, fault.headers)
  if (fault.skewSeconds) {
    headers = withHeaders(headers, { date: new Date(org.clock.now() + fault.skewSeconds * 1000).toUTCString() })
  }
  if (fault.body === 'truncated') body = body.slice(0, Math.floor(body.length / 2))
  else if (fault.body === 'not-json') body = body === '' ? 'upstream' : body.replace(/^./, '<')
  else if (fault.body === 'empty') body = ''
  else if (fault.body === 'html') {
    body = '<!DOCTYPE html><html><head><title>Okta - Sign In</title></head><body></body></html>'
    headers = withHeaders(headers, { 'content-type': 'text/html; charset=UTF-8' })
  }
  return { status: ending.status, headers, body }
}

function withHeaders(headers: readonly string[], changes: Readonly<Record<string, string | null>>): string[] {
  const names = new Set(Object.keys(changes).map((name) => name.toLowerCase()))
  const kept: string[] = []
  for (let i = 0; i < headers.length; i += 2) if (!names.has(headers[i]!)) kept.push(headers[i]!, headers[i + 1]!)
  for (const [name, value] of Object.entries(changes)) if (value !== null) kept.push(name.toLowerCase(), value)
  return kept
}
