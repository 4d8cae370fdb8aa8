// What do the layers of the client cost a call, over the fetch they stand around?
import { createClient } from '@errorg/client'
import { describeHost, keep, quantile } from './measure/report.mjs'

const CALLS = 20_000
const ROUNDS = 15
const AT_ONCE = 64
const host = describeHost()

const orgUrl = 'https://example.okta.com'
const body = JSON.stringify({
  id: '00u1a2b3c4d5e6f7g8h9',
  status: 'ACTIVE',
  created: '2024-01-01T00:00:00.000Z',
  profile: { login: 'ada@example.com', email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace' },
})

/** Headers as an org sends them; the limit is never reached. */
function limits() {
  const now = Date.now()
  return {
    date: new Date(now).toUTCString(),
    'x-okta-request-id': 'ZqVhFv0Q3kQKZ8rY1bC5jgAAB2U',
    'x-rate-limit-limit': '100000000',
    'x-rate-limit-remaining': '99999999',
    'x-rate-limit-reset': String(Math.floor(now / 1000) + 60),
  }
}

/** Gives the same empty answer each time, so that nothing but the layers is measured. */
function createEmptyWire() {
  const response = new Response(null, { status: 204, headers: limits() })
  return async () => response
}

/** Makes an answer with JSON each time, as global fetch does. */
function createJsonWire() {
  const headers = { 'content-type': 'application/json', ...limits() }
  return async () => new Response(body, { status: 200, headers })
}

/** Microseconds of CPU a call, with so many at once. */
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

const urls = Array.from({ length: 1_000 }, (_, i) => `${orgUrl}/api/v1/users/00u${1_000_000 + i}`)
const headers = { accept: 'application/json' }
const off = { limits: false, retry: false, timeout: false, breaker: false }

const bare = (wire) => (i) => wire(urls[i % 1_000], { headers })
const through = (wire, options) => {
  const client = createClient({ orgUrl, auth: { token: '00token' }, fetch: wire, ...options })
  return (i) => client.fetch(urls[i % 1_000], { headers })
}
const readJson = (call) => async (i) => (await call(i)).json()

const variants = {
  bare: bare(createEmptyWire()),
  all: through(createEmptyWire(), {}),
  none: through(createEmptyWire(), off),
  timeout: through(createEmptyWire(), { ...off, timeout: {} }),
  breaker: through(createEmptyWire(), { ...off, breaker: {} }),
  retry: through(createEmptyWire(), { ...off, retry: {} }),
  limits: through(createEmptyWire(), { ...off, limits: {} }),
  bareJson: readJson(bare(createJsonWire())),
  allJson: readJson(through(createJsonWire(), {})),
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
const over = (name, base) => quantile(taken[name].map((us, round) => us - taken[base][round]))
const alone = (name) => over(name, 'none')

keep({
  name: 'client-overhead',
  question: 'What do the layers of the client cost?',
  how: `CPU (user and system) a call with ${AT_ONCE} at once, less that of the same call to the injected fetch alone. That fetch gives the same empty answer with an org's headers each time, so that nothing but the layers is in the number. Median of ${ROUNDS} rounds of ${CALLS.toLocaleString('en')} calls, all variants in turn.`,
  host,
  rows: [
    { what: 'all default layers', value: over('all', 'bare'), unit: 'us', atMost: 10 },
    { what: 'of that, the client without layers but the credential', value: over('none', 'bare'), unit: 'us' },
    { what: 'the time limit', value: alone('timeout'), unit: 'us' },
    { what: 'the breaker', value: alone('breaker'), unit: 'us' },
    { what: 'repetition', value: alone('retry'), unit: 'us' },
    { what: 'pacing', value: alone('limits'), unit: 'us' },
    {
      what: 'all default layers, each answer a new one whose JSON is received inside the attempt and read',
      value: over('allJson', 'bareJson'),
      unit: 'us',
      detail: `over ${quantile(taken.bareJson).toFixed(1)} us for making and reading it`,
    },
  ],
})
