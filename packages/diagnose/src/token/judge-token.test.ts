import fc from 'fast-check'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { type JudgeOptions, judgeToken } from './judge-token.ts'

const ORG = 'https://example.okta.com'
const CUSTOM = `${ORG}/oauth2/default`
const NOW = Date.UTC(2026, 10, 20, 12, 0, 0)
const at = NOW / 1000

type Pair = Awaited<ReturnType<typeof generateKeyPair>>
let keys: { custom: Pair; org: Pair }
let sets: { custom: unknown; org: unknown }

beforeAll(async () => {
  const [custom, org] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')])
  keys = { custom, org }
  const set = async (pair: Pair, kid: string) => ({
    keys: [{ ...(await exportJWK(pair.publicKey)), kid, alg: 'RS256', use: 'sig' }],
  })
  sets = { custom: await set(custom, 'custom-1'), org: await set(org, 'org-1') }
})

const access = {
  ver: 1,
  jti: 'AT.1',
  iss: CUSTOM,
  aud: 'api://default',
  iat: at - 60,
  exp: at + 3540,
  cid: '0oaClient',
  uid: '00uAda',
  scp: ['openid', 'orders.read'],
  sub: 'ada@example.com',
}
const ofOrg = { ...access, iss: ORG, aud: ORG, scp: ['okta.users.read'] }
const idToken = {
  ver: 1,
  jti: 'ID.1',
  iss: CUSTOM,
  aud: '0oaClient',
  iat: at - 60,
  exp: at + 3540,
  nonce: 'n-1',
  sub: '00uAda',
}

async function sign(
  payload: Record<string, unknown>,
  header: Record<string, unknown> = {},
  of: 'custom' | 'org' = 'custom',
) {
  return await new SignJWT(payload)
    .setProtectedHeader({ alg: 'RS256', kid: `${of}-1`, ...header })
    .sign(keys[of].privateKey)
}

async function judge(jwt: string, options: Partial<JudgeOptions> = {}) {
  return await judgeToken(jwt, { now: NOW, ...options })
}

const named = (judgement: Awaited<ReturnType<typeof judge>>) =>
  judgement.findings.map(({ kind, cause, strength }) => `${kind}/${cause} ${strength}`)

describe('a token that is fine', () => {
  it('has no findings, and its signature is valid', async () => {
    const judgement = await judge(await sign(access), {
      issuer: CUSTOM,
      audience: 'api://default',
      scope: 'orders.read',
      clientId: '0oaClient',
      jwks: sets.custom,
      jwksFrom: `${CUSTOM}/v1/keys`,
    })
    expect(judgement).toMatchObject({
      findings: [],
      wants: [],
      gaps: [],
      token: { type: 'access', signature: 'valid' },
    })
  })

  it('is put into words, with dates', async () => {
    const { token, wants } = await judge(`Bearer ${await sign(access)}`)
    expect(token?.says).toBe(
      'An access token of the custom authorization server `default` of https://example.okta.com.',
    )
    expect(token?.claims.find(({ place }) => place === 'payload.exp')).toEqual({
      place: 'payload.exp',
      value: String(at + 3540),
      says: 'valid until 20 November 2026, 12:59:00 UTC, in 59 minutes',
    })
    expect(token?.claims.find(({ place }) => place === 'payload.scp')?.value).toBe('openid orders.read')
    expect(wants.map(({ how }) => how)).toEqual([expect.stringContaining(`${CUSTOM}/v1/keys`)])
  })

  it('may be an ID token of the org server, whose keys are published', async () => {
    const judgement = await judge(await sign({ ...idToken, iss: ORG }, {}, 'org'), {
      issuer: ORG,
      nonce: 'n-1',
      clientId: '0oaClient',
      jwks: sets.org,
      jwksFrom: `${ORG}/oauth2/v1/keys`,
    })
    expect(judgement).toMatchObject({ findings: [], token: { type: 'id', signature: 'valid' } })
  })

  it('may be an access token of the org server, as long as nobody checks it locally', async () => {
    const judgement = await judge(await sign(ofOrg, { kid: 'hidden' }, 'org'), {
      scope: 'okta.users.read',
      issuer: ORG,
    })
    expect(judgement.findings).toEqual([])
    expect(judgement.token?.says).toContain('Only Okta can verify it')
  })
})

