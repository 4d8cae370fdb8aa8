// How is an org steered from outside? `/_errorg/…`: health, clock, faults, ledger, settings, seed, snapshots.
import { isInReach } from '../clock.ts'
import { EdgeRefusal } from '../fail.ts'
import { type Fault, type FaultInput, FaultRefusal } from '../faults.ts'
import type { Incoming } from '../http/exchange.ts'
import { renderJson } from '../http/shown.ts'
import type { Ending } from '../http/walk.ts'
import type { LedgerEntry } from '../ledger.ts'
import { asItWas, renderEntries, showEntry } from '../ledger-view.ts'
import type { Org } from '../org.ts'
import { applySeed } from '../seed/apply.ts'
import { SeedFault } from '../seed/fault.ts'
import type { SettingsPatch } from '../settings.ts'
import { UnknownSnapshot } from '../snapshots.ts'
import { whyRefused } from './guard.ts'
import { pathText, type ReadResult, readBy } from './read.ts'
import type { SeedInput } from './schemas.ts'

const PREFIX = '/_errorg/'
const BODY_LIMIT = 16 * 1024 * 1024

/** Does this path belong to the control API? */
export function isControlPath(target: string): boolean {
  return target.startsWith(PREFIX)
}

/** A refusal of the control API: what is wrong, and what was expected. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly faults: readonly string[] = [],
  ) {
    super(message)
  }
}

/** Answers a request to the control API. Throws only what `org.onFault` throws. */
export async function answerControl(org: Org, incoming: Incoming): Promise<Ending> {
  try {
    const body = await route(org, incoming)
    return render(200, body)
  } catch (error) {
    if (error instanceof Refusal) return render(error.status, { error: error.message, faults: error.faults })
    if (error instanceof SeedFault) return render(400, { error: error.message, faults: [error.message] })
    if (error instanceof UnknownSnapshot) return render(404, { error: error.message, faults: [] })
    if (error instanceof FaultRefusal) return render(400, { error: error.message, faults: [error.message] })
    // A body that breaks off; nobody reads this answer.
    if (error instanceof EdgeRefusal) return render(error.status, { error: error.reason, faults: [] })
    org.onFault(error)
    return render(500, { error: 'the control API failed; the reason is on stderr of the server', faults: [] })
  }
}

function render(status: number, body: unknown): Ending {
  return {
    status,
    headers: ['content-type', 'application/json', 'cache-control', 'no-store', 'x-content-type-options', 'nosniff'],
    body: renderJson(body),
  }
}

async function route(org: Org, incoming: Incoming): Promise<unknown> {
  const { control } = org
  if (!control) throw new Refusal(404, 'the control API of this org is switched off')
  const refused = whyRefused(incoming, new URL(org.baseUrl).host, control.token)
  if (refused !== undefined) throw new Refusal(403, refused)
  const url = new URL(incoming.target, 'http://control')
  const [name = '', second, third, ...rest] = url.pathname.slice(PREFIX.length).split('/')
  const below = [second === undefined ? '' : '/*', third === undefined ? '' : `/${third}`, ...rest].join('')
  const request = `${incoming.method} ${name}${below}`
  switch (request) {
    case 'GET ':
      return { calls }
    case 'GET health':
      return {
        status: 'ok',
        product: 'errorg',
        url: org.baseUrl,
        contract: org.settings.contract,
        now: org.clock.now(),
      }
    case 'POST reset':
      await control.snapshots.reset()
      return { status: 'reset' }
    case 'POST seed': {
      const { seedSchema } = await import('./schemas.ts')
      return await applySeed(org.present, await body(incoming, (value) => readBy<SeedInput>(seedSchema, value)))
    }
    case 'GET clock':
      return clockOf(org)
    case 'POST clock':
      return await changeClock(org, incoming)
    case 'GET inbox':
      return org.inbox.list(url.searchParams.get('to') ?? undefined)
    case 'GET requests':
      return await renderEntries(org.ledger.list())
    case 'GET requests/*':
      return showEntry(findRequest(org, second ?? ''))
    case 'GET requests/*/diagnosis':
      if (!control.diagnose) throw new Refusal(404, 'this org was made without a diagnosis')
      return await control.diagnose(asItWas(findRequest(org, second ?? '')))
    case 'GET faults':
      return org.faults.list()
    case 'POST faults': {
      const { faultBodies, faultBody } = await import('./schemas.ts')
      const faults = await body(incoming, (value) =>
        readBy<FaultInput | FaultInput[]>(Array.isArray(value) ? faultBodies : faultBody, value),
      )
      return addAll(org, [faults].flat())
    }
    case 'DELETE faults':
      org.faults.clear()
      return []
    case 'DELETE faults/*':
      if (!org.faults.remove(second ?? '')) throw new Refusal(404, `there is no fault "${(second ?? '').slice(0, 40)}"`)
      return org.faults.list()
    case 'GET settings':
      return org.settings
    case 'PATCH settings': {
      const { settingsPatch } = await import('./schemas.ts')
      org.changeSettings(await body(incoming, (value) => readBy<SettingsPatch>(settingsPatch, value)))
      return org.settings
    }
    case 'POST snapshot':
      return { id: await control.snapshots.take() }
    case 'POST restore': {
      const { restoreBody } = await import('./schemas.ts')
      const { id } = await body(incoming, (value) => readBy<{ id: string }>(restoreBody, value))
      await control.snapshots.restore(id)
      return { id }
    }
    default:
      throw new Refusal(
        404,
        `the control API has no ${incoming.method} ${url.pathname.slice(0, 100)}; GET ${PREFIX} lists what it has`,
      )
  }
}

