// Does the client do a job of 1,000 calls as fast as a limit of 200 a window allows, without losing a call and without
// being refused, when nothing was configured?
import { startServer } from './measure/child.mjs'
import { idealMs } from './measure/ideal.mjs'
import { describeHost, keep } from './measure/report.mjs'

const CALLS = 1_000
const CALLERS = 32
const CAP_MS = 60_000
const RUNS = 2
const LANES = 3
const host = describeHost()

// `server`: what differs from a plain limit. `best`: where a client that knows only headers can come to no refusal, and
// `near`: to the ideal time. The rest is measured without a mark to reach. A timeout of 10 s, the default, is over before
// a window of a minute ends, but not one of 5 s; hence the scenario with 1 s.
const client = 'createClient'
const scenarios = [
  { what: 'a plain limit', client, best: true, near: true },
  { what: 'the server’s clock 30 s ahead', client, server: { skewSeconds: 30 }, best: true, near: true },
  { what: 'the server’s clock 30 s behind', client, server: { skewSeconds: -30 }, best: true, near: true },
  { what: 'half of the limit gone', client, server: { taken: 100 }, calls: 500, best: true, near: true },
  { what: 'at most 10 at once', client, server: { concurrency: 10 }, best: true, near: true },
  { what: '5 % answered 503', client, server: { unavailable: 0.05 }, best: true, near: true },
  { what: '1 % never answered', client, server: { hanging: 0.01 }, best: true },
  {
    what: '1 % never answered, timeout 1 s',
    client,
    options: { timeout: { ms: 1_000 } },
    server: { hanging: 0.01 },
    best: true,
    near: true,
  },
  { what: 'all POST', client, method: 'POST', best: true, near: true },
  { what: '4 processes that know nothing of each other', client, processes: 4 },
  { what: 'windows that end off the second', client, server: { onTheSecond: false }, near: true },
  { what: 'a plain limit, the loop of the guide', client: 'guide', compared: true },
  { what: 'a plain limit, a client that was told everything', client: 'knowing', compared: true },
]

// `ERRORG_RACE=fetch`: another client in its place, to see what the harness itself does.
// `ERRORG_RACE_ONLY=text`: only scenarios with this in their name, and nothing is kept.
const only = process.env.ERRORG_RACE_ONLY
const other = process.env.ERRORG_RACE
const chosen = scenarios
  .filter(({ what }) => only === undefined || what.includes(only))
  .map((scenario) => (other === undefined ? scenario : { ...scenario, client: other }))

async function race(scenario, run, lane) {
  const { calls = CALLS, processes = 1, method } = scenario
  const server = await startServer('windows.mjs', { seed: run + 1, ...scenario.server })
  const jobs = []
  try {
    for (let n = 0; n < processes; n++) {
      const share = calls / processes
      const facts = { client: scenario.client, options: scenario.options, url: server.url, method }
      const size = { calls: share, callers: CALLERS / processes, first: n * share, capMs: CAP_MS }
      jobs.push(await startServer('job.mjs', { ...facts, ...size }))
    }
    const startAt = nextStart(lane)
    const results = await Promise.all(jobs.map((job) => job.ask('run', { startAt })))
    const record = await server.ask('record')
    const done = results.reduce((sum, result) => sum + result.done, 0)
    const ideal = idealMs(record, { calls, callers: CALLERS })
    const took = record.lastDoneAt - record.firstAt
    return {
      lost: calls - done,
      windowRefusals: record.windowRefusals,
      concurrencyRefusals: record.concurrencyRefusals,
      overIdeal: (took / ideal - 1) * 100,
      took,
      ideal,
      requests: record.requests,
      cpuUs: results.reduce((sum, result) => sum + result.cpuUs, 0) / calls,
      said: Object.assign({}, ...results.map((result) => result.said)),
    }
  } finally {
    await Promise.all([...jobs, server].map((one) => one.stop()))
  }
}

// 5 ms after a whole second, and each lane in other seconds than the others: windows of 5 s that open at the same moment
// would take the CPU from each other.
function nextStart(lane) {
  const second = Math.ceil(Date.now() / 1000) + 1
  const offset = Math.floor((lane * 5) / LANES)
  return (second + ((((offset - second) % 5) + 5) % 5)) * 1000 + 5
}

const waiting = Array.from({ length: RUNS }, (_, run) => chosen.map((scenario) => ({ scenario, run }))).flat()
const results = new Map(chosen.map((scenario) => [scenario, []]))
await Promise.all(
  Array.from({ length: LANES }, async (_, lane) => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const result = await race(next.scenario, next.run, lane)
      results.get(next.scenario).push(result)
      if (only !== undefined || Object.keys(result.said).length > 0) console.log(next.scenario.what, result)
    }
  }),
)

const worst = (runs, what) => Math.max(...runs.map((result) => result[what]))
const inSeconds = (ms) => `${(ms / 1000).toFixed(2)} s`
const rows = chosen.flatMap((scenario) => {
  const { what, compared, best, near, server } = scenario
  const runs = results.get(scenario)
  const slowest = runs.reduce((one, other) => (other.overIdeal > one.overIdeal ? other : one))
  const lost = worst(runs, 'lost')
  return [
    { what: `${what}: calls lost`, value: lost, unit: 'calls', ...(!compared && { atMost: 0 }) },
    {
      what: `${what}: refused for the window`,
      value: worst(runs, 'windowRefusals'),
      unit: 'times',
      ...(best && { atMost: 0 }),
    },
    ...(server?.concurrency
      ? [{ what: `${what}: refused for what is at once`, value: worst(runs, 'concurrencyRefusals'), unit: 'times' }]
      : []),
    {
      what: `${what}: longer than the ideal time`,
      value: slowest.overIdeal,
      unit: '%',
      ...(near && { atMost: 2 }),
      detail:
        `${inSeconds(slowest.took)} against ${inSeconds(slowest.ideal)}, ${slowest.requests} requests, ` +
        `${slowest.cpuUs.toFixed(0)} us CPU a call${lost > 0 ? '; calls were lost, so the time says nothing' : ''}`,
    },
  ]
})
const result = {
  name: 'race',
  question: 'Does a job take as long as the rate limit wants, and no longer?',
  how: `${CALLS.toLocaleString('en')} calls (500 where half of the limit is gone) by ${CALLERS} callers against a limit of 200 in 5 s with Okta's headers, each call served in 40 to 60 ms; \`createClient({ orgUrl, auth })\` with nothing else. The worst of ${RUNS} runs; ${LANES} runs at a time, server and client in processes of their own. The ideal time comes from the server's record: windows as they were, each used up.`,
  host,
  rows,
}
if (only === undefined && other === undefined) keep(result)
else console.log(JSON.stringify(rows, undefined, 1))
