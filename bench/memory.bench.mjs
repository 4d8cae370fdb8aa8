// How much memory does a user need?
import { startServer } from './measure/child.mjs'
import { describeHost, keep } from './measure/report.mjs'

const USERS = 100_000
const host = describeHost()
const searches = ['login', 'email', 'firstName', 'lastName'].map((name) => ({
  what: name,
  path: `/api/v1/users?search=${encodeURIComponent(`profile.${name} eq "x"`)}`,
}))
const server = await startServer('crowd.mjs', { users: USERS, searches, rounds: 1 })
await server.stop()
keep({
  name: 'memory',
  question: 'How much memory does a user need?',
  how: `Heap and external memory after a collection, ${USERS.toLocaleString('en')} users with six profile properties against none, divided by their number.`,
  host,
  rows: [
    { what: 'a user', value: server.bytes / USERS, unit: 'bytes' },
    {
      what: 'a user, once people search by login, e-mail, first and last name',
      value: server.bytesAfterSearch / USERS,
      unit: 'bytes',
    },
    { what: `seeding ${USERS.toLocaleString('en')} users`, value: server.seedingMs / 1000, unit: 's' },
  ],
})
