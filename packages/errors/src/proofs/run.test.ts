import { describe, expect, test } from 'vitest'
import type { Control } from './control.ts'
import { httpControl } from './control.ts'
import { type ProofTools, runProof } from './run.ts'
import { advance, call, meanwhile, type Proof, parallel, type Step, seed, settings, times } from './step.ts'

interface Seen {
  method: string
  path: string
  headers: Record<string, string>
  body: string
}

/** An org that answers with what `answer` says and writes down what it was asked. */
function fakeOrg(answer: (seen: Seen, count: number) => Response | undefined) {
  const asked: Seen[] = []
  const told: [string, unknown][] = []
  const control: Control = {
    advance: async (seconds) => void told.push(['advance', seconds]),
    settings: async (patch) => void told.push(['settings', patch]),
    seed: async (data) => {
      told.push(['seed', data])
      return { tokens: [{ value: '00seeded' }] }
    },
    inbox: async (to) => (to === 'ada@example.com' ? { code: '123456' } : undefined),
  }
  const tools: ProofTools = {
    baseUrl: 'https://org.example/',
    adminToken: '00admin',
    control,
    fetch: async (request) => {
      const url = new URL(request.url)
      const seen = {
        method: request.method,
        path: url.pathname + url.search,
        headers: Object.fromEntries(request.headers),
        body: await request.text(),
      }
      asked.push(seen)
      return answer(seen, asked.length) ?? Response.json({ id: '00u1', count: asked.length })
    },
  }
  return { asked, told, tools }
}

const refused = (status = 403) =>
  new Response(
    '{"errorCode":"E0000016","errorSummary":"Activation failed","errorLink":"E0000016","errorId":"oae","errorCauses":[{"errorSummary":"why"}]}',
    { status },
  )

/** Refuses `/fails` until something was asked at `/cure`. */
function curable() {
  let cured = false
  return fakeOrg((seen) => {
    if (seen.path === '/cure') cured = true
    return seen.path.startsWith('/fails') && !cured ? refused() : undefined
  })
}

describe('a proof', () => {
  test('that holds: the state, the refusal, the cure, the identical call', async () => {
    const { asked, tools } = curable()
    const proof: Proof = {
      given: [call('POST /api/v1/users', { body: { n: 1 }, keep: { user: '/id' } })],
      call: call('POST /fails/{user}', { body: { id: '{user}', other: '{other}' }, headers: { 'x-a': '{user}' } }),
      cure: [call('GET /cure')],
    }
    const run = await runProof(proof, tools)
    expect(run.problems).toEqual([])
    expect(run.raisedAs).toEqual({ status: 403, code: 'E0000016', summary: 'Activation failed', causes: ['why'] })
    expect(run.cured).toBe(true)
    expect(run.steps).toHaveLength(4)
    expect(run.again?.request).toEqual(run.raised?.request)
    expect(asked[1]).toEqual(asked[3])
    expect(asked[1]).toMatchObject({
      method: 'POST',
      path: '/fails/00u1',
      body: '{"id":"00u1","other":"{other}"}',
      headers: { authorization: 'SSWS 00admin', 'content-type': 'application/json', 'x-a': '00u1' },
    })
  })

  test('the identical call stays as it was, whatever the cure keeps', async () => {
    const { asked, tools } = curable()
    await runProof(
      {
        given: [call('GET /a', { keep: { id: '/count' } })],
        call: call('GET /fails/{id}'),
        cure: [call('GET /cure', { keep: { id: '/count' } })],
      },
      tools,
    )
    expect(asked.map((seen) => seen.path)).toEqual(['/a', '/fails/1', '/cure', '/fails/1'])
  })

  test('that is not cured says so', async () => {
    const { tools } = fakeOrg((seen) => (seen.path === '/fails' ? refused() : undefined))
    const run = await runProof({ given: [], call: call('GET /fails'), cure: [call('GET /other')] }, tools)
    expect(run).toMatchObject({ cured: false, problems: [], raisedAs: { code: 'E0000016' } })
  })

  test('whose call does not fail has nothing raised', async () => {
    const { tools } = fakeOrg(() => undefined)
    const run = await runProof({ given: [], call: call('GET /a'), mend: call('GET /b') }, tools)
    expect(run.raisedAs).toBeUndefined()
    expect(run.raised?.response.status).toBe(200)
  })

  test('with a mended call sends that one instead', async () => {
    const { asked, tools } = fakeOrg((seen) => (seen.path === '/fails' ? refused(400) : undefined))
    const run = await runProof({ given: [], call: call('GET /fails'), mend: call('GET /right') }, tools)
    expect(run.cured).toBe(true)
    expect(asked.map((seen) => seen.path)).toEqual(['/fails', '/right'])
  })

  test('of one contract is told to the org, and not run in the other', async () => {
    const proof: Proof = { contract: 'current', given: [], call: call('GET /a') }
    const { asked, told, tools } = fakeOrg(() => undefined)
    expect((await runProof(proof, tools, { contract: 'reference' })).problems).toEqual([
      'this proof holds in the "current" contract only',
    ])
    expect(asked).toEqual([])
    await runProof(proof, tools)
    expect(told).toEqual([['settings', { contract: 'current' }]])
  })
})

