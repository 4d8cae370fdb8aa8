import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { createOrg } from '../create-org.ts'
import type { Org } from '../org.ts'
import { testOrg } from '../testing.ts'
import { testSigningKey } from '../testing-key.ts'
import { createKeyring } from './keyring.ts'
import { activeKey, loadAllKeys, publicKeys, ROTATION_MS, rotateKeys, verificationKey } from './keys.ts'

const ROTATION_SECONDS = ROTATION_MS / 1000

async function signed(org: Org, serverId: string, use?: 'access' | 'id'): Promise<string> {
  const { kid, key } = await activeKey(org, serverId, use)
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const head = `${part({ alg: 'RS256', kid })}.${part({ iss: 'x' })}`
  return `${head}.${sign('sha256', Buffer.from(head), key).toString('base64url')}`
}

async function verifies(org: Org, serverId: string, token: string): Promise<boolean> {
  // biome-ignore lint/suspicious/noExplicitAny: a key set as it is published
  const keys = createLocalJWKSet({ keys: (await publicKeys(org, serverId)) as any })
  return await jwtVerify(token, keys).then(
    () => true,
    () => false,
  )
}

describe('the key of a server', () => {
  it('verifies what it signed, for that server alone', async () => {
    const { org } = await testOrg()
    const token = await signed(org, 'default')
    expect(await verifies(org, 'default', token)).toBe(true)
    expect(await verifies(org, 'org', token)).toBe(false)
  })

  it('is one, also when many ask for the first time at once', async () => {
    const { org } = await testOrg()
    const kids = await Promise.all(Array.from({ length: 5 }, async () => (await activeKey(org, 'default')).kid))
    expect(new Set(kids).size).toBe(1)
    expect(await publicKeys(org, 'default')).toHaveLength(1)
  })

  it('of access tokens of the org is not published', async () => {
    const { org } = await testOrg()
    const [access, id] = [await signed(org, 'org', 'access'), await signed(org, 'org', 'id')]
    expect([await verifies(org, 'org', access), await verifies(org, 'org', id)]).toEqual([false, true])
    const { kid } = await activeKey(org, 'org', 'access')
    expect(await verificationKey(org, 'org', kid, 'access')).toBeDefined()
    expect(await verificationKey(org, 'org', kid)).toBeUndefined()
  })

  it('is shown by name before it is made', async () => {
    const t = await testOrg()
    const shown = async () => (await t.call('GET /api/v1/authorizationServers/default')).json.credentials.signing
    const before = await shown()
    const { kid } = await activeKey(t.org, 'default')
    expect(before).toEqual({
      rotationMode: 'AUTO',
      kid,
      use: 'sig',
      lastRotated: '2026-11-20T10:00:00.000Z',
      nextRotation: '2027-02-18T10:00:00.000Z',
    })
    expect(await shown()).toEqual(before)
  })

  it('is the same after a reset', async () => {
    const org = await createOrg({ passwordCost: 2, signingKeys: [testSigningKey] })
    const published = async () => await (await org.fetch('/oauth2/default/v1/keys')).json()
    const before = await published()
    await org.reset()
    expect(await published()).toEqual(before)
  })

  it('is made where none was given, in each org another', async () => {
    const keyrings = [createKeyring((size) => Buffer.alloc(size, 1)), createKeyring((size) => Buffer.alloc(size, 2))]
    const [one, other] = await Promise.all(keyrings.map((keyring) => keyring.make('default', 0)))
    expect(one!.kid).not.toBe(other!.kid)
    expect(one!.publicJwk.n).not.toBe(other!.publicJwk.n)
    expect(createPublicKey(one!.privatePem).asymmetricKeyDetails).toMatchObject({ modulusLength: 2048 })
    expect(await keyrings[0]!.make('default', 0)).toBe(one)
  })

  it('may be given as PEM of RSA, as nothing else', async () => {
    const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' })
    for (const pem of ['no key', String(ec), createPublicKey(testSigningKey).export({ type: 'spki', format: 'pem' })]) {
      await expect(createOrg({ signingKeys: [testSigningKey, String(pem)] })).rejects.toThrow(
        '`signingKeys[1]` must be an RSA private key as PEM',
      )
    }
  })
})

describe('rotation', () => {
  it('puts the NEXT key to work; one rotation later old tokens fail', async () => {
    const { org } = await testOrg()
    const token = await signed(org, 'default')
    const { next } = await loadAllKeys(org, 'default')
    await rotateKeys(org, 'default')
    expect((await activeKey(org, 'default')).kid).toBe(next!.value.kid)
    expect(await verifies(org, 'default', token)).toBe(true)
    await rotateKeys(org, 'default')
    expect(await verifies(org, 'default', token)).toBe(false)
    const { active, next: after, expired } = await loadAllKeys(org, 'default')
    const kids = [active, after!, expired!].map((key) => key.value.kid)
    expect(new Set(kids).size).toBe(3)
    expect(kids[2]).toBe(next!.value.kid)
  })

  it('comes by itself after 90 days, once, though many ask at once', async () => {
    const { org, clock } = await testOrg()
    const { kid } = await activeKey(org, 'default')
    clock.advance(ROTATION_SECONDS - 1)
    expect((await activeKey(org, 'default')).kid).toBe(kid)
    clock.advance(1)
    const kids = await Promise.all(Array.from({ length: 3 }, async () => (await activeKey(org, 'default')).kid))
    expect(new Set(kids).size).toBe(1)
    expect(kids[0]).not.toBe(kid)
    expect((await publicKeys(org, 'default')).map((key) => key.kid)).toContain(kid)
  })

  it('does not come by itself where it is manual', async () => {
    const t = await testOrg()
    const at = 'PUT /api/v1/authorizationServers/default'
    const body = { name: 'default', audiences: ['api://default'], credentials: { signing: { rotationMode: 'MANUAL' } } }
    expect((await t.call(at, body)).json.credentials.signing).not.toHaveProperty('nextRotation')
    const { kid } = await activeKey(t.org, 'default')
    t.clock.advance(ROTATION_SECONDS * 3)
    expect((await activeKey(t.org, 'default')).kid).toBe(kid)
  })

  it('of a server that never signed leaves it with its first key', async () => {
    const t = await testOrg()
    t.clock.advance(ROTATION_SECONDS * 2.5)
    // The first token has lain idle too long by now.
    const { token } = await t.makeAdmin('later@example.com', 'READ_ONLY_ADMIN')
    const shown = async () => (await t.call('GET /api/v1/authorizationServers/default', undefined, { token })).json
    const before = await shown()
    expect(before.credentials.signing.lastRotated).toBe('2027-05-19T10:00:00.000Z')
    expect((await activeKey(t.org, 'default')).kid).toBe(before.credentials.signing.kid)
    expect(await shown()).toEqual(before)
  })
})
