import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { profileMappings } from '../../entities/profile-mapping.ts'
import { type TestOrg, testOrg } from '../../testing.ts'

const client = {
  name: 'oidc_client',
  label: 'Portal',
  signOnMode: 'OPENID_CONNECT',
  credentials: { oauthClient: { token_endpoint_auth_method: 'client_secret_basic' } },
  settings: {
    oauthClient: {
      application_type: 'web',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      redirect_uris: ['https://portal.example/callback'],
    },
  },
}

const makeApp = async (it: TestOrg, more: object = {}): Promise<string> =>
  (await it.call('POST /api/v1/apps', { ...client, ...more })).json.id

const makeUser = async (it: TestOrg, name: string): Promise<string> => {
  const profile = { login: `${name}@example.com`, email: `${name}@example.com`, firstName: name, lastName: 'Byron' }
  return (await it.call('POST /api/v1/users?activate=true', { profile })).json.id
}

const mappingTo = async (it: TestOrg, app: string): Promise<string> =>
  (await it.call(`GET /api/v1/mappings?targetId=${app}`)).json[0].id

describe('a profile mapping', () => {
  test('is there for each app and user type, in both directions', async () => {
    const it = await testOrg()
    const [app, type] = [await makeApp(it), it.org.fixed.defaultTypeId]
    const to = await it.call(`GET /api/v1/mappings?sourceId=${type}&targetId=${app}&limit=200`)
    expect([to.status, to.json.length]).toEqual([200, 1])
    const base = 'http://127.0.0.1/api/v1'
    const user = {
      id: type,
      name: 'user',
      type: 'user',
      _links: {
        self: { href: `${base}/meta/types/user/${type}` },
        schema: { href: `${base}/meta/schemas/user/osc${type.slice(3)}` },
      },
    }
    const appuser = {
      id: app,
      name: 'oidc_client',
      type: 'appuser',
      _links: {
        self: { href: `${base}/apps/${app}` },
        schema: { href: `${base}/meta/schemas/apps/${app}/default` },
      },
    }
    const { id } = to.json[0]
    expect(id).toMatch(/^prm\w{14}5d7$/)
    expect(to.json).toEqual([
      { id, source: user, target: appuser, _links: { self: { href: `${base}/mappings/${id}` } } },
    ])
    const one = await it.call(`GET /api/v1/mappings/${id}`)
    expect(one.json).toEqual({ ...to.json[0], properties: one.json.properties })
    expect(one.json.properties.given_name).toEqual({ expression: 'user.firstName', pushStatus: 'PUSH' })
    const from = await it.call(`GET /api/v1/mappings?sourceId=${app}`)
    expect(from.json.map(({ source, target }: Record<string, { id: string }>) => [source!.id, target!.id])).toEqual([
      [app, type],
    ])
    await it.call('POST /api/v1/meta/types/user', { name: 'contractor', displayName: 'Contractor' })
    expect((await it.call(`GET /api/v1/mappings?targetId=${app}`)).json).toHaveLength(2)
    expect((await it.call(`GET /api/v1/mappings?sourceId=${type}&targetId=${type}`)).json).toEqual([])
  })

  test('lists go page by page', async () => {
    const it = await testOrg()
    for (const label of ['A', 'B', 'C']) await makeApp(it, { label })
    const all: string[] = (await it.call('GET /api/v1/mappings?limit=200')).json.map(({ id }: { id: string }) => id)
    const seen: string[] = []
    let request: string | undefined = 'GET /api/v1/mappings?limit=5'
    while (request) {
      const page = await it.call(request)
      seen.push(...page.json.map(({ id }: { id: string }) => id))
      const next: string | undefined = /<http:[^>]*?(\/api[^>]*)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1]
      request = next && `GET ${next}`
    }
    expect(seen).toEqual(all)
    expect(new Set(seen).size).toBe(seen.length)
    expect((await it.call('GET /api/v1/mappings?after=nothing')).json.errorCode).toBe('E0000029')
  })

  test('starts from a provider, too', async () => {
    const it = await testOrg()
    const idp = await it.call('POST /api/v1/idps', {
      type: 'GOOGLE',
      name: 'Google',
      protocol: { type: 'OIDC', scopes: ['email'], credentials: { client: { client_id: 'c', client_secret: 's' } } },
      policy: {
        accountLink: { action: 'AUTO' },
        provisioning: { action: 'AUTO' },
        subject: { userNameTemplate: { template: 'idpuser.email' }, matchType: 'USERNAME' },
      },
    })
    expect(idp.status).toBe(200)
    const { json } = await it.call(`GET /api/v1/mappings?sourceId=${idp.json.id}`)
    expect(json).toMatchObject([{ source: { id: idp.json.id, type: 'appuser' }, target: { name: 'user' } }])
    const changed = await it.call(`POST /api/v1/mappings/${json[0].id}`, {
      properties: { nickName: { expression: 'appuser.whatever', pushStatus: 'PUSH' } },
    })
    expect(changed.json.properties.nickName.expression).toBe('appuser.whatever')
  })

  test('is changed, added to and taken from, and keeps the rest', async () => {
    const it = await testOrg()
    const mapping = await mappingTo(it, await makeApp(it))
    const before = (await it.call(`GET /api/v1/mappings/${mapping}`)).json.properties
    const changed = await it.call(`POST /api/v1/mappings/${mapping}`, {
      properties: {
        userName: { expression: 'String.substringBefore(user.email, "@")', pushStatus: 'PUSH' },
        nickname: { pushStatus: 'DONT_PUSH' },
        zoneinfo: null,
        locale: { expression: null, pushStatus: 'DONT_PUSH' },
      },
    })
    const { zoneinfo: _z, locale: _l, ...rest } = before
    expect(changed.json.properties).toEqual({
      ...rest,
      nickname: { expression: 'user.nickName', pushStatus: 'DONT_PUSH' },
      userName: { expression: 'String.substringBefore(user.email, "@")', pushStatus: 'PUSH' },
    })
    expect((await it.call(`GET /api/v1/mappings/${mapping}`)).json).toEqual(changed.json)
    const nothing = await it.call(`POST /api/v1/mappings/${mapping}`, { properties: {} })
    expect(nothing.json).toEqual(changed.json)
  })

  test.each<[unknown, string, string, string[]]>([
    [
      { testField: { expression: 'user.email', pushStatus: 'DONT_PUSH' } },
      'E0000001/mapping-target-unknown',
      'Api validation failed: updateMapping',
      ['Invalid target field testField'],
    ],
    [
      { nickname: { expression: 'user.petName', pushStatus: 'PUSH' } },
      'E0000001/mapping-expression-property-unknown',
      'Api validation failed: updateMapping',
      ['Invalid properties in expression: petName'],
    ],
    [
      { nickname: { expression: 'session.amr', pushStatus: 'PUSH' } },
      'E0000001/mapping-expression-property-unknown',
      'Api validation failed: updateMapping',
      ['Invalid properties in expression: session'],
    ],
    [
      { nickname: { expression: 'user.', pushStatus: 'PUSH' } },
      'E0000045/mapping-expression-wrong',
      'Field mapping bad request.',
      [],
    ],
    [
      { nickname: { expression: 'user.email', pushStatus: 'SOMETIMES' } },
      'E0000001/value-invalid',
      'Api validation failed: updateMapping',
      ['nickname.pushStatus: The field has an invalid value'],
    ],
    [
      { userName: { pushStatus: 'PUSH' } },
      'E0000001/required-field-missing',
      'Api validation failed: updateMapping',
      ['userName.expression: The field cannot be left blank'],
    ],
    [
      undefined,
      'E0000001/required-field-missing',
      'Api validation failed: properties',
      ['properties: The field cannot be left blank'],
    ],
    [[], 'E0000003/body-unreadable-shape', 'The request body was not well-formed.', []],
    [{ nickname: 'user.email' }, 'E0000003/body-unreadable-shape', 'The request body was not well-formed.', []],
  ])('refuses properties %#', async (properties, cause, summary, causes) => {
    const it = await testOrg()
    const mapping = await mappingTo(it, await makeApp(it))
    const refused = await it.call(`POST /api/v1/mappings/${mapping}`, { properties })
    expect([refused.status, it.lastCause(), refused.json.errorSummary]).toEqual([400, cause, summary])
    expect(refused.json.errorCauses.map((one: { errorSummary: string }) => one.errorSummary)).toEqual(causes)
    expect(await it.org.state.load(profileMappings, mapping)).toBeUndefined()
  })

  test('none is called so, and nothing else has mappings', async () => {
    const it = await testOrg()
    const group = (await it.call('POST /api/v1/groups', { profile: { name: 'Engineers' } })).json.id
    for (const [request, body] of [
      ['GET /api/v1/mappings/prmNothing'],
      ['POST /api/v1/mappings/__proto__', { properties: {} }],
    ] as const) {
      const missing = await it.call(request, body)
      expect(missing.json.errorSummary).toMatch(/^Not found: Resource not found: .* \(ProfileMapping\)$/)
    }
    for (const name of ['sourceId', 'targetId']) {
      const refused = await it.call(`GET /api/v1/mappings?${name}=${group}`)
      expect([refused.status, it.lastCause()]).toEqual([400, 'E0000002/mapping-source-wrong'])
    }
  })

  test('goes with its app or type', async () => {
    const it = await testOrg()
    const app = await makeApp(it)
    const mapping = await mappingTo(it, app)
    await it.call(`POST /api/v1/mappings/${mapping}`, { properties: { locale: null } })
    await it.call(`POST /api/v1/apps/${app}/lifecycle/deactivate`)
    expect((await it.call(`DELETE /api/v1/apps/${app}`)).status).toBe(204)
    expect((await it.call(`GET /api/v1/mappings/${mapping}`)).status).toBe(404)
    const type = (await it.call('POST /api/v1/meta/types/user', { name: 'contractor', displayName: 'C' })).json.id
    const [ofType] = (await it.call(`GET /api/v1/mappings?targetId=${type}`)).json
    await it.call(`POST /api/v1/mappings/${ofType.id}`, { properties: { nickName: null } })
    expect((await it.call(`DELETE /api/v1/meta/types/user/${type}`)).status).toBe(204)
    expect(await it.org.state.count(profileMappings)).toBe(0)
  })

  test('is read by read-only administrators and changed by app administrators', async () => {
    const it = await testOrg()
    const mapping = await mappingTo(it, await makeApp(it))
    const seen = []
    for (const role of ['READ_ONLY_ADMIN', 'APP_ADMIN', 'HELP_DESK_ADMIN'] as const) {
      const { token } = await it.makeAdmin(`${role}@example.com`, role)
      const read = await it.call(`GET /api/v1/mappings/${mapping}`, undefined, { token })
      const write = await it.call(`POST /api/v1/mappings/${mapping}`, { properties: {} }, { token })
      seen.push([role, read.status, write.status])
    }
    expect(seen).toEqual([
      ['READ_ONLY_ADMIN', 200, 403],
      ['APP_ADMIN', 200, 200],
      ['HELP_DESK_ADMIN', 403, 403],
    ])
  })

  test('stays as it was after any body that is refused', async () => {
    const it = await testOrg()
    const mapping = await mappingTo(it, await makeApp(it))
    await it.call(`POST /api/v1/mappings/${mapping}`, { properties: { zoneinfo: null } })
    const odd = fc.oneof(
      fc.constantFrom<unknown>(null, true, 0, 1e21, '', [], {}, [[]], '\u0000', '\ud800', 'x'.repeat(11_000)),
      fc.string({ unit: 'binary', maxLength: 60 }),
    )
    const properties = fc.oneof(
      odd,
      fc.dictionary(
        fc.oneof(fc.constantFrom('nickname', 'userName', '__proto__', 'constructor'), fc.string({ maxLength: 5 })),
        fc.oneof(odd, fc.record({ expression: odd, pushStatus: odd }, { requiredKeys: [] })),
        { maxKeys: 3 },
      ),
    )
    await fc.assert(
      fc.asyncProperty(properties, async (sent) => {
        const before = await it.org.state.load(profileMappings, mapping)
        const answer = await it.call(`POST /api/v1/mappings/${mapping}`, JSON.stringify({ properties: sent }))
        expect(answer.status).toBeLessThan(500)
        if (answer.status === 200) return
        expect(answer.json).toMatchObject({ errorCode: expect.stringMatching(/^E\d{7}$/) })
        expect(await it.org.state.load(profileMappings, mapping)).toEqual(before)
      }),
      { numRuns: 300 },
    )
  })
})

