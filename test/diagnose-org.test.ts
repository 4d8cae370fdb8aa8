// Does asking an org decide what the wire leaves open, and never lead astray? Against a real org of @errorg/server: its
// private record of each failure is the truth that the diagnosis is compared with.
import { type DiagnosisWithOrg, diagnose, diagnoseWithOrg, type Evidence } from '@errorg/diagnose'
import { codes } from '@errorg/errors/codes'
import { httpControl, proofsOf, runProof } from '@errorg/errors/proofs'
import { type CreateOrgOptions, createOrg, createProofSigner, type RunningOrg } from '@errorg/server'
import { describe, expect, it, test } from 'vitest'

const URL_OF_ORG = 'https://dev.errorg.test'

async function orgWith(options: CreateOrgOptions = {}): Promise<RunningOrg> {
  return await createOrg({ url: URL_OF_ORG, passwordCost: 2, contract: 'current', ...options })
}

/** Ada with a token of her own; ids are pinned so that a call can name them. */
function seedOf(
  ada: {
    roles?: ('READ_ONLY_ADMIN' | 'SUPER_ADMIN' | 'HELP_DESK_ADMIN')[]
    status?: 'ACTIVE' | 'SUSPENDED' | 'PROVISIONED' | 'STAGED'
  } = {},
) {
  return {
    users: [{ login: 'ada@example.com', password: 'Correct-Horse-9', ...ada }],
    tokens: [{ owner: 'ada@example.com', name: 'ci' }],
  } satisfies CreateOrgOptions['seed']
}

async function call(
  org: RunningOrg,
  method: string,
  path: string,
  { token = org.token, body, context }: { token?: string; body?: unknown; context?: Record<string, unknown> } = {},
): Promise<Evidence> {
  const headers = { authorization: `SSWS ${token}`, 'content-type': 'application/json' }
  const response = await org.fetch(path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) })
  return evidenceOf(`${method} ${org.url}${path}`, headers, response, await response.text(), context)
}

function evidenceOf(
  request: string,
  requestHeaders: Record<string, string>,
  response: Response,
  text: string,
  requestContext?: Record<string, unknown>,
): Evidence {
  const [method = '', path = ''] = request.split(' ')
  return {
    httpStatus: response.status,
    method,
    path,
    requestHeaders,
    responseHeaders: Object.fromEntries(response.headers),
    responseBody: text === '' ? undefined : JSON.parse(text),
    ...(requestContext && { requestContext }),
  }
}

/** The evidence as people hand it over: without the credential. */
function withoutCredential(evidence: Evidence): Evidence {
  return { ...evidence, requestHeaders: { authorization: 'SSWS <redacted>' } }
}

async function ask(org: RunningOrg, evidence: Evidence, token = org.token): Promise<DiagnosisWithOrg> {
  return await diagnoseWithOrg(evidence, {
    fetch: org.fetch as typeof fetch,
    orgUrl: org.url,
    authorization: `SSWS ${token}`,
    now: org.clock.now(),
  })
}

const named = ({ code, cause }: { code: string | null; cause: string | null }) => `${code}/${cause}`

/** The org's own record of the last failed call. */
function truth(org: RunningOrg): string | null | undefined {
  return org.requests.list().find((entry) => entry.response.status >= 400)?.cause
}

