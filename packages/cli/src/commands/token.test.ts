import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { errorg } from '../testing.ts'

const ORG = 'https://example.okta.com'
const CUSTOM = `${ORG}/oauth2/default`
const now = () => Math.floor(Date.now() / 1000)

const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 })
const [custom, own] = [pair(), pair()]
const keySet = (key: KeyObject, kid: string) => ({
  keys: [{ ...key.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }],
})

function jwt(
  claims: Record<string, unknown> = {},
  key = custom.privateKey,
  header: Record<string, unknown> = {},
): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const head = part({ alg: 'RS256', kid: 'custom-1', ...header })
  const body = part({
    iss: CUSTOM,
    aud: 'api://default',
    iat: now() - 60,
    exp: now() + 3540,
    cid: '0oa1',
    scp: ['orders.read'],
    sub: 'ada@example.com',
    ...claims,
  })
  return `${head}.${body}.${sign('sha256', Buffer.from(`${head}.${body}`), key).toString('base64url')}`
}

/** The two servers of an org, with their metadata and keys. */
function servers() {
  const asked: string[] = []
  const answers: Record<string, unknown> = {
    [`${CUSTOM}/.well-known/openid-configuration`]: { issuer: CUSTOM, jwks_uri: `${CUSTOM}/v1/keys` },
    [`${CUSTOM}/v1/keys`]: keySet(custom.publicKey, 'custom-1'),
    [`${ORG}/.well-known/openid-configuration`]: { issuer: ORG, jwks_uri: `${ORG}/oauth2/v1/keys` },
    [`${ORG}/oauth2/v1/keys`]: keySet(own.publicKey, 'org-1'),
  }
  const call = (async (url: string, init: RequestInit) => {
    asked.push(url)
    expect(new Headers(init.headers).get('authorization')).toBeNull()
    const body = answers[url]
    return new Response(JSON.stringify(body ?? { error: 'none' }), { status: body ? 200 : 404 })
  }) as typeof fetch
  return { asked, fetch: call }
}

const offline = (async () => {
  throw new Error('nothing may be asked')
}) as typeof fetch

