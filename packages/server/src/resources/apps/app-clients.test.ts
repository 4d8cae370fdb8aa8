// What does an app have as an OAuth client? Grants, secrets, keys of its own, refresh tokens.
import { generateKeyPairSync } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { refreshTokens } from '../../entities/sign-in.ts'
import { put } from '../../state/state.ts'
import { eventsOf } from '../../testing.ts'
import { type AppOrg, appOrg, bookmark, ec, oauth, service, web } from './testing.ts'

let t: AppOrg

beforeEach(async () => {
  t = await appOrg()
})

describe('grants of an app', () => {
  const grant = (app: string, scopeId: string, issuer = t.org.baseUrl) =>
    t.refusal(`POST /api/v1/apps/${app}/grants`, { issuer, scopeId })

  test('grant, list, read, revoke', async () => {
    const app = await t.make(oauth(service))
    const made = await t.call(`POST /api/v1/apps/${app}/grants`, {
      issuer: t.org.baseUrl,
      scopeId: 'okta.users.read',
    })
    expect(made.status).toBe(200)
    expect(Object.keys(made.json).sort().join()).toBe(
      '_embedded,_links,clientId,created,createdBy,id,issuer,lastUpdated,scopeId,source,status',
    )
    expect(made.json).toMatchObject({
      scopeId: 'okta.users.read',
      clientId: app,
      createdBy: { id: t.adminId },
      source: 'ADMIN',
    })
    const again = await t.call(`POST /api/v1/apps/${app}/grants`, {
      issuer: `${t.org.baseUrl}/`,
      scopeId: 'okta.users.read',
    })
    expect(again.json.id).toBe(made.json.id)
    expect((await t.call(`GET /api/v1/apps/${app}/grants`)).json).toHaveLength(1)
    const read = (await t.call(`GET /api/v1/apps/${app}/grants/${made.json.id}`)).json
    expect(read).not.toHaveProperty('_embedded')
    expect((await t.call(`DELETE /api/v1/apps/${app}/grants/${made.json.id}`)).status).toBe(204)
    expect(await t.refusal(`GET /api/v1/apps/${app}/grants/${made.json.id}`)).toMatchObject({
      status: 404,
      code: 'E0000007',
    })
    expect(eventsOf(t).filter((type) => type.includes('consent'))).toEqual([
      'app.oauth2.admin.consent.grant',
      'app.oauth2.admin.consent.revoke',
    ])
  })

  test('unknown scopes, foreign issuers and apps that are no clients', async () => {
    const app = await t.make(oauth(service))
    expect(await grant(app, 'okta.user.read')).toMatchObject({ status: 400, cause: 'E0000001/grant-scope-unknown' })
    expect(await grant(app, 'okta.users.read', `${t.org.baseUrl}/oauth2/default`)).toMatchObject({
      status: 400,
      cause: 'E0000001/grant-issuer-wrong',
    })
    expect(await t.refusal(`POST /api/v1/apps/${app}/grants`, {})).toMatchObject({
      causes: ['scopeId: The field cannot be left blank', 'issuer: The field cannot be left blank'],
    })
    expect(await grant(await t.make(bookmark), 'okta.users.read')).toMatchObject({ status: 404, code: 'E0000007' })
  })

  test("another app's grant is not found", async () => {
    const [one, two] = [await t.make(oauth(service)), await t.make(oauth(service))]
    const { json } = await t.call(`POST /api/v1/apps/${one}/grants`, {
      issuer: t.org.baseUrl,
      scopeId: 'okta.users.read',
    })
    expect((await t.call(`DELETE /api/v1/apps/${two}/grants/${json.id}`)).status).toBe(404)
  })
})