describe('a refusal for want of a role', () => {
  it('becomes certain when the roles of the token are known', async () => {
    const org = await orgWith({ seed: seedOf({ roles: ['READ_ONLY_ADMIN'] }) })
    const [token] = org.seeded.tokens
    const body = { profile: { name: 'Engineers' } }
    const context = { apiTokenId: token!.id }
    const evidence = withoutCredential(
      await call(org, 'POST', '/api/v1/groups', { token: token!.value, body, context }),
    )
    const cause = truth(org)
    expect(diagnose(evidence).findings[0]!.strength).not.toBe('certain')
    const { findings, org: asked } = await ask(org, evidence)
    expect(findings[0]).toMatchObject({ code: 'E0000006', cause: 'role-lacks-permission', strength: 'certain' })
    expect(named(findings[0]!)).toBe(cause)
    expect(findings[0]!.because[0]).toMatchObject({
      place: expect.stringMatching(/^GET \/api\/v1\/users\/00u\w{17}\/roles type$/),
      quote: 'READ_ONLY_ADMIN',
    })
    expect(asked.state).toBe('answered')
    expect(asked.asked.map(({ says }) => says)).toContainEqual(expect.stringContaining('READ_ONLY_ADMIN'))
  })

  it('of somebody without any role is certain when the caller asks and may', async () => {
    const org = await orgWith({ seed: { ...seedOf(), users: [{ login: 'ada@example.com' }] } })
    const [token] = org.seeded.tokens
    const evidence = await call(org, 'GET', '/api/v1/groups', {
      token: token!.value,
      context: { tokenOwner: 'ada@example.com' },
    })
    const { findings } = await ask(org, evidence)
    expect(findings[0]).toMatchObject({ cause: 'role-lacks-permission', strength: 'certain' })
    expect(findings[0]!.because[0]).toMatchObject({ quote: 'no role' })
  })

  it('stays open when the caller may not read roles; that is said', async () => {
    const org = await orgWith({ seed: seedOf({ roles: ['READ_ONLY_ADMIN'] }) })
    const token = org.seeded.tokens[0]!.value
    const evidence = await call(org, 'POST', '/api/v1/groups', { token, body: { profile: { name: 'A' } } })
    const { findings, org: asked } = await ask(org, evidence, token)
    expect(findings[0]).toMatchObject({ kind: 'admin-role-lacks-permission', strength: 'likely' })
    expect(asked.asked).toContainEqual({
      request: 'GET /api/v1/users/me',
      says: 'ada@example.com made the call.',
    })
    expect(asked.gaps[0]).toMatchObject({ what: expect.stringMatching(/\/roles was refused with 403 E0000006/) })
  })

  it.each([
    ['whoever called', (evidence: Evidence) => ({ ...evidence, requestHeaders: {} })],
    ['a super administrator', (evidence: Evidence) => evidence],
  ])('is none when the group of everybody was to be deleted by %s', async (_who, asHandedOver) => {
    const org = await orgWith()
    const [everyone] = (await (
      await org.fetch('/api/v1/groups?q=Everyone', { headers: { authorization: `SSWS ${org.token}` } })
    ).json()) as { id: string }[]
    const evidence = asHandedOver(await call(org, 'DELETE', `/api/v1/groups/${everyone!.id}`))
    const cause = truth(org)
    expect(diagnose(evidence).findings[0]).toMatchObject({ cause: 'role-lacks-permission', strength: 'possible' })
    const { findings } = await ask(org, evidence)
    expect(named(findings[0]!)).toBe(cause)
    expect(findings[0]).toMatchObject({ cause: 'group-not-manageable', strength: 'certain' })
  })

  it('is the cause all the same where the group is closed and the caller may do nothing: rights come first', async () => {
    const org = await orgWith({ seed: seedOf({ roles: ['READ_ONLY_ADMIN'] }) })
    const [token] = org.seeded.tokens
    const [everyone] = (await (
      await org.fetch('/api/v1/groups?q=Everyone', { headers: { authorization: `SSWS ${org.token}` } })
    ).json()) as { id: string }[]
    const context = { apiTokenId: token!.id }
    const evidence = await call(org, 'DELETE', `/api/v1/groups/${everyone!.id}`, { token: token!.value, context })
    const cause = truth(org)
    const { findings } = await ask(org, withoutCredential(evidence))
    expect(named(findings[0]!)).toBe(cause)
    expect(findings.map((finding) => finding.cause)).toContain('group-not-manageable')
  })

  it('is none when the group is one that nobody may change', async () => {
    const org = await orgWith()
    const [everyone] = (await (
      await org.fetch('/api/v1/groups?q=Everyone', { headers: { authorization: `SSWS ${org.token}` } })
    ).json()) as { id: string }[]
    const evidence = await call(org, 'PUT', `/api/v1/groups/${everyone!.id}`, { body: { profile: { name: 'All' } } })
    const cause = truth(org)
    const { findings } = await ask(org, evidence)
    expect(named(findings[0]!)).toBe(cause)
    expect(findings[0]).toMatchObject({ cause: 'group-not-manageable', strength: 'certain' })
    expect(findings[0]!.because[0]).toMatchObject({ quote: 'BUILT_IN' })
    expect(findings.map(({ kind }) => kind)).not.toContain('admin-role-lacks-permission')
  })
})