function findRequest(org: Org, id: string): LedgerEntry {
  const entry = org.ledger.find(id)
  if (!entry) throw new Refusal(404, `there is no request "${id.slice(0, 40)}" among the kept ones`)
  return entry
}

/** One call of the control API. */
interface Call {
  method: string
  path: string
  does: string
}

const call = (method: string, path: string, does: string): Call => ({ method, path: PREFIX + path, does })

const calls: readonly Call[] = [
  call('GET', '', 'This list.'),
  call('GET', 'health', 'Whether the org is there, with its URL, contract and clock.'),
  call('GET', 'clock', "The org's time."),
  call('POST', 'clock', 'Sets, moves or freezes it: { "now", "advanceSeconds", "freeze" }.'),
  call('GET', 'settings', 'The settings.'),
  call('PATCH', 'settings', 'Changes any part of them.'),
  call('GET', 'faults', 'The faults that stand.'),
  call('POST', 'faults', 'Adds one fault or a list of them.'),
  call('DELETE', 'faults', 'Removes all of them.'),
  call('DELETE', 'faults/{id}', 'Removes one.'),
  call('GET', 'requests', 'The kept exchanges, newest first, with the private cause of each refusal.'),
  call('GET', 'requests/{id}', "One of them; the id is the answer's x-okta-request-id."),
  call('GET', 'requests/{id}/diagnosis', 'What errorg diagnose says of it.'),
  call('GET', 'inbox', 'Mails and texts; ?to= picks those to one address.'),
  call('POST', 'seed', 'Adds what a seed says.'),
  call('POST', 'snapshot', 'Keeps the present state: answers { "id" }.'),
  call('POST', 'restore', 'Goes back to a kept state: { "id" }.'),
  call('POST', 'reset', 'Goes back to the state just after the start.'),
]

// All or none: a list of which half stands would have to be read back.
function addAll(org: Org, inputs: readonly FaultInput[]): Fault[] {
  const added: Fault[] = []
  try {
    for (const input of inputs) added.push(org.faults.add(input))
  } catch (error) {
    for (const fault of added) org.faults.remove(fault.id)
    throw error
  }
  return added
}

function clockOf(org: Org) {
  return { now: org.clock.now(), iso: new Date(org.clock.now()).toISOString(), frozen: org.clock.frozen() }
}

async function changeClock(org: Org, incoming: Incoming): Promise<unknown> {
  const { clockBody } = await import('./schemas.ts')
  type Change = { now?: number | string; advanceSeconds?: number; freeze?: boolean }
  const change = await body(incoming, (value) => readBy<Change>(clockBody, value))
  const set = typeof change.now === 'string' ? Date.parse(change.now) : change.now
  const target = (set ?? org.clock.now()) + (change.advanceSeconds ?? 0) * 1000
  const reached = isInReach(Math.round(target)) && (set === undefined || isInReach(Math.round(set)))
  if (!reached) throw new Refusal(400, 'the clock goes from 1970 to the end of the year 9999')
  if (change.freeze !== undefined) org.clock.freeze(change.freeze)
  if (set !== undefined) org.clock.set(set)
  if (change.advanceSeconds !== undefined) org.clock.advance(change.advanceSeconds)
  await org.runDueJobs()
  return clockOf(org)
}

async function body<T>(incoming: Incoming, read: (value: unknown) => ReadResult<T>): Promise<T> {
  const bytes = await incoming.readBody(BODY_LIMIT)
  if (!bytes) throw new Refusal(413, 'the body is longer than 16 MiB')
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder().decode(bytes) || '{}')
  } catch (error) {
    throw new Refusal(400, `the body is not JSON: ${(error as Error).message.slice(0, 200)}`)
  }
  const result = read(value)
  if (result.ok) return result.value
  const faults = result.faults.map((fault) => `${pathText(fault.path)}: ${fault.says}`)
  throw new Refusal(400, `the body is not what was expected: ${faults[0]}`, faults)
}
