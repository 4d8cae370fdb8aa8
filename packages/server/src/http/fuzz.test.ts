// Whatever is sent, over the whole route table: Okta's own refusals, never a fault of the server, nothing half-written.
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { applySeed } from '../seed/apply.ts'
import { createSnapshots, type Snapshots } from '../snapshots.ts'
import type { Write } from '../state/state.ts'
import { type TestOrg, testOrg } from '../testing.ts'
import { orgFetch } from './fetch.ts'

let t: TestOrg
let snapshots: Snapshots
let helper: string
let names: string[]
let written: Write[] = []

beforeAll(async () => {
  t = await testOrg()
  const made = await applySeed(t.org, {
    groups: [{ name: 'Pilots' }, { name: 'From an app', type: 'APP_GROUP' }],
    users: [
      { login: 'amelia@example.com', password: 'Atlantic-1932', groups: ['Pilots'], roles: ['HELP_DESK_ADMIN'] },
      { login: 'bessie@example.com', status: 'STAGED' },
      { login: 'charles@example.com', status: 'DEPROVISIONED' },
      { login: 'daphne@example.com', status: 'LOCKED_OUT', source: 'ACTIVE_DIRECTORY' },
    ],
    tokens: [{ owner: 'amelia@example.com', name: 'hers' }],
    zones: [{ name: 'Office', gateways: [{ type: 'CIDR', value: '192.0.2.0/24' }] }],
  })
  helper = made.tokens[0]!.value
  const { everyoneId, defaultTypeId } = t.org.fixed
  names = [...made.users, ...made.groups, ...made.tokens, ...made.zones].map((one) => one.id)
  names.push(
    everyoneId,
    defaultTypeId,
    `osc${defaultTypeId.slice(3)}`,
    t.adminId,
    'me',
    'default',
    'amelia@example.com',
  )
  names.push('USER_ADMIN', 'SUPER_ADMIN', 'activate', 'password-reset', 'rules', 'current')
  const { state } = t.org
  const change = state.change
  Object.assign(state, {
    async change(writes: readonly Write[]) {
      await change(writes)
      written.push(...writes)
    },
  })
  snapshots = await createSnapshots(t.org)
})

const odd = fc.constantFrom(
  '',
  ' ',
  '.',
  '..',
  '%00',
  '%0d%0a',
  '%2F',
  '%25',
  '%',
  '%zz',
  '%f0%9f%98%80',
  '%ed%a0%80',
  '__proto__',
  'constructor',
  'toString',
  '{id}',
  '$%7Bid}',
  "'",
  '"',
  '<script>',
  ';',
  ':',
  '*',
  'a'.repeat(300),
  '-1',
  '0',
  '1e9',
  '99999999999999999999',
  'NaN',
  '2026-11-20T10:00:00Z',
  '0000-00-00T00:00:00Z',
)

const name = fc.oneof(
  { weight: 4, arbitrary: fc.nat(30).map((n) => ({ known: n })) },
  { weight: 1, arbitrary: odd.map((text) => ({ text })) },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => ({ text: encodeURIComponent(text) })),
  },
)
type Name = { known: number } | { text: string }
// Three known names of four are of the kind that the parameter wants.
function nameText(one: Name, parameter = ''): string {
  if ('text' in one) return one.text
  const prefix = kinds.find(([word]) => parameter.toLowerCase().includes(word))?.[1]
  const fitting = names.filter((known) => prefix !== undefined && known.startsWith(prefix))
  const from = fitting.length > 0 && one.known % 4 !== 0 ? fitting : names
  return encodeURIComponent(from[one.known % from.length]!)
}

const kinds: readonly (readonly [string, string])[] = [
  ['user', '00u'],
  ['owner', '00u'],
  ['group', '00g'],
  ['token', '00T'],
  ['zone', 'nzo'],
  ['type', 'oty'],
  ['schema', 'osc'],
]

const texts = fc.oneof(
  fc.constantFrom(
    '',
    'a',
    'name',
    'amelia@example.com',
    'x@example.com',
    'Atlantic-1932',
    'Everyone',
    'Pilots',
    'ACTIVE',
    'USER_ADMIN',
  ),
  fc.constantFrom(
    '\ud800',
    '\0',
    '😀',
    '\u202e',
    'x'.repeat(300),
    '{id}',
    '__proto__',
    '192.0.2.0/99',
    '2026-11-20',
    'null',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
)
const leaves = fc.oneof(
  texts,
  fc.constantFrom(null, true, false, 0, -1, 1.5, 1e308, 2 ** 53, [], {}),
  fc.nat(30).map((n) => () => names[n % names.length]!),
)
// Members that some resource knows, so that bodies get past the first look.
const members = fc.constantFrom(
  ...['profile', 'credentials', 'name', 'description', 'type', 'login', 'email', 'firstName', 'lastName', 'password'],
  ...[
    'value',
    'hash',
    'hook',
    'algorithm',
    'salt',
    'workFactor',
    'recovery_question',
    'question',
    'answer',
    'provider',
  ],
  ...['groupIds', 'id', 'status', 'network', 'connection', 'include', 'exclude', 'usage', 'gateways', 'displayName'],
  ...['oldPassword', 'newPassword', 'definitions', 'custom', 'properties', '__proto__', 'constructor', 'toString', ''],
)
const { value: tree } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'tree' },
    leaves,
    fc.array(tie('value'), { maxLength: 3, depthIdentifier: 'tree' }),
    fc.array(fc.tuple(members, tie('value')), { maxLength: 4, depthIdentifier: 'tree' }).map(objectOf),
  ),
}))
// By hand, so that "__proto__" becomes a member like others, as a parser makes it.
function objectOf(entries: [string, unknown][]): object {
  const made = {}
  for (const [key, value] of entries) {
    Object.defineProperty(made, key, { value, enumerable: true, configurable: true, writable: true })
  }
  return made
}

