import { describe, expect, test } from 'vitest'
import { type Called, type TestOrg, testOrg } from './testing.ts'

// Requests that arrive in the same breath: each is decided on what the other has left.

type Call = (t: TestOrg, i: number) => Promise<Called>

const channel = { type: 'HTTP', version: '1.0.0', config: { uri: 'https://hooks.example.com/', headers: [] } }
const secretApp = {
  name: 'oidc_client',
  label: 'Client',
  signOnMode: 'OPENID_CONNECT',
  credentials: { oauthClient: { token_endpoint_auth_method: 'client_secret_basic' } },
  settings: {
    oauthClient: {
      application_type: 'web',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      redirect_uris: ['https://app.example.com/callback'],
    },
  },
}
const bookmark = (label: string) => ({
  name: 'bookmark',
  label,
  signOnMode: 'BOOKMARK',
  settings: { app: { url: 'https://app.example.com', requestIntegration: false } },
})
const made = async (answer: Promise<Called>): Promise<string> => {
  const { status, text, json } = await answer
  expect(status, text).toBeLessThan(300)
  return json.id
}
const user = (t: TestOrg, name: string) =>
  made(
    t.call('POST /api/v1/users?activate=true', {
      profile: { login: `${name}@example.com`, email: `${name}@example.com`, firstName: name, lastName: 'Race' },
    }),
  )
const group = (t: TestOrg, name: string) => made(t.call('POST /api/v1/groups', { profile: { name } }))
const all = (t: TestOrg, times: number, call: Call) => Promise.all(Array.from({ length: times }, (_, i) => call(t, i)))

describe('a limit holds, however many come at once', () => {
  const limits: [string, number, string, (t: TestOrg) => Promise<Call> | Call][] = [
    [
      'event hooks',
      25,
      'GET /api/v1/eventHooks',
      () => (t, i) =>
        t.call('POST /api/v1/eventHooks', {
          name: `hook ${i}`,
          events: { type: 'EVENT_TYPE', items: ['user.lifecycle.create'] },
          channel,
        }),
    ],
    [
      'inline hooks',
      50,
      'GET /api/v1/inlineHooks',
      () => (t, i) =>
        t.call('POST /api/v1/inlineHooks', {
          name: `hook ${i}`,
          type: 'com.okta.oauth2.tokens.transform',
          version: '1.0.0',
          channel,
        }),
    ],
    [
      'apps',
      5,
      'GET /api/v1/apps?limit=200',
      (t) => {
        t.org.changeSettings({ apps: { most: 5 } })
        return (_, i) => t.call('POST /api/v1/apps', bookmark(`App ${i}`))
      },
    ],
    [
      'captchas',
      1,
      'GET /api/v1/captchas',
      () => (t, i) =>
        t.call('POST /api/v1/captchas', { name: `c${i}`, type: 'HCAPTCHA', siteKey: 'site', secretKey: 'secret' }),
    ],
    [
      'user types beside the first',
      9,
      'GET /api/v1/meta/types/user',
      () => (t, i) => t.call('POST /api/v1/meta/types/user', { name: `type${i}`, displayName: `Type ${i}` }),
    ],
  ]

  test.each(limits)('%s: %i', async (_things, most, list, prepare) => {
    const t = await testOrg()
    const before = (await t.call(list)).json.length
    const create = await prepare(t)
    const answers = await all(t, most + 10, create)
    const refused = answers.filter(({ status }) => status > 299)
    expect(refused).toHaveLength(10)
    expect(new Set(refused.map(({ json }) => json.errorCode)).size).toBe(1)
    expect(refused[0]!.status).toBeLessThan(500)
    expect((await t.call(list)).json).toHaveLength(before + most)
  })

  test('secrets of a client: 2, and one of them stays active', async () => {
    const t = await testOrg()
    const app = await made(t.call('POST /api/v1/apps', secretApp))
    const secrets = `/api/v1/apps/${app}/credentials/secrets`
    const answers = await all(t, 6, () => t.call(`POST ${secrets}`, {}))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 400, 400, 400, 400, 400])
    const listed: { id: string }[] = (await t.call(`GET ${secrets}`)).json
    expect(listed).toHaveLength(2)
    const ends = await Promise.all(listed.map(({ id }) => t.call(`POST ${secrets}/${id}/lifecycle/deactivate`)))
    expect(ends.map(({ status }) => status).sort()).toEqual([200, 400])
  })
})