describe('a custom role', () => {
  it.each([
    ['bob@example.com', 'lifecycle/expire_password', 'outside-resource-set', 'groups/{pilots}/users'],
    ['ada@example.com', 'lifecycle/suspend', undefined, undefined],
  ])('and a call about %s', async (login, operation, cause, resource) => {
    const org = await orgWith({
      seed: {
        groups: [{ name: 'Pilots' }],
        users: [
          { login: 'ada@example.com', groups: ['Pilots'] },
          { login: 'bob@example.com' },
          { login: 'helper@example.com' },
        ],
        tokens: [{ owner: 'helper@example.com', name: 'desk' }],
        customRoles: [
          {
            label: 'Desk',
            permissions: ['okta.users.credentials.expirePassword'],
            resources: ['members:Pilots'],
            users: ['helper@example.com'],
          },
        ],
      },
    })
    const [token] = org.seeded.tokens
    const user = org.seeded.users.find((one) => one.login === login)!.id
    const context = { apiTokenId: token!.id }
    await org.clock.advance(60)
    const evidence = withoutCredential(
      await call(org, 'POST', `/api/v1/users/${user}/${operation}`, { token: token!.value, context }),
    )
    const { findings } = await ask(org, evidence)
    if (cause === undefined) {
      expect(truth(org)).toBe('E0000006/role-lacks-permission')
      expect(findings.map((one) => one.cause)).not.toContain('outside-resource-set')
      expect(findings[0]).toMatchObject({ cause: 'role-lacks-permission', strength: 'likely' })
      return
    }
    expect(truth(org)).toBe(`E0000006/${cause}`)
    expect(findings[0]).toMatchObject({ cause, strength: 'certain' })
    const group = org.seeded.groups[0]!.id
    expect(findings[0]!.because[0]!.quote).toBe(resource!.replace('{pilots}', group))
  })
})

test('an address that a zone blocks is found in that zone', async () => {
  const org = await orgWith()
  const zone = {
    type: 'IP',
    name: 'Bad',
    usage: 'BLOCKLIST',
    gateways: [{ type: 'CIDR', value: '203.0.113.0/24' }],
  }
  await call(org, 'POST', '/api/v1/zones', { body: zone })
  await org.clock.advance(60)
  const headers = { authorization: `SSWS ${org.token}`, 'x-forwarded-for': '203.0.113.7' }
  const response = await org.fetch('/api/v1/groups', { headers })
  const evidence = evidenceOf(`GET ${org.url}/api/v1/groups`, {}, response, await response.text())
  expect(truth(org)).toBe('E0000006/address-blocked')
  const { findings } = await ask(org, evidence)
  expect(findings[0]).toMatchObject({ cause: 'address-blocked', strength: 'certain' })
  expect(findings[0]!.because[0]!.quote).toBe('203.0.113.0/24')
})

test('an origin that a page has and the org does not trust is told', async () => {
  const org = await orgWith()
  await call(org, 'POST', '/api/v1/trustedOrigins', {
    body: { name: 'Shop', origin: 'http://shop.example.com', scopes: [{ type: 'CORS' }] },
  })
  await org.clock.advance(60)
  const headers = { origin: 'https://shop.example.com', 'access-control-request-method': 'GET' }
  const response = await org.fetch('/api/v1/sessions/me', { method: 'OPTIONS', headers })
  const evidence = evidenceOf(`OPTIONS ${org.url}/api/v1/sessions/me`, headers, response, '')
  const { findings } = await ask(org, evidence)
  expect(findings[0]).toMatchObject({ kind: 'origin-not-trusted', strength: 'certain' })
  expect(findings[0]!.because[0]!.quote).toBe('http://shop.example.com')
})

describe('a refusal for the status of a user', () => {
  it.each([
    [
      'PROVISIONED',
      'lifecycle/activate',
      'E0000016/activation-already-begun',
      'status',
      /^PROVISIONED(?: since 20\S+)?$/,
    ],
    [
      'ACTIVE',
      'credentials/forgot_password',
      'E0000034/no-recovery-question',
      'credentials.recovery_question',
      /^none$/,
    ],
  ] as const)('%s at %s is %s', async (status, operation, wanted, member, quote) => {
    const org = await orgWith({ seed: seedOf({ status }) })
    await org.clock.advance(60)
    const user = org.seeded.users[0]!.id
    const evidence = withoutCredential(await call(org, 'POST', `/api/v1/users/${user}/${operation}`))
    expect(truth(org)).toBe(wanted)
    const { findings } = await ask(org, evidence)
    expect(named(findings[0]!)).toBe(wanted)
    expect(findings[0]!.strength).toBe('certain')
    expect(findings[0]!.because[0]).toMatchObject({
      place: `GET /api/v1/users/${user} ${member}`,
      quote: expect.stringMatching(quote),
    })
  })

  it('is not certain any more when the status changed after the call', async () => {
    const org = await orgWith({ seed: seedOf({ status: 'PROVISIONED' }) })
    org.clock.freeze()
    const user = org.seeded.users[0]!.id
    const evidence = await call(org, 'POST', `/api/v1/users/${user}/lifecycle/activate`)
    await org.clock.advance(60)
    await call(org, 'POST', `/api/v1/users/${user}/lifecycle/deactivate`)
    const { findings } = await ask(org, evidence)
    expect(findings.map(named)).toContain('E0000016/activation-already-begun')
    expect(findings.flatMap(({ because }) => because).some(({ quote }) => quote.startsWith('DEPROVISIONED'))).toBe(
      false,
    )
  })
})