describe('secrets of a client', () => {
  test('two at most; the last active one stays; only an inactive one goes', async () => {
    const app = await t.make(oauth(web))
    const at = `/api/v1/apps/${app}/credentials/secrets`
    const [first] = (await t.call(`GET ${at}`)).json
    expect(Object.keys(first).sort().join()).toBe('_links,client_secret,created,id,lastUpdated,secret_hash,status')
    expect(await t.refusal(`POST ${at}/${first.id}/lifecycle/deactivate`)).toMatchObject({
      status: 400,
      cause: 'E0000001/client-secret-is-last',
    })
    const second = await t.call(`POST ${at}`)
    expect(second.status).toBe(201)
    expect(await t.refusal(`POST ${at}`)).toMatchObject({ status: 400, cause: 'E0000001/client-secrets-full' })
    expect(await t.refusal(`DELETE ${at}/${first.id}`)).toMatchObject({
      status: 400,
      cause: 'E0000001/client-secret-still-active',
    })
    expect((await t.call(`POST ${at}/${first.id}/lifecycle/deactivate`)).json.status).toBe('INACTIVE')
    expect((await t.call(`POST ${at}/${first.id}/lifecycle/activate`)).json.status).toBe('ACTIVE')
    await t.call(`POST ${at}/${first.id}/lifecycle/deactivate`)
    expect((await t.call(`DELETE ${at}/${first.id}`)).status).toBe(204)
    expect((await t.call(`GET ${at}`)).json.map((secret: { id: string }) => secret.id)).toEqual([second.json.id])
    expect((await t.call(`GET ${at}/${first.id}`)).status).toBe(404)
  })

  test('a secret of the caller follows the rules', async () => {
    const at = `/api/v1/apps/${await t.make(oauth(web))}/credentials/secrets`
    expect(await t.refusal(`POST ${at}`, { client_secret: 'short' })).toMatchObject({
      causes: ["client_secret: 'client_secret' must be at least '14' characters long."],
    })
    expect((await t.call(`POST ${at}`, { client_secret: 'a-secret-of-my-own' })).json.client_secret).toBe(
      'a-secret-of-my-own',
    )
  })

  test('a bookmark has none', async () => {
    expect((await t.call(`GET /api/v1/apps/${await t.make(bookmark)}/credentials/secrets`)).status).toBe(404)
  })
})

describe('keys of a client', () => {
  const signing = { token_endpoint_auth_method: 'private_key_jwt' }

  test('add, list, switch, delete', async () => {
    const app = await t.make(oauth({ ...service, jwks: { keys: [ec('one')] } }, signing))
    const at = `/api/v1/apps/${app}/credentials/jwks`
    const [one] = (await t.call(`GET ${at}`)).json
    expect(await t.refusal(`POST ${at}/${one.id}/lifecycle/deactivate`)).toMatchObject({
      status: 400,
      cause: 'E0000001/client-key-is-last',
    })
    const two = await t.call(`POST ${at}`, ec('two'))
    expect(two.status).toBe(201)
    expect((await t.call(`GET ${at}/${two.json.id}`)).json).toEqual(two.json)
    expect(await t.refusal(`DELETE ${at}/${one.id}`)).toMatchObject({
      status: 400,
      cause: 'E0000001/client-key-still-active',
    })
    expect((await t.call(`POST ${at}/${one.id}/lifecycle/deactivate`)).json.status).toBe('INACTIVE')
    expect((await t.call(`POST ${at}/${one.id}/lifecycle/activate`)).json.status).toBe('ACTIVE')
    await t.call(`POST ${at}/${one.id}/lifecycle/deactivate`)
    expect((await t.call(`DELETE ${at}/${one.id}`)).status).toBe(204)
    expect((await t.call(`GET ${at}`)).json).toMatchObject([{ kid: 'two' }])
    expect((await t.call(`GET ${at}/${one.id}`)).status).toBe(404)
  })

  test('a replaced app keeps the ids of the keys that stay', async () => {
    const keys = [ec('one'), ec('two')]
    const made = (await t.call('POST /api/v1/apps', oauth({ ...service, jwks: { keys } }, signing))).json
    const ids = made.settings.oauthClient.jwks.keys.map((key: { id: string }) => key.id)
    const body = oauth({ ...service, jwks: { keys: [keys[1], ec('three')] } }, signing)
    const next = (await t.call(`PUT /api/v1/apps/${made.id}`, body)).json.settings.oauthClient.jwks.keys
    expect(next[0].id).toBe(ids[1])
    expect(next).toHaveLength(2)
  })

  test('keys that cannot be', async () => {
    const at = `/api/v1/apps/${await t.make(oauth({ ...service, jwks: { keys: [ec('one')] } }, signing))}/credentials/jwks`
    const small = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' })
    expect(await t.refusal(`POST ${at}`, { ...small, kid: 'small' })).toMatchObject({
      status: 400,
      causes: ["RSA key length in the 'jwks' is less than '2,048' bits for the given key."],
      cause: 'E0000001/key-too-short',
    })
    for (const [key, says] of [
      [ec('one'), /unique `kid`/],
      [ec(), /unique `kid`/],
      [{ kty: 'oct', k: 'x' }, /Invalid key type/],
      [{ kty: 'RSA', kid: 'a' }, /'n' is required/],
      [{ ...ec('two'), x: '?' }, /cannot be read/],
      [{ ...ec('two'), use: 'wrap' }, /'sig' or 'enc'/],
    ] as const) {
      const found = await t.refusal(`POST ${at}`, key)
      expect(found).toMatchObject({ status: 400, cause: 'E0000001/client-key-refused' })
      expect(found.causes[0]).toMatch(says)
    }
    expect(await t.refusal(`POST ${at}`, { kty: 1 })).toMatchObject({ status: 400, code: 'E0000003' })
    expect((await t.call(`GET ${at}`)).json).toHaveLength(1)
  })

  test('fifty keys, no more; only one active key encrypts', async () => {
    const keys = Array.from({ length: 50 }, (_none, at) => ec(`k${at}`))
    const full = await t.make(oauth({ ...service, jwks: { keys } }))
    const found = await t.refusal(`POST /api/v1/apps/${full}/credentials/jwks`, ec('next'))
    expect(found.causes[0]).toContain('maximum number of keys allowed (50)')
    const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' })
    const app = await t.make(oauth({ ...service, jwks: { keys: [{ ...rsa(), kid: 'a', use: 'enc' }] } }))
    const at = `/api/v1/apps/${app}/credentials/jwks`
    expect(await t.refusal(`POST ${at}`, { ...rsa(), kid: 'b', use: 'enc' })).toMatchObject({ status: 400 })
    const second = await t.call(`POST ${at}`, { ...rsa(), kid: 'b', use: 'enc', status: 'INACTIVE' })
    await t.call(`POST ${at}/${second.json.id}/lifecycle/activate`)
    const statuses = (await t.call(`GET ${at}`)).json.map((key: { status: string }) => key.status)
    expect(statuses).toEqual(['INACTIVE', 'ACTIVE'])
  })
})

