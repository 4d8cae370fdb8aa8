import type { Diagnosis } from '@errorg/diagnose'
import { describe, expect, it } from 'vitest'
import { diagnosisText } from '../render/diagnosis.ts'
import { errorg } from '../testing.ts'

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

  it('refuses forms it does not know, and what is not built', async () => {
    expect((await errorg(['diagnose', '--as', 'xml'], { stdin: ACTIVE })).code).toBe(2)
    expect(await errorg(['diagnose', '--org', 'http://127.0.0.1:4000'], { stdin: ACTIVE })).toMatchObject({
      code: 2,
      out: '',
    })
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
