// Does the official Node SDK work on what hangs on a user: consent, tokens, blocks, recovery and sessions?
import { createOrg, type RunningOrg } from '@errorg/server'
import { Client } from '@okta/okta-sdk-nodejs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { counted, listOf, refusal, used } from './calls.ts'
import { operations } from './operations.ts'

let org: RunningOrg
let client: Client
beforeAll(async () => {
  org = await createOrg({ passwordCost: 2 })
  const { url } = await org.listen()
  client = new Client({ orgUrl: url, token: org.token, cacheMiddleware: null })
})
beforeEach(() => org.reset())
afterAll(() => org.close())

const ada = { firstName: 'Ada', lastName: 'Byron', email: 'ada@sdk.test', login: 'ada@sdk.test' }
const credentials = {
  password: { value: 'Correct-Horse-9' },
  recovery_question: { question: 'Which river?', answer: 'the quiet one' },
}
const CALLBACK = 'https://app.example.com/callback'

const makeUser = async (): Promise<string> =>
  (await counted(client.userApi).createUser!({ body: { profile: ada, credentials } })).id

/** An app that asks for consent, and the scope that it asks for. */
async function makeWorld() {
  const userId = await makeUser()
  const app = await counted(client.applicationApi).createApplication!({
    application: {
      name: 'oidc_client',
      label: 'Notes',
      signOnMode: 'OPENID_CONNECT',
      credentials: { oauthClient: { token_endpoint_auth_method: 'client_secret_post' } },
      settings: {
        oauthClient: {
          application_type: 'web',
          consent_method: 'REQUIRED',
          redirect_uris: [CALLBACK],
          response_types: ['code'],
          grant_types: ['authorization_code', 'refresh_token'],
        },
      },
    },
  })
  await counted(client.applicationApi).assignUserToApplication!({
    appId: app.id,
    appUser: { id: userId, scope: 'USER' },
  })
  const scope = await counted(client.authorizationServerApi).createOAuth2Scope!({
    authServerId: 'default',
    oAuth2Scope: { name: 'notes', consent: 'REQUIRED' },
  })
  const { client_id: clientId, client_secret: secret } = app.credentials.oauthClient
  return { userId, clientId: clientId as string, secret: secret as string, scopeId: scope.id as string }
}
type World = Awaited<ReturnType<typeof makeWorld>>

/** What a browser does: it signs in, allows what the app asks for, and the app redeems its code. */
async function signInAndAllow({ clientId, secret }: World): Promise<void> {
  const { sessionToken } = await org.signIn(ada.login, credentials.password.value)
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: CALLBACK,
    response_type: 'code',
    scope: 'openid offline_access notes',
    state: 'xyz',
    sessionToken: sessionToken!,
  })
  const asked = await org.fetch(`/oauth2/default/v1/authorize?${query}`)
  const cookie = asked.headers.get('set-cookie')!.split(';')[0]!
  const key = new URL(asked.headers.get('location')!).searchParams.get('okta_key')!
  const allowed = await org.fetch('/oauth2/default/v1/authorize/consent', {
    method: 'POST',
    headers: { ...form, cookie },
    body: new URLSearchParams({ okta_key: key, decision: 'allow' }).toString(),
  })
  const back = await org.fetch(allowed.headers.get('location')!, { headers: { cookie } })
  const code = new URL(back.headers.get('location')!).searchParams.get('code')!
  const redeemed = await org.fetch('/oauth2/default/v1/token', {
    method: 'POST',
    headers: form,
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: clientId,
      client_secret: secret,
      redirect_uri: CALLBACK,
      code,
    }).toString(),
  })
  expect(redeemed.status).toBe(200)
}