describe('a refused API token', () => {
  const hints = {
    'its id': (id: string) => ({ apiTokenId: id }),
    'its name': () => ({ tokenName: 'ci' }),
    nothing: () => undefined,
  }

  async function refused(
    end: (org: RunningOrg, token: { id: string }) => Promise<unknown>,
    hint: (id: string) => Record<string, unknown> | undefined,
  ) {
    const org = await orgWith({ seed: seedOf({ roles: ['READ_ONLY_ADMIN'] }) })
    const [token] = org.seeded.tokens
    await end(org, token!)
    await org.clock.advance(60)
    const context = hint(token!.id)
    const evidence = withoutCredential(
      await call(org, 'GET', '/api/v1/users?limit=1', { token: token!.value, ...(context && { context }) }),
    )
    const cause = truth(org)
    return { evidence, cause, ...(await ask(org, evidence)) }
  }
  const suspend = (org: RunningOrg) => call(org, 'POST', `/api/v1/users/${org.seeded.users[0]!.id}/lifecycle/suspend`)
  const revoke = (org: RunningOrg, { id }: { id: string }) => call(org, 'DELETE', `/api/v1/api-tokens/${id}`)

  it.each(Object.entries(hints))('of a suspended owner is told from a revoked one, knowing %s', async (what, hint) => {
    const suspended = await refused(suspend, hint)
    expect(suspended.cause).toBe('E0000011/owner-inactive')
    expect(named(suspended.findings[0]!)).toBe('E0000011/owner-inactive')
    const revoked = await refused(revoke, hint)
    expect(revoked.cause).toBe('E0000011/token-revoked')
    expect(named(revoked.findings[0]!)).toBe('E0000011/token-revoked')
    const strength = what === 'nothing' ? 'likely' : 'certain'
    expect([suspended.findings[0]!.strength, revoked.findings[0]!.strength]).toEqual([strength, strength])
    expect(suspended.findings[0]!.because[0]!.quote).toMatch(/^SUSPENDED since 20/)
    expect(revoked.findings[0]!.because[0]!.quote).toMatch(/^system\.api_token\.revoke/)
    // Without the org nobody could tell.
    expect(diagnose(suspended.evidence).findings.map(named)).toEqual(diagnose(revoked.evidence).findings.map(named))
  })

  const deactivate = (org: RunningOrg) =>
    call(org, 'POST', `/api/v1/users/${org.seeded.users[0]!.id}/lifecycle/deactivate`)

  it.each(Object.entries(hints))('of a deactivated owner is in no list any more, knowing %s', async (what, hint) => {
    const { cause, findings } = await refused(deactivate, hint)
    expect(cause).toBe('E0000011/owner-inactive')
    expect(findings[0]).toMatchObject({ cause: 'owner-inactive', strength: what === 'nothing' ? 'likely' : 'certain' })
  })

  it.each([
    ['before', 'owner-inactive'],
    ['after', 'token-revoked'],
  ])('is that of the last end of a token: another was revoked %s the owner left', async (when, cause) => {
    const org = await orgWith({
      seed: {
        users: [
          { login: 'ada@example.com', password: 'Correct-Horse-9', roles: ['READ_ONLY_ADMIN'] },
          { login: 'grace@example.com', password: 'Correct-Horse-9', roles: ['READ_ONLY_ADMIN'] },
        ],
        tokens: [
          { owner: 'ada@example.com', name: 'ci' },
          { owner: 'grace@example.com', name: 'old' },
        ],
      },
    })
    const [ci, old] = org.seeded.tokens
    const ends = [() => revoke(org, old!), () => deactivate(org)]
    for (const end of when === 'before' ? ends : ends.reverse()) {
      await end()
      await org.clock.advance(60)
    }
    const evidence = withoutCredential(await call(org, 'GET', '/api/v1/users?limit=1', { token: ci!.value }))
    const { findings } = await ask(org, evidence)
    expect(findings[0]).toMatchObject({ cause, strength: 'likely' })
    expect(findings.map((finding) => finding.cause)).toEqual(
      expect.arrayContaining(['owner-inactive', 'token-revoked']),
    )
  })

  it('of a living token is the address or the value', async () => {
    const { findings } = await refused(
      async () => undefined,
      () => ({ tokenName: 'ci' }),
    )
    expect(findings).toEqual([])
    const org = await orgWith({ seed: seedOf({ roles: ['READ_ONLY_ADMIN'] }) })
    const mistyped = `00${'x'.repeat(40)}`
    const evidence = await call(org, 'GET', '/api/v1/users', { token: mistyped, context: { tokenName: 'ci' } })
    const found = (await ask(org, evidence)).findings
    expect(named(found[0]!)).toBe('E0000011/token-unknown')
    expect(found.map(({ kind }) => kind)).not.toContain('api-token-owner-inactive')
  })

  it('outside of its network is found in the System Log', async () => {
    const org = await orgWith({
      seed: {
        ...seedOf({ roles: ['READ_ONLY_ADMIN'] }),
        zones: [{ name: 'Office', gateways: [{ type: 'CIDR', value: '198.51.100.0/24' }] }],
        tokens: [{ owner: 'ada@example.com', name: 'ci', network: { connection: 'ZONE', include: ['Office'] } }],
      },
    })
    const evidence = withoutCredential(await call(org, 'GET', '/api/v1/users', { token: org.seeded.tokens[0]!.value }))
    expect(truth(org)).toBe('E0000011/outside-network')
    const { findings } = await ask(org, evidence)
    expect(findings[0]).toMatchObject({ cause: 'outside-network', strength: 'certain' })
    expect(findings[0]!.because.some(({ place }) => place === 'logEvents[0]')).toBe(true)
  })

  it('cannot ask about itself', async () => {
    const org = await orgWith({ seed: seedOf() })
    const [token] = org.seeded.tokens
    await revoke(org, token!)
    const evidence = await call(org, 'GET', '/api/v1/users', { token: token!.value })
    const { findings, org: asked } = await ask(org, evidence, token!.value)
    expect(findings[0]!.code).toBe('E0000011')
    expect(asked.gaps.length).toBeGreaterThan(0)
    expect(JSON.stringify(asked)).not.toContain(token!.value)
  })
})

