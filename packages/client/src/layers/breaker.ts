// Is this origin down, so that calls to it only make it worse? Then they fail at once until a single call has shown
// that it answers again.
import { createOriginReader, urlOf } from '../call.ts'
import { type Clock, systemClock } from '../clock.ts'
import { BreakerOpenError, isRefusedHere } from '../errors.ts'
import type { Listener } from '../events.ts'
import type { Layer } from '../layer.ts'

/** When to leave an origin alone, and for how long. */
export interface BreakerOptions {
  /** So many failures one after the other open it. Default 10. */
  consecutive?: number
  /** This share of failures among the latest calls opens it. Default 0.5. */
  failureRate?: number
  /** How many of the latest calls the share is taken of; fewer calls never open it by their share. Default 40. */
  outOf?: number
  /** The pause before one call is let through. Doubles, up to eight times this, while that call fails. Default 5,000. */
  pauseMs?: number
  clock?: Clock
  onEvent?: Listener
}

interface State {
  state: 'closed' | 'open' | 'half-open'
  /** Answers of calls that were sent before the last change say nothing about now. */
  era: number
  consecutive: number
  /** The latest outcomes, oldest overwritten first. */
  outcomes: boolean[]
  at: number
  failures: number
  opens: number
  because: string
  openUntil: number
  /** When the call that tests a half-open origin was let through. */
  testedAt: number
}

/** Stops sending to an origin that fails; 429 and other 4xx are answers, not failures. */
export function breaker(options: BreakerOptions = {}): Layer {
  const { consecutive = 10, failureRate = 0.5, outOf = 40, pauseMs = 5_000, clock = systemClock(), onEvent } = options
  const origins = new Map<string, State>()
  const originAt = createOriginReader()

  function stateOf(origin: string): State {
    const known = origins.get(origin)
    if (known !== undefined) return known
    const made: State = {
      state: 'closed',
      era: 0,
      consecutive: 0,
      outcomes: [],
      at: 0,
      failures: 0,
      opens: 0,
      because: '',
      openUntil: 0,
      testedAt: 0,
    }
    origins.set(origin, made)
    return made
  }

  function change(origin: string, own: State, state: State['state'], why: string): void {
    own.state = state
    own.era++
    own.consecutive = 0
    own.outcomes = []
    own.at = 0
    own.failures = 0
    onEvent?.({ type: 'breaker', state, origin, why })
  }

  function open(origin: string, own: State, because: string): void {
    own.because = because
    own.openUntil = clock.ticks() + pauseMs * 2 ** Math.min(3, own.opens)
    own.opens++
    change(origin, own, 'open', because)
  }

  function admit(origin: string, own: State): void {
    const now = clock.ticks()
    if (own.state === 'open') {
      if (now < own.openUntil) throw new BreakerOpenError({ origin, waitMs: own.openUntil - now, because: own.because })
      change(origin, own, 'half-open', 'the pause is over')
      own.testedAt = now
      return
    }
    if (own.state === 'half-open') {
      // A test call that never ends must not close the door for ever: another one follows after a pause.
      const waitMs = own.testedAt + pauseMs - now
      if (waitMs > 0) throw new BreakerOpenError({ origin, waitMs, because: own.because })
      own.testedAt = now
    }
  }

  function judge(origin: string, own: State, failed: boolean): void {
    if (own.state === 'half-open') {
      if (failed) open(origin, own, own.because)
      else {
        own.opens = 0
        change(origin, own, 'closed', 'it answers again')
      }
      return
    }
    own.consecutive = failed ? own.consecutive + 1 : 0
    if (own.outcomes.length === outOf && own.outcomes[own.at]) own.failures--
    own.outcomes[own.at] = failed
    own.at = (own.at + 1) % outOf
    if (!failed) return
    own.failures++
    if (own.consecutive >= consecutive) open(origin, own, `${own.consecutive} calls failed one after the other`)
    else if (own.outcomes.length === outOf && own.failures >= failureRate * outOf) {
      open(origin, own, `${own.failures} of the latest ${outOf} calls failed`)
    }
  }

  return (next) => async (input, init) => {
    const origin = originAt(urlOf(input))
    const own = stateOf(origin)
    if (own.state !== 'closed') admit(origin, own)
    const { era } = own
    const { signal } = init ?? {}
    try {
      const response = await next(input, init)
      // 501: the operation is not there. That is an answer about the call, not about the health of the org.
      if (own.era === era) judge(origin, own, response.status >= 500 && response.status !== 501)
      return response
    } catch (error) {
      // What the caller ended, and what was never sent for want of a token, says nothing about the origin. A test
      // that ended so makes room for the next one.
      if (own.era === era) {
        if (signal?.aborted || isRefusedHere(error)) own.testedAt = Number.NEGATIVE_INFINITY
        else judge(origin, own, true)
      }
      throw error
    }
  }
}