describe('steps', () => {
  async function runGiven(
    given: Step[],
    answer: Parameters<typeof fakeOrg>[0] = () => undefined,
    more: Partial<ProofTools> = {},
  ) {
    const org = fakeOrg(answer)
    const run = await runProof({ given, call: call('GET /end') }, { ...org.tools, ...more })
    return { ...org, run, paths: org.asked.map((seen) => seen.path) }
  }

  test('times counts its rounds from 1, nested rounds give the outer number back', async () => {
    const { paths } = await runGiven([times(2, times(1, call('GET /in/{n}')), call('GET /out/{n}'))])
    expect(paths).toEqual(['/in/1', '/out/1', '/in/1', '/out/2', '/end'])
  })

  test('advance, settings and seed reach the control; what a seed made is kept', async () => {
    const { told, asked } = await runGiven([
      advance(61),
      settings({ readOnly: true }),
      call('GET /a', { keep: { owner: '/id' } }),
      seed({ tokens: [{ owner: '{owner}' }] }, { token: '/tokens/0/value' }),
      call('GET /b', { as: { ssws: '{token}' } }),
      call('GET /c', { as: { bearer: '{token}' } }),
      call('GET /d', { as: 'nobody' }),
    ])
    expect(told).toEqual([
      ['advance', 61],
      ['settings', { readOnly: true }],
      ['seed', { tokens: [{ owner: '00u1' }] }],
    ])
    expect(asked.map((seen) => seen.headers.authorization)).toEqual([
      'SSWS 00admin',
      'SSWS 00seeded',
      'Bearer 00seeded',
      undefined,
      'SSWS 00admin',
    ])
  })

  test('parallel calls leave together', async () => {
    let open = 0
    let most = 0
    const org = fakeOrg(() => undefined)
    const fetch: ProofTools['fetch'] = async (request) => {
      open++
      most = Math.max(most, open)
      await Promise.resolve()
      open--
      return org.tools.fetch(request)
    }
    await runProof(
      { given: [parallel(call('GET /a'), call('GET /b'), call('GET /c'))], call: call('GET /end') },
      { ...org.tools, fetch },
    )
    expect(most).toBe(3)
  })

  test('calls that were begun are under way until the cure, and end with all their bytes', async () => {
    const bodies: string[] = []
    const order: string[] = []
    const org = fakeOrg(() => undefined)
    const fetch: ProofTools['fetch'] = async (request) => {
      const name = new URL(request.url).pathname
      bodies.push(await request.clone().text())
      order.push(name)
      return name === '/refused' && order.length === 1 ? new Response('{}', { status: 429 }) : org.tools.fetch(request)
    }
    const run = await runProof(
      {
        given: [meanwhile(call('POST /slow', { body: { name: 'ä' } }))],
        call: call('GET /refused'),
        cure: [call('GET /cure')],
      },
      { ...org.tools, fetch },
    )
    expect(run.problems).toEqual([])
    expect(order).toEqual(['/refused', '/slow', '/cure', '/refused'])
    expect(bodies[1]).toBe('{"name":"ä"}')
    expect(run.cured).toBe(true)
  })

  test('a call without a body cannot be left under way, and one that fails in the end is a problem', async () => {
    const bare = await runGiven([meanwhile(call('GET /a'))])
    expect(bare.run.problems).toEqual(['given, step 1: GET /a has no body to hold back'])
    const org = fakeOrg(({ path }) => (path === '/a' ? new Response('no', { status: 500 }) : undefined))
    const run = await runProof(
      { given: [meanwhile(call('POST /a', { body: {} }))], call: call('GET /end'), cure: [] },
      org.tools,
    )
    expect(run.problems[0]).toMatch('a call that was under way: POST')
  })

  test('headers can be taken away, and then none is sent', async () => {
    const { asked } = await runGiven([
      call('POST /a', { body: '{"x":', headers: { 'Content-Type': null, accept: null, authorization: 'Token {n}' } }),
    ])
    expect(asked[0]).toMatchObject({ body: '{"x":', headers: { authorization: 'Token {n}' } })
    expect(asked[0]!.headers['content-type']).toBeUndefined()
    expect(asked[0]!.headers.accept).toBeUndefined()
  })

  test('values are kept from headers, links, redirects and cookies; in a path they are encoded', async () => {
    const answer = (seen: Seen) =>
      seen.path === '/a'
        ? new Response(null, {
            status: 302,
            headers: [
              ['location', 'https://app/cb?code=a%2Fb&state=x'],
              ['link', '<https://org.example/list?after=1>; rel="next"'],
              ['set-cookie', 'sid=102; Path=/'],
              ['x-id', 'p q'],
            ],
          })
        : undefined
    const keep = { code: 'location:code', next: 'link:next', sid: 'cookie:sid', id: 'header:X-Id' }
    const { paths, run } = await runGiven(
      [call('GET /a', { keep, expect: 302 }), call('GET {next}'), call('GET /b/{code}/{id}?sid={sid}')],
      answer,
    )
    expect(run.problems).toEqual([])
    expect(paths.slice(1, 3)).toEqual(['/list?after=1', '/b/a%2Fb/p%20q?sid=102'])
  })

  test('inbox, sign, totp and peer keep what they give; a peer is closed', async () => {
    const closed: string[] = []
    const { paths, run } = await runGiven(
      [
        { step: 'inbox', to: 'ada@example.com', keep: { code: '/code' } },
        { step: 'sign', what: 'assertion', claims: { sub: '{code}' }, keep: { jwt: '/jwt' } },
        { step: 'sign', what: 'totp', claims: { secret: 's' }, keep: { pass: '/code' } },
        { step: 'peer', behaves: 'slow', keep: { url: '/url' } },
        call('GET /x/{code}/{jwt}/{pass}?url={url}'),
      ],
      undefined,
      {
        sign: async (what, claims) => ({ jwt: `${what}-${claims.sub}` }),
        totp: async () => ({ code: '999' }),
        peer: async (behaves) => ({ url: behaves, close: async () => void closed.push(behaves) }),
      },
    )
    expect(run.problems).toEqual([])
    expect(paths[0]).toBe('/x/123456/assertion-123456/999?url=slow')
    expect(closed).toEqual(['slow'])
  })

  test.each<[string, Step[], RegExp]>([
    [
      'an unexpected status',
      [call('GET /a', { expect: 404 })],
      /given, step 1: GET https:\/\/org\.example\/a answered 200, not 404/,
    ],
    ['an unbound hole in a path', [call('GET /{who}')], /nothing was kept as \{who\}/],
    [
      'a value that is not there',
      [call('GET /a', { keep: { x: '/no/where' } })],
      /has nothing at \/no\/where to keep as \{x\}/,
    ],
    ['an empty inbox', [{ step: 'inbox', to: 'bob', keep: {} }], /there is no message to bob/],
    ['a missing tool', [{ step: 'verify', token: 'x', with: {} }], /this run has no tool "verify"/],
    ['a header that cannot be sent', [call('GET /a', { headers: { 'x-a': 'a\nb' } })], /got no answer/],
  ])('%s stops the run with a problem', async (_name, given, problem) => {
    const { run } = await runGiven(given)
    expect(run.problems).toHaveLength(1)
    expect(run.problems[0]).toMatch(problem)
    expect(run.raised).toBeUndefined()
    expect(run.cured).toBe(false)
  })

  test('a fetch that rejects is a problem, not an exception', async () => {
    const { run } = await runGiven([call('GET /a')], undefined, {
      fetch: async () => {
        throw new Error('refused')
      },
    })
    expect(run.problems).toEqual(['given, step 1: GET https://org.example/a got no answer: refused'])
  })
})