test('nothing is asked about what the answer alone decides', async () => {
  const org = await orgWith()
  const { findings, org: asked } = await ask(org, await call(org, 'GET', '/api/v1/users/nobody@example.com'))
  expect(findings[0]).toMatchObject({ cause: 'resource-missing', strength: 'certain' })
  expect(asked).toMatchObject({ state: 'not-asked', asked: [], gaps: [] })
})

test('a limit is told by the scope that the System Log names', async () => {
  const org = await orgWith({
    seed: seedOf({ roles: ['READ_ONLY_ADMIN'] }),
    settings: { rateLimits: { edition: 'integrator' } },
  })
  const token = org.seeded.tokens[0]!.value
  let evidence = await call(org, 'GET', '/api/v1/groups', { token })
  for (let calls = 0; evidence.httpStatus === 200 && calls < 2_000; calls++)
    evidence = await call(org, 'GET', '/api/v1/groups', { token })
  expect(evidence.httpStatus).toBe(429)
  const cause = truth(org)
  const { findings } = await ask(org, evidence)
  expect(named(findings[0]!)).toBe(cause)
  expect(findings[0]!.strength).toBe('certain')
})

const signer = createProofSigner()

describe.each(['reference', 'current'] as const)(
  'every proof in the %s contract, asked about between its failure and its cure',
  (contract) => {
    const proofs = Object.values(codes).flatMap((entry) => proofsOf(entry).map((proof) => ({ entry, ...proof })))
    const judged = Promise.all(
      proofs
        .filter(({ proof }) => proof.contract === undefined || proof.contract === contract)
        .map(async ({ entry, causeId, cause, proof }) => {
          const org = await orgWith({ contract })
          const diagnoses = new Map<string, { before: ReturnType<typeof diagnose>; after: DiagnosisWithOrg }>()
          const watching = async (input: string | URL | Request, init?: RequestInit) => {
            const request = new Request(input, init)
            const body = await request.clone().text()
            const response = await org.fetch(request)
            const id = response.headers.get('x-okta-request-id')
            if (response.status < 400 || id === null) return response
            const headers = Object.fromEntries(request.headers)
            const text = await response.clone().text()
            const seen = evidenceOf(`${request.method} ${request.url}`, headers, response, text)
            const evidence = { ...seen, ...(body !== '' && { requestBody: body }) }
            diagnoses.set(id, { before: diagnose(evidence), after: await ask(org, evidence) })
            return response
          }
          const run = await runProof(
            proof,
            {
              fetch: watching as typeof fetch,
              baseUrl: org.url,
              adminToken: org.token,
              control: httpControl(org.fetch, org.url),
              sign: signer(org.clock.now),
            },
            { contract },
          )
          const id = run.raised?.response.headers.find(([name]) => name === 'x-okta-request-id')?.[1]
          return { name: `${entry.code}/${causeId}`, kind: cause.kind, ...(id !== undefined && diagnoses.get(id)) }
        }),
    )

    it('is diagnosed as well as without asking, or better', async () => {
      const rank = (name: string, diagnosis: { findings: DiagnosisWithOrg['findings'] }) => {
        const at = diagnosis.findings.findIndex((finding) => named(finding) === name)
        return at < 0 ? 99 : at
      }
      const worse: string[] = []
      let better = 0
      for (const { name, before, after } of await judged) {
        if (!before || !after) continue
        if (rank(name, after) > rank(name, before))
          worse.push(`${name}: ${before.findings.map(named)[0]} became ${after.findings.map(named)[0]}`)
        if (rank(name, after) < rank(name, before)) better += 1
      }
      expect(worse).toEqual([])
      expect(better).toBeGreaterThan(0)
    }, 60_000)

    it('is never called certain when it is something else', async () => {
      const wrong: string[] = []
      for (const { name, kind, before, after } of await judged) {
        const best = after?.findings[0]
        const had = before?.findings[0]
        if (
          best?.strength !== 'certain' ||
          best.kind === kind ||
          (had?.strength === 'certain' && had.kind === best.kind)
        )
          continue
        wrong.push(`${name}: ${named(best)} because ${best.because[0]?.place} ${best.because[0]?.quote}`)
      }
      expect(wrong).toEqual([])
    }, 60_000)
  },
)