describe("the profile of an app's user", () => {
  test('comes from the mapping: what is pushed follows the user, what is not stays, what was set by hand wins', async () => {
    const it = await testOrg()
    const [app, ada] = [await makeApp(it), await makeUser(it, 'ada')]
    await it.call(`POST /api/v1/mappings/${await mappingTo(it, app)}`, {
      properties: {
        nickname: { expression: 'String.toUpperCase(user.firstName)', pushStatus: 'DONT_PUSH' },
        profile: { expression: 'user.title.x', pushStatus: 'PUSH' },
      },
    })
    const made = await it.call(`POST /api/v1/apps/${app}/users`, { id: ada, profile: { locale: 'de' } })
    expect(made.json.profile).toEqual({
      nickname: 'ADA',
      given_name: 'ada',
      family_name: 'Byron',
      email: 'ada@example.com',
      locale: 'de',
    })
    await it.call(`POST /api/v1/users/${ada}`, { profile: { firstName: 'Augusta', locale: 'en' } })
    expect((await it.call(`GET /api/v1/apps/${app}/users/${ada}`)).json.profile).toEqual({
      nickname: 'ADA',
      given_name: 'Augusta',
      family_name: 'Byron',
      email: 'ada@example.com',
      locale: 'de',
    })
  })

  test('comes from the mapping for members of a group, too', async () => {
    const it = await testOrg()
    const [app, ada] = [await makeApp(it), await makeUser(it, 'ada')]
    const group = (await it.call('POST /api/v1/groups', { profile: { name: 'Engineers' } })).json.id
    await it.call(`PUT /api/v1/groups/${group}/users/${ada}`)
    await it.call(`PUT /api/v1/apps/${app}/groups/${group}`, { profile: { locale: 'fr' } })
    const { json } = await it.call(`GET /api/v1/apps/${app}/users`)
    expect(json).toMatchObject([{ id: ada, scope: 'GROUP', profile: { given_name: 'ada', locale: 'fr' } }])
  })

  test('lacks what cannot be evaluated for a user, and the list of the others is there', async () => {
    const it = await testOrg()
    const [app, ada, bob] = [await makeApp(it), await makeUser(it, 'ada'), await makeUser(it, 'bob')]
    const much = `String.replace("${'a'.repeat(100)}", "a", "${'b'.repeat(100)}")`
    await it.call(`POST /api/v1/mappings/${await mappingTo(it, app)}`, {
      properties: {
        nickname: { expression: `user.firstName == "ada" ? ${much} + ${much} : user.firstName`, pushStatus: 'PUSH' },
        profile: { expression: `${'('.repeat(45)}user.login${' ?: 1)'.repeat(45)}`, pushStatus: 'PUSH' },
      },
    })
    for (const id of [ada, bob]) await it.call(`POST /api/v1/apps/${app}/users`, { id })
    const { status, json } = await it.call(`GET /api/v1/apps/${app}/users`)
    expect(status).toBe(200)
    expect(json.map(({ profile }: { profile: unknown }) => profile)).toMatchObject([
      { profile: 'ada@example.com' },
      { profile: 'bob@example.com', nickname: 'bob' },
    ])
    expect(json[0].profile).not.toHaveProperty('nickname')
  })
})
