// What do the three rate-limit headers say, and how long is the wait? Read against the server's own Date,
// because the reset is a moment on the server's clock.
import { type HeaderBag, header, headerValues } from './headers.ts'

/** The three headers, and the clock that they belong to. */
export interface RateLimit {
  limit?: number
  remaining?: number
  /** Seconds since 1970 on the server's clock. */
  resetAtSeconds?: number
  /** The `Date` of the same answer, in milliseconds. */
  serverDateMs?: number
  /** Limit and remaining are both 0: too many calls at the same moment. The reset is then only an estimate. */
  concurrency: boolean
}

/** Reads the headers. `undefined`: the answer has none of the three. */
export function parseRateLimit(headers: HeaderBag | undefined): RateLimit | undefined {
  const limit = wholeNumber(headers, 'x-rate-limit-limit')
  const remaining = wholeNumber(headers, 'x-rate-limit-remaining')
  const resetAtSeconds = wholeNumber(headers, 'x-rate-limit-reset')
  if (limit === undefined && remaining === undefined && resetAtSeconds === undefined) return undefined
  const found: RateLimit = { concurrency: limit === 0 && remaining === 0 }
  if (limit !== undefined) found.limit = limit
  if (remaining !== undefined) found.remaining = remaining
  if (resetAtSeconds !== undefined) found.resetAtSeconds = resetAtSeconds
  const serverDateMs = Date.parse(header(headers, 'date') ?? '')
  if (!Number.isNaN(serverDateMs)) found.serverDateMs = serverDateMs
  return found
}

/** The headers as an org sends them. */
export function renderRateLimit(facts: {
  limit: number
  remaining: number
  resetAtSeconds: number
}): Record<'x-rate-limit-limit' | 'x-rate-limit-remaining' | 'x-rate-limit-reset', string> {
  return {
    'x-rate-limit-limit': String(facts.limit),
    'x-rate-limit-remaining': String(facts.remaining),
    'x-rate-limit-reset': String(facts.resetAtSeconds),
  }
}

/**
 * Milliseconds until the window is over. The reset second still belongs to the old window (recorded: 7 answers
 * with `Date` equal to the reset), so one second is added. `undefined`: no reset is known, or it is a
 * concurrency limit, whose reset must not be waited for: SDKs that obey it stall for minutes.
 */
export function rateLimitWaitMs(rateLimit: RateLimit, nowMs: number, receivedAtMs: number = nowMs): number | undefined {
  if (rateLimit.concurrency || rateLimit.resetAtSeconds === undefined) return undefined
  const serverNowMs = rateLimit.serverDateMs === undefined ? nowMs : rateLimit.serverDateMs + (nowMs - receivedAtMs)
  return Math.max(0, (rateLimit.resetAtSeconds + 1) * 1000 - serverNowMs)
}

// A doubled header (seen on the 429 of an SMS resend) arrives as two values or as one with a comma: the first
// that is a whole number counts.
function wholeNumber(headers: HeaderBag | undefined, name: string): number | undefined {
  for (const value of headerValues(headers, name)) {
    if (/^\d{1,15}$/.test(value)) return Number(value)
    for (const part of value.split(',')) {
      if (/^\s*\d{1,15}\s*$/.test(part)) return Number(part)
    }
  }
  return undefined
}
