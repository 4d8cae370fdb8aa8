import type { Diagnosis, DiagnosisWithOrg } from '@errorg/diagnose'
import { describe, expect, it } from 'vitest'
import { diagnosisText } from '../render/diagnosis.ts'
import { errorg, type World } from '../testing.ts'

const LOOK = { color: false, columns: 100 }
const ACTIVE = JSON.stringify({
  httpStatus: 403,
  method: 'POST',
  path: '/api/v1/users/00u1/lifecycle/activate',
  responseBody: { errorCode: 'E0000016', errorSummary: 'Activation failed because the user is already active' },
})

describe('diagnose', () => {
  it('names the cause of what it is given, on stdin or as a file', async () => {
    for (const ran of [
      await errorg(['diagnose', '--json'], { stdin: ACTIVE }),
      await errorg(['diagnose', '-', '--json'], { stdin: ACTIVE }),
      await errorg(['diagnose', 'a.json', '--json'], { files: { 'a.json': ACTIVE } }),
      await errorg(['diagnose', 'a.json', '--as', 'evidence', '--json'], { files: { 'a.json': ACTIVE } }),
    ]) {
      expect(ran).toMatchObject({ code: 1, err: '' })
      const diagnosis: Diagnosis = JSON.parse(ran.out)
      expect(diagnosis.schema).toBe(1)
      expect(diagnosis.findings[0]).toMatchObject({ code: 'E0000016', cause: 'user-already-active' })
    }
  })

  it('tells it as text: what, why with the evidence, what to do', async () => {
    const { out } = await errorg(['diagnose'], { stdin: ACTIVE })
    expect(out).toContain('E0000016/user-already-active')
    expect(out).toContain('The user is ACTIVE and was to be activated again.')
    expect(out).toMatch(/Why\n {2}\S+: "/)
    expect(out).toContain('What to do\n  1. ')
  })

  it('hides secrets in what it quotes', async () => {
    const secret = '00abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN0'
    const stdin = JSON.stringify({
      httpStatus: 401,
      method: 'GET',
      path: '/api/v1/users',
      requestHeaders: { authorization: secret },
      responseBody: { errorCode: 'E0000005', errorSummary: 'Invalid session' },
    })
    const text = await errorg(['diagnose'], { stdin })
    const json = await errorg(['diagnose', '--json'], { stdin })
    expect(text.code).toBe(1)
    expect(text.out + json.out).not.toContain(secret)
  })

  it('asks for input when there is none', async () => {
    expect(await errorg(['diagnose'])).toMatchObject({ code: 2, out: '' })
    expect(await errorg(['diagnose'], { stdin: ' \n' })).toMatchObject({ code: 2, out: '' })
  })

  it('says when a file cannot be read', async () => {
    expect(await errorg(['diagnose', 'none.har'])).toMatchObject({
      code: 3,
      out: '',
      err: expect.stringContaining('none.har'),
    })
  })

  it('ends with 3 on input that nothing can be read from', async () => {
    const { code, out } = await errorg(['diagnose', '--as', 'har'], { stdin: 'no har at all' })
    expect(code).toBe(3)
    expect(out).toContain('Not read')
  })

  it('ends with 0 where nothing is wrong, or where it does not know, and says where to look', async () => {
    const ran = await errorg(['diagnose'], { stdin: 'HTTP/1.1 200 OK\n\n[]' })
    expect(ran).toMatchObject({ code: 0, err: '' })
    expect(ran.out).toContain('The call that failed')
    expect(ran.out).toContain('`errorg explain 401`')
  })

  it('holds a token against the clock', async () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const token = `${part({ alg: 'RS256' })}.${part({ iss: 'https://example.okta.com', exp: 1_700_000_000 })}.${'A'.repeat(342)}`
    const { code, out } = await errorg(['diagnose', '--json'], { stdin: token })
    expect(code).toBe(1)
    expect(JSON.parse(out).findings[0]).toMatchObject({ kind: 'token-expired' })
  })

  it('refuses forms it does not know', async () => {
    expect((await errorg(['diagnose', '--as', 'xml'], { stdin: ACTIVE })).code).toBe(2)
  })
})

