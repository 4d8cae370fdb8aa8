// How much CPU does a request cost, against a bare node:http server that sends the same bytes and headers?
import http from 'node:http'
import { startServer } from './measure/child.mjs'
import { requestBytes, sendAll } from './measure/load.mjs'
import { describeHost, keep } from './measure/report.mjs'

const ROUNDS = 9
const host = describeHost()
const room = process.env.BENCH_ROOM ?? 'users'
const limits = Object.fromEntries(
  ['users.list', 'users.write.one', 'users.read.one', 'groups', 'groups.one'].map((bucket) => [bucket, 1_000_000_000]),
)
// Limits are enforced as in `errorg serve`; they are only out of reach.
const counted = { rateLimits: { edition: 'workforce', limits, tokenPercent: 100 } }
const usedUp = {
  rateLimits: {
    edition: 'workforce',
    limits: Object.fromEntries(Object.keys(limits).map((id) => [id, 1])),
    tokenPercent: 100,
  },
}
const names = Array.from({ length: 1_000 }, (_, i) => String(i).padStart(4, '0'))
const seed = {
  users: names.map((n) => ({ login: `user${n}@example.com`, firstName: 'User', lastName: `Number ${n}` })),
  groups: names.map((n) => ({ name: `Group ${n}`, description: 'Made for a measurement' })),
}

const scenarios = {
  users: [
    {
      what: 'GET one user',
      atMost: 2,
      count: 8_000,
      request: ({ seeded }) => ({ method: 'GET', path: `/api/v1/users/${seeded.users[500].id}` }),
      expect: 200,
    },
    {
      what: 'GET a list of 100 users',
      atMost: 4,
      count: 1_500,
      request: () => ({ method: 'GET', path: '/api/v1/users?limit=100' }),
      expect: 200,
    },
    {
      what: 'POST a user (staged)',
      atMost: 3.5,
      count: 5_000,
      request: (_org, n) => ({
        method: 'POST',
        path: '/api/v1/users?activate=false',
        body: JSON.stringify({
          profile: { firstName: 'New', lastName: 'User', login: `new${n}@example.com`, email: `new${n}@example.com` },
        }),
      }),
      expect: 200,
    },
  ],
  groups: [
    {
      what: 'GET one group',
      atMost: 2,
      count: 8_000,
      request: ({ seeded }) => ({ method: 'GET', path: `/api/v1/groups/${seeded.groups[500].id}` }),
      expect: 200,
    },
    {
      what: 'GET a list of 100 groups',
      atMost: 4,
      count: 1_500,
      request: () => ({ method: 'GET', path: '/api/v1/groups?limit=100' }),
      expect: 200,
    },
    {
      what: 'POST a group',
      atMost: 3.5,
      count: 5_000,
      request: (_org, n) => ({
        method: 'POST',
        path: '/api/v1/groups',
        body: JSON.stringify({ profile: { name: `New group ${n}`, description: 'New' } }),
      }),
      expect: 200,
    },
  ],
}
const refusals = [
  {
    what: 'a 401 (unknown API token)',
    count: 8_000,
    token: `00${'x'.repeat(40)}`,
    request: () => ({ method: 'GET', path: `/api/v1/${room}` }),
    expect: 401,
  },
  {
    what: 'a 429 (limit used up)',
    count: 8_000,
    settings: usedUp,
    request: () => ({ method: 'GET', path: `/api/v1/${room}?limit=1` }),
    expect: 429,
  },
]

const rows = []
const only = new RegExp(process.env.BENCH_ONLY ?? '')
for (const scenario of [...scenarios[room], ...refusals])
  if (only.test(scenario.what)) rows.push(await measure(scenario))
keep({
  name: 'request-cost',
  question: 'How much CPU does a request cost?',
  how: `CPU time of the server's process (all threads, garbage collection included) a request, divided by that of a bare \`node:http\` server that sends the same bytes and headers. Both run at the same time and are loaded in turns, ${ROUNDS} rounds over 16 kept-open connections after a warm-up; the least disturbed round of each counts. The org holds 1,000 users and 1,000 groups; credentials, roles and limits are checked, the ledger and the System Log are written.`,
  host,
  rows,
})

async function measure({ what, atMost, count, request, expect, settings = counted, token }) {
  const org = await startServer('org.mjs', { settings, seed })
  const authorization = `SSWS ${token ?? org.token}`
  let made = 0
  const bytes = () => {
    made += 1
    return requestBytes({ headers: { authorization }, ...request(org, made) })
  }
  if (settings === usedUp) await answerOf(org.port, request(org, 0), authorization)
  const bare = await startServer('bare.mjs', await answerOf(org.port, request(org, 0), authorization, expect))
  const round = async (server) => {
    const before = await server.cpu()
    await sendAll({ port: server.port, count, request: bytes, expect })
    return ((await server.cpu()) - before) / count
  }
  for (const server of [org, bare, org, bare]) await round(server)
  const pairs = []
  for (let i = 0; i < ROUNDS; i++)
    pairs.push(i % 2 ? [await round(org), await round(bare)] : [await round(bare), await round(org)].reverse())
  await Promise.all([org.stop(), bare.stop()])
  // Other work on the machine only ever adds time: the least disturbed round of each says most.
  const ours = Math.min(...pairs.map((pair) => pair[0]))
  const theirs = Math.min(...pairs.map((pair) => pair[1]))
  const value = ours / theirs
  const row = { what, value, unit: 'x bare', atMost, detail: `${ours.toFixed(1)} us against ${theirs.toFixed(1)} us` }
  console.error(`  ${what}: ${value.toFixed(2)} (${row.detail})`)
  return row
}

function answerOf(port, { method, path, body }, authorization, expect) {
  return new Promise((resolve, reject) => {
    const headers = { authorization, accept: 'application/json', ...(body && { 'content-type': 'application/json' }) }
    const sent = http.request({ port, host: '127.0.0.1', method, path, headers, agent: false }, (response) => {
      const chunks = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        if (expect && response.statusCode !== expect)
          reject(new Error(`${what(method, path)} answered ${response.statusCode}: ${text}`))
        const pairs = []
        for (let i = 0; i < response.rawHeaders.length; i += 2) {
          // The connection's own headers are the bare server's to choose.
          if (!/^(connection|keep-alive)$/i.test(response.rawHeaders[i]))
            pairs.push(response.rawHeaders[i], response.rawHeaders[i + 1])
        }
        resolve({ status: response.statusCode, headers: pairs, body: text })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

function what(method, path) {
  return `${method} ${path}`
}
