// An org with many users in a process of its own: says how long a search takes and how much memory a user needs.
import { createOrg } from '@errorg/server'
import { serveQuestions } from '../measure/child.mjs'

const BATCH = 10_000

serveQuestions(async ({ users, searches, rounds }) => {
  const org = await createOrg()
  const before = await memory()
  const seedingFrom = performance.now()
  for (let first = 0; first < users; first += BATCH) {
    await org.seed({ users: Array.from({ length: Math.min(BATCH, users - first) }, (_, i) => person(first + i)) })
  }
  const seedingMs = performance.now() - seedingFrom
  const seeded = await memory()
  const answers = []
  for (const { what, path } of searches ?? []) answers.push({ what, ...(await time(org, path, rounds)) })
  const searched = await memory()
  return {
    ready: { seedingMs, bytes: seeded - before, bytesAfterSearch: searched - before, answers },
    stop: () => org.close(),
  }
})

// Names repeat as names do: 1,000 last names, 20 departments.
function person(n) {
  return {
    login: `user${n}@example.com`,
    firstName: `First${n % 5000}`,
    lastName: `Last${n % 1000}`,
    profile: { department: `Department ${n % 20}`, employeeNumber: String(100_000 + n) },
  }
}

async function time(org, path, rounds) {
  const call = async () => {
    const from = performance.now()
    const response = await org.fetch(path, {
      headers: { authorization: `SSWS ${org.token}`, accept: 'application/json' },
    })
    const text = await response.text()
    const ms = performance.now() - from
    if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${text.slice(0, 300)}`)
    return { ms, found: JSON.parse(text).length }
  }
  const { ms: firstMs, found } = await call()
  for (let i = 0; i < 50; i++) await call()
  const times = []
  for (let i = 0; i < rounds; i++) times.push((await call()).ms)
  return { firstMs, found, times }
}

// What the last call still holds lets go after a moment; what a collection frees is swept by the next one.
async function memory() {
  for (let i = 0; i < 3; i++) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    globalThis.gc?.()
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
