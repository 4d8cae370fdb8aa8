// How does an authorization code become tokens?
import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { users } from '../entities/user.ts'
import { put } from '../state/state.ts'
import { basic, CALLBACK, claimsOf, DEFAULT, error, type OAuthOrg, ORG, oauthOrg, type TestClient } from './testing.ts'

let t: OAuthOrg

beforeEach(async () => {
  t = await oauthOrg()
})

describe('an authorization code', () => {
  const verifier = 'a-verifier-that-is-long-enough-for-everybody-43'
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  let client: TestClient
  let userId: string
  let sid: string
  beforeEach(async () => {
    client = await t.addClient()
    userId = await t.addUser('ada@example.com')
    sid = await t.signIn(userId)
  })
  const codeFor = async (more: Record<string, string> = {}) => {
    const answer = await t.authorize(
      {
        client_id: client.clientId,
        redirect_uri: CALLBACK,
        response_type: 'code',
        scope: 'openid profile email offline_access',
        state: 's',
        nonce: 'n1',
        ...more,
      },
      { sid },
    )
    return new URL(answer.headers.get('location')!).searchParams.get('code')!
  }
  const redeem = (code: string, more: Record<string, string> = {}, who = client) =>
    t.post(ORG, { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, ...more }, basic(who))

  it('buys tokens that say who signed in', async () => {
    const answer = await redeem(await codeFor())
    expect(answer.status).toBe(200)
    expect(Object.keys(answer.json)).toEqual([
      ...['token_type', 'expires_in', 'access_token', 'scope', 'refresh_token', 'id_token'],
    ])
    const id = claimsOf(answer.json.id_token)
    const now = Date.UTC(2026, 10, 20, 10) / 1000
    expect(id).toEqual({
      sub: userId,
      name: 'Ada Byron',
      preferred_username: 'ada@example.com',
      email: 'ada@example.com',
      ver: 1,
      iss: 'http://org.test',
      aud: client.clientId,
      iat: now,
      exp: now + 3600,
      jti: expect.stringMatching(/^ID\./),
      amr: ['pwd'],
      idp: t.org.fixed.orgId,
      nonce: 'n1',
      auth_time: now,
      at_hash: createHash('sha256').update(answer.json.access_token).digest().subarray(0, 16).toString('base64url'),
    })
    expect(claimsOf(answer.json.access_token)).toMatchObject({
      sub: 'ada@example.com',
      uid: userId,
      cid: client.clientId,
      auth_time: now,
      jti: expect.stringMatching(/^AT\.[\w-]+\.[\w-]+$/),
    })
    expect(t.events(3)).toEqual([
      'app.oauth2.token.grant.refresh_token SUCCESS',
      'app.oauth2.token.grant.id_token SUCCESS',
      'app.oauth2.token.grant.access_token SUCCESS',
    ])
  })

  it('works once; the second time takes back what the first one bought', async () => {
    const code = await codeFor()
    const first = await redeem(code)
    const again = await redeem(code)
    expect([again.status, again.json]).toEqual([
      400,
      error('invalid_grant', 'The authorization code is invalid or has expired.'),
    ])
    expect(t.lastCause()).toBe('invalid_grant/code-used-twice')
    const refresh = { grant_type: 'refresh_token', refresh_token: first.json.refresh_token }
    expect((await t.post(ORG, refresh, basic(client))).status).toBe(400)
    const told = await t.post('/oauth2/v1/introspect', { token: first.json.access_token }, basic(client))
    expect(told.json).toEqual({ active: false })
  })

  it('buys tokens that end with those of their user', async () => {
    const { json } = await redeem(await codeFor())
    await t.call(`DELETE /api/v1/users/${userId}/sessions?oauthTokens=true`)
    for (const token of [json.access_token, json.refresh_token]) {
      expect((await t.post('/oauth2/v1/introspect', { token }, basic(client))).json).toEqual({ active: false })
    }
  })

  it('is not for another client that takes the id of a deleted one, nor is what it bought', async () => {
    const code = await codeFor()
    const { refresh_token } = (await redeem(await codeFor())).json
    await t.call(`POST /api/v1/apps/${client.clientId}/lifecycle/deactivate`)
    expect((await t.call(`DELETE /api/v1/apps/${client.clientId}`)).status).toBe(204)
    const { secret } = await t.addClient({ clientId: client.clientId })
    const heir = { clientId: client.clientId, secret }
    expect((await redeem(code, {}, heir)).json.error).toBe('invalid_grant')
    const refreshed = await t.post(ORG, { grant_type: 'refresh_token', refresh_token }, basic(heir))
    expect([refreshed.status, refreshed.json.error]).toEqual([400, 'invalid_grant'])
  })

  it('is bought by one of two who come at once', async () => {
    const code = await codeFor()
    const answers = await Promise.all([redeem(code), redeem(code)])
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 400])
  })

  it.each([
    ['code-unknown', { code: 'nope' }, 'The authorization code is invalid or has expired.'],
    [
      'redirect-uri-differs',
      { redirect_uri: `${CALLBACK}/` },
      "The 'redirect_uri' does not match the redirection URI used in the authorization request.",
    ],
  ])('is refused: %s', async (cause, more, description) => {
    const answer = await redeem(await codeFor(), more)
    expect([answer.status, answer.json]).toEqual([400, error('invalid_grant', description)])
    expect(t.lastCause()).toBe(`invalid_grant/${cause}`)
  })

  it('is for its client, its server, and five minutes', async () => {
    const other = await t.addClient()
    expect((await redeem(await codeFor(), {}, other)).json.error_description).toMatch(/issued to another client/)
    const code = await codeFor()
    const elsewhere = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK }
    expect((await t.post(DEFAULT, elsewhere, basic(client))).status).toBe(400)
    expect(t.lastCause()).toBe('invalid_grant/code-unknown')
    t.clock.advance(300)
    expect((await redeem(code)).status).toBe(400)
    expect(t.lastCause()).toBe('invalid_grant/code-expired')
  })

  it('with a challenge wants its verifier', async () => {
    const pkce = { code_challenge: challenge, code_challenge_method: 'S256' }
    for (const more of [{}, { code_verifier: 'wrong' }]) {
      const answer = await redeem(await codeFor(pkce), more as Record<string, string>)
      expect(answer.json).toEqual(error('invalid_grant', 'PKCE verification failed.'))
      expect(t.events(1)).toEqual(['app.oauth2.token.grant FAILURE pkce_verification_failed'])
    }
    expect((await redeem(await codeFor(pkce), { code_verifier: verifier })).status).toBe(200)
  })

  it('is worth nothing once its user is suspended', async () => {
    const code = await codeFor()
    const user = (await t.org.state.load(users, userId))!
    await t.org.state.change([put(users, userId, { ...user.value, status: 'SUSPENDED' }, user)])
    expect((await redeem(code)).json.error).toBe('invalid_grant')
  })

  it('gives a public client tokens without a secret', async () => {
    client = await t.addClient({ applicationType: 'browser', authMethod: 'none', pkceRequired: true })
    const code = await codeFor({ code_challenge: challenge, code_challenge_method: 'S256' })
    const form = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, client_id: client.clientId }
    const answer = await t.post(ORG, { ...form, code_verifier: verifier }, { origin: 'https://app.example.com' })
    expect(answer.status).toBe(200)
  })

  describe('with offline_access gives a refresh token, which', () => {
    const DEAD = error('invalid_grant', 'The refresh token is invalid or expired.')
    const refresh = (refresh_token: string, more: Record<string, string> = {}, who = client) =>
      t.post(ORG, { grant_type: 'refresh_token', refresh_token, ...more }, basic(who))
    let first: string
    beforeEach(async () => {
      first = (await redeem(await codeFor())).json.refresh_token
    })

    it('is exchanged for the next one, and has a grace', async () => {
      const answer = await refresh(first)
      expect(answer.status).toBe(200)
      expect(answer.json.refresh_token).not.toBe(first)
      expect(answer.json.id_token).toBeDefined()
      t.clock.advance(29)
      expect((await refresh(first)).status).toBe(200)
    })

    it('kills its family when it comes back after its grace', async () => {
      const next = (await refresh(first)).json
      t.clock.advance(30)
      const reused = await refresh(first)
      expect([reused.status, reused.json]).toEqual([400, DEAD])
      expect(t.lastCause()).toBe('invalid_grant/refresh-token-reused')
      expect(t.events(2)).toEqual([
        'app.oauth2.token.grant FAILURE invalid_refresh_token',
        'app.oauth2.token.detect_reuse SUCCESS',
      ])
      expect((await refresh(next.refresh_token)).json).toEqual(DEAD)
      expect(t.lastCause()).toBe('invalid_grant/refresh-token-revoked')
      const told = await t.post('/oauth2/v1/introspect', { token: next.access_token }, basic(client))
      expect(told.json).toEqual({ active: false })
    })

    it('dies when it lies unused for a week, and lives on when used', async () => {
      t.clock.advance(6 * 86_400)
      const next = (await refresh(first)).json.refresh_token
      t.clock.advance(6 * 86_400)
      const third = await refresh(next)
      expect(third.status).toBe(200)
      t.clock.advance(7 * 86_400)
      expect((await refresh(third.json.refresh_token)).json).toEqual(DEAD)
      expect(t.lastCause()).toBe('invalid_grant/refresh-token-expired')
    })

    it('ends after 90 days whatever happens', async () => {
      let token = first
      for (let week = 0; week < 17; week++) {
        t.clock.advance(5 * 86_400)
        token = (await refresh(token)).json.refresh_token
      }
      t.clock.advance(5 * 86_400)
      expect((await refresh(token)).json).toEqual(DEAD)
    })

    it('is for its client, and gives no scope that was not granted', async () => {
      expect((await refresh(first, {}, await t.addClient())).json).toEqual(DEAD)
      const more = await refresh(first, { scope: 'openid phone' })
      expect([more.status, more.json]).toEqual([
        400,
        error(
          'access_denied',
          'Some of the scopes requested for the refresh request were not granted in the original authorize request. Denied scopes: phone.',
        ),
      ])
      expect((await refresh(first, { scope: 'openid' })).json.scope).toBe('openid')
      expect((await refresh('nope')).json).toEqual(DEAD)
    })

    it('stays the same where rotation is off', async () => {
      client = await t.addClient({ refreshToken: { rotation: 'STATIC', leewaySeconds: 0 } })
      const token = (await redeem(await codeFor())).json.refresh_token
      expect((await refresh(token)).json.refresh_token).toBe(token)
    })
  })
})
