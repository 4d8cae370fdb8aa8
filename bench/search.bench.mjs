// How long does a search take, and does it depend on how many users there are?
import { startServer } from './measure/child.mjs'
import { describeHost, keep, quantile } from './measure/report.mjs'

const host = describeHost()
const searches = [
  {
    what: 'search by login',
    path: `/api/v1/users?search=${encodeURIComponent('profile.login eq "user777@example.com"')}`,
  },
  {
    what: 'search by e-mail and status',
    path: `/api/v1/users?search=${encodeURIComponent('profile.email eq "user777@example.com" and status eq "ACTIVE"')}`,
  },
  {
    what: 'search by department, first page of 100',
    path: `/api/v1/users?limit=100&search=${encodeURIComponent('profile.department eq "Department 7"')}`,
  },
  { what: 'list, first page of 100', path: '/api/v1/users?limit=100' },
]
const rows = []
for (const users of [1_000, 100_000]) {
  const server = await startServer('crowd.mjs', { users, searches, rounds: 500 })
  for (const { what, firstMs, found, times } of server.answers) {
    rows.push({
      what: `${what}, ${users.toLocaleString('en')} users`,
      value: quantile(times),
      unit: 'ms',
      atMost: 2,
      detail: `p99 ${quantile(times, 0.99).toFixed(2)} ms; the first one, which builds what it needs, ${firstMs.toFixed(1)} ms; ${found} found`,
    })
  }
  await server.stop()
}
keep({
  name: 'search',
  question: 'How long does a search take?',
  how: 'Time from the call to the text of the answer, without a socket, median of 500 after 50 to warm up. Gates, rendering and ledger included.',
  host,
  rows,
})
