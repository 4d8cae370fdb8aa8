// Does the official Node SDK, on the client instead of its own executor, survive what it does not survive alone? The
// same SDK, unmodified, over real HTTP.
import { createClient, underOktaSdk } from '@errorg/client'
import { createOrg, type RunningOrg } from '@errorg/server'
import { Client } from '@okta/okta-sdk-nodejs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

let org: RunningOrg
let url: string

beforeAll(async () => {
  org = await createOrg({ passwordCost: 2 })
  url = (await org.listen()).url
})
beforeEach(() => org.reset())
afterAll(() => org.close())

const seated = (more: Partial<Parameters<typeof createClient>[0]> = {}) => {
  const client = createClient({ orgUrl: url, auth: { token: org.token }, ...more })
  const sdk = new Client({
    orgUrl: url,
    token: 'of the client',
    requestExecutor: underOktaSdk(client),
    cacheMiddleware: null,
  })
  return { client, sdk }
}
const alone = () => new Client({ orgUrl: url, token: org.token, cacheMiddleware: null })

const ada = { firstName: 'Ada', lastName: 'Byron', email: 'ada@sdk.test', login: 'ada@sdk.test' }

test('users are created, read, changed, listed and deleted as before', async () => {
  const { sdk } = seated()
  const made = await sdk.userApi.createUser!({ body: { profile: ada } })
  expect((await sdk.userApi.getUser!({ userId: ada.login })).id).toBe(made.id)
  await sdk.userApi.updateUser!({ userId: made.id, user: { profile: { nickName: 'Countess' } } })
  const logins: string[] = []
  for await (const user of await sdk.userApi.listUsers!({ limit: 1 })) logins.push(user.profile.login)
  expect(logins).toContain(ada.login)
  await sdk.userApi.deactivateUser!({ id: made.id, userId: made.id }).catch(() => undefined)
  await sdk.userApi.deleteUser!({ userId: made.id })
})

test('a refusal is the error of the SDK, with all it says', async () => {
  const { sdk } = seated()
  await expect(sdk.userApi.getUser!({ userId: 'nobody@sdk.test' })).rejects.toMatchObject({
    name: 'OktaApiError',
    status: 404,
    errorCode: 'E0000007',
  })
})

describe('what the SDK alone does not survive', () => {
  test('a 503', async () => {
    org.faults.add({ match: { path: '/api/v1/users/me' }, answer: { status: 503 }, times: 1 })
    await expect(alone().userApi.getUser!({ userId: 'me' })).rejects.toThrow()
    org.faults.add({ match: { path: '/api/v1/users/me' }, answer: { status: 503 }, times: 1 })
    expect((await seated().sdk.userApi.getUser!({ userId: 'me' })).id).toBe(org.admin.id)
  })

  test('a connection that breaks', async () => {
    org.faults.add({ line: 'reset', times: 1 })
    await expect(alone().userApi.getUser!({ userId: 'me' })).rejects.toThrow()
    org.faults.add({ line: 'reset', times: 1 })
    expect((await seated().sdk.userApi.getUser!({ userId: 'me' })).id).toBe(org.admin.id)
  })

  test('a call that hangs', async () => {
    org.faults.add({ line: 'hang', times: 1 })
    const { sdk, client } = seated({ timeout: { ms: 100 } })
    expect((await sdk.userApi.getUser!({ userId: 'me' })).id).toBe(org.admin.id)
    expect(client.stats().timeouts).toBe(1)
  })

  test('a POST is not sent twice after a fault that may have come behind the change', async () => {
    org.faults.add({ match: { method: 'POST', path: '/api/v1/users' }, answer: { status: 503 }, times: 1 })
    const { sdk, client } = seated()
    await expect(sdk.userApi.createUser!({ body: { profile: ada } })).rejects.toMatchObject({ status: 503 })
    expect(client.stats().sent).toBe(1)
  })
})

test('many at once keep under a limit of calls at the same moment', async () => {
  const { sdk, client } = seated({ limits: { concurrency: 4 } })
  const all = await Promise.all(Array.from({ length: 40 }, () => sdk.userApi.getUser!({ userId: 'me' })))
  expect(new Set(all.map(({ id }) => id))).toEqual(new Set([org.admin.id]))
  expect(client.stats()).toMatchObject({ calls: 40, sent: 40, limitedByConcurrency: 0 })
})