describe('what was raised', () => {
  async function raised(response: Response) {
    const { tools } = fakeOrg(() => response)
    return (await runProof({ given: [], call: call('GET /x') }, tools)).raisedAs
  }

  test('is read from an OAuth body, a challenge, a redirect, or is only a status', async () => {
    expect(await raised(Response.json({ error: 'invalid_grant', error_description: 'no' }, { status: 400 }))).toEqual({
      status: 400,
      code: 'invalid_grant',
      summary: 'no',
      causes: [],
    })
    const challenge = { 'www-authenticate': 'Bearer scope="a", error="insufficient_scope"' }
    expect(await raised(new Response('', { status: 403, headers: challenge }))).toEqual({
      status: 403,
      code: 'insufficient_scope',
      causes: [],
    })
    const location = 'https://app/cb?state=x&error=access_denied&error_description=a+b'
    expect(await raised(new Response(null, { status: 302, headers: { location } }))).toEqual({
      status: 302,
      code: 'access_denied',
      summary: 'a b',
      causes: [],
    })
    expect(await raised(new Response('', { status: 502 }))).toEqual({ status: 502, causes: [] })
  })

  test('a redirect without an error counts as cured', async () => {
    let count = 0
    const { tools } = fakeOrg(() => {
      const location = count++ === 0 ? 'https://app/cb?error=login_required' : 'https://app/cb?code=x'
      return new Response(null, { status: 302, headers: { location } })
    })
    expect(await runProof({ given: [], call: call('GET /x'), cure: [] }, tools)).toMatchObject({
      cured: true,
      raisedAs: { code: 'login_required' },
    })
  })
})

describe('httpControl', () => {
  test('speaks the control API', async () => {
    const asked: string[] = []
    const control = httpControl(async (request) => {
      asked.push(`${request.method} ${request.url} ${await request.text()}`)
      return request.url.includes('inbox') ? Response.json([{ code: '2' }, { code: '1' }]) : Response.json({ ok: true })
    }, 'http://localhost:4000/')
    await control.advance(5)
    await control.settings({ readOnly: true })
    expect(await control.seed({ users: [] })).toEqual({ ok: true })
    expect(await control.inbox('a+b@example.com')).toEqual({ code: '2' })
    expect(asked).toEqual([
      'POST http://localhost:4000/_errorg/clock {"advanceSeconds":5}',
      'PATCH http://localhost:4000/_errorg/settings {"readOnly":true}',
      'POST http://localhost:4000/_errorg/seed {"users":[]}',
      'GET http://localhost:4000/_errorg/inbox?to=a%2Bb%40example.com ',
    ])
  })

  test('a refusal is told with its words', async () => {
    const control = httpControl(async () => new Response('{"error":"no such user"}', { status: 400 }), 'http://x')
    await expect(control.seed({})).rejects.toThrow('POST /_errorg/seed answered 400: {"error":"no such user"}')
  })
})
