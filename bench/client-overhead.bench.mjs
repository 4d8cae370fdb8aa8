// What do the layers of the client cost a call, over the fetch they stand around?
import { createClient } from '@errorg/client'
import { describeHost, keep, quantile } from './measure/report.mjs'

const CALLS = 20_000
const ROUNDS = 9
const AT_ONCE = 64
const host = describeHost()

const orgUrl = 'https://example.okta.com'
const body = JSON.stringify({
  id: '00u1a2b3c4d5e6f7g8h9',
  status: 'ACTIVE',
  created: '2024-01-01T00:00:00.000Z',
  profile: { login: 'ada@example.com', email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace' },
})

/** An org that answers at once, with the headers that a real one sends; its limit is never reached. */
function createWire() {
  let remaining = 0
  let resetAt = 0
  return async () => {
    const now = Date.now()
    if (now >= resetAt * 1000) {
      resetAt = Math.floor(now / 1000) + 60
      remaining = 100_000_000
    }
    remaining--
    return new Response(body, {
      status: 200,
      headers: {
        'content-type': 'application/json',
        date: new Date(now).toUTCString(),
        'x-okta-request-id': 'ZqVhFv0Q3kQKZ8rY1bC5jgAAB2U',
        'x-rate-limit-limit': '100000000',
        'x-rate-limit-remaining': String(remaining),
        'x-rate-limit-reset': String(resetAt),
      },
    })
  }
}

/** Microseconds of CPU a call, with so many at once; the answer's JSON is read, as every caller does. */
async function cpuOf(call) {
  let next = 0
  const before = process.cpuUsage()
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < CALLS) await call(next++)
    }),
  )
  const { user, system } = process.cpuUsage(before)
  return (user + system) / CALLS
}

const paths = Array.from({ length: 1_000 }, (_, i) => `/api/v1/users/00u${1_000_000 + i}`)
const headers = { authorization: 'SSWS 00token', accept: 'application/json' }

function bare() {
  const wire = createWire()
  return async (i) => (await wire(orgUrl + paths[i % 1_000], { headers })).json()
}
function through(options) {
  const client = createClient({ orgUrl, auth: { token: '00token' }, fetch: createWire(), ...options })
  return async (i) => (await client.fetch(paths[i % 1_000], { headers: { accept: 'application/json' } })).json()
}
const off = { limits: false, retry: false, timeout: false, breaker: false }

const variants = {
  bare: bare(),
  all: through({}),
  none: through(off),
  timeout: through({ ...off, timeout: {} }),
  breaker: through({ ...off, breaker: {} }),
  retry: through({ ...off, retry: {} }),
  limits: through({ ...off, limits: {} }),
}
// Round by round, each variant in turn: what else the machine does meanwhile hits all of them.
const taken = Object.fromEntries(Object.keys(variants).map((name) => [name, []]))
for (const call of Object.values(variants)) await cpuOf(call)
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, call] of Object.entries(variants)) {
    globalThis.gc?.()
    taken[name].push(await cpuOf(call))
  }
}
const over = (name) => quantile(taken[name].map((us, round) => us - taken.bare[round]))

keep({
  name: 'client-overhead',
  question: 'What do the layers of the client cost?',
  how: `CPU (user and system) a call with ${AT_ONCE} at once, its JSON read, less that of the same call to the injected fetch alone, which answers at once from memory. Median of ${ROUNDS} rounds of ${CALLS.toLocaleString('en')} calls, all variants in turn.`,
  host,
  rows: [
    { what: 'all default layers', value: over('all'), unit: 'us', atMost: 10 },
    { what: 'of that, without any layer but the credential', value: over('none'), unit: 'us' },
    { what: 'with the time limit alone', value: over('timeout'), unit: 'us', detail: 'receives the body' },
    { what: 'with the breaker alone', value: over('breaker'), unit: 'us' },
    { what: 'with repetition alone', value: over('retry'), unit: 'us' },
    { what: 'with pacing alone', value: over('limits'), unit: 'us' },
    { what: 'the injected fetch and reading its JSON', value: quantile(taken.bare), unit: 'us' },
  ],
})
