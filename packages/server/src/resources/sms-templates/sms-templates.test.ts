import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Called, causesOf, type TestOrg, testOrg } from '../../testing.ts'

const TEMPLATES = '/api/v1/templates/sms'
const CODE = '$' + '{code}'
const custom = (more: object = {}) => ({
  name: 'Custom',
  type: 'SMS_VERIFY_CODE',
  template: `Your code is ${CODE}`,
  translations: { fr: `Votre code est ${CODE}`, it: `Il codice è ${CODE}` },
  ...more,
})

const whyNot = ({ json }: Called) => causesOf(json)

let t: TestOrg
beforeEach(async () => {
  t = await testOrg({ settings: { contract: 'current' } })
})

describe('SMS templates', () => {
  test('are made, read, listed by type, replaced and deleted', async () => {
    const made = await t.call(`POST ${TEMPLATES}`, custom())
    const moment = '2026-11-20T10:00:00.000Z'
    expect([made.status, made.json]).toEqual([
      200,
      { id: expect.stringMatching(/^cst\w{14}5d7$/), ...custom(), created: moment, lastUpdated: moment },
    ])
    const one = `${TEMPLATES}/${made.json.id}`
    await t.call(`POST ${TEMPLATES}`, custom({ type: 'OTHER' }))
    const listed = await t.call(`GET ${TEMPLATES}?templateType=SMS_VERIFY_CODE`)
    expect(listed.json.slice(1)).toEqual([made.json])
    expect((await t.call(`GET ${TEMPLATES}`)).json).toHaveLength(3)
    const bare = { name: 'Bare', type: 'SMS_VERIFY_CODE', template: CODE }
    const replaced = await t.call(`PUT ${one}`, bare)
    expect(replaced.json).toEqual({ id: made.json.id, ...bare, created: moment, lastUpdated: moment })
    for (const _time of [1, 2]) expect((await t.call(`DELETE ${one}`)).status).toBe(204)
    expect((await t.call(`GET ${one}`)).json.errorSummary).toBe(
      `Not found: Resource not found: ${made.json.id} (AppInstance)`,
    )
  })

  test("stand beside Okta's own, which can be read and stays", async () => {
    const own = (await t.call(`GET ${TEMPLATES}`)).json[0]
    expect(own).toMatchObject({ id: 'default', type: 'SMS_VERIFY_CODE', template: expect.stringContaining(CODE) })
    expect(own).not.toHaveProperty('translations')
    expect((await t.call(`GET ${TEMPLATES}/default`)).json).toEqual(own)
    expect((await t.call(`PUT ${TEMPLATES}/default`, custom())).status).toBe(404)
    expect((await t.call(`DELETE ${TEMPLATES}/default`)).status).toBe(204)
    expect((await t.call(`GET ${TEMPLATES}`)).json).toEqual([own])
  })

  test('are one of a type', async () => {
    const { id } = (await t.call(`POST ${TEMPLATES}`, custom())).json
    const other = (await t.call(`POST ${TEMPLATES}`, custom({ type: 'OTHER' }))).json
    for (const request of [`POST ${TEMPLATES}`, `PUT ${TEMPLATES}/${other.id}`, `POST ${TEMPLATES}/${other.id}`]) {
      const refused = await t.call(request, custom({ name: 'Second' }))
      expect([refused.status, t.lastCause()]).toEqual([400, 'E0000001/sms-template-type-taken'])
      expect(whyNot(refused)).toEqual(['type: An object with this field already exists in the current organization'])
    }
    expect((await t.call(`PUT ${TEMPLATES}/${id}`, custom({ name: 'Same' }))).status).toBe(200)
  })

  test('change in part: a translation is added, replaced, or taken away by null', async () => {
    const { id } = (await t.call(`POST ${TEMPLATES}`, custom())).json
    const de = `Ihr Code ist ${CODE}`
    const { json } = await t.call(`POST ${TEMPLATES}/${id}`, { name: 'New', translations: { de, fr: null, it: '' } })
    expect(json).toMatchObject({ name: 'New', type: 'SMS_VERIFY_CODE', template: `Your code is ${CODE}` })
    expect(json.translations).toEqual({ de })
  })

  test('have a code, in every language', async () => {
    const refused = await t.call(`POST ${TEMPLATES}`, custom({ name: '', template: 'x', translations: { fr: 'y' } }))
    expect(whyNot(refused)).toEqual([
      'name: The field cannot be left blank',
      `template: must contain ${CODE}`,
      `translations.fr: must contain ${CODE}`,
    ])
    await t.call(`POST ${TEMPLATES}`, custom({ translations: { fr: 7 } }))
    expect(t.lastCause()).toBe('E0000003/body-unreadable-shape')
    const long = await t.call(`POST ${TEMPLATES}`, custom({ template: CODE + 'x'.repeat(160) }))
    expect(whyNot(long)).toEqual(['template: The field is too long; at most 161 characters are allowed'])
  })

  test('are never half written, whatever is sent', async () => {
    const { json } = await t.call(`POST ${TEMPLATES}`, custom())
    const odd = fc.oneof(fc.jsonValue(), fc.constantFrom('\ud800', 'x\u0000', 'long'.repeat(500), CODE, '__proto__'))
    const body = fc.record(
      { name: odd, type: odd, template: odd, translations: fc.oneof(odd, fc.dictionary(fc.string(), odd)) },
      { requiredKeys: [] },
    )
    await fc.assert(
      fc.asyncProperty(body, fc.constantFrom('PUT', 'POST'), async (sent, method) => {
        const before = (await t.call(`GET ${TEMPLATES}/${json.id}`)).json
        const answer = await t.call(`${method} ${TEMPLATES}/${json.id}`, sent)
        expect(answer.status).toBeLessThan(500)
        if (answer.status !== 200) expect((await t.call(`GET ${TEMPLATES}/${json.id}`)).json).toEqual(before)
      }),
      { numRuns: 60 },
    )
  })
})
