import { beforeEach, describe, expect, it } from 'vitest'
import { refreshTokens } from '../../entities/sign-in.ts'
import { showEntry } from '../../ledger-view.ts'
import { sessionName } from '../../log/session-name.ts'
import { put } from '../../state/state.ts'
import { type CallExtras, type Called, type TestOrg, testOrg } from '../../testing.ts'

const login = 'ada@example.com'
const password = 'Correct-Horse-9'

let t: TestOrg
let ada: string
beforeEach(async () => {
  t = await testOrg()
  const profile = { login, email: login, firstName: 'Ada', lastName: 'Byron' }
  ada = (await t.call('POST /api/v1/users?activate=true', { profile, credentials: { password: { value: password } } }))
    .json.id
})

async function sessionToken(): Promise<string> {
  return (await t.call('POST /api/v1/authn', { username: login, password }, { token: null })).json.sessionToken
}

async function start(): Promise<string> {
  const made = await t.call('POST /api/v1/sessions', { sessionToken: await sessionToken() })
  expect(made.status).toBe(200)
  return made.json.id
}

const asBrowser = (sid: string): CallExtras => ({ token: null, headers: { cookie: `a=b; sid=${sid}; c=d` } })

function expectRefused(answer: Called, cause: string, status: number): void {
  expect([answer.status, answer.json.errorCode, t.lastCause()]).toEqual([status, cause.split('/')[0], cause])
}

describe('a session', () => {
  it('comes from a session token, for two hours', async () => {
    const { json } = await t.call('POST /api/v1/sessions', { sessionToken: await sessionToken() })
    expect(json).toMatchObject({
      login,
      userId: ada,
      status: 'ACTIVE',
      createdAt: '2026-11-20T10:00:00.000Z',
      expiresAt: '2026-11-20T12:00:00.000Z',
      lastPasswordVerification: '2026-11-20T10:00:00.000Z',
      lastFactorVerification: null,
      amr: ['pwd'],
      mfaActive: false,
      idp: { id: t.org.fixed.orgId, type: 'OKTA' },
    })
    expect(json.id).toMatch(/^102[0-9A-Za-z]{22}$/)
    expect(json._links.self.href).toBe(`${t.org.baseUrl}/api/v1/sessions/me`)
  })

  it('lives as long as the sign-on rule says', async () => {
    const policy = await t.call('POST /api/v1/policies', { type: 'OKTA_SIGN_ON', name: 'Short', conditions: null })
    await t.call(`POST /api/v1/policies/${policy.json.id}/rules`, {
      name: 'Short',
      actions: { signon: { access: 'ALLOW', session: { maxSessionIdleMinutes: 10 } } },
    })
    const { json } = await t.call(`GET /api/v1/sessions/${await start()}`)
    expect(json.expiresAt).toBe('2026-11-20T10:10:00.000Z')
  })

  it('is read, prolonged and ended by an administrator', async () => {
    const id = await start()
    t.clock.advance(3600)
    const refreshed = await t.call(`POST /api/v1/sessions/${id}/lifecycle/refresh`)
    expect(refreshed.json.expiresAt).toBe('2026-11-20T13:00:00.000Z')
    expect((await t.call(`GET /api/v1/sessions/${id}`)).json).toEqual(refreshed.json)
    expect((await t.call(`DELETE /api/v1/sessions/${id}`)).status).toBe(204)
    const gone = await t.call(`GET /api/v1/sessions/${id}`)
    expect([gone.status, gone.json.errorSummary]).toEqual([404, `Not found: Resource not found: ${id} (AppSession)`])
    const end = [...t.org.events.readBack()][0]
    expect(end).toMatchObject({ eventType: 'user.session.end', sessionId: sessionName(id) })
  })

  it('is read, prolonged and ended by its cookie', async () => {
    const id = await start()
    expect((await t.call('GET /api/v1/sessions/me', undefined, asBrowser(id))).json).toMatchObject({ id })
    const refreshed = await t.call('POST /api/v1/sessions/me/lifecycle/refresh', undefined, asBrowser(id))
    expect(refreshed.status).toBe(200)
    const closed = await t.call('DELETE /api/v1/sessions/me', undefined, asBrowser(id))
    expect([closed.status, closed.headers.get('set-cookie')]).toEqual([204, 'sid="";Version=1;Path=/;Max-Age=0'])
    const gone = await t.call('GET /api/v1/sessions/me', undefined, asBrowser(id))
    expectRefused(gone, 'E0000007/session-missing', 404)
    expect(gone.json.errorSummary).toBe('Not found: Resource not found: me (Session)')
  })

  it('ends in time', async () => {
    const id = await start()
    t.clock.advance(7200)
    expect((await t.call(`GET /api/v1/sessions/${id}`)).status).toBe(404)
    expectRefused(
      await t.call('GET /api/v1/users/me', undefined, asBrowser(id)),
      'E0000005/session-cookie-invalid',
      403,
    )
  })

  it.each(['suspend', 'deactivate'])('ends with %s', async (word) => {
    const id = await start()
    await t.call(`POST /api/v1/users/${ada}/lifecycle/${word}`)
    expect((await t.call('GET /api/v1/users/me', undefined, asBrowser(id))).status).toBe(403)
  })

  it('of a user ends with all others, and refresh tokens when asked', async () => {
    const token = {
      familyId: 'f',
      clientId: '0oa1',
      serverId: 'org',
      userId: ada,
      scopes: [],
      createdAt: 0,
      expiresAt: 1,
      idleUntil: 1,
      authTimeSeconds: 0,
      amr: [],
    }
    await t.org.state.change([put(refreshTokens, 'r1', token)])
    const ids = [await start(), await start()]
    expect((await t.call(`DELETE /api/v1/users/${ada}/sessions`)).status).toBe(204)
    for (const id of ids) expect((await t.call(`GET /api/v1/sessions/${id}`)).status).toBe(404)
    expect((await t.org.state.load(refreshTokens, 'r1'))!.value.revokedAt).toBeUndefined()
    await t.call(`DELETE /api/v1/users/${ada}/sessions?oauthTokens=true`)
    expect((await t.org.state.load(refreshTokens, 'r1'))!.value.revokedAt).toBe(t.clock.now())
  })
})

