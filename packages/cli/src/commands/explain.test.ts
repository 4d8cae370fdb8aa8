import { codes } from '@errorg/errors/codes'
import { kindNames } from '@errorg/errors/kinds'
import { redirectErrors } from '@errorg/errors/oauth'
import { describe, expect, it } from 'vitest'
import { errorg } from '../testing.ts'

const json = async (...argv: string[]) => JSON.parse((await errorg(['explain', ...argv, '--json'])).out)

describe('explain', () => {
  it.each(['E0000047', 'e0000047', '47', '0000047'])('knows the code typed as %s', async (typed) => {
    expect(await json(typed)).toMatchObject({ schema: 1, what: 'code', code: 'E0000047', current: { status: 429 } })
  })

  it('has something to say about every code, redirect error and kind, within the width of the terminal', async () => {
    for (const what of [...Object.keys(codes), ...Object.keys(redirectErrors), ...kindNames]) {
      const { code, out } = await errorg(['explain', what])
      expect(code, what).toBe(0)
      expect(out, what).toContain(what)
      expect(out, what).not.toMatch(/(^|\s)undefined(\s|$)|\[object/)
      // A single word, such as a URL, cannot be broken.
      const long = out.split('\n').filter((line) => line.length > 100 && line.trim().split(' ').length > 3)
      expect(long, what).toEqual([])
    }
  })

  it('tells what happened, why and what to do', async () => {
    const { out } = await errorg(['explain', 'E0000016'])
    expect(out).toContain('E0000016 User already active')
    expect(out).toContain('The user is ACTIVE and was to be activated again.')
    expect(out).toContain('1. Read the user')
  })

  it('knows newer codes and says how little that is', async () => {
    expect(await json('62')).toMatchObject({ what: 'newer-code', code: 'E0000062', status: 409 })
    expect((await errorg(['explain', 'e0000062'])).out).toContain('newer than the error code reference')
  })

  it('knows OAuth errors of the reference and the others', async () => {
    expect(await json('access_denied')).toMatchObject({ what: 'oauth', title: 'Access denied' })
    expect(await json('ACCESS DENIED')).toMatchObject({ error: 'access_denied' })
    expect(await json('invalid_grant')).toMatchObject({ what: 'oauth', answers: [{ status: 400 }, { status: 429 }] })
  })

  it('gives causes, immediate action, long-term fix and codes for a status', async () => {
    const { out } = await errorg(['explain', '403'])
    for (const part of ['Common causes', 'Immediate action', 'Long-term fix', 'E0000006', 'access_denied'])
      expect(out).toContain(part)
    expect((await json('403')).codes.map((line: { code: string }) => line.code)).toContain('E0000016')
  })

  it('says what the guide says about 401, 403, 429 and 500', async () => {
    expect((await json('401')).longTermFix.join()).toMatch(/refresh/)
    expect((await json('403')).immediateAction.join()).toMatch(/Access Policies/)
    expect((await json('429')).immediateAction.join()).toMatch(/x-rate-limit-reset/)
    expect((await json('429')).longTermFix.join()).toMatch(/backoff/)
    expect((await json('500')).immediateAction.join()).toMatch(/status\.okta\.com/)
    expect((await json('500')).longTermFix.join()).toMatch(/circuit breaker/)
  })

  it('answers every status from 400 to 599', async () => {
    for (let status = 400; status < 600; status++) {
      const answer = await json(String(status))
      expect(answer).toMatchObject({ what: 'status', status })
      expect(answer.commonCauses.length * answer.immediateAction.length * answer.longTermFix.length).toBeGreaterThan(0)
    }
  })

  it('lists a code under both of its statuses where the contracts differ', async () => {
    for (const status of ['401', '403'])
      expect((await json(status)).codes.map((line: { code: string }) => line.code)).toContain('E0000068')
  })

  it('explains one cause of a code', async () => {
    const answer = await json('16/user-already-active')
    expect(answer).toMatchObject({
      what: 'cause',
      code: 'E0000016',
      kind: 'user-status-forbids-operation',
      proven: true,
    })
  })

  it.each([
    ['missing-scop', 'missing-scope'],
    ['acess_denied', 'access_denied'],
    ['E00000047', 'E0000047'],
    ['user-already-actve', 'E0000016/user-already-active'],
    ['E0000016/user-alredy-active', 'E0000016/user-already-active'],
  ])('suggests for %s', async (typed, wanted) => {
    const { code, out, err } = await errorg(['explain', typed])
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err).toContain(wanted)
  })

  it('suggests nothing for what looks like nothing', async () => {
    const { code, err } = await errorg(['explain', 'qqqqqqqqqqqqqqqqqqq'])
    expect(code).toBe(2)
    expect(err).toContain('--list')
  })

  it('asks what to explain', async () => {
    expect(await errorg(['explain'])).toMatchObject({ code: 2, out: '' })
  })

  it('lists every code, status and kind', async () => {
    expect((await json('--list')).codes).toHaveLength(Object.keys(codes).length)
    const byStatus = await json('--list', '--by', 'status')
    expect(byStatus.statuses.flatMap((group: { codes: unknown[] }) => group.codes)).toHaveLength(69)
    const byKind = await json('--list', '--by', 'kind')
    expect(byKind.kinds).toHaveLength(kindNames.length)
    expect((await errorg(['explain', '--list', '--by', 'kind'])).out).toContain('  E0000016/user-already-active')
    expect((await errorg(['explain', '--list', '--by', 'colour'])).code).toBe(2)
  })

  it('colours only when told', async () => {
    expect((await errorg(['explain', '47'])).out).not.toContain('\u001b[')
    expect((await errorg(['explain', '47'], { color: true })).out).toContain('\u001b[1m')
  })
})
