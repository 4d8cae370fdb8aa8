// A rate limit as Okta has it, and nothing behind it: a window opens with its first request and ends at a whole second
// of the server's clock; each answer tells limit, remaining and reset. It keeps a record of what it was asked.
import http from 'node:http'
import { serveQuestions } from '../measure/child.mjs'

const defaults = {
  windowSeconds: 5,
  limit: 200,
  /** What another consumer has used of each window when it opens. */
  taken: 0,
  /** How many requests may be under way; 0: any number. */
  concurrency: 0,
  skewSeconds: 0,
  /** Shares of the requests that are let through. */
  unavailable: 0,
  hanging: 0,
  /** False: a window ends to the millisecond, and its reset is told without the fraction. */
  onTheSecond: true,
  serviceMs: [40, 60],
  refusalMs: 5,
  seed: 1,
}

const refusal = JSON.stringify({
  errorCode: 'E0000047',
  errorSummary: 'API call exceeded rate limit due to too many requests.',
  errorLink: 'E0000047',
  errorId: 'oaeRace',
  errorCauses: [],
})
const user = JSON.stringify({
  id: '00uRaceRaceRaceRace1',
  status: 'ACTIVE',
  created: '2024-01-01T00:00:00.000Z',
  profile: { login: 'ada@example.com', email: 'ada@example.com', firstName: 'Ada', lastName: 'Byron' },
})

serveQuestions(async (options) => {
  const facts = { ...defaults, ...options }
  const random = randomFrom(facts.seed)
  const skewMs = facts.skewSeconds * 1000
  const record = {
    requests: 0,
    done: 0,
    windowRefusals: 0,
    concurrencyRefusals: 0,
    unavailable: 0,
    hung: 0,
    mostAtOnce: 0,
    firstAt: 0,
    lastDoneAt: 0,
    serviceMs: 0,
    windows: [],
  }
  let open
  let atOnce = 0

  function take() {
    const now = Date.now()
    if (open === undefined || now >= open.endsAt) {
      const second = Math.floor((now + skewMs) / 1000)
      const resetAtSeconds = second + facts.windowSeconds
      const endsAt = facts.onTheSecond ? resetAtSeconds * 1000 - skewMs : now + facts.windowSeconds * 1000
      open = { opensAt: now, endsAt, resetAtSeconds, used: facts.taken }
      record.windows.push(open)
    }
    if (open.used >= facts.limit) return false
    open.used++
    return true
  }

  const server = http.createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    request.resume()
    response.sendDate = false
    record.requests++
    record.firstAt ||= Date.now()
    const answer = (status, limit, remaining, resetAtSeconds, body) => {
      response.writeHead(status, {
        'content-type': body ? 'application/json' : 'text/html',
        date: new Date(Date.now() + skewMs).toUTCString(),
        'x-rate-limit-limit': limit,
        'x-rate-limit-remaining': remaining,
        'x-rate-limit-reset': resetAtSeconds,
        'x-okta-request-id': `race${record.requests}`,
      })
      response.end(body)
    }
    if (facts.concurrency > 0 && atOnce >= facts.concurrency) {
      record.concurrencyRefusals++
      const suggested = Math.floor((Date.now() + skewMs) / 1000) + 1
      setTimeout(() => answer(429, 0, 0, suggested, refusal), facts.refusalMs)
      return
    }
    if (!take()) {
      record.windowRefusals++
      const { resetAtSeconds } = open
      setTimeout(() => answer(429, facts.limit, 0, resetAtSeconds, refusal), facts.refusalMs)
      return
    }
    // What an answer tells is fixed when its request arrives; only its date is that of its leaving.
    const { resetAtSeconds } = open
    const remaining = facts.limit - open.used
    record.mostAtOnce = Math.max(record.mostAtOnce, ++atOnce)
    const lot = random()
    if (lot < facts.hanging) {
      record.hung++
      response.on('close', () => atOnce--)
      return
    }
    const [least, most] = facts.serviceMs
    const from = Date.now()
    setTimeout(
      () => {
        atOnce--
        if (response.destroyed) return
        if (lot < facts.hanging + facts.unavailable) {
          record.unavailable++
          answer(503, facts.limit, remaining, resetAtSeconds)
          return
        }
        record.done++
        record.lastDoneAt = Date.now()
        record.serviceMs += record.lastDoneAt - from
        answer(200, facts.limit, remaining, resetAtSeconds, user)
      },
      least + random() * (most - least),
    )
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    ready: { url: `http://127.0.0.1:${server.address().port}` },
    asks: { record: () => ({ ...record, facts }) },
    stop: async () => server.closeAllConnections(),
  }
})

/** The same numbers for the same seed (xorshift). */
function randomFrom(seed) {
  let state = seed >>> 0 || 1
  const next = () => {
    state ^= state << 13
    state >>>= 0
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state / 2 ** 32
  }
  // The first numbers of a small seed are small.
  for (let i = 0; i < 50; i++) next()
  return next
}