describe('a session token', () => {
  it('works once, at the same moment too', async () => {
    const token = await sessionToken()
    const both = await Promise.all([1, 2].map(() => t.call('POST /api/v1/sessions', { sessionToken: token })))
    expect(both.map((one) => one.status).sort()).toEqual([200, 401])
    expectRefused(await t.call('POST /api/v1/sessions', { sessionToken: token }), 'E0000004/session-token-dead', 401)
  })

  it('works for five minutes', async () => {
    const token = await sessionToken()
    t.clock.advance(300)
    expectRefused(await t.call('POST /api/v1/sessions', { sessionToken: token }), 'E0000004/session-token-dead', 401)
  })

  it('needs no API token beside it', async () => {
    const made = await t.call('POST /api/v1/sessions', { sessionToken: await sessionToken() }, { token: null })
    expect(made.status).toBe(200)
  })

  it.each(['nonsense', '\u0001', '__proto__'])('%j is refused', async (text) => {
    expectRefused(await t.call('POST /api/v1/sessions', { sessionToken: text }), 'E0000004/session-token-dead', 401)
  })
})

describe('a session from a password', () => {
  const sessionFor = (secret: string) => t.call('POST /api/v1/sessions', { username: login, password: secret })

  it('is how old clients begin', async () => {
    expect((await sessionFor(password)).json).toMatchObject({ status: 'ACTIVE', login })
    expectRefused(await sessionFor('Wrong-Horse-9'), 'E0000004/credentials-wrong', 401)
  })

  it('is refused while the password is expired', async () => {
    await t.call(`POST /api/v1/users/${ada}/lifecycle/expire_password`)
    const refused = await sessionFor(password)
    expectRefused(refused, 'E0000064/password-expired', 401)
    expect(refused.json.errorSummary).toBe('Password is expired and must be changed.')
  })

  it.each([
    ['DENY', { access: 'DENY' }, 'E0000004/sign-on-policy-denies'],
    [
      'a factor',
      { access: 'ALLOW', requireFactor: true, factorPromptMode: 'ALWAYS' },
      'E0000004/second-factor-demanded',
    ],
  ])('is refused where a rule says %s', async (_name, signon, cause) => {
    const policy = await t.call('POST /api/v1/policies', { type: 'OKTA_SIGN_ON', name: 'Strict', conditions: null })
    await t.call(`POST /api/v1/policies/${policy.json.id}/rules`, { name: 'Rule', actions: { signon } })
    expectRefused(await sessionFor(password), cause, 401)
  })
})