describe('diagnose --org', () => {
  const ORG = 'https://example.okta.com'
  const TOKEN = '00SecretSecretSecretSecretSecretSecretSecre'
  const env = { OKTA_API_TOKEN: TOKEN }
  const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status })
  const user = {
    status: 'PROVISIONED',
    credentials: { provider: { type: 'OKTA' } },
    profile: { login: 'ada@example.com' },
  }

  /** Runs the command against an org that answers as told; gives back what was sent too. */
  async function asking(answer: () => Response, argv: string[] = [], world: World = {}) {
    const sent: { url: string; authorization: string | undefined }[] = []
    const ran = await errorg(['diagnose', '--org', ORG, ...argv], {
      stdin: ACTIVE,
      env,
      fetch: async (url, init) => {
        sent.push({ url: String(url), authorization: new Headers(init?.headers).get('authorization') ?? undefined })
        return answer()
      },
      ...world,
    })
    return { ...ran, sent }
  }

  it('asks the org, and says what it asked and learnt', async () => {
    const { code, out, err, sent } = await asking(() => json(user))
    expect({ code, err }).toEqual({ code: 1, err: '' })
    expect(sent).toEqual([{ url: `${ORG}/api/v1/users/00u1`, authorization: `SSWS ${TOKEN}` }])
    expect(out).toContain('E0000016/activation-already-begun  certain')
    expect(out).toContain('GET /api/v1/users/00u1 status: "PROVISIONED"')
    expect(out).toContain(`Asked ${ORG}\n  - GET /api/v1/users/00u1\n    ada@example.com is PROVISIONED;`)
  })

  it('gives the same as JSON', async () => {
    const { out } = await asking(() => json(user), ['--json'])
    const diagnosis: DiagnosisWithOrg = JSON.parse(out)
    expect(diagnosis.findings[0]).toMatchObject({ cause: 'activation-already-begun', strength: 'certain' })
    expect(diagnosis.org).toMatchObject({ url: ORG, state: 'answered', gaps: [] })
    expect(diagnosis.org.asked).toHaveLength(1)
  })

  it.each([
    [{ OKTA_API_TOKEN: 'a', OKTA_CLIENT_TOKEN: 'b' }, [], 'SSWS a'],
    [{ OKTA_CLIENT_TOKEN: 'b' }, [], 'SSWS b'],
    [{ OKTA_API_TOKEN: 'a', MINE: 'c' }, ['--token-env', 'MINE'], 'SSWS c'],
    [{ OKTA_API_TOKEN: 'SSWS a\n' }, [], 'SSWS a'],
    [{ OKTA_API_TOKEN: 'eyJhbGciOiJSUzI1NiJ9.e30.c2ln' }, [], 'Bearer eyJhbGciOiJSUzI1NiJ9.e30.c2ln'],
  ] as const)('takes its credential from %j with %j', async (env, argv, authorization) => {
    const { sent } = await asking(() => json(user), [...argv], { env })
    expect(sent[0]!.authorization).toBe(authorization)
  })

  it('ends with 4 where there is no credential, and asks nothing', async () => {
    const none = await asking(() => json(user), [], { env: {} })
    expect(none).toMatchObject({ code: 4, out: '', sent: [] })
    expect(none.err).toContain('OKTA_API_TOKEN or OKTA_CLIENT_TOKEN')
    const empty = await asking(() => json(user), ['--token-env', 'MINE'], { env: { ...env, MINE: ' ' } })
    expect(empty).toMatchObject({ code: 4, out: '', sent: [] })
    expect(empty.err).toContain('MINE is not set')
  })

  it('ends with 4 where the org refuses the credential, after the diagnosis of the input', async () => {
    const { code, out, err } = await asking(() => json({ errorCode: 'E0000011' }, 401))
    expect(code).toBe(4)
    expect(out).toContain('E0000016/')
    expect(err).toContain('does not take the credential in OKTA_API_TOKEN')
    expect(out + err).not.toContain(TOKEN)
  })

  it('ends with 5 where the org cannot be reached, after the diagnosis of the input', async () => {
    const { code, out, err } = await asking(() => {
      throw new TypeError('fetch failed', {
        cause: Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
      })
    })
    expect(code).toBe(5)
    expect(out).toContain('E0000016/')
    expect(err).toContain('ECONNREFUSED')
    expect(out + err).not.toContain(TOKEN)
  })

  it.each([
    ['http://example.okta.com'],
    ['http://127.0.0.1.example.com'],
    ['example.okta.com'],
    ['https://example.okta.com/api/v1'],
    ['https://user:secret@example.okta.com'],
    ['file:///etc/passwd'],
  ])('sends no credential to %s', async (org) => {
    let calls = 0
    const fetch = async () => {
      calls += 1
      return json(user)
    }
    const ran = await errorg(['diagnose', '--org', org], { stdin: ACTIVE, env, fetch })
    expect(ran).toMatchObject({ code: 2, out: '' })
    expect(ran.err).not.toContain('secret')
    expect(calls).toBe(0)
  })

  it('takes http for this machine', async () => {
    const fetch = async () => json(user)
    expect((await errorg(['diagnose', '--org', 'http://127.0.0.1:4000'], { stdin: ACTIVE, env, fetch })).code).toBe(1)
  })

  it('takes no credential as a flag, and does not repeat it', async () => {
    const { code, out, err } = await asking(() => json(user), ['--token-env', `${TOKEN.slice(0, 30)}!`])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).not.toContain('Secret')
    expect((await errorg(['diagnose', '--token-env', 'MINE'], { stdin: ACTIVE })).code).toBe(2)
  })

  it('says when there was nothing to ask, and what was not answered', async () => {
    const missing = JSON.stringify({
      httpStatus: 404,
      method: 'GET',
      path: '/api/v1/users/x',
      responseBody: { errorCode: 'E0000007', errorSummary: 'Not found: Resource not found: x (User)' },
    })
    const nothing = await asking(() => json(user), [], { stdin: missing })
    expect(nothing).toMatchObject({ code: 1, sent: [] })
    expect(nothing.out).toContain('Nothing: no answer of the org could change this.')
    const refused = await asking(() => json({ errorCode: 'E0000006' }, 403))
    expect(refused.code).toBe(1)
    expect(refused.out).toContain('Not answered\n  - GET /api/v1/users/00u1 was refused with 403 E0000006.')
  })
})