describe('the three mix-ups of the two kinds of server have three causes', () => {
  it('a token of a custom server against the keys of the org', async () => {
    const judgement = await judge(await sign(access), { jwks: sets.org, jwksFrom: `${ORG}/oauth2/v1/keys` })
    expect(named(judgement)).toEqual(['wrong-authorization-server/token-from-custom-server certain'])
    expect(judgement.findings[0]!.because.map(({ quote }) => quote)).toEqual([
      CUSTOM,
      `${ORG}/oauth2/v1/keys`,
      'custom-1',
    ])
    expect(judgement.findings[0]!.fix[0]).toContain(`${CUSTOM}/v1/keys`)
  })

  it('a token of the org server against the keys of a custom one', async () => {
    const options = { jwks: sets.custom, jwksFrom: `${CUSTOM}/v1/keys` }
    expect(named(await judge(await sign({ ...idToken, iss: ORG }, {}, 'org'), options))).toEqual([
      'wrong-authorization-server/token-from-org-server certain',
    ])
    expect(named(await judge(await sign(ofOrg, { kid: 'hidden' }, 'org'), options))).toEqual([
      'wrong-authorization-server/token-from-org-server certain',
      'org-as-token-not-verifiable/org-access-token-checked-locally certain',
    ])
  })

  it('an access token of the org server checked locally at all', async () => {
    const typed = await sign(ofOrg, { kid: 'hidden', typ: 'application/okta-internal-at+jwt' }, 'org')
    const judgement = await judge(typed, { jwks: sets.org, jwksFrom: `${ORG}/oauth2/v1/keys` })
    expect(named(judgement)).toEqual(['org-as-token-not-verifiable/org-access-token-checked-locally certain'])
    expect(judgement.findings[0]!.because[0]!.quote).toBe('application/okta-internal-at+jwt')
    expect(named(await judge(typed, { audience: 'api://mine' }))[0]).toBe(
      'org-as-token-not-verifiable/org-access-token-checked-locally certain',
    )
  })
})

describe('what is wrong is named', () => {
  it.each<[string, Record<string, unknown>, Partial<JudgeOptions>, string]>([
    ['expired', { exp: at - 3600 }, {}, 'token-expired/token-past-exp certain'],
    ['issued in the future', { iat: at + 600 }, {}, 'clock-skew/issued-in-future certain'],
    ['not yet valid', { nbf: at + 600 }, {}, 'clock-skew/not-yet-valid certain'],
    ['times in milliseconds', { exp: NOW + 3_600_000 }, {}, 'clock-skew/times-in-milliseconds certain'],
    ['another audience', {}, { audience: 'api://other' }, 'audience-mismatch/audience-differs certain'],
    [
      'an audience with a slash',
      {},
      { audience: 'api://default/' },
      'audience-mismatch/audience-spelt-differently certain',
    ],
    ['an issuer with a slash', {}, { issuer: `${CUSTOM}/` }, 'issuer-mismatch/issuer-spelt-differently certain'],
    [
      'the custom domain',
      {},
      { issuer: 'https://login.example.com/oauth2/default' },
      'issuer-mismatch/issuer-host-differs certain',
    ],
    [
      'another custom server',
      {},
      { issuer: `${ORG}/oauth2/aus1` },
      'wrong-authorization-server/token-from-other-custom-server certain',
    ],
    ['the org server expected', {}, { issuer: ORG }, 'wrong-authorization-server/token-from-custom-server certain'],
    ['another client', {}, { clientId: '0oaOther' }, 'audience-mismatch/issued-to-another-client certain'],
    ['a scope too few', {}, { scope: ['orders.read', 'orders.write'] }, 'missing-scope/scope-not-carried certain'],
    [
      'a scope to manage, and one to read is needed',
      { scp: ['okta.users.manage'] },
      { scope: 'okta.users.read' },
      'missing-scope/scope-not-carried certain',
    ],
    ['a nonce for an access token', {}, { nonce: 'n' }, 'wrong-token-type/access-token-as-id-token certain'],
    [
      'an access token checked as an ID token',
      {},
      { audience: '0oaClient' },
      'wrong-token-type/access-token-as-id-token certain',
    ],
  ])('%s', async (_name, claims, options, expected) => {
    const judgement = await judge(await sign({ ...access, ...claims }), options)
    expect(named(judgement)[0]).toBe(expected)
    const [{ because, fix }] = judgement.findings as [(typeof judgement.findings)[0]]
    expect(because.length).toBeGreaterThan(0)
    for (const { says } of because) expect(says).toMatch(/^[A-Z].*\.$/s)
    for (const step of fix) expect(step).toMatch(/^[A-Z].*\.$/s)
  })

  it('an ID token where an access token belongs', async () => {
    const jwt = await sign(idToken)
    expect(named(await judge(jwt, { scope: 'orders.read' }))).toEqual([
      'wrong-token-type/id-token-as-access-token certain',
    ])
    expect(named(await judge(jwt, { audience: 'api://default' }))[0]).toBe(
      'wrong-token-type/id-token-as-access-token likely',
    )
    expect(named(await judge(jwt, { nonce: 'other' }))).toEqual(['sdk-flow-config-mismatch/nonce-differs certain'])
  })

  it('a small difference of clocks is nothing', async () => {
    expect((await judge(await sign({ ...access, iat: at + 3, exp: at + 3600 }))).findings).toEqual([])
    expect((await judge(await sign({ ...access, exp: at - 20 }), { leewaySeconds: 60 })).findings).toEqual([])
  })

  it('a key that the set does not have', async () => {
    const rotated = await sign(access, { kid: 'custom-0' })
    expect(named(await judge(rotated, { jwks: sets.custom, jwksFrom: `${CUSTOM}/v1/keys` }))).toEqual([
      'signing-key-stale/key-not-in-set likely',
    ])
    // Nobody said whose keys they are.
    expect(named(await judge(rotated, { jwks: sets.org }))).toEqual([
      'signing-key-stale/key-not-in-set possible',
      'wrong-authorization-server/keys-of-another-server possible',
    ])
  })

  it('a signature that another key made', async () => {
    const forged = await sign(access, { kid: 'custom-1' }, 'org')
    const judgement = await judge(forged, { jwks: sets.custom, jwksFrom: `${CUSTOM}/v1/keys` })
    expect(named(judgement)).toEqual(['token-malformed/signature-does-not-fit certain'])
    expect(judgement.token?.signature).toBe('invalid')
  })

  it('claims that were changed after signing', async () => {
    const [head, , signature] = (await sign(access)).split('.')
    const body = Buffer.from(JSON.stringify({ ...access, scp: ['admin'] })).toString('base64url')
    expect(named(await judge(`${head}.${body}.${signature}`, { jwks: sets.custom }))).toEqual([
      'token-malformed/signature-does-not-fit certain',
    ])
  })

  it('keys that are no keys, and algorithms that no published key has', async () => {
    expect((await judge(await sign(access), { jwks: { keys: 'none' } })).gaps).toHaveLength(1)
    expect((await judge(await sign(access), { jwks: { keys: [{ kty: 'RSA', kid: 'custom-1' }] } })).gaps).toHaveLength(
      1,
    )
    const hmac = await new SignJWT(access).setProtectedHeader({ alg: 'HS256' }).sign(new Uint8Array(32))
    const { gaps, token } = await judge(hmac, { jwks: sets.custom })
    expect(gaps.map(({ why }) => why)).toEqual([expect.stringContaining('HS256')])
    expect(token?.signature).toBe('not-checked')
  })
})