describe('the cookie', () => {
  it('is a credential of the API, with the rights of its user', async () => {
    const sid = await start()
    const me = await t.call('GET /api/v1/users/me', undefined, asBrowser(sid))
    expect([me.status, me.json.id]).toEqual([200, ada])
    expectRefused(await t.call('GET /api/v1/users', undefined, asBrowser(sid)), 'E0000006/role-lacks-permission', 403)
    await t.call(`POST /api/v1/users/${ada}/roles`, { type: 'READ_ONLY_ADMIN' })
    expect((await t.call('GET /api/v1/users', undefined, asBrowser(sid))).status).toBe(200)
  })

  it('does not count where an Authorization header came', async () => {
    const { headers } = asBrowser(await start())
    expectRefused(
      await t.call('GET /api/v1/users/me', undefined, { token: `00${'x'.repeat(40)}`, headers }),
      'E0000011/token-unknown',
      401,
    )
  })

  it.each(['102unknown', '""', 'a b', '%00', '__proto__'])('%s is no session', async (sid) => {
    const refused = await t.call('GET /api/v1/users/me', undefined, asBrowser(sid))
    expect([refused.status, refused.json.errorCode]).toEqual([403, 'E0000005'])
    expect(refused.headers.get('set-cookie')).toBe('sid="";Version=1;Path=/;Max-Age=0')
  })

  it('has a name of its own in the log, always the same one, and nobody who reads the log can use it', async () => {
    await t.call(`POST /api/v1/users/${ada}/roles`, { type: 'SUPER_ADMIN' })
    const made = await t.call('POST /api/v1/sessions', { username: login, password }, { token: null })
    const sid: string = made.json.id
    await t.call('POST /api/v1/groups', { profile: { name: 'Engineers' } }, asBrowser(sid))
    await t.call(`POST /api/v1/sessions/${sid}/lifecycle/refresh`)
    await t.call('POST /api/v1/groups', { profile: { name: 'Makers' } }, asBrowser(sid))
    await t.call('PUT /api/v1/groups/none/users/none', undefined, asBrowser(sid))
    await t.call('DELETE /api/v1/sessions/me', undefined, asBrowser(sid))
    const logs = await t.call('GET /api/v1/logs?limit=1000')
    const contexts = logs.json
      .map((event: { authenticationContext: object }) => event.authenticationContext)
      .filter((context: { externalSessionId: string }) => context.externalSessionId !== 'unknown')
    expect(contexts).toHaveLength(4)
    const [name] = contexts.map((context: { externalSessionId: string }) => context.externalSessionId)
    expect(name).toMatch(/^102[A-Za-z0-9]{22}$/)
    for (const context of contexts) expect(context).toMatchObject({ externalSessionId: name, rootSessionId: name })
    const other = await start()
    expect(sessionName(other)).not.toBe(name)
    const filter = encodeURIComponent(`authenticationContext.externalSessionId eq "${name}"`)
    expect((await t.call(`GET /api/v1/logs?filter=${filter}`)).json).toHaveLength(4)

    expect(logs.text).not.toContain(sid)
    expect(JSON.stringify(t.org.ledger.list().map(showEntry))).not.toContain(sid)
    expect((await t.call('GET /api/v1/users/me', undefined, asBrowser(name))).json.errorCode).toBe('E0000005')
    expect((await t.call(`GET /api/v1/sessions/${name}`)).status).toBe(404)
  })
})

describe('what is sent', () => {
  it('is a token, or a name and a password', async () => {
    expectRefused(await t.call('POST /api/v1/sessions', {}), 'E0000001/required-field-missing', 400)
    for (const body of ['', '[]', '{', '{"sessionToken":{}}']) {
      const { status, json } = await t.call('POST /api/v1/sessions', body)
      expect([body, status, json.errorCode]).toEqual([body, 400, 'E0000003'])
    }
  })

  it('is not GET without an id', async () => {
    t.org.changeSettings({ contract: 'current' })
    expectRefused(await t.call('GET /api/v1/sessions'), 'E0000022/method-not-supported', 405)
    expectRefused(await t.call('GET /api/v1/sessions/'), 'E0000022/id-empty', 405)
  })

  it('needs an administrator for sessions of others', async () => {
    const id = await start()
    const { token } = await t.makeAdmin('help@example.com', 'HELP_DESK_ADMIN')
    expectRefused(
      await t.call(`GET /api/v1/sessions/${id}`, undefined, { token }),
      'E0000006/role-lacks-permission',
      403,
    )
  })
})
