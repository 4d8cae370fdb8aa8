import { describe, expect, it } from 'vitest'
import { type TestOrg, testOrg } from '../testing.ts'
import { discoveryRoutes } from './discovery.ts'

const open = (t: TestOrg, path: string) => t.call(`GET ${path}`, undefined, { token: null })

describe('metadata', () => {
  it('of the org names its issuer, and keys only for ID tokens', async () => {
    const t = await testOrg()
    t.org.baseUrl = 'https://dev.example.com'
    const openId = await open(t, '/.well-known/openid-configuration')
    expect(openId.json).toMatchObject({
      issuer: 'https://dev.example.com',
      authorization_endpoint: 'https://dev.example.com/oauth2/v1/authorize',
      jwks_uri: 'https://dev.example.com/oauth2/v1/keys',
    })
    expect(openId.json.scopes_supported).toEqual([
      'openid',
      'profile',
      'email',
      'address',
      'phone',
      'offline_access',
      'device_sso',
      'groups',
    ])
    const oauth = await open(t, '/.well-known/oauth-authorization-server')
    expect(oauth.json).not.toHaveProperty('jwks_uri')
    expect(oauth.json.scopes_supported).toContain('okta.users.read')
    expect(oauth.json.scopes_supported.length).toBeGreaterThan(80)
  })

  it('of a custom server shows the scopes that were made public, in all three places', async () => {
    const t = await testOrg()
    for (const [name, metadataPublish] of [
      ['seen', 'ALL_CLIENTS'],
      ['hidden', 'NO_CLIENTS'],
    ]) {
      await t.call('POST /api/v1/authorizationServers/default/scopes', { name, metadataPublish })
    }
    const at = '/oauth2/default'
    const oauth = await open(t, `${at}/.well-known/oauth-authorization-server`)
    expect(oauth.json.issuer).toBe(`${t.org.baseUrl}${at}`)
    expect(oauth.json.scopes_supported).toContain('seen')
    expect(oauth.json.scopes_supported).not.toContain('hidden')
    expect((await open(t, `/.well-known/oauth-authorization-server${at}`)).json).toEqual(oauth.json)
    const openId = await open(t, `${at}/.well-known/openid-configuration`)
    expect(openId.json.userinfo_endpoint).toBe(`${t.org.baseUrl}${at}/v1/userinfo`)
    expect(openId.json.scopes_supported).toEqual(oauth.json.scopes_supported)
  })

  it('names no endpoint that is not built', async () => {
    const t = await testOrg()
    for (const at of ['', '/oauth2/default']) {
      const { json } = await open(t, `${at}/.well-known/openid-configuration`)
      for (const [name, value] of Object.entries(json)) {
        if (!/_(endpoint|uri)$/.test(name)) continue
        const path = new URL(String(value)).pathname
        const found = t.org.routes.find('GET', path) ?? t.org.routes.find('POST', path)
        expect([name, found?.route.built]).toEqual([name, true])
      }
    }
  })

  it('refuses a client id that nobody has', async () => {
    const t = await testOrg()
    for (const path of [
      '/.well-known/openid-configuration',
      '/oauth2/default/.well-known/oauth-authorization-server',
    ]) {
      const refused = await open(t, `${path}?client_id=0oaNobody`)
      expect([refused.status, refused.json.errorCode, refused.json.errorSummary]).toEqual([
        400,
        'invalid_client',
        "Invalid value for 'client_id' parameter.",
      ])
      expect(t.lastCause()).toBe('invalid_client/client-id-unknown')
      expect((await open(t, `${path}?client_id=`)).status).toBe(200)
    }
  })
})

describe('keys', () => {
  it('come with the time until they change, for anybody', async () => {
    const t = await testOrg()
    t.clock.advance(86_400)
    for (const path of ['/oauth2/v1/keys', '/oauth2/default/v1/keys']) {
      const keys = await open(t, path)
      expect(keys.status).toBe(200)
      expect(keys.json.keys).toEqual([
        {
          kty: 'RSA',
          alg: 'RS256',
          use: 'sig',
          kid: expect.stringMatching(/^[\w-]{43}$/),
          e: 'AQAB',
          n: expect.any(String),
        },
      ])
      const seconds = Number(/^max-age=(\d+), must-revalidate$/.exec(keys.headers.get('cache-control') ?? '')?.[1])
      expect(seconds).toBeGreaterThan(80 * 86_400)
      expect(seconds).toBeLessThanOrEqual(90 * 86_400)
      expect(keys.headers.get('x-rate-limit-limit')).toBeNull()
    }
  })
})

describe('a custom server', () => {
  const paths = discoveryRoutes.map(({ on }) => on.slice(4)).filter((path) => path.includes(':authorizationServerId'))

  it.each(['ausNobody', 'org', '__proto__', 'a%2Fb', 'x'.repeat(500)])('%s is not there', async (id) => {
    const t = await testOrg()
    for (const path of paths) {
      const refused = await open(t, path.replace(':authorizationServerId', id))
      expect([path, refused.status, t.lastCause()]).toEqual([path, 404, 'E0000007/authorization-server-missing'])
      expect(refused.json.errorSummary).toBe(
        `Not found: Resource not found: ${decodeURIComponent(id)} (AuthorizationServer)`,
      )
    }
  })

  it('is none of an org without API Access Management', async () => {
    const t = await testOrg({ settings: { features: { API_ACCESS_MANAGEMENT: false } } })
    for (const path of paths) {
      const refused = await open(t, path.replace(':authorizationServerId', 'default'))
      expect([refused.status, t.lastCause()]).toEqual([401, 'E0000015/feature-off'])
    }
    expect((await open(t, '/oauth2/v1/keys')).status).toBe(200)
  })
})

it('the org says what it is', async () => {
  const t = await testOrg()
  expect((await open(t, '/.well-known/okta-organization')).json).toMatchObject({
    id: t.org.fixed.orgId,
    pipeline: 'idx',
    _links: { organization: { href: t.org.baseUrl } },
  })
})