describe('a token that is not whole', () => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

  it.each<[string, (jwt: string) => string, string]>([
    ['cut in the signature', (jwt) => jwt.slice(0, -20), 'token-cut'],
    ['cut in the claims', (jwt) => jwt.slice(0, 200), 'token-cut'],
    ['broken by a line end', (jwt) => `${jwt.slice(0, 80)}\n${jwt.slice(80)}`, 'token-has-blanks'],
    ['a part too many', (jwt) => `${jwt}.x`, 'token-not-three-parts'],
    ['characters of another alphabet', (jwt) => jwt.replace(/.(?=\.)/, '+'), 'token-not-base64url'],
    ['claims that are no JSON', (jwt) => jwt.replace(/\.[^.]+\./, '.AAAA.'), 'token-not-json'],
    ['alg none', () => `${part({ alg: 'none' })}.${part(access)}.`, 'token-unsigned'],
  ])('%s', async (_name, spoil, cause) => {
    const judgement = await judge(spoil(await sign(access)), { jwks: sets.custom })
    expect(judgement.findings[0]).toMatchObject({ kind: 'token-malformed', cause, strength: 'certain' })
  })

  it.each([
    ['nothing', '', 'Nothing.'],
    ['an API token', `SSWS 00${'a'.repeat(40)}`, 'An API token, not a JWT.'],
    ['an opaque token', 'kdh3-opaque-refresh-token', 'A text that is no JWT.'],
    ['an encrypted token', `${part({ alg: 'RSA-OAEP', enc: 'A256GCM' })}.a.b.c.d`, 'An encrypted token.'],
  ])('%s is a gap', async (_name, text, what) => {
    expect(await judge(text)).toMatchObject({ findings: [], gaps: [{ what }] })
  })
})

describe('whatever comes', () => {
  it('nothing is thrown', async () => {
    const segment = fc.oneof(
      fc.base64String(),
      fc.json().map((text) => Buffer.from(text).toString('base64url')),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.tuple(segment, segment, segment).map((parts) => parts.join('.')),
        ),
        fc.record({ issuer: fc.option(fc.webUrl(), { nil: undefined }), jwks: fc.anything(), audience: fc.string() }),
        async (text, options) => {
          const judgement = await judgeToken(text, { ...options, now: NOW })
          expect(judgement.schema).toBe(1)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('neither the token nor its signature is given back', async () => {
    const jwt = await sign({ ...access, note: `see ${await sign(idToken)}` })
    for (const text of [jwt, jwt.slice(0, -30), `${jwt}.x`, jwt.replace('.', '.\n')]) {
      const said = JSON.stringify(
        await judge(text, { jwks: sets.org, issuer: ORG, audience: 'x', scope: 'y', clientId: 'z' }),
      )
      for (const part of text.split(/[.\n]/)) if (part.length > 20) expect(said).not.toContain(part.slice(0, 20))
    }
  })
})
