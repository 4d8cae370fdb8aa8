import { beforeEach, describe, expect, it } from 'vitest'
import { createOrg, type RunningOrg } from '../create-org.ts'

let org: RunningOrg
beforeEach(async () => {
  org = await createOrg({ passwordCost: 2, suffix: '5d7' })
})

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape
async function control(request: string, body?: unknown, headers: Record<string, string> = {}): Promise<any> {
  const [method = '', path = ''] = request.split(' ')
  const response = await org.fetch(`/_errorg/${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
  })
  expect(response.headers.get('content-type')).toBe('application/json')
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.has('access-control-allow-origin')).toBe(false)
  return { status: response.status, body: await response.json() }
}

const api = (request: string, body?: unknown) => {
  const [method = '', path = ''] = request.split(' ')
  return org.fetch(path, {
    method,
    headers: { authorization: `SSWS ${org.token}`, 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
}

const groupNames = async () => {
  const list = (await (await api('GET /api/v1/groups')).json()) as { profile: { name: string } }[]
  return list.map((group) => group.profile.name)
}

describe('health', () => {
  it('says who answers', async () => {
    org.clock.freeze()
    expect(await control('GET health')).toEqual({
      status: 200,
      body: { status: 'ok', product: 'errorg', url: org.url, contract: 'reference', now: org.clock.now() },
    })
  })
})

describe('the list of calls', () => {
  it('names calls that are there, and what they do', async () => {
    const { status, body } = await control('GET ')
    expect(status).toBe(200)
    expect(body.calls.length).toBeGreaterThan(15)
    for (const { method, path, does } of body.calls) {
      const answer = await control(
        `${method} ${path.replace('/_errorg/', '').replace('{id}', 'x')}`,
        method === 'GET' ? undefined : {},
      )
      expect(answer.body.error ?? '', `${method} ${path}`).not.toContain('the control API has no')
      expect(does).toMatch(/\.$/)
    }
  })

  it('is behind the same guard, and named by the refusal of others', async () => {
    expect((await control('GET ', undefined, { 'x-forwarded-for': '10.0.0.7' })).status).toBe(403)
    const { status, body } = await control('POST ')
    expect([status, body.error]).toEqual([
      404,
      'the control API has no POST /_errorg/; GET /_errorg/ lists what it has',
    ])
  })
})

describe('the clock', () => {
  it('is read, frozen, set, moved, and freed', async () => {
    await control('POST clock', { freeze: true, now: '2030-01-02T03:04:05Z', advanceSeconds: 55 })
    const at = Date.UTC(2030, 0, 2, 3, 5)
    expect((await control('GET clock')).body).toEqual({ now: at, iso: '2030-01-02T03:05:00.000Z', frozen: true })
    const answer = await api('GET /api/v1/groups')
    expect(answer.headers.get('date')).toBe('Wed, 02 Jan 2030 03:05:00 GMT')
    expect((await control('POST clock', { now: 1_000 })).body.now).toBe(1_000)
    expect((await control('POST clock', { freeze: false })).body.frozen).toBe(false)
  })

  it.each([
    [{ advanceSeconds: -1 }, 'advanceSeconds'],
    [{ advanceSeconds: 'soon' }, 'advanceSeconds'],
    [{ now: 'yesterday' }, 'now'],
    [{ now: '2030-01-01' }, 'now'],
    [{ freeze: 'yes' }, 'freeze'],
    [{ nwo: 5 }, 'nwo'],
    [{ freeze: true, now: -1 }, '1970'],
    [{ freeze: true, now: 1e300 }, '1970'],
    [{ freeze: true, now: '9999-12-31T23:59:59Z', advanceSeconds: 3e9 }, '1970'],
    [[], 'whole'],
    [5, 'whole'],
    [null, 'whole'],
  ])('does not take %j', async (body, named) => {
    const { status, body: answer } = await control('POST clock', body)
    expect(status).toBe(400)
    expect(answer.error).toContain(named)
    expect(org.clock.now()).toBeLessThan(Date.now() + 5_000)
    expect((await control('GET clock')).body.frozen).toBe(false)
  })
})

describe('the ledger', () => {
  it('shows the newest first, each by its id, secrets hidden', async () => {
    await api('GET /api/v1/groups')
    const refused = await api('GET /api/v1/groups/00gmissing')
    const { body } = await control('GET requests')
    expect(body).toHaveLength(2)
    expect(body[0]).toMatchObject({
      id: refused.headers.get('x-okta-request-id'),
      operation: 'getGroup',
      cause: 'E0000007/resource-missing',
      fault: null,
      response: { status: 404 },
    })
    expect(JSON.stringify(body)).not.toContain(org.token)
    expect((await control(`GET requests/${body[1].id}`)).body).toEqual(body[1])
  })

  it('lets others have their turn while it looks for secrets in long bodies', async () => {
    for (let i = 0; i < 30; i++) {
      await api('POST /api/v1/groups', {
        profile: { name: `Long ${i}`, description: 'lorem ipsum dolor '.repeat(3400) },
      })
    }
    const done: string[] = []
    await Promise.all([
      control('GET requests').then(({ body }) => done.push(`${body.length} requests`)),
      api('GET /api/v1/users/me').then(() => done.push('another')),
    ])
    expect(done).toEqual(['another', '30 requests'])
  })

  it('says so when there is none', async () => {
    const { status, body } = await control('GET requests/nope')
    expect(status).toBe(404)
    expect(body.error).toContain('"nope"')
  })
})

describe('the diagnosis of a request', () => {
  it('is what the injected function says', async () => {
    org = await createOrg({ passwordCost: 2, diagnose: async ({ response }) => ({ seen: response.status }) })
    await api('GET /api/v1/groups/00gmissing')
    const { id } = (await control('GET requests')).body[0]
    expect(await control(`GET requests/${id}/diagnosis`)).toEqual({ status: 200, body: { seen: 404 } })
    expect((await control('GET requests/nope/diagnosis')).status).toBe(404)
    expect((await control(`GET requests/${id}/diagnosis/more`)).body.error).toContain('has no')
  })

  it('is not there without one', async () => {
    await api('GET /api/v1/groups')
    const { id } = (await control('GET requests')).body[0]
    expect((await control(`GET requests/${id}/diagnosis`)).body.error).toContain('without a diagnosis')
  })
})

describe('faults', () => {
  it('are added, one or several, listed, removed, cleared', async () => {
    expect((await control('POST faults', { line: 'hang', times: 1 })).body).toMatchObject([{ id: 'fault-1', hits: 0 }])
    await control('POST faults', [{ latencyMs: 1 }, { name: 'mine', answer: { code: 'E0000009' } }])
    const ids = (await control('GET faults')).body.map((fault: { id: string }) => fault.id)
    expect(ids).toEqual(['fault-1', 'fault-2', 'fault-3'])
    expect((await control('DELETE faults/fault-2')).body).toHaveLength(2)
    expect(await control('DELETE faults/fault-2')).toMatchObject({ status: 404 })
    expect((await control('DELETE faults')).body).toEqual([])
  })

  it.each([
    [{ answer: { code: 'E9999999' } }, 'E9999999'],
    [{ answer: { code: '__proto__' } }, '__proto__'],
    [{ answer: { code: 'E0000016/no-such-cause' } }, 'no-such-cause'],
    [{ answer: { status: 99 } }, 'answer.status'],
    [{ line: 'explode' }, 'line'],
    [{ lines: 'reset' }, 'lines'],
    [{ match: { paht: '/' } }, 'match.paht'],
    [{ headers: { 'a b': 'x' } }, 'headers'],
    [{ headers: { a: 'x\r\nset-cookie: y' } }, 'headers.a'],
    [{ answer: { headers: { a: '\u20ac' } } }, 'answer.headers.a'],
    [{ probability: 2 }, 'probability'],
    [{ times: 0 }, 'times'],
    [{ latencyMs: 1e9 }, 'latencyMs'],
    [[{ line: 'reset' }, { times: 'x' }], '[1].times'],
    [[{ line: 'reset' }, { answer: { code: 'E9999999' } }], 'E9999999'],
    ['x', 'whole'],
  ])('that cannot be played are refused, all of them: %j', async (body, named) => {
    const { status, body: answer } = await control('POST faults', body === 'x' ? '"x"' : body)
    expect(status).toBe(400)
    expect(answer.error).toContain(named)
    expect((await control('GET faults')).body).toEqual([])
  })

  it('are at most a thousand', async () => {
    const many = Array.from({ length: 1_000 }, () => ({ match: { path: '/nowhere' } }))
    expect((await control('POST faults', many)).status).toBe(200)
    expect((await control('POST faults', many.slice(0, 2))).body.error).toContain('1000 faults')
    expect((await control('GET faults')).body).toHaveLength(1_000)
  })
})

describe('settings', () => {
  it('are read and changed in part', async () => {
    const before = (await control('GET settings')).body
    const patch = { contract: 'current', rateLimits: { edition: 'integrator', limits: { groups: 3 } } }
    expect((await control('PATCH settings', patch)).body).toEqual({
      ...before,
      contract: 'current',
      rateLimits: { ...before.rateLimits, edition: 'integrator', limits: { groups: 3 } },
    })
    expect((await control('GET health')).body.contract).toBe('current')
    expect((await control('PATCH settings', {})).status).toBe(200)
  })

  it.each([
    [{ readonly: true }, ['readonly']],
    [{ readOnly: 1 }, ['readOnly']],
    [{ rateLimits: { editoin: 'off', tokenPercents: 1 } }, ['rateLimits.editoin', 'rateLimits.tokenPercents']],
    [{ rateLimits: { edition: 'gigantic' } }, ['rateLimits.edition']],
    [{ rateLimits: { limits: { gruops: 5 } } }, ['rateLimits.limits.gruops']],
    [{ rateLimits: { limits: { groups: 0 } } }, ['rateLimits.limits.groups']],
    [{ features: { A: 'off' } }, ['features.A']],
    [{ contract: 'newest', delays: { activationSeconds: -1 } }, ['contract', 'delays.activationSeconds']],
    [{ passwordPolicy: { maxAttempts: 1.5 } }, ['passwordPolicy.maxAttempts']],
  ])('name every member that is wrong: %j', async (patch, paths) => {
    const before = org.settings.get()
    const { status, body } = await control('PATCH settings', patch)
    expect(status).toBe(400)
    expect(body.faults.map((fault: string) => fault.split(': ')[0])).toEqual(paths)
    expect(org.settings.get()).toEqual(before)
  })

  it('take no prototype from a body', async () => {
    await control('PATCH settings', '{"features":{"__proto__":true,"A":false}}')
    const { status } = await control('PATCH settings', '{"__proto__":{"readOnly":true}}')
    expect(status).toBe(400)
    expect(org.settings.get().readOnly).toBe(false)
    expect(({} as Record<string, unknown>).readOnly).toBeUndefined()
  })
})

describe('seed', () => {
  it('adds things and says what it made', async () => {
    const { status, body } = await control('POST seed', {
      groups: [{ name: 'Pilots' }],
      users: [{ login: 'amelia@example.com', groups: ['Pilots'] }],
      tokens: [{ owner: 'amelia@example.com', name: 'hers' }],
    })
    expect(status).toBe(200)
    expect(body.users[0]).toMatchObject({ login: 'amelia@example.com' })
    expect(body.tokens[0].value).toMatch(/^00[\w-]{40}$/)
    expect(await groupNames()).toEqual(['Everyone', 'Pilots'])
  })

  it.each([
    [{ groups: [{ name: 'A' }], users: [{ login: 'x@example.com', groups: ['B'] }] }, 'users[0].groups[0]'],
    [{ groups: [{ name: 'A' }, { name: 'a' }] }, 'groups[1].name'],
    [{ groups: [{ name: 'A' }], usres: [] }, 'usres'],
    [{ groups: [{ name: 'A' }, { nmae: 'B' }] }, 'groups[1]'],
    [{ groups: [{ name: 'A' }], settings: { readOnly: 1 } }, 'settings.readOnly'],
    [{ groups: [{ name: 'A' }], tokens: [{ owner: 'nobody@example.com', name: 'x' }] }, 'tokens[0].owner'],
  ])('that is wrong changes nothing: %j', async (seed, named) => {
    const { status, body } = await control('POST seed', seed)
    expect(status).toBe(400)
    expect(body.error).toContain(named)
    expect(await groupNames()).toEqual(['Everyone'])
  })
})

describe('reset, snapshot and restore', () => {
  it('go back', async () => {
    await control('POST seed', { groups: [{ name: 'A' }] })
    const { id } = (await control('POST snapshot')).body
    await control('POST seed', { groups: [{ name: 'B' }] })
    expect((await control('POST restore', { id })).body).toEqual({ id })
    expect(await groupNames()).toEqual(['Everyone', 'A'])
    expect((await control('POST reset')).body).toEqual({ status: 'reset' })
    expect(await groupNames()).toEqual(['Everyone'])
  })

  it('refuse what is not there', async () => {
    expect(await control('POST restore', { id: 'snapshot-9' })).toMatchObject({ status: 404 })
    expect(await control('POST restore', { name: 'snapshot-1' })).toMatchObject({ status: 400 })
  })
})

describe('the inbox', () => {
  it('is listed, all or by address', async () => {
    expect((await control('GET inbox')).body).toEqual([])
    expect((await control('GET inbox?to=ada%40example.com')).body).toEqual([])
  })
})

describe('hooks', () => {
  it('do not reach the control API, neither of their own org nor of another', async () => {
    const other = await createOrg({ passwordCost: 2 })
    const urls = await Promise.all([org, other].map(async (one) => (await one.listen()).url))
    const { port } = new URL(urls[0]!)
    const aliases = [...urls, `http://localhost:${port}`, `http://127.1:${port}`, `http://[::ffff:127.0.0.1]:${port}`]
    await api('POST /api/v1/groups', { profile: { name: 'Mine' } })
    try {
      for (const [i, url] of aliases.entries()) {
        const hook = {
          name: `Hook ${i}`,
          type: 'com.okta.oauth2.tokens.transform',
          version: '1.0.0',
          channel: {
            type: 'HTTP',
            version: '1.0.0',
            config: { uri: `${url}/_errorg/seed`, headers: [{ key: 'x-errorg-outgoing', value: '' }] },
          },
        }
        const { id } = (await (await api('POST /api/v1/inlineHooks', hook)).json()) as { id: string }
        const seed = { users: [{ login: 'evil@example.com', roles: ['SUPER_ADMIN'] }] }
        const answer = await api(`POST /api/v1/inlineHooks/${id}/execute`, seed)
        expect(answer.status).toBe(400)
      }
      for (const one of [org, other]) {
        const headers = { authorization: `SSWS ${one.token}` }
        expect((await one.fetch('/api/v1/users/evil@example.com', { headers })).status).toBe(404)
      }
    } finally {
      await Promise.all([org.close(), other.close()])
    }
  })
})

