import { beforeEach, describe, expect, it } from 'vitest'
import { isTrustedOrigin } from '../../origins.ts'
import { type TestOrg, testOrg } from '../../testing.ts'

const ORIGINS = '/api/v1/trustedOrigins'
const shop = { name: 'Shop', origin: 'https://shop.example.com', scopes: [{ type: 'CORS' }, { type: 'REDIRECT' }] }

let t: TestOrg
beforeEach(async () => {
  t = await testOrg({ settings: { contract: 'current' } })
})

describe('trusted origins', () => {
  it('are made, read, replaced, switched and deleted', async () => {
    const made = await t.call(`POST ${ORIGINS}`, shop)
    expect(made.status).toBe(200)
    expect(made.json).toEqual({
      id: expect.stringMatching(/^tos\w{17}$/),
      ...shop,
      status: 'ACTIVE',
      created: '2026-11-20T10:00:00.000Z',
      createdBy: t.adminId,
      lastUpdated: '2026-11-20T10:00:00.000Z',
      lastUpdatedBy: t.adminId,
      _links: expect.objectContaining({ deactivate: expect.anything() }),
    })
    const one = `${ORIGINS}/${made.json.id}`
    expect((await t.call(`GET ${one}`)).json).toEqual(made.json)
    const off = await t.call(`POST ${one}/lifecycle/deactivate`)
    expect(off.json).toMatchObject({ status: 'INACTIVE', _links: { activate: expect.anything() } })
    // A replacement that says nothing of the status leaves it.
    const replaced = await t.call(`PUT ${one}`, { ...shop, name: 'Store' })
    expect(replaced.json).toMatchObject({ name: 'Store', status: 'INACTIVE' })
    expect((await t.call(`PUT ${one}`, { ...shop, status: 'ACTIVE' })).json.status).toBe('ACTIVE')
    expect((await t.call(`DELETE ${one}`)).status).toBe(204)
    const gone = await t.call(`GET ${one}`)
    expect(gone.status).toBe(404)
    expect(gone.json.errorSummary).toBe(`Not found: Resource not found: ${made.json.id} (TrustedOrigin)`)
    const { json } = await t.call('GET /api/v1/logs?filter=eventType%20sw%20%22security.trusted_origin%22')
    expect(json.map((event: { eventType: string }) => event.eventType)).toEqual(
      ['create', 'deactivate', 'update', 'update', 'delete'].map((word) => `security.trusted_origin.${word}`),
    )
  })

  it('are listed by name or origin, filtered, and in pages', async () => {
    for (const name of ['a', 'b', 'c']) {
      const scopes = [{ type: name === 'b' ? 'REDIRECT' : 'CORS' }]
      await t.call(`POST ${ORIGINS}`, { name: `${name} page`, origin: `https://${name}.example.com`, scopes })
    }
    const names = async (query: string) =>
      (await t.call(`GET ${ORIGINS}?${query}`)).json.map(({ name }: { name: string }) => name)
    expect(await names('')).toEqual(['a page', 'b page', 'c page'])
    expect(await names('q=B')).toEqual(['b page'])
    expect(await names('q=https://c')).toEqual(['c page'])
    expect(await names(`filter=${encodeURIComponent('type eq "CORS" and origin eq "https://a.example.com"')}`)).toEqual(
      ['a page'],
    )
    const first = await t.call(`GET ${ORIGINS}?limit=2`)
    const [, next] = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '') ?? []
    const second = await t.call(`GET ${new URL(next!).pathname}${new URL(next!).search}`)
    expect(second.json.map(({ name }: { name: string }) => name)).toEqual(['c page'])
    const bad = await t.call(`GET ${ORIGINS}?filter=${encodeURIComponent('name co "a"')}`)
    expect(bad.status).toBe(400)
    expect(t.lastCause()).toBe('E0000031/search-unreadable')
    await t.call(`GET ${ORIGINS}?after=nonsense`)
    expect(t.lastCause()).toBe('E0000029/cursor-unknown')
  })

  it.each([
    ['a path', 'https://shop.example.com/login'],
    ['a wildcard', 'https://*.example.com'],
    ['no scheme', 'shop.example.com'],
    ['a scheme that no page has', 'javascript://shop'],
    ['a user', 'https://ada@shop.example.com'],
    ['a port that there is not', 'https://shop.example.com:65536'],
  ])('of %s are refused', async (_name, origin) => {
    const refused = await t.call(`POST ${ORIGINS}`, { ...shop, origin })
    expect(refused.json).toMatchObject({
      errorCode: 'E0000001',
      errorSummary: 'Api validation failed: origin',
      errorCauses: [{ errorSummary: 'origin: Origin value is not valid' }],
    })
  })

  it.each(['http://localhost:3000', 'capacitor://localhost', 'ionic://app', 'https://[::1]:8443', 'https://shop.eu/'])(
    '%s is taken, and shown as it was sent',
    async (origin) => {
      const made = await t.call(`POST ${ORIGINS}`, { ...shop, origin })
      expect([made.status, made.json.origin]).toEqual([200, origin])
    },
  )

  it.each(['https://shop.eu/', 'https://SHOP.eu:443/', 'https://shop.eu:443'])(
    '%s is the origin that browsers call https://shop.eu',
    async (origin) => {
      await t.call(`POST ${ORIGINS}`, { ...shop, origin })
      expect(await isTrustedOrigin(t.org, 'https://shop.eu', 'CORS')).toBe(true)
      await t.call(`POST ${ORIGINS}`, { ...shop, name: 'again', origin: 'https://shop.eu' })
      expect(t.lastCause()).toBe('E0000001/origin-taken')
    },
  )

  it('without any scope is refused', async () => {
    const refused = await t.call(`POST ${ORIGINS}`, { ...shop, scopes: [] })
    expect([refused.json.errorSummary, t.lastCause()]).toEqual([
      'Api validation failed: scopes',
      'E0000001/required-field-missing',
    ])
  })

  it('with a scope that Okta does not know cannot be bound (reported)', async () => {
    await t.call(`POST ${ORIGINS}`, { ...shop, scopes: [{ type: 'Redirect' }] })
    expect(t.lastCause()).toBe('E0000003/body-unreadable-shape')
  })

  it('collect everything that is wrong', async () => {
    const { json } = await t.call(`POST ${ORIGINS}`, { name: '', origin: 'x', scopes: null })
    expect(json.errorCauses.map((cause: { errorSummary: string }) => cause.errorSummary)).toEqual([
      'name: The field cannot be left blank',
      'origin: Origin value is not valid',
      'scopes: The field cannot be left blank',
    ])
  })

  it('have a name and an origin of their own, in any case', async () => {
    const { json } = await t.call(`POST ${ORIGINS}`, shop)
    await t.call(`POST ${ORIGINS}`, { ...shop, name: 'SHOP', origin: 'https://other.example.com' })
    expect(t.lastCause()).toBe('E0000001/origin-name-taken')
    await t.call(`POST ${ORIGINS}`, { ...shop, name: 'Other', origin: 'HTTPS://SHOP.example.com:443' })
    expect(t.lastCause()).toBe('E0000001/origin-taken')
    expect((await t.call(`PUT ${ORIGINS}/${json.id}`, shop)).status).toBe(200)
  })

  it('are for administrators', async () => {
    const reader = await t.makeAdmin('reader@example.com', 'READ_ONLY_ADMIN')
    expect((await t.call(`GET ${ORIGINS}`, undefined, reader)).status).toBe(200)
    expect((await t.call(`POST ${ORIGINS}`, shop, reader)).json.errorCode).toBe('E0000006')
  })
})
