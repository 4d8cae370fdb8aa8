// What does the function of the troubleshooting guide do, word for word? `make_okta_request_with_retry` of its Python
// example, for those who have it in their code and move here. What it lacks stands in its comment.
import { discard } from './body.ts'
import { systemClock } from './clock.ts'
import { oktaErrorOf } from './errors.ts'
import type { Fetch } from './layer.ts'

/** What the function uses of the world; each can be replaced. */
export interface GuideSeat {
  fetch?: Fetch
  /** Milliseconds since 1970. */
  now?: () => number
  /** Resolves after so many milliseconds. */
  sleep?: (ms: number) => Promise<void>
  /** Takes the line that is printed before a wait for the reset. */
  print?: (line: string) => void
}

const maxRetries = 3

/**
 * Reads a URL of an org and gives its JSON. A 429 is repeated after the reset in `x-rate-limit-reset` and one second
 * more; when that header is absent or lies in the past, after 1, 2 and 4 seconds. Three attempts; the wait after the
 * third comes before giving up, as in the guide. Any other 4xx or 5xx is thrown as an `OktaError` at once. A reset that
 * is no whole number throws, as Python's `int()` does.
 *
 * `createClient` differs in all of this:
 * - It paces calls before the limit is reached; here every caller runs into the 429, and all wake at the same moment.
 * - It reads the server's clock from `date`; here a local clock that is 30 s slow waits 30 s too long, and one that
 *   is fast gives up after 7 s.
 * - It tells the limit of calls at the same moment (its 429 has the limit 0) from the limit of a window, and waits
 *   milliseconds for it.
 * - It repeats 502, 503, 504 and broken connections where that is safe, ends attempts that hang, hears an
 *   `AbortSignal` while it waits, and renews tokens.
 * - It sends any method, and an HTTP failure of its `fetch` is a `Response`.
 *
 * @example
 * const users = await makeOktaRequestWithRetry('https://your-domain.okta.com/api/v1/users', {
 *   Authorization: `SSWS ${process.env.OKTA_TOKEN}`,
 * })
 */
export async function makeOktaRequestWithRetry<Answer = unknown>(
  url: string | URL,
  headers: RequestInit['headers'],
  seat: GuideSeat = {},
): Promise<Answer> {
  const clock = systemClock()
  const { fetch = globalThis.fetch, now = clock.now, sleep = clock.sleep, print = console.log } = seat
  for (let attempt = 0; attempt < maxRetries; attempt++) {
    const response = await fetch(url, { headers })
    if (response.status === 429) {
      discard(response)
      const resetTimestamp = pythonInt(response.headers.get('x-rate-limit-reset') ?? '0')
      const currentTime = Math.trunc(now() / 1000)
      if (resetTimestamp > currentTime) {
        const sleepDuration = resetTimestamp - currentTime + 1
        print(`Rate limited. Sleeping for ${sleepDuration} seconds until reset...`)
        await sleep(sleepDuration * 1000)
      } else {
        await sleep(2 ** attempt * 1000)
      }
      continue
    }
    if (response.status >= 400 && response.status < 600) throw await oktaErrorOf(response, 'GET', String(url))
    return (await response.json()) as Answer
  }
  throw new Error('Max retries exceeded while handling rate limits.')
}

/** `int()` of a text: blanks around it, a sign, and single underscores between digits are allowed; nothing else is. */
function pythonInt(text: string): number {
  const digits = text.trim()
  if (!/^[+-]?\d+(?:_\d+)*$/.test(digits)) throw new TypeError(`invalid literal for int() with base 10: '${text}'`)
  return Number(digits.replaceAll('_', ''))
}