describe('refusals', () => {
  it.each([
    'GET nothing',
    'GET reset',
    'PUT settings',
    'GET health/more/still',
    'POST faults/fault-1',
    'POST ',
    'GET //x',
  ])('%s: says what there is', async (request) => {
    const { status, body } = await control(request)
    expect(status).toBe(404)
    expect(body.error).toMatch(/the control API has no .*; GET \/_errorg\/ lists what it has/)
  })

  it.each(['{', '[1,', 'hello', '{"a":1}}'])('a body that is no JSON: %s', async (body) => {
    expect((await control('POST clock', body)).body.error).toMatch(/^the body is not JSON/)
  })

  it('a body of more than 16 MiB', async () => {
    const { status } = await control('POST seed', `"${'x'.repeat(16 * 1024 * 1024)}"`)
    expect(status).toBe(413)
  })

  it('another host, and another origin', async () => {
    expect(await control('GET health', undefined, { host: 'evil.example' })).toMatchObject({ status: 403 })
    expect(await control('POST reset', undefined, { origin: 'http://localhost:3000' })).toMatchObject({ status: 403 })
  })

  it('a control API that is switched off, or asks for its token', async () => {
    org = await createOrg({ passwordCost: 2, control: false })
    expect(await control('GET health')).toMatchObject({ status: 404 })
    org = await createOrg({ passwordCost: 2, controlToken: 'secret' })
    expect(await control('GET health')).toMatchObject({ status: 403 })
    expect(await control('GET health', undefined, { 'x-errorg-control-token': 'secret' })).toMatchObject({
      status: 200,
    })
  })

  it('leave no trace in the ledger, nor does anything else of the control API', async () => {
    await control('GET nothing')
    await control('GET health')
    expect((await control('GET requests')).body).toEqual([])
  })
})
