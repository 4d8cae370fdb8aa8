// What does this address answer? One GET, within limits of time and size, that follows no redirect: a credential goes
// nowhere but to the address that was typed.
import { redactText } from '@errorg/errors/wire'

/** An answer, or why there is none. */
export type Got =
  | { status: number; headers: Headers; body: unknown }
  /** A sentence for people. */
  | { trouble: string }

const TIMEOUT_MS = 30_000
const MOST_CHARACTERS = 20_000_000

/** Asks once. `stop` ends the wait early. Never throws. */
export async function getJson(
  call: typeof fetch,
  url: string,
  options: { authorization?: string; stop?: AbortSignal; timeoutMs?: number } = {},
): Promise<Got> {
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS
  const late = AbortSignal.timeout(timeoutMs)
  try {
    const response = await call(url, {
      headers: {
        accept: 'application/json',
        ...(options.authorization !== undefined && { authorization: options.authorization }),
      },
      redirect: 'manual',
      signal: options.stop ? AbortSignal.any([options.stop, late]) : late,
    })
    const text = await response.text()
    if (text.length > MOST_CHARACTERS) return { trouble: 'The answer is too large.' }
    return { status: response.status, headers: response.headers, body: parsed(text) }
  } catch (error) {
    if (late.aborted) return { trouble: `It took longer than ${timeoutMs / 1000} seconds.` }
    const cause = error instanceof Error ? (error.cause ?? error) : error
    const message = cause instanceof Error ? cause.message : String(cause)
    // fetch refuses the ports of other services, and says no more than these two words.
    if (message === 'bad port')
      return {
        trouble: `fetch never calls port ${new URL(url).port}: it belongs to another service. Look at the port.`,
      }
    return { trouble: `${redactText(message).replace(/\s+/g, ' ').slice(0, 200).replace(/\.$/, '')}.` }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
