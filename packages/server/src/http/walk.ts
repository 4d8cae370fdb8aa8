// How does a request walk through the org? Faults, gates in their order, handler, shape; one place catches refusals.
import { E0000009 } from '@errorg/errors/codes'
import { answerControl, isControlPath } from '../control/api.ts'
import { EdgeRefusal, Failure } from '../fail.ts'
import { gates } from '../gates/index.ts'
import { ledgerEntry } from '../ledger.ts'
import { OAuthRefusal } from '../oauth/errors.ts'
import { type Org, witnessed } from '../org.ts'
import { PutBack } from '../snapshots.ts'
import { lostRace } from '../turns.ts'
import { callerAddress } from './address.ts'
import { addCors } from './cors.ts'
import type { Answer, Exchange, Incoming } from './exchange.ts'
import { type Rendered, renderAnswer, renderEdge, renderFailure, renderRefusal } from './render.ts'

/** How an exchange ends: with an answer, or as a fault on the line. */
export type Ending = Rendered & { line?: undefined }
/** A connection that never answers, or breaks. */
export type BrokenLine = { line: 'hang' | 'reset' }

/** Begins an exchange. */
export function begin(org: Org, incoming: Incoming): Exchange {
  const { target } = incoming
  const mark = target.indexOf('?')
  const path = mark === -1 ? target : target.slice(0, mark)
  return {
    incoming,
    // A HEAD is a GET whose body is not sent; who writes the answer leaves it out.
    method: incoming.method === 'HEAD' ? 'GET' : incoming.method,
    path,
    query: new URLSearchParams(mark === -1 ? '' : target.slice(mark + 1)),
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
    address: callerAddress(incoming),
    onDone: [],
    cause: undefined,
  }
}

/** Walks a request to its end. Throws only what `org.onFault` throws. */
export async function walk(org: Org, incoming: Incoming): Promise<Ending | BrokenLine> {
  const due = org.runDueJobs()
  if (due) await due
  if (isControlPath(incoming.target)) return await answerControl(org, incoming)
  const x = begin(org, incoming)
  // What this request may write to ends when the org is put back to an earlier state, also while a fault delays it.
  const { present } = org
  const fault = org.faults.list().length === 0 ? undefined : await org.faults.match(x)
  const ending = fault ? await org.faults.play(fault, x, () => pass(org, present, x)) : await pass(org, present, x)
  // Pages of other origins may read only what says so; no one else pays for it.
  if (incoming.headers.origin !== undefined && ending.line === undefined) await addCors(org, x, ending)
  org.ledger.add(ledgerEntry(x, ending, fault?.name))
  return ending
}

async function pass(org: Org, present: Org, x: Exchange): Promise<Ending | BrokenLine> {
  try {
    for (const gate of gates) {
      x.stage = gate.stage
      const waiting = gate.pass(org, x)
      if (waiting) await waiting
    }
    x.stage = 'handler'
    if (x.pause) await x.pause()
    // Its caller belongs to a state that is gone. A read may go on: it changes nothing.
    if (org.present !== present && x.method !== 'GET') throw new PutBack()
    return renderAnswer(await handle(present, x), x, org.dateHeader(x.now))
  } catch (error) {
    if (error instanceof Failure) return refused(org, x, error)
    if (error instanceof OAuthRefusal) {
      x.cause = error.message
      return renderRefusal(org, x, error)
    }
    if (error instanceof EdgeRefusal) {
      x.cause = `edge: ${error.reason}`
      return renderEdge(error, org.dateHeader(x.now))
    }
    if (error instanceof PutBack) {
      // As when a server goes away under its callers: nobody can say whether the request has done anything.
      x.cause = 'put-back'
      return { line: 'reset' }
    }
    // A fault of ours: the caller gets Okta's words for a fault of Okta's, and the process lives.
    org.onFault(error)
    x.stage = 'handler'
    return refused(org, x, new Failure(E0000009, 'service-fault', {}))
  } finally {
    for (let i = x.onDone.length - 1; i >= 0; i--) x.onDone[i]!()
  }
}

function refused(org: Org, x: Exchange, failure: Failure): Ending {
  x.cause = failure.message
  return renderFailure(org, x, failure)
}

// Two requests that change one thing at the same moment, or what the other rests on: the loser reads again and decides
// anew.
async function handle(org: Org, x: Exchange): Promise<Answer> {
  try {
    return await attempt(org, x)
  } catch (error) {
    if (!lostRace(error)) throw error
    return await org.inTurn(() => attempt(org, x))
  }
}

// What only reads needs nobody who notes it.
function attempt(org: Org, x: Exchange): Promise<Answer> {
  return x.route.handle(x.method === 'GET' ? org : witnessed(org), x)
}