describe('what a thing is joined to does not go in the same breath', () => {
  interface Pair {
    what: string
    /** Makes what both are about: the thing that goes, and the paths of the other call. */
    prepare: (t: TestOrg) => Promise<{ id: string; join: [request: string, body?: unknown]; drop: string }>
  }
  const deadUser = async (t: TestOrg) => {
    const id = await user(t, 'ada')
    await t.call(`DELETE /api/v1/users/${id}`)
    return id
  }
  const ofUser = (what: string, join: (t: TestOrg, id: string) => Promise<[string, unknown?]>): Pair => ({
    what: `a user and ${what}`,
    async prepare(t) {
      const id = await deadUser(t)
      return { id, join: await join(t, id), drop: `DELETE /api/v1/users/${id}` }
    },
  })
  const ofApp = (what: string, body: object, join: (t: TestOrg, id: string) => Promise<[string, unknown?]>): Pair => ({
    what: `an app and ${what}`,
    async prepare(t) {
      const id = await made(t.call('POST /api/v1/apps', body))
      const request = await join(t, id)
      await t.call(`POST /api/v1/apps/${id}/lifecycle/deactivate`)
      return { id, join: request, drop: `DELETE /api/v1/apps/${id}` }
    },
  })
  const ofGroup = (what: string, join: (t: TestOrg, id: string) => Promise<[string, unknown?]>): Pair => ({
    what: `a group and ${what}`,
    async prepare(t) {
      const id = await group(t, 'Going')
      return { id, join: await join(t, id), drop: `DELETE /api/v1/groups/${id}` }
    },
  })
  const pairs: Pair[] = [
    ofUser('an ownership', async (t, id) => [
      `POST /api/v1/groups/${await group(t, 'G')}/owners`,
      { id, type: 'USER' },
    ]),
    ofUser('a membership', async (t, id) => [`PUT /api/v1/groups/${await group(t, 'G')}/users/${id}`]),
    ofUser('a role', async (_, id) => [`POST /api/v1/users/${id}/roles`, { type: 'HELP_DESK_ADMIN' }]),
    ofUser('an app', async (t, id) => [
      `POST /api/v1/apps/${await made(t.call('POST /api/v1/apps', bookmark('A')))}/users`,
      { id },
    ]),
    ofUser('a linked object', async (t, id) => {
      const side = (name: string) => ({ name, title: name, type: 'USER' })
      await t.call('POST /api/v1/meta/schemas/user/linkedObjects', {
        primary: side('manager'),
        associated: side('report'),
      })
      return [`PUT /api/v1/users/${t.adminId}/linkedObjects/manager/${id}`]
    }),
    ofApp('a user', bookmark('A'), async (t, id) => [`POST /api/v1/apps/${id}/users`, { id: t.adminId }]),
    ofApp('a group', bookmark('A'), async (t, id) => [`PUT /api/v1/apps/${id}/groups/${await group(t, 'G')}`, {}]),
    ofApp('a secret', secretApp, async (_, id) => [`POST /api/v1/apps/${id}/credentials/secrets`, {}]),
    ofApp('a scope', secretApp, async (t, id) => [
      `POST /api/v1/apps/${id}/grants`,
      { scopeId: 'okta.users.read', issuer: t.org.baseUrl },
    ]),
    ofGroup('a rule', async (_, id) => [
      'POST /api/v1/groups/rules',
      {
        type: 'group_rule',
        name: 'Rule',
        conditions: { expression: { type: 'urn:okta:expression:1.0', value: 'user.login != ""' } },
        actions: { assignUserToGroups: { groupIds: [id] } },
      },
    ]),
    ofGroup('a role', async (_, id) => [`POST /api/v1/groups/${id}/roles`, { type: 'HELP_DESK_ADMIN' }]),
    ofGroup('an app', async (t, id) => [
      `PUT /api/v1/apps/${await made(t.call('POST /api/v1/apps', bookmark('A')))}/groups/${id}`,
      {},
    ]),
    {
      what: 'an identity provider and a user',
      async prepare(t) {
        const id = await made(
          t.call('POST /api/v1/idps', {
            type: 'GOOGLE',
            name: 'Google',
            protocol: {
              type: 'OIDC',
              scopes: ['openid'],
              credentials: { client: { client_id: 'client', client_secret: 'secret' } },
            },
            policy: {
              accountLink: { action: 'AUTO' },
              provisioning: { action: 'AUTO', groups: { action: 'NONE' } },
              subject: { userNameTemplate: { template: 'idpuser.email' }, matchType: 'USERNAME' },
              maxClockSkew: 0,
            },
          }),
        )
        return {
          id,
          join: [`POST /api/v1/idps/${id}/users/${t.adminId}`, { externalId: 'x1' }],
          drop: `DELETE /api/v1/idps/${id}`,
        }
      },
    },
  ]

  /** Everything that is kept, in whatever collection, and names the id. */
  const naming = async ({ org }: TestOrg, id: string): Promise<string[]> => {
    const { shelves } = (await org.state.snapshot()) as {
      shelves: Map<string, { rows: Map<string, { value: unknown }> }>
    }
    return [...shelves].flatMap(([name, { rows }]) =>
      [...rows].filter(([key, { value }]) => key.includes(id) || JSON.stringify(value).includes(id)).map(() => name),
    )
  }

  test.each(
    pairs.flatMap(({ what, prepare }) => [
      { what, first: 'joined', prepare },
      { what, first: 'gone', prepare },
    ]),
  )('$what, $first first', async ({ first, prepare }) => {
    const t = await testOrg()
    const { id, join, drop } = await prepare(t)
    const joins = () => t.call(...join)
    const drops = () => t.call(drop)
    const [joined, gone] =
      first === 'joined' ? await Promise.all([joins(), drops()]) : (await Promise.all([drops(), joins()])).toReversed()
    expect(gone!.status, gone!.text).toBe(204)
    // Whoever comes second hears that there is no such thing, or what that means for the request.
    expect([200, 201, 204, 400, 404], joined!.text).toContain(joined!.status)
    const left = await naming(t, id)
    // A rule keeps the name of its group and says that it is invalid.
    expect(left.filter((name) => name !== 'groupRule')).toEqual([])
    if (left.length > 0) expect((await t.call('GET /api/v1/groups/rules')).json[0].status).toBe('INVALID')
  })
})