describe('refresh tokens of an app', () => {
  const keep = async (clientId: string, hash: string, more: object = {}) => {
    const hour = 3_600_000
    const now = t.clock.now()
    const value = {
      familyId: hash,
      clientId,
      serverId: 'org',
      userId: t.adminId,
      scopes: ['openid', 'offline_access'],
      createdAt: now,
      expiresAt: now + hour,
      idleUntil: now + hour,
      authTimeSeconds: 0,
      amr: ['pwd'],
      ...more,
    }
    await t.org.state.change([put(refreshTokens, hash, value)])
  }

  test('those that live are listed, page by page, and revoked one by one or all', async () => {
    const app = await t.make(oauth(web))
    const at = `/api/v1/apps/${app}/tokens`
    expect((await t.call(`GET ${at}`)).json).toEqual([])
    for (const name of ['c', 'a', 'b']) await keep(app, name.repeat(43))
    await keep(app, 'd'.repeat(43), { revokedAt: 1 })
    await keep(app, 'e'.repeat(43), { rotatedAt: 1 })
    await keep(app, 'f'.repeat(43), { expiresAt: 1 })
    const ids = async (query = '') => (await t.call(`GET ${at}${query}`)).json.map((token: { id: string }) => token.id)
    const [a, b, c] = ['a', 'b', 'c'].map((name) => `oar${name.repeat(17)}`)
    expect(await ids()).toEqual([a, b, c])
    const first = await t.call(`GET ${at}?limit=2`)
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')![1]!
    expect(await ids(new URL(next).search)).toEqual([c])
    const one = await t.call(`GET ${at}/${a}`)
    expect(one.json).toMatchObject({ id: a, clientId: app, userId: t.adminId, issuer: t.org.baseUrl })
    expect(one.text).not.toContain('a'.repeat(18))
    expect((await t.call(`DELETE ${at}/${a}`)).status).toBe(204)
    expect(await ids()).toEqual([b, c])
    expect((await t.call(`DELETE ${at}`)).status).toBe(204)
    expect(await ids()).toEqual([])
  })

  test('an unknown one is named with its client (recorded)', async () => {
    t.org.changeSettings({ contract: 'current' })
    const app = await t.make(oauth(web))
    for (const method of ['GET', 'DELETE']) {
      const found = await t.refusal(`${method} /api/v1/apps/${app}/tokens/nobody`)
      expect(found.summary).toBe(`Not found: Resource not found: ${app}.nobody (OAuth2RefreshTokenTx)`)
    }
  })
})