describe('what a user has allowed', () => {
  test('is listed, shown and revoked, one by one, by client and as a whole', async () => {
    const api = counted(client.userApi)
    const world = await makeWorld()
    const { userId, clientId, scopeId } = world
    await signInAndAllow(world)
    const grants = await listOf<{ id: string; scopeId: string; source: string }>(api.listUserGrants!({ userId }))
    expect(grants).toMatchObject([{ scopeId, source: 'END_USER', status: 'ACTIVE', clientId }])
    const grantId = grants[0]!.id
    expect((await api.getUserGrant!({ userId, grantId, expand: 'scope' })).scopeId).toBe(scopeId)
    expect(await listOf(api.listGrantsForUserAndClient!({ userId, clientId }))).toHaveLength(1)
    expect(await listOf<{ client_id: string }>(api.listUserClients!({ userId }))).toMatchObject([
      { client_id: clientId },
    ])
    await api.revokeUserGrant!({ userId, grantId })
    expect(await refusal(api.getUserGrant!({ userId, grantId }))).toMatchObject({ status: 404, errorCode: 'E0000007' })
    for (const revoke of [
      () => api.revokeGrantsForUserAndClient!({ userId, clientId }),
      () => api.revokeUserGrants!({ userId }),
    ]) {
      await signInAndAllow(world)
      await revoke()
      expect(await listOf(api.listUserGrants!({ userId }))).toEqual([])
    }
  })

  test('the refresh tokens of a client are listed, shown and revoked', async () => {
    const api = counted(client.userApi)
    const world = await makeWorld()
    const { userId, clientId } = world
    await signInAndAllow(world)
    const list = () => listOf<{ id: string }>(api.listRefreshTokensForUserAndClient!({ userId, clientId }))
    const [first] = await list()
    const tokenId = first!.id
    const token = await api.getRefreshTokenForUserAndClient!({ userId, clientId, tokenId })
    expect(token).toMatchObject({ id: tokenId, status: 'ACTIVE', clientId, userId })
    expect(token.scopes).toContain('offline_access')
    await api.revokeTokenForUserAndClient!({ userId, clientId, tokenId })
    expect(await refusal(api.getRefreshTokenForUserAndClient!({ userId, clientId, tokenId }))).toMatchObject({
      status: 404,
      errorSummary: `Not found: Resource not found: ${tokenId} (OAuth2RefreshTokenTx)`,
    })
    const anew = { ...world }
    await counted(client.userApi).revokeUserGrants!({ userId })
    await signInAndAllow(anew)
    expect(await list()).toHaveLength(1)
    await api.revokeTokensForUserAndClient!({ userId, clientId })
    expect(await list()).toEqual([])
  })
})

describe('a user who is locked out or forgetful', () => {
  test('shows a block, and is recovered by the answer to the question', async () => {
    const api = counted(client.userApi)
    const userId = await makeUser()
    const recover = (answer: string) =>
      api.forgotPasswordSetNewPassword!({
        userId,
        userCredentials: { password: { value: 'Another-Horse-10' }, recovery_question: { answer } },
      })
    expect(await refusal(recover('no river at all'))).toMatchObject({
      status: 403,
      errorCode: 'E0000014',
      causes: ['The recovery question answer did not match our records.'],
    })
    expect((await recover('The quiet one')).recovery_question).toMatchObject({ question: 'Which river?' })
    org.settings.change({ passwordPolicy: { maxAttempts: 2 } })
    for (let i = 0; i < 2; i++) await expect(org.signIn(ada.login, 'Wrong-Horse-9')).rejects.toThrow('E0000004')
    expect(await listOf(api.listUserBlocks!({ userId }))).toMatchObject([
      { type: 'DEVICE_BASED', appliesTo: 'ANY_DEVICES' },
    ])
    await api.unlockUser!({ userId })
    expect(await listOf(api.listUserBlocks!({ userId }))).toEqual([])
    expect((await org.signIn(ada.login, 'Another-Horse-10')).status).toBe('SUCCESS')
  })

  test('has no session of its own to end, with an API token', async () => {
    const ended = counted(client.userApi).endUserSessions!({ keepCurrent: { keepCurrent: false } })
    expect(await refusal(ended)).toMatchObject({ status: 403, errorCode: 'E0000005' })
  })
})

test('these operations were used, and no list claims others', () => {
  expect([...used].sort()).toEqual([...operations.users].sort())
})
