import { beforeEach, describe, expect, test } from 'vitest'
import { consentAsks, userGrants } from '../entities/consent.ts'
import { CALLBACK, type OAuthOrg, oauthOrg, type TestClient } from './testing.ts'

let t: OAuthOrg
let server: string
let userId: string
let sid: string
const scopeIds: Record<string, string> = {}

beforeEach(async () => {
  t = await oauthOrg()
  server = (await t.call('GET /api/v1/authorizationServers')).json[0].id
  const root = `/api/v1/authorizationServers/${server}`
  for (const [name, consent] of [
    ['notes', 'REQUIRED'],
    ['files', 'FLEXIBLE'],
    ['clock', 'IMPLICIT'],
  ]) {
    const made = await t.call(`POST ${root}/scopes`, { name, consent, displayName: `See your ${name}` })
    scopeIds[name!] = made.json.id
  }
  const policy = await t.call(`POST ${root}/policies`, {
    type: 'OAUTH_AUTHORIZATION_POLICY',
    name: 'All',
    description: 'All',
    priority: 1,
    conditions: { clients: { include: ['ALL_CLIENTS'] } },
  })
  const rule = await t.call(`POST ${root}/policies/${policy.json.id}/rules`, {
    type: 'RESOURCE_ACCESS',
    name: 'All',
    priority: 1,
    conditions: {
      people: { groups: { include: ['EVERYONE'] } },
      grantTypes: { include: ['authorization_code'] },
      scopes: { include: ['*'] },
    },
  })
  expect([policy.status, rule.status], policy.text + rule.text).toEqual([201, 201])
  userId = await t.addUser('ada@example.com')
  sid = await t.signIn(userId)
})

const open = (client: TestClient, scope: string, more: Record<string, string> = {}) =>
  t.authorize(
    { client_id: client.clientId, redirect_uri: CALLBACK, response_type: 'code', state: 'xyz', scope, ...more },
    { sid, server },
  )
const goal = (answer: { headers: Headers }) => new URL(answer.headers.get('location')!)
const decide = (key: string, decision: string, session = sid) =>
  t.post(
    `/oauth2/${server}/v1/authorize/consent`,
    { okta_key: key, decision },
    { accept: 'text/html', cookie: `sid=${session}` },
  )
const asks = async (client: TestClient, scope: string, prompt?: string) => {
  const answer = await open(client, scope, prompt === undefined ? {} : { prompt })
  expect(answer.status, answer.text).toBe(302)
  return goal(answer).pathname.endsWith('/authorize/consent')
}

describe('who is asked', () => {
  // Documented as a table of prompt, the app's method and the scope's consent.
  test.each([
    ['TRUSTED', 'notes files clock', undefined, false],
    ['TRUSTED', 'notes', 'consent', true],
    ['TRUSTED', 'files', 'consent', false],
    ['TRUSTED', 'clock', 'consent', false],
    ['REQUIRED', 'notes', undefined, true],
    ['REQUIRED', 'files', undefined, true],
    ['REQUIRED', 'clock', undefined, false],
    ['REQUIRED', 'openid', undefined, false],
    ['REQUIRED', 'clock', 'consent', false],
    ['REQUIRED', 'notes', 'consent', true],
  ] as const)('app %s, scopes %s, prompt %s: %s', async (consentMethod, scope, prompt, asked) => {
    const client = await t.addClient({ consentMethod })
    expect(await asks(client, scope, prompt)).toBe(asked)
  })

  test('the org’s own server asks nobody', async () => {
    const client = await t.addClient({ consentMethod: 'REQUIRED' })
    const answer = await t.authorize(
      { client_id: client.clientId, redirect_uri: CALLBACK, response_type: 'code', state: 'x', scope: 'openid' },
      { sid },
    )
    expect(goal(answer).searchParams.has('code')).toBe(true)
  })

  test('prompt=none is told that consent is missing', async () => {
    const client = await t.addClient({ consentMethod: 'REQUIRED' })
    const back = goal(await open(client, 'notes', { prompt: 'none' }))
    expect([back.searchParams.get('error'), t.lastCause()]).toEqual([
      'consent_required',
      'consent_required/consent-missing',
    ])
  })
})