describe('token', () => {
  it('puts a token into words and finds nothing wrong, without asking anybody', async () => {
    const token = jwt()
    for (const ran of [
      await errorg(['token', token], { fetch: offline }),
      await errorg(['token', '-'], { stdin: `Bearer ${token}\n`, fetch: offline }),
      await errorg(['token', '--audience', 'api://default', '--scope', 'orders.read', '--client-id', '0oa1'], {
        stdin: token,
        fetch: offline,
      }),
    ]) {
      expect(ran).toMatchObject({ code: 0, err: '' })
      expect(ran.out).toContain('An access token of the custom authorization server `default`')
      expect(ran.out).toMatch(/exp +\d+ \(valid until \d+ \w+ \d{4}, .* UTC, in 5[89] minutes\)/)
      expect(ran.out).toContain('Nothing is wrong with it in what was checked.')
      expect(ran.out).toContain('The signature is not checked.')
      for (const part of token.split('.')) expect(ran.out).not.toContain(part.slice(0, 20))
    }
  })

  it('checks the signature with the keys of the issuer that is named', async () => {
    const { asked, fetch } = servers()
    const ran = await errorg(['token', jwt(), '--issuer', CUSTOM], { fetch })
    expect(ran.code).toBe(0)
    expect(ran.out.replace(/\s+/g, ' ')).toContain(`The signature is valid, by the keys of ${CUSTOM}/v1/keys.`)
    expect(asked).toEqual([`${CUSTOM}/.well-known/openid-configuration`, `${CUSTOM}/v1/keys`])
  })

  it('gives the three mix-ups of the guide three names', async () => {
    const { fetch } = servers()
    const ofOrg = jwt({ iss: ORG, aud: ORG }, own.privateKey, {
      kid: 'hidden',
      typ: 'application/okta-internal-at+jwt',
    })
    const found = async (...args: string[]) => {
      const { code, out } = await errorg(['token', '--json', ...args], { fetch })
      const [{ kind, cause }] = JSON.parse(out).findings
      return `${code} ${kind}/${cause}`
    }
    expect(await found(jwt(), '--jwks', `${ORG}/oauth2/v1/keys`)).toBe(
      '1 wrong-authorization-server/token-from-custom-server',
    )
    expect(await found(jwt(), '--issuer', ORG)).toBe('1 wrong-authorization-server/token-from-custom-server')
    expect(await found(ofOrg, '--issuer', CUSTOM)).toBe('1 wrong-authorization-server/token-from-org-server')
    expect(await found(ofOrg, '--fetch')).toBe('1 org-as-token-not-verifiable/org-access-token-checked-locally')
  })

  it('names everything that is wrong, with the claim and what to do', async () => {
    const { code, out } = await errorg([
      'token',
      jwt({ exp: now() - 7200 }),
      '--audience',
      'api://orders',
      '--scope',
      'orders.write',
    ])
    expect(code).toBe(1)
    for (const name of [
      'audience-mismatch/audience-differs',
      'token-expired/token-past-exp',
      'missing-scope/scope-not-carried',
    ])
      expect(out).toContain(name)
    expect(out).toContain('tokenClaims.payload.aud: "api://default"')
    expect(out).toContain('What to do\n  1. ')
  })

  it('takes keys from a file', async () => {
    const files = { 'keys.json': JSON.stringify(keySet(custom.publicKey, 'custom-1')), 'not.json': '{"a":1}' }
    expect(await errorg(['token', jwt(), '--jwks', 'keys.json'], { files, fetch: offline })).toMatchObject({ code: 0 })
    expect(await errorg(['token', jwt({}, own.privateKey), '--jwks', 'keys.json'], { files })).toMatchObject({
      code: 1,
    })
    expect(await errorg(['token', jwt(), '--jwks', 'not.json'], { files })).toMatchObject({ code: 3, out: '' })
    expect(await errorg(['token', jwt(), '--jwks', 'none.json'], { files })).toMatchObject({ code: 3, out: '' })
  })

  it('asks the issuer of the token only when told to', async () => {
    const { asked, fetch } = servers()
    expect((await errorg(['token', jwt()], { fetch })).code).toBe(0)
    expect((await errorg(['token', jwt(), '--issuer', CUSTOM, '--no-fetch'], { fetch })).code).toBe(0)
    expect(asked).toEqual([])
    expect((await errorg(['token', jwt(), '--fetch'], { fetch })).out).toContain('The signature is valid')
    expect(asked).toHaveLength(2)
  })

  it('judges without keys when they cannot be had, and says so', async () => {
    const down = (async () => {
      throw new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') })
    }) as typeof fetch
    const ran = await errorg(['token', jwt(), '--issuer', CUSTOM], { fetch: down })
    expect(ran.code).toBe(5)
    expect(ran.out).toContain('An access token')
    expect(ran.err).toContain('ECONNREFUSED')
    const none = await errorg(['token', jwt(), '--issuer', `${ORG}/oauth2/none`], { fetch: servers().fetch })
    expect(none).toMatchObject({ code: 5, err: expect.stringContaining('404') })
  })

  it('calls plain http on this machine only', async () => {
    for (const args of [
      ['--issuer', 'http://example.okta.com'],
      ['--jwks', 'http://example.okta.com/oauth2/v1/keys'],
    ])
      expect(await errorg(['token', jwt(), ...args], { fetch: offline })).toMatchObject({ code: 2, out: '' })
    expect(
      await errorg(['token', jwt({ iss: 'http://example.okta.com' }), '--fetch'], { fetch: offline }),
    ).toMatchObject({ code: 2 })
    // Metadata that point elsewhere are not followed there.
    const astray = (async () => new Response('{"jwks_uri":"http://internal.example.com/keys"}')) as typeof fetch
    expect(await errorg(['token', jwt(), '--issuer', CUSTOM], { fetch: astray })).toMatchObject({ code: 5 })
  })

  it('ends with 1 when a signature that was to be checked cannot be', async () => {
    const files = { 'keys.json': JSON.stringify({ keys: [{ kty: 'EC', kid: 'custom-1' }] }) }
    const { code, out } = await errorg(['token', jwt(), '--jwks', 'keys.json'], { files })
    expect(code).toBe(1)
    expect(out).toContain('Not checked')
  })

  it('ends with 3 on what is no JWT, and with 2 on nothing', async () => {
    const apiToken = `00${'a'.repeat(40)}`
    const ran = await errorg(['token'], { stdin: apiToken })
    expect(ran).toMatchObject({ code: 3 })
    expect(ran.out).toContain('An API token')
    expect(ran.out).not.toContain(apiToken)
    expect(await errorg(['token', 'opaque'])).toMatchObject({ code: 3 })
    expect(await errorg(['token'])).toMatchObject({ code: 2, out: '' })
    expect(await errorg(['token'], { stdin: ' \n' })).toMatchObject({ code: 2, out: '' })
  })

  it('says what is wrong with a token that is cut', async () => {
    const { code, out } = await errorg(['token', jwt().slice(0, -40)])
    expect(code).toBe(1)
    expect(out).toContain('token-malformed/token-cut')
  })
})
