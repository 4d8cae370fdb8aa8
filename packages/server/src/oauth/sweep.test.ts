import { expect, it } from 'vitest'
import { authCodes, refreshTokens, usedAssertions } from '../entities/sign-in.ts'
import { assertion, basic, CALLBACK, clientJwk, oauthOrg } from './testing.ts'

it('forgets codes and assertions an hour after their end, refresh tokens after a month', async () => {
  const t = await oauthOrg()
  const client = await t.addClient()
  const service = await t.addClient({
    grantTypes: ['client_credentials'],
    authMethod: 'private_key_jwt',
    jwks: [clientJwk],
  })
  await t.grant(service.clientId, 'okta.users.read')
  const sid = await t.signIn(await t.addUser('ada@example.com'))
  const ask = { client_id: client.clientId, redirect_uri: CALLBACK, response_type: 'code', state: 's' }
  const { headers } = await t.authorize({ ...ask, scope: 'openid offline_access' }, { sid })
  const code = new URL(headers.get('location')!).searchParams.get('code')!
  const path = '/oauth2/v1/token'
  await t.post(path, { grant_type: 'authorization_code', code, redirect_uri: CALLBACK }, basic(client))
  const form = assertion(t, service.clientId, path, { jti: 'one' })
  await t.post(path, { grant_type: 'client_credentials', scope: 'okta.users.read', ...form })
  const kept = async () => [
    (await t.org.state.scan(authCodes)).length,
    (await t.org.state.scan(usedAssertions)).length,
    (await t.org.state.scan(refreshTokens)).length,
  ]
  expect(await kept()).toEqual([1, 1, 1])
  const pass = async (seconds: number) => {
    t.clock.advance(seconds)
    await t.call('GET /api/v1/users/me')
    return await kept()
  }
  expect(await pass(3_600)).toEqual([1, 1, 1])
  expect(await pass(3_600)).toEqual([0, 0, 1])
  expect(await pass(35 * 86_400)).toEqual([0, 0, 1])
  expect(await pass(3 * 86_400)).toEqual([0, 0, 0])
  expect(t.org.jobs.nextDueAt()).toBe(Number.POSITIVE_INFINITY)
})