describe('the question', () => {
  test('allowed, the code comes, and nobody is asked again', async () => {
    const client = await t.addClient({ consentMethod: 'REQUIRED' })
    const asked = goal(await open(client, 'openid notes files clock'))
    const page = await t.call(`GET ${asked.pathname}${asked.search}`, undefined, {
      token: null,
      headers: { accept: 'text/html', cookie: `sid=${sid}` },
    })
    expect(page.status).toBe(200)
    expect(page.text).toContain('See your notes')
    expect(page.text).toContain('See your files')
    expect(page.text).not.toContain('See your clock')
    const key = asked.searchParams.get('okta_key')!
    const on = goal(await decide(key, 'allow'))
    expect(on.searchParams.get('state')).toBe('xyz')
    const back = await t.call(`GET ${on.pathname}${on.search}`, undefined, {
      token: null,
      headers: { accept: 'text/html', cookie: `sid=${sid}` },
    })
    expect(goal(back).searchParams.has('code')).toBe(true)
    expect(await asks(client, 'notes files')).toBe(false)
    expect(await asks(client, 'notes', 'consent')).toBe(true)
    // The key is used up.
    expect((await decide(key, 'allow')).status).toBe(400)
    expect(t.events(20).join()).toContain('app.oauth2.as.consent.grant SUCCESS')
  })

  test('refused, the app hears access_denied, and the user may think again', async () => {
    const client = await t.addClient({ consentMethod: 'REQUIRED' })
    const key = goal(await open(client, 'notes')).searchParams.get('okta_key')!
    const back = goal(await decide(key, 'deny'))
    expect(back.origin + back.pathname).toBe(CALLBACK)
    expect([back.searchParams.get('error'), back.searchParams.get('state'), t.lastCause()]).toEqual([
      'access_denied',
      'xyz',
      'access_denied/consent-refused',
    ])
    expect(await t.org.state.count(userGrants as never)).toBe(0)
    expect((await decide(key, 'allow')).status).toBe(302)
  })

  test('nobody else answers it, and it does not wait for ever', async () => {
    const client = await t.addClient({ consentMethod: 'REQUIRED' })
    const key = goal(await open(client, 'notes')).searchParams.get('okta_key')!
    const other = await t.signIn(await t.addUser('bob@example.com'))
    expect((await decide(key, 'allow', other)).status).toBe(400)
    expect((await decide(key, 'allow', '')).status).toBe(400)
    expect((await decide('made-up', 'allow')).status).toBe(400)
    t.clock.advance(600)
    expect((await decide(key, 'allow')).status).toBe(400)
    expect(t.lastCause()).toBe('invalid_request/consent-ask-dead')
    t.clock.advance(7_200)
    await t.call('GET /api/v1/users/me')
    expect(await t.org.state.count(consentAsks as never)).toBe(0)
  })

  test('grants go with their scope, their app and their user', async () => {
    const client = await t.addClient({ consentMethod: 'REQUIRED' })
    const grant = async () => {
      const key = goal(await open(client, 'notes', { prompt: 'consent' })).searchParams.get('okta_key')!
      await decide(key, 'allow')
      expect(await t.org.state.count(userGrants as never)).toBe(1)
    }
    await grant()
    await t.call(`DELETE /api/v1/users/${userId}`)
    await t.call(`DELETE /api/v1/users/${userId}`)
    expect(await t.org.state.count(userGrants as never)).toBe(0)
    userId = await t.addUser('ada@example.com')
    sid = await t.signIn(userId)
    await grant()
    await t.call(`DELETE /api/v1/authorizationServers/${server}/scopes/${scopeIds.notes}`)
    expect(await t.org.state.count(userGrants as never)).toBe(0)
  })
})
