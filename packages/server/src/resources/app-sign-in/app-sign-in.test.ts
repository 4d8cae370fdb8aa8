import { beforeEach, describe, expect, it } from 'vitest'
import { type CallExtras, type Called, type TestOrg, testOrg } from '../../testing.ts'

const login = 'ada@example.com'
const password = 'Correct-Horse-9'
const url = 'https://handbook.example.com/start'

let t: TestOrg
let ada: string
let appId: string
let browser: CallExtras
beforeEach(async () => {
  t = await testOrg()
  const profile = { login, email: login, firstName: 'Ada', lastName: 'Byron' }
  const credentials = { password: { value: password } }
  ada = (await t.call('POST /api/v1/users?activate=true', { profile, credentials })).json.id
  const app = { name: 'bookmark', label: 'Handbook', signOnMode: 'BOOKMARK', settings: { app: { url } } }
  appId = (await t.call('POST /api/v1/apps', app)).json.id
  const { json } = await t.call('POST /api/v1/authn', { username: login, password })
  const session = await t.call('POST /api/v1/sessions', { sessionToken: json.sessionToken })
  browser = { token: null, headers: { cookie: `sid=${session.json.id}`, accept: 'text/html,*/*;q=0.8' } }
})

const assign = () => t.call(`POST /api/v1/apps/${appId}/users`, { id: ada })
const open = (extras = browser, id = appId) => t.call(`GET /home/bookmark/${id}/aln1`, undefined, extras)
const newest = () => [...t.org.events.readBack()][0]!

async function usePolicy(rules: object[]): Promise<void> {
  const policy = await t.call('POST /api/v1/policies', { type: 'ACCESS_POLICY', name: 'Handbook' })
  for (const rule of rules) await t.call(`POST /api/v1/policies/${policy.json.id}/rules`, rule)
  expect((await t.call(`PUT /api/v1/apps/${appId}/policies/${policy.json.id}`)).status).toBe(204)
}

function expectRefused(answer: Called, cause: string, status: number): void {
  expect([answer.status, answer.json.errorCode, t.lastCause()]).toEqual([status, cause.split('/')[0], cause])
}

describe('opening an app', () => {
  it('leads an assigned user there, by the link that lists show', async () => {
    await assign()
    const [link] = (await t.call(`GET /api/v1/users/${ada}/appLinks`)).json
    const opened = await t.call(`GET ${new URL(link.linkUrl).pathname}`, undefined, browser)
    expect([opened.status, opened.headers.get('location')]).toEqual([302, url])
    expect(newest()).toMatchObject({ eventType: 'user.authentication.sso', actor: { id: ada } })
  })

  it('is refused to whoever is not assigned', async () => {
    expectRefused(await open(), 'E0000006/user-not-assigned', 403)
    expect(newest()).toMatchObject({ eventType: 'app.generic.unauth_app_access_attempt', result: 'FAILURE' })
  })

  it('is refused by a rule', async () => {
    await assign()
    await usePolicy([{ name: 'No', actions: { appSignOn: { access: 'DENY' } } }])
    expectRefused(await open(), 'E0000057/app-rule-denies', 403)
    expect(newest()).toMatchObject({ eventType: 'application.policy.sign_on.deny_access', result: 'DENY' })
  })

  it('is refused on a device that nobody knows', async () => {
    await assign()
    await usePolicy([
      { name: 'Ours', conditions: { device: { registered: true } }, actions: { appSignOn: { access: 'ALLOW' } } },
      { name: 'Others', actions: { appSignOn: { access: 'DENY' } } },
    ])
    expectRefused(await open(), 'E0000057/device-not-accepted', 403)
  })

  it('is refused with a password alone where two factors are wanted', async () => {
    await assign()
    await usePolicy([])
    const refused = await open()
    expectRefused(refused, 'E0000058/session-lacks-factor', 403)
    expect(refused.json.errorSummary).toMatch(/^Access to this application requires MFA/)
  })

  it('needs a session', async () => {
    await assign()
    expectRefused(await open({ token: null }), 'E0000005/credentials-missing', 403)
    expectRefused(await open({}), 'E0000005/credentials-missing', 403)
  })

  it('finds active apps only', async () => {
    await assign()
    expectRefused(await open(browser, '0oaNone'), 'E0000007/resource-missing', 404)
    await t.call(`POST /api/v1/apps/${appId}/lifecycle/deactivate`)
    expectRefused(await open(), 'E0000007/resource-missing', 404)
  })
})
