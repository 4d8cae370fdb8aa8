// What does counting a request cost?
import { importSource } from './measure/inner.mjs'
import { describeHost, keep, quantile } from './measure/report.mjs'

const TAKES = 2_000_000
const ROUNDS = 7
const host = describeHost()
const { createLimiter, buckets } = await importSource('packages/server/src/limits/index.ts')
const bucket = buckets.find(({ id }) => id === 'users.read.one')
const orgLimits = { [bucket.id]: Number.MAX_SAFE_INTEGER }

/** Nanoseconds a take, median of the rounds. */
function measure(requestOf) {
  // A clock that goes on by 10 us a request, so that windows end as they do.
  let now = 1_795_000_000_000
  const limiter = createLimiter({ now: () => (now += 0.01) })
  const round = () => {
    const from = process.hrtime.bigint()
    for (let i = 0; i < TAKES; i++) limiter.take(requestOf(i))
    return Number(process.hrtime.bigint() - from) / TAKES
  }
  round()
  return quantile(Array.from({ length: ROUNDS }, round))
}

const tokens = Array.from({ length: 10_000 }, (_, i) => ({ id: `00T${i}`, kind: 'SSWS_TOKEN', percentage: 50 }))
const one = { bucket, edition: 'workforce', orgLimits, principal: tokens[0] }
const many = tokens.map((principal) => ({ bucket, edition: 'workforce', orgLimits, principal }))
const full = { bucket, edition: 'workforce', orgLimits: { [bucket.id]: 1 }, principal: tokens[0] }
keep({
  name: 'limiter',
  question: 'What does counting a request cost?',
  how: `One call of the limiter: the bucket of the org and the share of the token. Median of ${ROUNDS} rounds of ${TAKES.toLocaleString('en')} calls, the clock's steps included.`,
  host,
  rows: [
    { what: 'one API token', value: measure(() => one), unit: 'ns' },
    { what: '10,000 API tokens in turn', value: measure((i) => many[i % many.length]), unit: 'ns' },
    { what: 'refused: the limit is used up', value: measure(() => full), unit: 'ns' },
  ],
})
