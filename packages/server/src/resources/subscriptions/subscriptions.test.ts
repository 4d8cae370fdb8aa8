import { beforeEach, expect, test } from 'vitest'
import { type TestOrg, testOrg } from '../../testing.ts'

const ROLE = '/api/v1/roles/REPORT_ADMIN/subscriptions'

let t: TestOrg
beforeEach(async () => {
  t = await testOrg()
})

test('of a role are listed, read and changed', async () => {
  const list = (await t.call(`GET ${ROLE}`)).json
  expect(list).toHaveLength(13)
  expect(list[0]).toEqual({
    notificationType: 'AD_AGENT',
    channels: ['email'],
    status: 'unsubscribed',
    _links: { self: { href: `http://127.0.0.1${ROLE}/AD_AGENT` } },
  })
  const status = async () => (await t.call(`GET ${ROLE}/OKTA_UPDATE`)).json.status
  const done = await t.call(`POST ${ROLE}/OKTA_UPDATE/subscribe`)
  expect([done.status, done.text]).toEqual([200, ''])
  expect(await status()).toBe('subscribed')
  await t.call(`POST ${ROLE}/OKTA_UPDATE/unsubscribe`)
  expect(await status()).toBe('unsubscribed')
  expect((await t.call('GET /api/v1/roles/SUPER_ADMIN/subscriptions/OKTA_UPDATE')).json.status).toBe('subscribed')
})

test('are missing for roles and notifications that are', async () => {
  const summary = async (call: string) => (await t.call(call)).json.errorSummary
  expect(await summary('GET /api/v1/roles/MOON_ADMIN/subscriptions')).toBe(
    'Not found: Resource not found: MOON_ADMIN (Role)',
  )
  expect(await summary(`GET ${ROLE}/MOON`)).toBe('Not found: Resource not found: MOON (NotificationType)')
  expect(await summary(`POST ${ROLE}/constructor/subscribe`)).toBe(
    'Not found: Resource not found: constructor (NotificationType)',
  )
})

test('custom roles have them too', async () => {
  const body = { label: 'R', description: 'r', permissions: ['okta.users.read'] }
  const { id } = (await t.call('POST /api/v1/iam/roles', body)).json
  expect((await t.call(`GET /api/v1/roles/${id}/subscriptions/APP_IMPORT`)).json.status).toBe('unsubscribed')
})

test('users choose for themselves, until their role is changed', async () => {
  const ada = await t.makeAdmin('ada@example.com', 'REPORT_ADMIN')
  const call = (request: string) => t.call(request, undefined, { token: ada.token })
  const MINE = '/api/v1/users/me/subscriptions'
  const status = async () => (await call(`GET ${MINE}/APP_IMPORT`)).json.status
  expect(await status()).toBe('unsubscribed')
  expect((await call(`POST ${MINE}/APP_IMPORT/subscribe`)).status).toBe(200)
  expect(await status()).toBe('subscribed')
  expect((await call(`GET ${MINE}`)).json).toHaveLength(13)
  await t.clock.advance(1000)
  await t.call(`POST ${ROLE}/APP_IMPORT/unsubscribe`)
  expect(await status()).toBe('unsubscribed')
  await t.clock.advance(1000)
  await call(`POST ${MINE}/APP_IMPORT/subscribe`)
  expect(await status()).toBe('subscribed')

  const other = await t.call(`GET /api/v1/users/${ada.userId}/subscriptions`)
  expect([other.status, t.lastCause()]).toEqual([403, 'E0000006/subscription-not-own'])
  expect((await call(`POST ${ROLE}/APP_IMPORT/subscribe`)).status).toBe(403)
})
