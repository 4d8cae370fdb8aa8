// Does a proof hold? Runs its steps against an org: builds the state, makes the call that must fail, cures it,
// and makes the identical call again.
import type { Contract } from '../define.ts'
import { parseChallenges } from '../wire/challenge.ts'
import { parseErrorBody } from '../wire/error-body.ts'
import { header, headerValues } from '../wire/headers.ts'
import { linksOf } from '../wire/link.ts'
import { parseParams, parseRedirect } from '../wire/redirect.ts'
import type { Control } from './control.ts'
import { type Exchange, type FilledCall, type HeldCall, hold, send } from './exchange.ts'
import { fillDeep, fillPath, fillText, type Kept, valueAt } from './holes.ts'
import type { Caller, CallStep, Proof, Step } from './step.ts'

/** What a run needs. The last four are for proofs with steps of that kind; without the tool such a proof stops. */
export interface ProofTools {
  fetch: (request: Request) => Promise<Response>
  baseUrl: string
  adminToken: string
  control: Control
  /** Makes a signed thing (`assertion`, `dpop` …); `keep` reads from what it resolves to. */
  sign?: (what: string, claims: Record<string, unknown>) => Promise<unknown>
  /** Makes a one-time passcode, for the step `sign` with `what: 'totp'`; resolves to `{ code }`. */
  totp?: (claims: Record<string, unknown>) => Promise<unknown>
  /** Starts a server on the other side; `close` is called when the run is over. */
  peer?: (behaves: string, options: Record<string, unknown>) => Promise<{ url: string; close?: () => Promise<void> }>
  /** Checks a token as a resource server of the user's own does. */
  verify?: (token: string, options: Record<string, unknown>) => Promise<unknown>
}

/** What the failing call was answered with, read from the body, the challenge or the redirect. */
export interface RaisedAs {
  status: number
  code?: string
  summary?: string
  /** The texts of `errorCauses`. */
  causes: string[]
}

/** What happened. */
export interface ProofRun {
  /** The call that had to fail. Absent when a step before it went wrong. */
  raised?: Exchange
  /** The same call after the cure, or the mended one. */
  again?: Exchange
  /** Every call in its order, those two included. */
  steps: Exchange[]
  /** What went wrong with the proof itself; the run stops at the first. */
  problems: string[]
  /** How the call failed; absent when it did not fail. */
  raisedAs?: RaisedAs
  /** Whether the second call succeeded: 2xx, or a redirect that carries no error. */
  cured: boolean
}

/** Stops a run; its message becomes the problem. */
class ProofProblem extends Error {
  override name = 'ProofProblem'
}

/**
 * Runs a proof. Never rejects: what goes wrong stands in `problems`. With `contract` the org is told to follow
 * that contract first; a proof of the other contract is not run.
 */
