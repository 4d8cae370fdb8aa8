import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { type TestOrg, testOrg } from '../../testing.ts'

const FORMS = '/api/v1/meta/uischemas'

let t: TestOrg
beforeEach(async () => {
  t = await testOrg()
})

const element = { type: 'Control', scope: '#/properties/firstName', label: 'First name', options: { format: 'text' } }
const form = { uiSchema: { type: 'Group', label: 'Sign in', buttonLabel: 'Submit', elements: [element] } }

test('a form is made, read, replaced and deleted', async () => {
  const made = await t.call(`POST ${FORMS}`, form)
  expect([made.status, made.json]).toEqual([
    200,
    {
      id: expect.stringMatching(/^uis\w{14}5d7$/),
      ...form,
      created: '2026-11-20T10:00:00.000Z',
      lastUpdated: '2026-11-20T10:00:00.000Z',
      _links: {
        self: { href: `${t.org.baseUrl}${FORMS}/${made.json.id}`, hints: { allow: ['GET', 'PUT', 'DELETE'] } },
      },
    },
  ])
  const at = `${FORMS}/${made.json.id}`
  expect((await t.call(`GET ${at}`)).json).toEqual(made.json)
  expect((await t.call(`GET ${FORMS}`)).json).toEqual([made.json])
  t.clock.advance(60)
  const replaced = await t.call(`PUT ${at}`, { uiSchema: { label: 'Join' } })
  expect(replaced.json).toMatchObject({
    uiSchema: { type: 'Group', label: 'Join', buttonLabel: 'Submit', elements: [] },
    created: '2026-11-20T10:00:00.000Z',
    lastUpdated: '2026-11-20T10:01:00.000Z',
  })
  expect((await t.call(`DELETE ${at}`)).status).toBe(204)
  expect((await t.call(`GET ${FORMS}`)).json).toEqual([])
})

test.each([
  ['reference', 'E0000008', 'The requested path was not found', 'E0000008/ui-schema-missing'],
  ['current', 'E0000007', 'Not found: Resource not found: uisnone (UISchemaEntity)', 'E0000007/resource-missing'],
] as const)('a missing one, in the %s contract', async (contract, code, summary, cause) => {
  t.org.changeSettings({ contract })
  for (const [request, body] of [['GET'], ['PUT', form]] as const) {
    const missing = await t.call(`${request} ${FORMS}/uisnone`, body)
    expect([missing.status, missing.json.errorCode, missing.json.errorSummary, t.lastCause()]).toEqual([
      404,
      code,
      summary,
      cause,
    ])
  }
})

test('one that is gone was missed on DELETE once, and is not today', async () => {
  t.org.changeSettings({ contract: 'current' })
  expect((await t.call(`DELETE ${FORMS}/uisnone`)).status).toBe(204)
  t.org.changeSettings({ contract: 'reference' })
  await t.call(`DELETE ${FORMS}/uisnone`)
  expect(t.lastCause()).toBe('E0000008/ui-schema-missing')
})

test.each([
  [{ elements: [{ type: 'Button', scope: '#/properties/a' }] }, 'type: The field has an invalid value'],
  [{ elements: [{ type: 'Control' }] }, 'scope: The field cannot be left blank'],
  [{ elements: [{ ...element, scope: 'a' }] }, 'scope: must follow the format #/properties/PROPERTY_NAME'],
  [{ elements: [{ ...element, options: { format: 'slider' } }] }, 'format: The field has an invalid value'],
])('form %# is refused', async (uiSchema, says) => {
  const refused = await t.call(`POST ${FORMS}`, { uiSchema })
  expect([refused.status, refused.json.errorCode, refused.json.errorCauses]).toEqual([
    400,
    'E0000001',
    [{ errorSummary: says }],
  ])
  expect((await t.call(`GET ${FORMS}`)).json).toEqual([])
})

test('who may not see types may not see forms', async () => {
  const desk = await t.makeAdmin('desk@example.com', 'HELP_DESK_ADMIN')
  expect((await t.call(`GET ${FORMS}`, undefined, { token: desk.token })).status).toBe(403)
  expect((await t.call(`POST ${FORMS}`, form, { token: desk.token })).status).toBe(403)
})

test('whatever is sent: the form or a refusal, and the one that was there stays', async () => {
  const { id } = (await t.call(`POST ${FORMS}`, form)).json
  const value = fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.constantFrom('', '\ud800', 'x'.repeat(300), null))
  const parts = fc.dictionary(fc.constantFrom('type', 'scope', 'label', 'options'), value, { maxKeys: 4 })
  const odd = fc.oneof(
    value,
    fc.dictionary(
      fc.constantFrom('type', 'label', 'buttonLabel', 'elements'),
      fc.oneof(value, fc.array(fc.oneof(parts, value, fc.constant(element)), { maxLength: 2 })),
      { maxKeys: 4 },
    ),
  )
  await fc.assert(
    fc.asyncProperty(odd, async (uiSchema) => {
      const before = (await t.call(`GET ${FORMS}/${id}`)).text
      const answer = await t.call(`PUT ${FORMS}/${id}`, { uiSchema })
      expect([200, 400]).toContain(answer.status)
      const after = (await t.call(`GET ${FORMS}/${id}`)).text
      expect(after).toBe(answer.status === 200 ? answer.text : before)
    }),
    { numRuns: 200 },
  )
})