describe('the text of a diagnosis', () => {
  it('gives the best finding in full, the others short, and what would decide', () => {
    const because = { place: 'httpStatus', quote: '403', says: 'Okta knows who calls.' }
    const text = diagnosisText(
      {
        schema: 1,
        findings: [
          {
            code: 'E0000006',
            cause: null,
            kind: 'missing-scope',
            strength: 'likely',
            because: [because],
            fix: ['Do this.'],
          },
          { code: null, cause: null, kind: 'clock-skew', strength: 'possible', because: [], fix: ['Not shown.'] },
        ],
        wants: [{ what: 'The token', how: 'decode it' }],
        gaps: [{ what: 'A line.', why: 'It is cut.', send: 'the whole line' }],
      },
      LOOK,
    )
    expect(text).toContain('E0000006, missing-scope  likely')
    expect(text).toContain('  httpStatus: "403"\n    Okta knows who calls.')
    expect(text).toContain('It could also be\n  clock-skew  possible')
    expect(text).not.toContain('Not shown.')
    expect(text).toContain('What would decide it\n  - The token: decode it')
    expect(text).toContain('Not read\n  - A line. It is cut. Send this: the whole line')
  })

  it('says that it does not know, and what to send', () => {
    const text = diagnosisText(
      { schema: 1, findings: [], wants: [{ what: 'The answer', how: 'curl -v' }], gaps: [] },
      LOOK,
    )
    expect(text).toContain('No cause found')
    expect(text).toContain('What to send\n  - The answer: curl -v')
  })

  it('cuts long quotes', () => {
    const because = [{ place: 'body', quote: 'x'.repeat(1000), says: 'Long.' }]
    const text = diagnosisText(
      {
        schema: 1,
        findings: [{ code: null, cause: null, kind: 'clock-skew', strength: 'possible', because, fix: [] }],
        wants: [],
        gaps: [],
      },
      LOOK,
    )
    expect(text).not.toContain('x'.repeat(201))
  })
})
