import { beforeEach, describe, expect, test } from 'vitest'
import { type Called, type TestOrg, testOrg } from '../../testing.ts'

let t: TestOrg
let path: string
beforeEach(async () => {
  t = await testOrg()
  path = `/api/v1/users/${(await t.makeAdmin('ada@example.com')).userId}`
})

const refusal = (answer: Called) => [
  answer.status,
  t.lastCause(),
  answer.json.errorCauses.map((cause: { errorSummary: string }) => cause.errorSummary),
]

describe('risk', () => {
  test('is none, then set, then changed', async () => {
    const links = {
      self: { href: `http://127.0.0.1${path}/risk`, hints: { allow: ['GET', 'PUT'] } },
      user: { href: `http://127.0.0.1${path}`, hints: { allow: ['GET'] } },
    }
    expect((await t.call(`GET ${path}/risk`)).json).toEqual({ riskLevel: 'NONE', _links: links })
    const made = await t.call(`PUT ${path}/risk`, { riskLevel: 'HIGH' })
    const high = { riskLevel: 'HIGH', reason: 'override.by.admin', _links: links }
    expect([made.status, made.json]).toEqual([201, high])
    expect((await t.call(`GET ${path}/risk`)).json).toEqual(high)
    const changed = await t.call(`PUT ${path}/risk`, { riskLevel: 'LOW', riskReason: 'All is well.' })
    expect([changed.status, changed.json]).toEqual([200, { ...high, riskLevel: 'LOW', reason: 'All is well.' }])
    const events = [...t.org.events.read()].filter((event) => event.eventType === 'user.risk.change')
    expect(events.map((event) => event.debug?.risk)).toEqual(['level=HIGH', 'level=LOW'])
  })

  test.each([
    [{}, 'E0000001/required-field-missing', ['riskLevel: The field cannot be left blank']],
    [{ riskLevel: 'NONE' }, 'E0000001/value-invalid', ['riskLevel: The field has an invalid value']],
    [
      { riskLevel: 'LOW', riskReason: 'a;b' },
      'E0000001/value-invalid',
      ['riskReason: Only alphanumeric characters, spaces, hyphens, commas, and periods are allowed'],
    ],
  ])('refuses %j', async (body, cause, causes) => {
    expect(refusal(await t.call(`PUT ${path}/risk`, body))).toEqual([400, cause, causes])
    expect((await t.call(`GET ${path}/risk`)).json.riskLevel).toBe('NONE')
  })

  test('goes with its user, and is not for everybody', async () => {
    await t.call(`PUT ${path}/risk`, { riskLevel: 'HIGH' })
    const helper = await t.makeAdmin('helper@example.com', 'HELP_DESK_ADMIN')
    expect((await t.call(`GET ${path}/risk`, undefined, { token: helper.token })).status).toBe(403)
    await t.call(`DELETE ${path}`)
    await t.call(`DELETE ${path}`)
    expect((await t.call(`GET ${path}/risk`)).status).toBe(404)
  })
})

test('the classification is standard, and may be lite', async () => {
  expect((await t.call(`GET ${path}/classification`)).json).toEqual({
    type: 'STANDARD',
    lastUpdated: '2026-11-20T10:00:00.000Z',
  })
  expect((await t.call(`PUT ${path}/classification`, { type: 'LITE' })).json.type).toBe('LITE')
  expect((await t.call(`GET ${path}/classification`)).json.type).toBe('LITE')
  expect(refusal(await t.call(`PUT ${path}/classification`, { type: 'MOON' }))[1]).toBe(
    'E0000003/body-unreadable-shape',
  )
  expect(refusal(await t.call(`PUT ${path}/classification`, {}))[1]).toBe('E0000001/required-field-missing')
})
