// Does the org behave like a plain model of it, over ten thousand calls? Alone, and with two callers at the same moment:
// then the two answers and what is left must be those of one of the two orders.
import { createOrg, type RunningOrg } from '@errorg/server'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { type Answer, type Command, commands, type Known, type Prepared, prepare } from './commands.ts'
import { type Expected, emptyModel, MOST_TRIES, type Model } from './model.ts'

const SEQUENCES = 110
const LENGTH = 200
const SEED = 20_261_120

let org: RunningOrg
// What the org comes with.
let own: ReadonlySet<string>
let sent = 0

beforeAll(async () => {
  org = await createOrg({ passwordCost: 2, settings: { passwordPolicy: { maxAttempts: MOST_TRIES } } })
  const rows = await Promise.all(
    ['/api/v1/users?search=id+pr', '/api/v1/groups', '/api/v1/apps'].map((path) => call({ request: `GET ${path}` })),
  )
  own = new Set(rows.flatMap(({ json }) => json.map(({ id }: { id: string }) => id)))
})

async function call({ request, body, bare }: Pick<Prepared, 'request' | 'body' | 'bare'>): Promise<Answer> {
  const space = request.indexOf(' ')
  const response = await org.fetch(request.slice(space + 1), {
    method: request.slice(0, space),
    headers: {
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(!bare && { authorization: `SSWS ${org.token}` }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const text = await response.text()
  return { status: response.status, json: text === '' ? undefined : JSON.parse(text) }
}

const brief = (expected: Expected): string => `${expected.status} ${expected.code ?? ''}`.trim()
const briefAnswer = ({ status, json }: Answer): string => brief({ status, code: json?.errorCode })

/** Everything that can be seen of users, groups, apps and roles, in one text. */
async function observe(): Promise<string> {
  const lines: string[] = []
  const list = async (path: string) =>
    (await call({ request: `GET ${path}` })).json.filter(({ id }: { id: string }) => !own.has(id))
  for (const { id, status, profile, credentials } of await list('/api/v1/users?search=id+pr')) {
    lines.push(`${id} ${status} ${profile.login} ${profile.title ?? ''} ${'password' in credentials}`)
    for (const role of await list(`/api/v1/users/${id}/roles`)) lines.push(`${id} ${role.type}`)
  }
  for (const { id, profile } of await list('/api/v1/groups')) {
    lines.push(`${id} ${profile.name}`)
    for (const member of await list(`/api/v1/groups/${id}/users`)) lines.push(`${member.id} in ${id}`)
  }
  for (const { id, label, status } of await list('/api/v1/apps')) {
    lines.push(`${id} ${label} ${status}`)
    for (const group of await list(`/api/v1/apps/${id}/groups`)) lines.push(`${group.id} at ${id}`)
    for (const user of await list(`/api/v1/apps/${id}/users`))
      if (user.scope === 'USER') lines.push(`${user.id} at ${id}`)
  }
  return lines.sort().join('\n')
}

/** The same of the model. */
function describeModel(model: Model): string {
  const lines: string[] = []
  for (const { id, status, login, title, password } of model.users.values()) {
    lines.push(`${id} ${status} ${login} ${title ?? ''} ${password !== undefined}`)
  }
  for (const role of model.roles.values()) lines.push(`${role.userId} ${role.type}`)
  for (const group of model.groups.values()) {
    lines.push(`${group.id} ${group.name}`)
    for (const id of group.members) lines.push(`${id} in ${group.id}`)
  }
  for (const app of model.apps.values()) {
    lines.push(`${app.id} ${app.label} ${app.active ? 'ACTIVE' : 'INACTIVE'}`)
    for (const id of [...app.groups, ...app.users]) lines.push(`${id} at ${app.id}`)
  }
  return lines.sort().join('\n')
}

interface Run {
  model: Model
  known: Known
}

async function alone(run: Run, command: Command): Promise<void> {
  const prepared = prepare(command, run.known)
  const said = `${prepared.request} ${JSON.stringify(prepared.body ?? '')}`
  const answer = await call(prepared)
  sent++
  const expected = prepared.judge(run.model, answer)
  expect(briefAnswer(answer), `${said}\n${JSON.stringify(answer.json)}`).toBe(brief(expected))
  if (answer.status < 300) prepared.note?.(run.known, answer)
  expect(prepared.shows?.(run.model, answer), said).toBeUndefined()
  if ('session' in expected) await openSession(run, answer)
}

async function openSession({ model, known }: Run, { json }: Answer): Promise<void> {
  const session = await call({ request: 'POST /api/v1/sessions', body: { sessionToken: json.sessionToken } })
  expect(session.status, JSON.stringify(session.json)).toBe(200)
  const { id, userId } = session.json
  model.sessions.set(id, { id, userId })
  known.sessions.push(id)
}

// The answers and all that is left must be as if one had come before the other.
async function atOnce(run: Run, first: Command, second: Command): Promise<void> {
  const both = [prepare(first, run.known), prepare(second, run.known)] as const
  const answers = await Promise.all(both.map((prepared) => call(prepared)))
  sent += 2
  const seen = await observe()
  const orders = [
    [0, 1],
    [1, 0],
  ].map((order) => {
    const model = structuredClone(run.model)
    const expected: string[] = []
    for (const i of order) expected[i] = brief(both[i]!.judge(model, answers[i]!))
    return { model, expected: expected.join(' | ') }
  })
  const answered = answers.map(briefAnswer).join(' | ')
  const fitting = orders.find(({ model, expected }) => expected === answered && describeModel(model) === seen)
  const said = both.map(({ request, body }) => `${request} ${JSON.stringify(body ?? '')}`).join('\n')
  expect(
    fitting ? 'one of two orders' : { answered, seen },
    `${said}\n${orders.map(({ model, expected }) => `${expected}\n${describeModel(model)}`).join('\n---\n')}`,
  ).toBe('one of two orders')
  run.model = fitting!.model
  for (const [i, prepared] of both.entries()) if (answers[i]!.status < 300) prepared.note?.(run.known, answers[i]!)
}

// Sessions of two sign-ins at the same moment are opened afterwards, which is no race: they stay single.
const racing = (Object.keys(commands) as Command['word'][]).filter((word) => word !== 'signIn')
const often: Command['word'][] = ['createUser', 'lead', 'lead', 'join', 'createGroup', 'signIn', 'givePassword']
const number = fc.nat(1_000)
const commandOf = (words: readonly Command['word'][]) =>
  fc.record({ word: fc.constantFrom(...words), a: number, b: number, c: number })
const single = commandOf([...(Object.keys(commands) as Command['word'][]), ...often])
// Two of the same kind on the same thing meet; two of any kind seldom do.
const pair = fc.oneof(
  commandOf(racing).chain((one) =>
    fc.tuple(
      fc.constant(one),
      fc.record({ b: number, c: number }).map((other) => ({ ...one, ...other })),
    ),
  ),
  fc.tuple(commandOf(racing), commandOf(racing)),
)
const step = fc.oneof({ weight: 12, arbitrary: single.map((one) => [one]) }, { weight: 1, arbitrary: pair })

test('ten thousand calls are answered as the model says', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: LENGTH, size: 'max' }), async (steps) => {
      await org.reset()
      const run: Run = {
        model: emptyModel(),
        known: { users: [], groups: [], apps: [], roles: [], sessions: [] },
      }
      for (const [first, second] of steps) {
        if (second) await atOnce(run, first!, second)
        else await alone(run, first!)
      }
      expect(await observe()).toBe(describeModel(run.model))
    }),
    // Shrinking takes minutes: take `endOnFailure` out where a failing sequence is too long to be read.
    { seed: SEED, numRuns: SEQUENCES, endOnFailure: true },
  )
  expect(sent).toBeGreaterThanOrEqual(10_000)
})