describe('the log of a refused sign-in', () => {
  async function signIn(org: RunningOrg, username: string): Promise<Evidence> {
    const body = JSON.stringify({ username, password: 'Wrong-Horse-9' })
    const headers = { 'content-type': 'application/json' }
    const response = await org.fetch('/api/v1/authn', { method: 'POST', headers, body })
    // As `curl -v` prints it: without the body of the request.
    return evidenceOf(`POST ${org.url}/api/v1/authn`, headers, response, await response.text())
  }

  it.each(['ada@example.com', 'nobody@example.com'])('decides for %s', async (username) => {
    const org = await orgWith({ seed: seedOf() })
    const evidence = await signIn(org, username)
    const { findings, wants } = await ask(org, evidence)
    expect(findings.map((finding) => `${named(finding)} ${finding.strength}`)).toEqual([
      'E0000004/credentials-wrong certain',
    ])
    expect(named(findings[0]!)).toBe(truth(org))
    expect(findings[0]!.because[0]!.quote).toMatch(/^user\.session\.start \| .*INVALID_CREDENTIALS$/)
    expect(wants).toEqual([])
  })

  it('leaves the status open where the user may not sign in', async () => {
    const org = await orgWith({ seed: seedOf({ status: 'SUSPENDED' }) })
    const { findings } = await ask(org, await signIn(org, 'ada@example.com'))
    expect(findings.map(named).sort()).toEqual(['E0000004/credentials-wrong', 'E0000004/status-forbids-sign-in'])
    expect(findings[0]!.strength).not.toBe('certain')
  })

  it('of another call decides nothing', async () => {
    const org = await orgWith({ seed: seedOf() })
    const evidence = await signIn(org, 'ada@example.com')
    const event = {
      eventType: 'user.session.start',
      outcome: { result: 'FAILURE', reason: 'INVALID_CREDENTIALS' },
      transaction: { id: 'anotherRequest' },
    }
    const { findings } = diagnose({ ...evidence, logEvents: [event] })
    expect(findings.length).toBeGreaterThan(1)
    expect(findings[0]!.strength).not.toBe('certain')
  })
})
