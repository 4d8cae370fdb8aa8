// Do security events providers behave like Okta's?
import { beforeEach, describe, expect, it } from 'vitest'
import { type TestOrg, testOrg } from '../../testing.ts'

const PROVIDERS = '/api/v1/security-events-providers'
const byUrl = { well_known_url: 'https://zone.example.com/.well-known/ssf-configuration' }
const byKeys = { issuer: 'zone.example.com', jwks_url: 'https://zone.example.com/keys' }
const zone = { name: 'Zone', type: 'zscaler', settings: byUrl }

let t: TestOrg
beforeEach(async () => {
  t = await testOrg({ settings: { contract: 'current' } })
})

describe('security events providers', () => {
  it('are made, read, switched, replaced and deleted', async () => {
    const made = await t.call(`POST ${PROVIDERS}`, zone)
    const one = `${PROVIDERS}/${made.json.id}`
    const self = `${t.org.baseUrl}${one}`
    expect([made.status, made.json]).toEqual([
      200,
      {
        id: expect.stringMatching(/^sse\w{17}$/),
        ...zone,
        status: 'ACTIVE',
        _links: {
          self: { href: self, hints: { allow: ['GET', 'PUT', 'DELETE'] } },
          deactivate: { href: `${self}/lifecycle/deactivate`, hints: { allow: ['POST'] } },
        },
      },
    ])
    expect((await t.call(`GET ${one}`)).json).toEqual(made.json)
    expect((await t.call(`GET ${PROVIDERS}`)).json).toEqual([made.json])
    const off = await t.call(`POST ${one}/lifecycle/deactivate`)
    expect(off.json).toMatchObject({ status: 'INACTIVE', _links: { activate: expect.anything() } })
    const next = await t.call(`PUT ${one}`, { ...zone, name: 'Keys', settings: byKeys })
    expect(next.json).toMatchObject({ name: 'Keys', status: 'INACTIVE' })
    expect(next.json.settings).toEqual(byKeys)
    expect((await t.call(`POST ${one}/lifecycle/activate`)).json.status).toBe('ACTIVE')
    expect((await t.call(`POST ${one}/lifecycle/activate`)).status).toBe(200)
    expect((await t.call(`DELETE ${one}`)).status).toBe(204)
    const gone = await t.call(`GET ${one}`)
    expect(gone.json.errorSummary).toBe(`Not found: Resource not found: ${made.json.id} (SecurityEventsProvider)`)
    const types = [...t.org.events.read()].map(({ eventType }) => eventType)
    expect(types.filter((type) => type.startsWith('security.events'))).toEqual(
      ['create', 'deactivate', 'update', 'activate', 'delete'].map((what) => `security.events.provider.${what}`),
    )
  })

  it.each([
    [{}, ['name', 'type', 'settings'].map((field) => `${field}: The field cannot be left blank`)],
    [{ ...zone, settings: {} }, ['issuer', 'jwks_url'].map((field) => `${field}: The field cannot be left blank`)],
    [{ ...zone, settings: { issuer: 'x' } }, ['jwks_url: The field cannot be left blank']],
    [{ ...zone, settings: { well_known_url: 'zone' } }, ['well_known_url: The field has an invalid value']],
    [{ ...zone, name: 'x'.repeat(101) }, ['name: The field is too long; at most 100 characters are allowed']],
  ])('refuse %j', async (body, causes) => {
    const { status, json } = await t.call(`POST ${PROVIDERS}`, body)
    expect([status, json.errorCode]).toEqual([400, 'E0000001'])
    expect(json.errorCauses.map((cause: { errorSummary: string }) => cause.errorSummary)).toEqual(causes)
    expect((await t.call(`GET ${PROVIDERS}`)).json).toEqual([])
  })

  it.each([[[]], ['x'], [null], [{ ...zone, settings: 'x' }], [{ ...zone, settings: [] }], [{ ...zone, name: {} }]])(
    'cannot be bound to %j',
    async (body) => {
      expect((await t.call(`POST ${PROVIDERS}`, body)).json.errorCode).toBe('E0000003')
    },
  )

  it.each(['__proto__', 'a\u0000b', 'x'.repeat(300), '😀', '..%2Fgroups'])('are not called %j', async (id) => {
    const path = `${PROVIDERS}/${encodeURIComponent(id)}`
    for (const call of [`GET ${path}`, `DELETE ${path}`, `POST ${path}/lifecycle/activate`]) {
      expect((await t.call(call)).json.errorCode).toBe('E0000007')
    }
    expect((await t.call(`PUT ${path}`, zone)).status).toBe(404)
  })
})
