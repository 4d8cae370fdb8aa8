// How does a request walk through the org? Faults, gates in their order, handler, shape; one place catches refusals.
import { E0000009 } from '@errorg/errors/codes'
import { answerControl, isControlPath } from '../control/api.ts'
import { EdgeRefusal, Failure } from '../fail.ts'
import { gates } from '../gates/index.ts'
import { ledgerEntry } from '../ledger.ts'
import type { Org } from '../org.ts'
import { UniqueConflict, VersionConflict } from '../state/state.ts'
import type { Answer, Exchange, Incoming } from './exchange.ts'
import { type Rendered, renderAnswer, renderEdge, renderFailure } from './render.ts'

/** How an exchange ends: with an answer, or as a fault on the line. */
export type Ending = Rendered & { line?: undefined }
/** A connection that never answers, or breaks. */
export type BrokenLine = { line: 'hang' | 'reset' }

// Two requests that change one thing at the same moment: the loser reads again and decides anew. A request that
// loses this often is in a queue of writers that no real client makes.
const MAX_TRIES = 50

/** Begins an exchange. */
export function begin(org: Org, incoming: Incoming): Exchange {
  const { target } = incoming
  const mark = target.indexOf('?')
  const path = mark === -1 ? target : target.slice(0, mark)
  let query: URLSearchParams | undefined
  return {
    incoming,
    method: incoming.method,
    path,
    get query() {
      query ??= new URLSearchParams(mark === -1 ? '' : target.slice(mark + 1))
      return query
    },
    requestId: org.ids.requestId(),
    now: org.clock.now(),
    stage: 'edge',
    route: undefined as never,
    operation: undefined,
    params: {},
    caller: undefined,
    body: undefined,
    rate: undefined,
    rawBody: undefined,
    address: addressOf(incoming),
    onDone: [],
  }
}

/** Walks a request to its end. Never throws. */
export async function walk(org: Org, incoming: Incoming): Promise<Ending | BrokenLine> {
  if (org.jobs.nextDueAt() <= org.clock.now()) await org.runDueJobs()
  if (isControlPath(incoming.target)) return await answerControl(org, incoming)
  const x = begin(org, incoming)
  const fault = org.faults.match(x)
  if (fault) {
    const ending = await org.faults.play(fault, x, () => pass(org, x))
    if (!('line' in ending) || ending.line === undefined) {
      org.ledger.add(ledgerEntry(x, ending as Ending, undefined, fault.name))
    }
    return ending
  }
  return await pass(org, x)
}

async function pass(org: Org, x: Exchange): Promise<Ending> {
  let rendered: Rendered
  let cause: string | undefined
  const contract = org.settings.contract
  try {
    for (const gate of gates) {
      x.stage = gate.stage
      const waiting = gate.pass(org, x)
      if (waiting) await waiting
    }
    x.stage = 'handler'
    rendered = renderAnswer(await handle(org, x), x, org.dateHeader(x.now))
  } catch (error) {
    const date = org.dateHeader(x.now)
    if (error instanceof Failure) {
      cause = `${error.entry.code}/${error.causeId}`
      rendered = renderFailure(error, x, date, contract, org.ids.errorId())
    } else if (error instanceof EdgeRefusal) {
      cause = `edge: ${error.reason}`
      rendered = renderEdge(error, date)
    } else {
      // A fault of ours: the caller gets Okta's words for a fault of Okta's, and the process lives.
      org.onFault(error)
      cause = 'E0000009/service-fault'
      x.stage = 'handler'
      rendered = renderFailure(new Failure(E0000009, 'service-fault', {}), x, date, contract, org.ids.errorId())
    }
  }
  for (let i = x.onDone.length - 1; i >= 0; i--) x.onDone[i]!()
  org.ledger.add(ledgerEntry(x, rendered, cause))
  return rendered
}

async function handle(org: Org, x: Exchange): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    try {
      return await x.route.handle(org, x)
    } catch (error) {
      // A unique key that a rule had seen free was taken in the meantime: the rule will see it now.
      const again = error instanceof VersionConflict || error instanceof UniqueConflict
      if (!again || tries === MAX_TRIES) throw error
    }
  }
}

// Behind a loopback socket the caller may say where it comes from, so that network zones can be tested.
function addressOf(incoming: Incoming): string {
  const socket = incoming.remoteAddress.replace(/^::ffff:/, '')
  if (socket !== '127.0.0.1' && socket !== '::1') return socket
  const forwarded = incoming.headers['x-forwarded-for']
  const first = (Array.isArray(forwarded) ? forwarded[0] : forwarded)?.split(',')[0]?.trim()
  return first ? first : socket
}