const person = { firstName: 'Grace', lastName: 'Hopper', email: 'grace@example.com', login: 'grace@example.com' }
const good = fc.constantFrom<Record<string, unknown>>(
  { profile: person },
  { profile: person, credentials: { password: { value: 'Nanosecond-1952' } } },
  { profile: { name: 'Engineers', description: 'They build' } },
  { type: 'USER_ADMIN' },
  { type: 'IP', name: 'Home', gateways: [{ type: 'RANGE', value: '192.0.2.1-192.0.2.9' }] },
  { name: 'contractor', displayName: 'Contractor' },
  { oldPassword: { value: 'Atlantic-1932' }, newPassword: { value: 'Pacific-1937-x' } },
  { name: 'token', network: { connection: 'ANYWHERE' } },
)
const bent = fc.tuple(good, fc.array(members, { minLength: 1, maxLength: 3 }), tree).map(([body, path, value]) => {
  const copy = structuredClone(body) as Record<string, unknown>
  let at = copy
  for (const key of path.slice(0, -1)) {
    const next = Object.hasOwn(at, key) ? at[key] : undefined
    if (typeof next !== 'object' || next === null) break
    at = next as Record<string, unknown>
  }
  Object.defineProperty(at, path.at(-1)!, { value, enumerable: true, configurable: true, writable: true })
  return copy
})

const raw = fc.constantFrom(
  '',
  '{',
  'null',
  '"text"',
  '[]',
  '{}',
  '\uFEFF{}',
  '{"profile":{"name":"a"}}x',
  '{"__proto__":{"admin":true}}',
  '{"profile":{"__proto__":{"name":"x"}}}',
  '{"constructor":{"prototype":{"admin":true}}}',
  '{"profile":{"name":1e999}}',
  `{"profile":{"name":${'9'.repeat(400)}}}`,
  '{"profile":{"name":"\\ud800"}}',
  '{"profile":{"name":"\\u0000"}}',
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  `{"profile":${'{"a":'.repeat(900)}1${'}'.repeat(900)}}`,
  `{"profile":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}`,
  `{"profile":{"name":"${'x'.repeat(100_000)}"}}`,
  'a=b&c=d',
)
const body = fc.option(
  fc.oneof(
    { weight: 4, arbitrary: bent.map((value) => ({ value })) },
    { weight: 2, arbitrary: tree.map((value) => ({ value })) },
    { weight: 2, arbitrary: good.map((value) => ({ value })) },
    { weight: 1, arbitrary: raw.map((text) => ({ text })) },
  ),
  { nil: undefined },
)

const query = fc.array(
  fc.tuple(
    fc.constantFrom(
      ...['limit', 'after', 'q', 'filter', 'search', 'sortBy', 'sortOrder', 'since', 'until', 'expand', 'activate'],
      ...['provider', 'nextLogin', 'sendEmail', 'fields', 'type', 'strict', 'disableNotifications', '__proto__', ''],
    ),
    fc.oneof(
      name.map(nameLater),
      fc.constantFrom(
        'true',
        'false',
        'TRUE',
        '1',
        '10001',
        '-1',
        'profile.login eq "amelia@example.com"',
        'status eq',
      ),
      fc.constantFrom(
        '((((',
        'a eq "',
        'lastUpdated gt "x"',
        '%',
        'ASCENDING',
        'DESCENDING',
        'stats',
        'a'.repeat(2_000),
      ),
    ),
  ),
  { maxLength: 3 },
)
// Names are known only when the org is made.
function nameLater(one: Name) {
  return () => nameText(one)
}

const headers = fc.record(
  {
    accept: fc.constantFrom('*/*', 'text/html', '', 'application/json;q=0', ';;,,', 'a'.repeat(1_000)),
    'content-type': fc.constantFrom(
      'text/plain',
      'application/json; charset=x',
      '',
      ';',
      'application/x-www-form-urlencoded',
    ),
    authorization: fc.constantFrom(
      '',
      'SSWS',
      'SSWS ',
      'Bearer x',
      'Bearer a.b.c',
      'SSWS a.b.c',
      'Basic !',
      'helper',
      '\u00ff',
    ),
    'x-forwarded-for': fc.constantFrom('', ',', '192.0.2.7', '::ffff:1.2.3.4', 'x'.repeat(500), '<script>'),
    'user-agent': fc.constantFrom('', '\u00ff', 'a'.repeat(3_000), 'Mozilla/5.0 ('),
    cookie: fc.constantFrom('sid=x', ';;;', 'sid', 'a'.repeat(2_000)),
    'if-match': fc.constantFrom('', '*', '"x"', 'W/"1"'),
  },
  { requiredKeys: [] },
)

