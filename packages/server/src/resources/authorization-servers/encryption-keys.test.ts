import { generateKeyPairSync } from 'node:crypto'
import { beforeEach, expect, it } from 'vitest'
import { causesOf, type TestOrg, testOrg } from '../../testing.ts'

const SERVERS = '/api/v1/authorizationServers'
const made = (bits: number) => generateKeyPairSync('rsa', { modulusLength: bits }).publicKey.export({ format: 'jwk' })
const long = made(2048)

let t: TestOrg
let keys: string
beforeEach(async () => {
  t = await testOrg({ settings: { contract: 'current' } })
  const server = await t.call(`POST ${SERVERS}`, { name: 'Payments', description: 'p', audiences: ['api://p'] })
  keys = `${SERVERS}/${server.json.id}/resourceservercredentials/keys`
})

const key = (kid: string | undefined, more: object = {}) => ({ ...long, kid, use: 'enc', status: 'INACTIVE', ...more })
const add = (kid: string | undefined, more?: object) => t.call(`POST ${keys}`, key(kid, more))
const statuses = async () => (await t.call(`GET ${keys}`)).json.map((one: { status: string }) => one.status)

it('keys are added at rest, take turns at work, and go when they rest', async () => {
  expect((await t.call(`GET ${keys}`)).json).toEqual([])
  const first = await add('first')
  expect([first.status, first.json]).toMatchObject([201, { ...key('first'), id: expect.stringMatching(/^apk/) }])
  const one = `${keys}/${first.json.id}`
  expect((await t.call(`GET ${one}`)).json).toEqual(first.json)
  const second = (await add('second')).json
  expect((await t.call(`POST ${one}/lifecycle/activate`)).json).toMatchObject({ id: first.json.id, status: 'ACTIVE' })
  await t.call(`POST ${keys}/${second.id}/lifecycle/activate`)
  expect(await statuses()).toEqual(['INACTIVE', 'ACTIVE'])
  const kept = await t.call(`DELETE ${keys}/${second.id}`)
  expect([kept.status, t.lastCause()]).toEqual([400, 'E0000001/encryption-key-still-active'])
  expect(causesOf(kept.json)).toEqual([
    "'ACTIVE' keys cannot be deleted. Activate another key before deleting this one.",
  ])
  expect((await t.call(`POST ${keys}/${second.id}/lifecycle/deactivate`)).json.status).toBe('INACTIVE')
  for (const id of [first.json.id, second.id]) expect((await t.call(`DELETE ${keys}/${id}`)).status).toBe(204)
  expect((await t.call(`GET ${one}`)).json.errorCode).toBe('E0000007')
})

it('at most one key works, whoever is first', async () => {
  const ids = [(await add('first')).json.id, (await add('second')).json.id]
  await Promise.all(ids.map((id) => t.call(`POST ${keys}/${id}/lifecycle/activate`)))
  expect((await statuses()).sort()).toEqual(['ACTIVE', 'INACTIVE'])
})

it.each([
  ['works at once', { status: 'ACTIVE' }, /^Keys cannot be created with an 'ACTIVE' status/],
  ['says no status', { status: undefined }, /^Keys cannot be created with an 'ACTIVE' status/],
  ['is short', { ...made(1024) }, /less than '2,048' bits/],
  ['is no key', { n: '?' }, /less than '2,048' bits/],
  ['has a kid that is taken', { kid: 'first' }, /unique 'kid'/],
  ['has no kid beside others', { kid: null }, /unique 'kid'/],
])('a key that %s is refused', async (_what, more, says) => {
  await add('first')
  const refused = await add('second', more)
  expect([refused.status, t.lastCause(), refused.json.errorSummary]).toEqual([
    400,
    'E0000001/encryption-key-refused',
    'Api validation failed: JsonWebKey',
  ])
  expect(causesOf(refused.json)).toEqual([expect.stringMatching(says)])
  expect(await statuses()).toEqual(['INACTIVE'])
})

it('there are five at most', async () => {
  for (const kid of ['a', 'b', 'c', 'd', 'e']) expect((await add(kid)).status).toBe(201)
  expect(causesOf((await add('f')).json)).toEqual([expect.stringContaining('maximum number of keys allowed (5)')])
})

it.each([
  null,
  [],
  'x',
  { kty: 5 },
  { ...key('a'), n: 'x'.repeat(3000) },
  { ...key('a'), use: 'sig' },
  { __proto__: {} },
])('the body %j writes nothing', async (body) => {
  const { status, json } = await t.call(`POST ${keys}`, JSON.stringify(body))
  expect([status, json.errorCode]).toEqual([400, expect.stringMatching(/^E000000[13]$/)])
  expect(await statuses()).toEqual([])
})

it('keys are found with their own server only, and go with it', async () => {
  const { id } = (await add('first')).json
  const other = (await t.call(`POST ${SERVERS}`, { name: 'Ships', description: 's', audiences: ['api://s'] })).json
  expect((await t.call(`GET ${SERVERS}/${other.id}/resourceservercredentials/keys/${id}`)).status).toBe(404)
  await t.call(`DELETE ${keys.replace(/\/resource.*/, '')}`)
  expect((await t.call(`GET ${keys}/${id}`)).json.errorSummary).toContain('(AuthorizationServer)')
})
