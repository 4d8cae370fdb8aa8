// Which options are refused, and what is never said in a message?
import fc from 'fast-check'
import { exportJWK } from 'jose'
import { describe, expect, test } from 'vitest'
import type { Credential } from '../auth/credential.ts'
import { appKey } from '../auth/testing.ts'
import type { ClientEvent } from '../events.ts'
import type { Fetch } from '../layer.ts'
import { createFakeClock } from '../testing.ts'
import { authorize } from './authorize.ts'
import { answer, orgUrl, userUrl } from './common-suite.ts'
import { failure, world } from './testing.ts'

describe('what cannot be meant', () => {
  const cases: [string, unknown, RegExp][] = [
    ['nothing', undefined, /has none of them/],
    ['an empty object', {}, /has none of them/],
    ['two ways', { token: 'a', bearer: 'b' }, /`token` and `bearer`/],
    ['a token that is not set', { token: undefined }, /`auth\.token` is undefined: see whether the variable/],
    ['an empty token', { token: '  ' }, /`auth\.token` is empty/],
    ['a scheme word', { token: 'SSWS 00abcSECRET' }, /without a word such as SSWS/],
    ['a bearer with a line break', { bearer: 'abcSECRET\ndef' }, /line breaks/],
    ['a client id alone', { clientId: 'a' }, /a `clientId` alone/],
    [
      'a secret that is not set',
      { clientId: 'a', clientSecret: undefined, scopes: ['b'] },
      /`auth\.clientSecret` is undef/,
    ],
    [
      'a key that is not set',
      { clientId: 'a', privateKey: undefined, scopes: ['b'] },
      /`auth\.privateKey` is undefined/,
    ],
    [
      'two proofs',
      { clientId: 'a', clientSecret: 'SECRET', privateKey: 'SECRET', scopes: ['b'] },
      /`clientSecret` and `priv/,
    ],
    ['no scopes', { clientId: 'a', clientSecret: 'SECRET' }, /`auth\.scopes` is empty/],
    ['scopes that are none', { clientId: 'a', clientSecret: 'SECRET', scopes: [1] }, /`auth\.scopes` must be/],
    [
      'the URL of a server',
      { clientId: 'a', clientSecret: 'SECRET', scopes: 'b', server: 'https://x/oauth2/y' },
      /is the id/,
    ],
    ['a refresh token nobody keeps', { clientId: 'a', refreshToken: 'SECRET' }, /`auth\.onTokens` must be a function/],
  ]
  test.each(cases)('%s is refused at once, without being quoted', (_title, auth, says) => {
    const make = () => authorize({ orgUrl, auth: auth as Credential })
    expect(make).toThrow(TypeError)
    expect(make).toThrow(says)
    expect(make).not.toThrow(/SECRET/)
  })

  test.each(['', 'org.example', 'ftp://org.example', 'https://me:pw@org.example', undefined])('orgUrl %s', (url) => {
    expect(() => authorize({ orgUrl: url as string, auth: { token: 'a' } })).toThrow(/`orgUrl` must be/)
  })
})

describe('no secret leaves in a message', () => {
  const letters = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCXYZ0123456789-_.~+/=&%"\\<> é')
  const secretText = fc.string({ unit: letters, minLength: 8, maxLength: 40 }).filter((text) => text.trim() === text)
  const tokenText = fc.stringMatching(/^[A-Za-z0-9._~+/=-]{8,60}$/)

  // Everything that can be read off an error: members, causes, stacks.
  function texts(value: unknown, seen = new Set<unknown>()): string {
    if (typeof value !== 'object' || value === null) return String(value)
    if (seen.has(value)) return ''
    seen.add(value)
    const own = Object.getOwnPropertyNames(value).map((name) => (value as Record<string, unknown>)[name])
    return own.map((one) => texts(one, seen)).join('\n')
  }

  const echoes: ((body: string, authorization: string) => Response | Error)[] = [
    (body, auth) => answer(400, {}, { error: 'invalid_request', error_description: `got ${body} and ${auth}` }),
    (body, auth) =>
      answer(400, { 'x-okta-request-id': encodeURIComponent(auth) }, { error: body, error_description: auth }),
    (body, auth) => answer(401, {}, { errorCode: auth, errorSummary: body, errorCauses: [{ errorSummary: body }] }),
    (body, auth) => new Response(`<title>${body} ${auth}</title>`, { status: 500 }),
    (body, auth) => new Response(`${body}${auth}`, { headers: { 'content-type': 'text/plain' } }),
    (body) => new Response(null, { status: 302, headers: { location: `https://x.example/?${body}` } }),
    (body, auth) => answer(200, {}, { token_type: auth, access_token: 'x-y-z-1-2-3', x: body }),
    (body, auth) => Object.assign(new TypeError(`${auth} is no header`, { cause: new Error(body) }), { code: auth }),
  ]

  test.each(echoes.map((echo, n) => [n, echo] as const))('even when it is sent back (%i)', async (_n, echo) => {
    await fc.assert(
      fc.asyncProperty(secretText, tokenText, fc.boolean(), async (secret, refresh, isRefresh) => {
        const clock = createFakeClock()
        const events: ClientEvent[] = []
        const auth: Credential = isRefresh
          ? { clientId: '0oa1', clientSecret: secret, refreshToken: refresh, onTokens: () => undefined }
          : { clientId: '0oa1', clientSecret: secret, scopes: 's' }
        const sent: string[] = []
        const fetch: Fetch = async (input, init) => {
          const request = new Request(input, init)
          const body = await request.text()
          const authorization = request.headers.get('authorization')!
          sent.push(authorization.slice('Basic '.length))
          const given = echo(decodeURIComponent(body.replaceAll('+', ' ')), authorization)
          if (given instanceof Error) throw given
          return given
        }
        const call = authorize({ orgUrl, auth, clock, onEvent: (event) => events.push(event) })(fetch)(userUrl)
        const error = await failure(call)
        const said = `${texts(error)}\n${JSON.stringify(events)}`
        for (const one of [secret, sent[0]!, ...(isRefresh ? [refresh] : [])]) expect(said).not.toContain(one)
      }),
      { numRuns: 40 },
    )
  })

  test('nor an assertion or anything of a key', async () => {
    const jwk = await exportJWK(appKey.privateKey)
    const clock = createFakeClock()
    const events: ClientEvent[] = []
    const sent: string[] = []
    const fetch: Fetch = async (input, init) => {
      const body = await new Request(input, init).text()
      sent.push(new URLSearchParams(body).get('client_assertion')!)
      return answer(400, {}, { error: 'invalid_request', error_description: `${sent[0]} ${body}` })
    }
    const auth: Credential = { clientId: 'a', privateKey: jwk, scopes: 's' }
    const error = await failure(authorize({ orgUrl, auth, clock, onEvent: (e) => events.push(e) })(fetch)(userUrl))
    const said = `${texts(error)}\n${JSON.stringify(events)}`
    for (const part of [...sent[0]!.split('.'), jwk.d!, jwk.p!]) expect(said).not.toContain(part)
  })

  test('nor an access token that is refused and sent back', async () => {
    const w = world(
      {},
      {
        onToken: (_seen, count) =>
          count === 1
            ? answer(200, {}, { access_token: 'opaque-access-token', expires_in: 3_600 })
            : answer(400, {}, { error: 'invalid_request', error_description: 'after opaque-access-token' }),
      },
    )
    await w.call(userUrl)
    w.revokeAll()
    const error = await failure(w.call(userUrl))
    expect(error.description).toMatch(/^after …/)
    expect(`${texts(error)}${JSON.stringify(w.events)}`).not.toContain('opaque-access-token')
  })
})