export async function runProof(
  proof: Proof,
  tools: ProofTools,
  options: { contract?: Contract } = {},
): Promise<ProofRun> {
  const run: ProofRun = { steps: [], problems: [], cured: false }
  const closers: (() => Promise<void>)[] = []
  const held: HeldCall[] = []
  const kept = new Map<string, unknown>()
  try {
    const contract = options.contract ?? proof.contract
    if (proof.contract !== undefined && proof.contract !== contract) {
      throw new ProofProblem(`this proof holds in the "${proof.contract}" contract only`)
    }
    if (contract !== undefined) await tools.control.settings({ contract })
    const walk = { tools, kept, steps: run.steps, closers, held }

    await runSteps(proof.given, walk, 'given')
    const call = fillCall(proof.call, walk)
    run.raised = await sendCall(call, walk, 'call')
    const raisedAs = raisedAsOf(run.raised)
    if (raisedAs !== undefined) run.raisedAs = raisedAs
    keepFrom(run.raised, proof.call, kept, 'call', true)

    await endHeld(walk)
    if (proof.mend !== undefined) run.again = await sendCall(fillCall(proof.mend, walk), walk, 'mend')
    else if (proof.cure !== undefined) {
      await runSteps(proof.cure, walk, 'cure')
      // The bytes of the first time, not the step filled again: a cure must not change the request.
      run.again = await sendCall(call, walk, 'the call after the cure')
    }
    run.cured = run.again !== undefined && succeeded(run.again)
  } catch (error) {
    run.problems.push(error instanceof Error ? error.message : String(error))
  }
  // Of a run that stopped before it could.
  for (const one of held) one.release()
  for (const close of closers) {
    try {
      await close()
    } catch (error) {
      run.problems.push(`a peer could not be closed: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return run
}

/** How an answer failed, or `undefined` when it did not. */
export function raisedAsOf(exchange: Exchange): RaisedAs | undefined {
  const { status, headers, body } = exchange.response
  const redirect = status >= 300 && status < 400 ? parseRedirect(header(headers, 'location')) : undefined
  if (redirect?.error !== undefined) {
    return { status, code: redirect.error, ...summaryOf(redirect.description), causes: [] }
  }
  if (status < 400) return undefined
  const parsed = parseErrorBody(body)
  if (parsed?.code !== undefined || parsed?.summary !== undefined) {
    const code = parsed.code === undefined ? {} : { code: parsed.code }
    return { status, ...code, ...summaryOf(parsed.summary), causes: parsed.causes.map((cause) => cause.summary) }
  }
  // A missing scope is answered with an empty body: the challenge is all there is.
  const challenge = parseChallenges(headerValues(headers, 'www-authenticate')).find((one) => one.params.error)
  if (challenge === undefined) return { status, causes: [] }
  return { status, code: challenge.params.error!, ...summaryOf(challenge.params.error_description), causes: [] }
}

function summaryOf(summary: string | undefined): { summary?: string } {
  return summary === undefined ? {} : { summary }
}

function succeeded(exchange: Exchange): boolean {
  const { status } = exchange.response
  return status >= 200 && status < 400 && raisedAsOf(exchange) === undefined
}

interface Walk {
  tools: ProofTools
  kept: Map<string, unknown>
  steps: Exchange[]
  closers: (() => Promise<void>)[]
  /** Calls that have begun and are not complete. */
  held: HeldCall[]
}

/** Completes the calls that were under way. */
async function endHeld(walk: Walk): Promise<void> {
  for (const { release, done } of walk.held.splice(0)) {
    release()
    const exchange = await done
    walk.steps.push(exchange)
    checkStatus(exchange, 'success', 'a call that was under way')
  }
}

async function runSteps(steps: readonly Step[], walk: Walk, part: string): Promise<void> {
  for (const [index, step] of steps.entries()) await runStep(step, walk, `${part}, step ${index + 1}`)
}

async function runStep(step: Step, walk: Walk, place: string): Promise<void> {
  const { tools, kept } = walk
  switch (step.step) {
    case 'call': {
      const exchange = await sendCall(fillCall(step, walk), walk, place)
      checkStatus(exchange, step.expect ?? 'success', place)
      keepFrom(exchange, step, kept, place)
      return
    }
    case 'times': {
      const outer = kept.get('n')
      for (let round = 1; round <= step.count; round++) {
        kept.set('n', round)
        await runSteps(step.steps, walk, `${place}, round ${round}`)
      }
      if (outer === undefined) kept.delete('n')
      else kept.set('n', outer)
      return
    }
    case 'parallel': {
      const calls = step.steps.map((one) => fillCall(one, walk))
      const exchanges = await Promise.all(calls.map((call) => sendCall(call, walk, place)))
      for (const [index, exchange] of exchanges.entries()) {
        const one = step.steps[index]!
        if (one.expect !== undefined) checkStatus(exchange, one.expect, place)
        if (exchange.response.status < 400) keepFrom(exchange, one, kept, place)
      }
      return
    }
    case 'meanwhile':
      for (const one of step.steps) {
        const filled = fillCall(one, walk)
        if (filled.body === undefined)
          throw new ProofProblem(`${place}: ${one.method} ${one.path} has no body to hold back`)
        const call = hold(tools.fetch, filled)
        walk.held.push(call)
        await call.begun
      }
      return
    case 'advance':
      await tools.control.advance(step.seconds, step.freeze)
      return
    case 'settings':
      await tools.control.settings(fillDeep(step.patch, kept) as Record<string, unknown>)
      return
    case 'seed': {
      const made = await tools.control.seed(fillDeep(step.seed, kept) as Record<string, unknown>)
      keepPointers(made, step.keep ?? {}, kept, `${place}: what the seed made`)
      return
    }
    case 'inbox': {
      const to = fillText(step.to, kept)
      const message = await tools.control.inbox(to)
      if (message === undefined) throw new ProofProblem(`${place}: there is no message to ${to}`)
      keepPointers(message, step.keep, kept, `${place}: the message to ${to}`)
      return
    }
    case 'peer': {
      const start = need(tools.peer, 'peer', place)
      const peer = await start(step.behaves, fillDeep(step.with ?? {}, kept) as Record<string, unknown>)
      if (peer.close !== undefined) walk.closers.push(peer.close)
      keepPointers(peer, step.keep, kept, `${place}: the peer`)
      return
    }
    case 'sign': {
      const claims = fillDeep(step.claims, kept) as Record<string, unknown>
      const made =
        step.what === 'totp'
          ? await need(tools.totp, 'totp', place)(claims)
          : await need(tools.sign, 'sign', place)(step.what, claims)
      keepPointers(made, step.keep, kept, `${place}: what was signed`)
      return
    }
    case 'verify': {
      const options = fillDeep(step.with, kept) as Record<string, unknown>
      await need(tools.verify, 'verify', place)(fillText(step.token, kept), options)
      return
    }
  }
}

function need<Tool>(tool: Tool | undefined, name: string, place: string): Tool {
  if (tool === undefined) throw new ProofProblem(`${place}: this run has no tool "${name}"`)
  return tool
}

function fillCall(step: CallStep, walk: { tools: ProofTools; kept: Kept }): FilledCall {
  const { tools, kept } = walk
  const { path, unbound } = fillPath(step.path, kept)
  if (unbound.length > 0) {
    throw new ProofProblem(
      `${step.method} ${step.path}: nothing was kept as ${unbound.map((name) => `{${name}}`).join(', ')}`,
    )
  }
  const url = /^https?:\/\//.test(path) ? path : tools.baseUrl.replace(/\/+$/, '') + path
  const body = bodyOf(step.body, kept)
  const headers = new Map<string, string>([['accept', 'application/json']])
  if (body !== undefined) headers.set('content-type', 'application/json')
  const authorization = authorizationOf(step.as ?? 'admin', tools.adminToken, kept)
  if (authorization !== undefined) headers.set('authorization', authorization)
  for (const [name, value] of Object.entries(step.headers ?? {})) {
    if (value === null) headers.delete(name.toLowerCase())
    else headers.set(name.toLowerCase(), fillText(value, kept))
  }
  return { method: step.method, url, headers: [...headers], ...(body === undefined ? {} : { body }) }
}

function bodyOf(body: unknown, kept: Kept): string | undefined {
  if (body === undefined) return undefined
  return typeof body === 'string' ? fillText(body, kept) : JSON.stringify(fillDeep(body, kept))
}

function authorizationOf(caller: Caller, adminToken: string, kept: Kept): string | undefined {
  if (caller === 'nobody') return undefined
  if (caller === 'admin') return `SSWS ${adminToken}`
  return 'ssws' in caller ? `SSWS ${fillText(caller.ssws, kept)}` : `Bearer ${fillText(caller.bearer, kept)}`
}

async function sendCall(call: FilledCall, walk: Walk, place: string): Promise<Exchange> {
  try {
    const exchange = await send(walk.tools.fetch, call)
    walk.steps.push(exchange)
    return exchange
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new ProofProblem(`${place}: ${call.method} ${call.url} got no answer: ${why}`)
  }
}

function checkStatus(exchange: Exchange, expected: number | 'success', place: string): void {
  const { status, body } = exchange.response
  const fits = expected === 'success' ? status >= 200 && status < 300 : status === expected
  if (fits) return
  const { method, url } = exchange.request
  const wanted = expected === 'success' ? '2xx' : expected
  throw new ProofProblem(`${place}: ${method} ${url} answered ${status}, not ${wanted}: ${body.slice(0, 500)}`)
}

/** Keeps what the step asks for. Of a call that had to fail, what is not there is no problem. */
function keepFrom(
  exchange: Exchange,
  step: CallStep,
  kept: Map<string, unknown>,
  place: string,
  lenient = false,
): void {
  for (const [name, where] of Object.entries(step.keep ?? {})) {
    const value = readKept(exchange, where)
    if (value !== undefined) kept.set(name, value)
    else if (!lenient) {
      const { method, url } = exchange.request
      throw new ProofProblem(`${place}: the answer to ${method} ${url} has nothing at ${where} to keep as {${name}}`)
    }
  }
}

function readKept(exchange: Exchange, where: string): unknown {
  const { headers, body } = exchange.response
  const [, kind, name = ''] = /^(header|link|location|cookie):(.+)$/.exec(where) ?? []
  if (kind === 'header') return header(headers, name)
  if (kind === 'link') return linksOf(headers)[name]
  if (kind === 'location')
    return parseParams(
      header(headers, 'location')
        ?.replace(/^[^?#]*[?#]/, '')
        .replace('#', '&') ?? '',
    ).get(name)
  if (kind === 'cookie') {
    const prefix = `${name}=`
    const line = headerValues(headers, 'set-cookie').findLast((value) => value.startsWith(prefix))
    return line?.slice(prefix.length).split(';')[0]
  }
  try {
    return valueAt(JSON.parse(body), where)
  } catch {
    return undefined
  }
}

function keepPointers(
  value: unknown,
  keep: Readonly<Record<string, string>>,
  kept: Map<string, unknown>,
  place: string,
): void {
  for (const [name, pointer] of Object.entries(keep)) {
    const found = valueAt(value, pointer)
    if (found === undefined) throw new ProofProblem(`${place} has nothing at ${pointer} to keep as {${name}}`)
    kept.set(name, found)
  }
}