test('a user who goes does not become the contact of the org, and who becomes it does not go', async () => {
  const t = await testOrg()
  const id = await user(t, 'ada')
  await t.call(`DELETE /api/v1/users/${id}`)
  const contact = '/api/v1/org/contacts/TECHNICAL'
  const both = await Promise.all([t.call(`PUT ${contact}`, { userId: id }), t.call(`DELETE /api/v1/users/${id}`)])
  expect(both.filter(({ status }) => status < 300)).toHaveLength(1)
  const { userId } = (await t.call(`GET ${contact}`)).json
  expect((await t.call(`GET /api/v1/users/${userId}`)).status).toBe(200)
})

describe("what does not stand in each other's way goes on side by side", () => {
  const works: [string, (t: TestOrg, ids: { group: string; users: string[] }, i: number) => Promise<Called>][] = [
    ['members of one group', (t, { group, users }, i) => t.call(`PUT /api/v1/groups/${group}/users/${users[i]}`)],
    [
      'owners of one group',
      (t, { group, users }, i) => t.call(`POST /api/v1/groups/${group}/owners`, { id: users[i], type: 'USER' }),
    ],
    ['roles', (t, { users }, i) => t.call(`POST /api/v1/users/${users[i]}/roles`, { type: 'HELP_DESK_ADMIN' })],
    ['groups', (t, _, i) => t.call('POST /api/v1/groups', { profile: { name: `g${i}` } })],
    ['apps', (t, _, i) => t.call('POST /api/v1/apps', bookmark(`App ${i}`))],
    ['deactivations', (t, { users }, i) => t.call(`POST /api/v1/users/${users[i]}/lifecycle/deactivate`)],
  ]
  test.each(works)('100 %s', async (_what, work) => {
    const t = await testOrg()
    const users = await Promise.all(Array.from({ length: 100 }, (_, i) => user(t, `u${i}`)))
    const ids = { group: await group(t, 'Crowded'), users }
    const answers = await all(t, 100, (_, i) => work(t, ids, i))
    expect(answers.filter(({ status }) => status > 299).map(({ text }) => text)).toEqual([])
  })
})
