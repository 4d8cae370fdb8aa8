// No server but its caller: a job of many calls from a process of its own, through the client that is measured. A call
// is done when its JSON was read; all others are lost.
import { serveQuestions } from '../measure/child.mjs'

/** Each gives a function that makes a call and says whether it was answered with 200 and JSON. */
const clients = {
  /** Nothing is configured, unless the scenario says so: no limit, no retry, no timeout. */
  async createClient({ url, options }) {
    const { createClient } = await import('@errorg/client')
    const client = createClient({ orgUrl: url, auth: { token: 'x' }, ...options })
    return (target, init) => client.fetch(target, init).then(isDone)
  },
  async guide() {
    const { makeOktaRequestWithRetry } = await import('@errorg/client')
    const seat = { print: () => undefined }
    return (target) =>
      makeOktaRequestWithRetry(target, { authorization: 'SSWS x' }, seat).then((body) => body.id !== undefined)
  },
  /** Told the limit and the length of a window, on the server's own clock: what it takes longer is the machine's. */
  async knowing({ limit = 200, windowSeconds = 5 }) {
    let left = 0
    let endsAt = 0
    return async (target, init) => {
      while (left === 0 && Date.now() <= endsAt) await new Promise((go) => setTimeout(go, endsAt + 1 - Date.now()))
      if (left === 0) {
        left = limit
        endsAt = (Math.floor(Date.now() / 1000) + windowSeconds) * 1000
      }
      left--
      return isDone(await fetch(target, init))
    }
  },
  async fetch() {
    return (target, init) => fetch(target, init).then(isDone)
  },
}

async function isDone(response) {
  const body = await response.json().catch(() => undefined)
  return response.status === 200 && body?.id !== undefined
}

serveQuestions(async (options) => {
  const { client, calls, callers, method = 'GET', first = 0, capMs } = options
  const call = await clients[client](options)
  const init = method === 'GET' ? {} : { method, headers: { 'content-type': 'application/json' }, body: '{}' }
  const urlOf = (n) => `${options.url}/api/v1/users/00u${String(first + n).padStart(17, 'R')}`
  return {
    ready: {},
    asks: { run },
    stop: async () => undefined,
  }

  async function run({ startAt }) {
    await new Promise((resolve) => setTimeout(resolve, startAt - Date.now()))
    const from = process.cpuUsage()
    const said = {}
    let next = 0
    let done = 0
    let failed = 0
    const caller = async () => {
      while (next < calls) {
        try {
          if (await call(urlOf(next++), init)) done++
          else failed++
        } catch (error) {
          failed++
          const what = `${error?.name}: ${error?.message}`.slice(0, 120)
          said[what] = (said[what] ?? 0) + 1
        }
      }
    }
    const job = Promise.all(Array.from({ length: callers }, caller))
    await Promise.race([job, new Promise((resolve) => setTimeout(resolve, capMs))])
    const { user, system } = process.cpuUsage(from)
    return { done, failed, unfinished: calls - done - failed, cpuUs: user + system, said }
  }
})