// Mostly nothing odd, so that requests get past the first gates.
const seldom = <T>(oneIn: number, arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: oneIn - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })

const request = fc.record({
  route: fc.nat(),
  method: seldom(12, fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', '__proto__', 'FOO')),
  path: seldom(15, fc.array(odd, { maxLength: 5 })),
  names: fc.array(name, { minLength: 4, maxLength: 4 }),
  query,
  headers: seldom(4, headers),
  body,
})
type Sent = typeof request extends fc.Arbitrary<infer T> ? T : never

async function send(sent: Sent): Promise<{ response: Response; said: string }> {
  const built = t.org.routes.routes.filter((route) => route.built)
  const table = sent.route % 10 === 0 ? t.org.routes.routes : built
  const route = table[sent.route % table.length]!
  let i = 0
  const path = sent.path
    ? `/${sent.path.join('/')}`
    : route.template.replace(/:\w+/g, (parameter) => nameText(sent.names[i++ % sent.names.length]!, parameter))
  const params = sent.query.map(([key, value]) => `${key}=${typeof value === 'function' ? value() : value}`)
  const method = sent.method ?? route.method
  const given: Record<string, string> = {
    authorization: `SSWS ${t.token}`,
    'content-type': 'application/json',
    ...sent.headers,
  }
  if (given.authorization === 'helper') given.authorization = `SSWS ${helper}`
  const content = sent.body && ('text' in sent.body ? sent.body.text : stringify(sent.body.value))
  const bare = method === 'GET' || method === 'HEAD'
  const url = `http://org.test${path}${params.length > 0 ? `?${params.join('&')}` : ''}`
  const response = await orgFetch(t.org, url, { method, headers: given, body: bare ? undefined : content })
  return { response, said: `${method} ${url} ${content?.slice(0, 300)}` }
}

// Leaves that are functions are names, known now.
function stringify(value: unknown): string {
  return (
    JSON.stringify(value, (_key, leaf: unknown) => (typeof leaf === 'function' ? (leaf as () => string)() : leaf)) ?? ''
  )
}

// What a refused request may write all the same: a wrong password counts towards a lockout.
function onlyCounts(writes: readonly Write[]): boolean {
  return writes.every((write) => 'put' in write && write.put.name === 'user')
}

// Of the edge, of the API, of OAuth endpoints.
const FORMS = ['status,message', 'errorCode,errorSummary,errorLink,errorId,errorCauses', 'error,error_description']

describe('any request', () => {
  it('is answered in a form of Okta, and a refused one changes nothing', async () => {
    const statuses = new Map<number, number>()
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 8 }), async (requests) => {
        await snapshots.reset()
        for (const sent of requests) {
          written = []
          // A fault of the server's own rejects: `testOrg` throws what `onFault` hears.
          const { response, said } = await send(sent)
          const text = await response.text()
          statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1)
          expect(t.lastCause(), said).not.toBe('E0000009/service-fault')
          if (response.ok || response.status === 302) continue
          expect(response.status, said).toBeGreaterThanOrEqual(400)
          if (response.headers.get('content-type')?.startsWith('text/html')) {
            // Only /authorize speaks to people.
            expect(text, said).toContain('Your request resulted in an error.')
          } else if (text === '') {
            // A challenge has no body.
            expect(sent.method === 'HEAD' || response.headers.has('www-authenticate'), said).toBe(true)
          } else {
            const json = JSON.parse(text) as Record<string, unknown>
            expect(FORMS, `${said}: ${text}`).toContain(Object.keys(json).join())
            if ('errorCode' in json) expect(json.errorCode).toBe(json.errorLink)
          }
          // Keys of a server are made when somebody first asks for them; which ones they are stands before.
          const changes = written.filter((write) => !('put' in write && write.put.name === 'signingKey'))
          if (changes.length > 0) {
            const after = t.lastCause()
            expect(
              onlyCounts(changes) && /E0000(004|014|069|087|068)/.test(String(after)),
              `${said} wrote, then ${after}`,
            ).toBe(true)
          }
        }
      }),
      { numRuns: 1_200, interruptAfterTimeLimit: 7_000 },
    )
    // The requests got somewhere: some succeed, and they meet the refusals of many stages.
    expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 204, 400, 401, 403, 404, 501]))
    expect(({} as Record<string, unknown>).admin).toBeUndefined()
    await snapshots.reset()
    expect((await t.call('GET /api/v1/users/me')).status).toBe(200)
  })
})
