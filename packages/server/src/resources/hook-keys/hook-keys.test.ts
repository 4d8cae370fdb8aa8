import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testOrg } from '../../testing.ts'

const KEYS = '/api/v1/hook-keys'

test('a key is made, read, renamed and deleted; only its public half is shown', async () => {
  const t = await testOrg()
  const made = await t.call(`POST ${KEYS}`, { name: 'Signing' })
  const { _embedded, ...bare } = made.json
  expect([made.status, bare]).toEqual([
    200,
    {
      id: expect.stringMatching(/^HKY\w{14}5d7$/),
      keyId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'Signing',
      created: '2026-11-20T10:00:00.000Z',
      lastUpdated: '2026-11-20T10:00:00.000Z',
      isUsed: false,
    },
  ])
  expect(_embedded).toEqual({ kty: 'RSA', alg: 'RSA', kid: bare.keyId, use: null, e: 'AQAB', n: expect.any(String) })
  const path = `${KEYS}/${bare.id}`
  expect((await t.call(`GET ${path}`)).json).toEqual(bare)
  expect((await t.call(`GET ${path}?expand=publickey`)).json).toEqual(made.json)
  expect((await t.call(`GET ${KEYS}`)).json).toEqual([bare])
  expect((await t.call(`GET ${KEYS}/public/${bare.keyId}`)).json).toEqual(_embedded)
  t.clock.advance(60)
  const renamed = await t.call(`PUT ${path}`, { name: 'Old' })
  expect(renamed.json).toEqual({ ...made.json, name: 'Old', lastUpdated: '2026-11-20T10:01:00.000Z' })
  expect((await t.call(`DELETE ${path}`)).status).toBe(204)
  for (const request of [`GET ${path}`, `PUT ${path}`, `DELETE ${path}`, `GET ${KEYS}/public/${bare.keyId}`]) {
    const gone = await t.call(request, request.startsWith('PUT') ? { name: 'x' } : undefined)
    expect([gone.status, gone.json.errorCode]).toEqual([404, 'E0000007'])
  }
  expect([...t.org.events.read()].map((event) => event.eventType)).toEqual([
    'system.hook.key.created',
    'system.hook.key.updated',
    'system.hook.key.deleted',
  ])
})

test('a key that a hook uses stays', async () => {
  const t = await testOrg()
  const key = (await t.call(`POST ${KEYS}`, { name: 'Signing' })).json
  const hook = await t.call('POST /api/v1/inlineHooks', {
    name: 'Keyed',
    type: 'com.okta.import.transform',
    version: '1.0.0',
    channel: {
      type: 'OAUTH',
      version: '1.0.0',
      config: {
        uri: 'https://hooks.example.com/',
        authType: 'private_key_jwt',
        clientId: 'okta',
        tokenUrl: 'https://login.example.com/token',
        hookKeyId: key.id,
      },
    },
  })
  expect((await t.call(`GET ${KEYS}/${key.id}`)).json.isUsed).toBe(true)
  const refused = await t.call(`DELETE ${KEYS}/${key.id}`)
  expect([refused.status, t.lastCause()]).toEqual([400, 'E0000001/hook-key-in-use'])
  await t.call(`POST /api/v1/inlineHooks/${hook.json.id}/lifecycle/deactivate`)
  await t.call(`DELETE /api/v1/inlineHooks/${hook.json.id}`)
  expect((await t.call(`DELETE ${KEYS}/${key.id}`)).status).toBe(204)
})

test('names are used once', async () => {
  const t = await testOrg()
  await t.call(`POST ${KEYS}`, { name: 'Signing' })
  const other = (await t.call(`POST ${KEYS}`, { name: 'Other' })).json
  for (const request of [`POST ${KEYS}`, `PUT ${KEYS}/${other.id}`]) {
    const refused = await t.call(request, { name: 'SIGNING' })
    expect([refused.status, t.lastCause()]).toEqual([400, 'E0000001/hook-name-taken'])
  }
})

test('whatever the name is: success or a refusal of Okta, and after a refusal the key is as it was', async () => {
  const t = await testOrg()
  const { json } = await t.call(`POST ${KEYS}`, { name: 'Signing' })
  const odd = fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary', maxLength: 300 }), fc.constant('x'.repeat(256)))
  const bodies = fc.oneof(
    odd.map((name) => ({ name })),
    fc.jsonValue(),
  )
  await fc.assert(
    fc.asyncProperty(bodies, async (body) => {
      const before = (await t.call(`GET ${KEYS}/${json.id}`)).json
      const answer = await t.call(`PUT ${KEYS}/${json.id}`, JSON.stringify(body))
      expect(answer.status).toBeLessThan(500)
      if (answer.status === 200) return
      expect(answer.json).toMatchObject({ errorCode: expect.stringMatching(/^E\d{7}$/) })
      expect((await t.call(`GET ${KEYS}/${json.id}`)).json).toEqual(before)
    }),
  )
})
