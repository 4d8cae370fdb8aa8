import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { causesOf, testOrg } from '../../testing.ts'

const STREAMS = '/api/v1/logStreams'
const awsSettings = { accountId: '123456789012', eventSourceName: 'okta-events', region: 'us-east-2' }
const splunkSettings = {
  edition: 'aws',
  host: 'acme.splunkcloud.com',
  token: '11111111-1111-2222-2222-222222222222',
}
const aws = (more: object = {}) => ({ type: 'aws_eventbridge', name: 'To AWS', settings: awsSettings, ...more })
const splunk = (more: object = {}) => ({
  type: 'splunk_cloud_logstreaming',
  name: 'To Splunk',
  settings: splunkSettings,
  ...more,
})

test('a stream is made, read, replaced, switched off and on, and deleted', async () => {
  const t = await testOrg()
  // As recorded clients send it: with read-only members, which are not looked at.
  const body = aws({ id: 'x', status: 'INACTIVE', created: 'never', _links: { self: { href: 'x' } } })
  const made = await t.call(`POST ${STREAMS}`, body)
  const self = `${t.org.baseUrl}${STREAMS}/${made.json.id}`
  expect([made.status, made.json]).toEqual([
    200,
    {
      id: expect.stringMatching(/^0oa\w{14}5d7$/),
      type: 'aws_eventbridge',
      name: 'To AWS',
      created: '2026-11-20T10:00:00.000Z',
      lastUpdated: '2026-11-20T10:00:00.000Z',
      status: 'ACTIVE',
      settings: awsSettings,
      _links: {
        self: { href: self, method: 'GET' },
        deactivate: { href: `${self}/lifecycle/deactivate`, method: 'POST' },
      },
    },
  ])
  const path = `${STREAMS}/${made.json.id}`
  expect((await t.call(`GET ${path}`)).json).toEqual(made.json)
  t.clock.advance(60)
  const replaced = await t.call(`PUT ${path}`, aws({ name: 'To Ohio' }))
  expect(replaced.json).toMatchObject({ name: 'To Ohio', lastUpdated: '2026-11-20T10:01:00.000Z' })
  for (const [step, status] of [
    ['deactivate', 'INACTIVE'],
    ['deactivate', 'INACTIVE'],
    ['activate', 'ACTIVE'],
  ]) {
    const switched = await t.call(`POST ${path}/lifecycle/${step}`)
    expect([switched.status, switched.text]).toEqual([200, ''])
    expect((await t.call(`GET ${path}`)).json.status).toBe(status)
  }
  expect((await t.call(`DELETE ${path}`)).status).toBe(204)
  for (const request of [`GET ${path}`, `POST ${path}/lifecycle/activate`]) {
    const gone = await t.call(request)
    // Recorded: to Okta a log stream is an instance of an app.
    expect([gone.status, gone.json.errorSummary]).toEqual([
      404,
      `Not found: Resource not found: ${made.json.id} (AppInstance)`,
    ])
  }
  expect([...t.org.events.read()].map((event) => event.eventType.split('.').at(-1))).toEqual([
    'create',
    'update',
    'deactivate',
    'activate',
    'delete',
  ])
})

test('the token of a Splunk stream is taken once and never shown', async () => {
  const t = await testOrg()
  const made = await t.call(`POST ${STREAMS}`, splunk())
  expect(made.json.settings).toEqual({ edition: 'aws', host: 'acme.splunkcloud.com' })
  const path = `${STREAMS}/${made.json.id}`
  const settings = { edition: 'gcp', host: 'other.splunkcloudgc.com' }
  const replaced = await t.call(`PUT ${path}`, splunk({ settings }))
  expect([replaced.status, replaced.json.settings]).toEqual([200, settings])
  // Documented: one that is sent again is not looked at.
  expect((await t.call(`PUT ${path}`, splunk({ settings: { ...settings, token: 'x' } }))).status).toBe(200)
  const listed = await t.call(`GET ${STREAMS}`)
  expect(listed.text).not.toContain('11111111')
})

test('lists are cut into pages, and filtered by status and type', async () => {
  const t = await testOrg()
  for (let n = 0; n < 22; n++)
    await t.call(`POST ${STREAMS}`, n % 2 ? splunk({ name: `S${n}` }) : aws({ name: `S${n}` }))
  const first = await t.call(`GET ${STREAMS}`)
  expect(first.json).toHaveLength(20)
  const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link')!)![1]!
  const rest = await t.call(`GET ${next.slice(t.org.baseUrl.length)}`)
  expect(rest.json.map(({ name }: { name: string }) => name)).toEqual(['S20', 'S21'])
  await t.call(`POST ${STREAMS}/${rest.json[0].id}/lifecycle/deactivate`)
  const found = async (filter: string) =>
    (await t.call(`GET ${STREAMS}?limit=200&filter=${encodeURIComponent(filter)}`)).json
  expect(await found('type eq "aws_eventbridge"')).toHaveLength(11)
  expect(await found('status eq "INACTIVE"')).toHaveLength(1)
  expect(await found('type eq "splunk_cloud_logstreaming" and status eq "INACTIVE"')).toEqual([])
  for (const filter of ['type sw "aws"', 'name eq "S1"', 'type eq']) {
    expect((await found(filter)).errorCode).toBe('E0000031')
  }
  expect((await t.call(`GET ${STREAMS}?after=nothing`)).status).toBe(400)
})

describe('bodies that are refused', () => {
  test.each([
    ['no type', aws({ type: undefined }), 'required-field-missing', ['type: The field cannot be left blank']],
    ['another type', aws({ type: 'kafka' }), 'value-invalid', ['type: The field has an invalid value']],
    ['no name', aws({ name: '' }), 'required-field-missing', ['name: The field cannot be left blank']],
    [
      'a long name',
      aws({ name: 'x'.repeat(101) }),
      'value-invalid',
      ['name: The field is too long; at most 100 characters are allowed'],
    ],
    ['no settings', aws({ settings: null }), 'required-field-missing', ['settings: The field cannot be left blank']],
    [
      'empty settings',
      aws({ settings: {} }),
      'required-field-missing',
      ['accountId', 'eventSourceName', 'region'].map((field) => `${field}: The field cannot be left blank`),
    ],
    [
      'wrong settings',
      aws({ settings: { accountId: '12', eventSourceName: 'a b', region: 'moon-1' } }),
      'value-invalid',
      [
        'accountId: Account number must be 12 digits.',
        'eventSourceName: Event source name can use numbers, letters, the symbols ".", "-" or "_". It must use fewer than 76 characters.',
        'region: The field has an invalid value',
      ],
    ],
    [
      'settings of Splunk',
      splunk({ settings: { edition: 'azure', host: 'https://acme.splunkcloud.com', token: 'x' } }),
      'value-invalid',
      [
        'edition: The field has an invalid value',
        'host: Host should be a domain without http or https. For example: acme.splunkcloud.com',
        'token: The HEC token must be a GUID.',
      ],
    ],
  ])('%s', async (_, body, cause, says) => {
    const t = await testOrg()
    const refused = await t.call(`POST ${STREAMS}`, body)
    expect([refused.status, t.lastCause(), causesOf(refused.json)]).toEqual([400, `E0000001/${cause}`, says])
    expect((await t.call(`GET ${STREAMS}`)).json).toEqual([])
  })

  test('a name that is taken, and what cannot be changed', async () => {
    const t = await testOrg()
    const made = await t.call(`POST ${STREAMS}`, aws())
    await t.call(`POST ${STREAMS}`, splunk({ name: 'TO AWS' }))
    expect(t.lastCause()).toBe('E0000001/log-stream-name-taken')
    for (const [body, field] of [
      [aws({ settings: { ...awsSettings, region: 'eu-central-1' } }), 'region'],
      [aws({ settings: { ...awsSettings, accountId: '210987654321' } }), 'accountId'],
      [splunk(), 'type'],
    ] as const) {
      const refused = await t.call(`PUT ${STREAMS}/${made.json.id}`, body)
      expect([refused.status, t.lastCause(), causesOf(refused.json)]).toEqual([
        400,
        'E0000001/log-stream-setting-fixed',
        [`${field}: The value of this field cannot be changed after creation`],
      ])
    }
  })

  test('whatever is sent: success or a refusal of Okta, and after a refusal the stream is as it was', async () => {
    const t = await testOrg()
    const { json } = await t.call(`POST ${STREAMS}`, splunk())
    const odd = fc.oneof(
      fc.jsonValue(),
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.constantFrom('a'.repeat(200), `${'a-'.repeat(60)}.splunkcloud.com`, '\0', '😀', '__proto__', 'aws'),
    )
    const place = fc.constantFrom('type', 'name', 'settings', 'settings.edition', 'settings.host', 'settings.token')
    await fc.assert(
      fc.asyncProperty(place, odd, async (path, value) => {
        const before = (await t.call(`GET ${STREAMS}/${json.id}`)).json
        const body = structuredClone(splunk()) as Record<string, unknown>
        const [first, second] = path.split('.') as [string, string?]
        if (second === undefined) body[first] = value
        else (body[first] as Record<string, unknown>)[second] = value
        const answer = await t.call(`PUT ${STREAMS}/${json.id}`, body)
        expect(answer.status).toBeLessThan(500)
        if (answer.status === 200) return
        expect(answer.json).toMatchObject({ errorCode: expect.stringMatching(/^E\d{7}$/) })
        expect((await t.call(`GET ${STREAMS}/${json.id}`)).json).toEqual(before)
      }),
      { numRuns: 200 },
    )
  })
})

test('the schemas say what is checked', async () => {
  const t = await testOrg()
  const schemas = '/api/v1/meta/schemas/logStream'
  const all = (await t.call(`GET ${schemas}`)).json
  expect(all.map(({ title }: { title: string }) => title)).toEqual(['AWS EventBridge', 'Splunk Cloud'])
  const one = await t.call(`GET ${schemas}/aws_eventbridge`)
  expect(one.json).toEqual(all[0])
  expect(one.json.properties.settings).toMatchObject({
    properties: { accountId: { writeOnce: true, pattern: '^\\d{12}$' }, region: { writeOnce: true } },
    required: ['eventSourceName', 'accountId', 'region'],
  })
  const unknown = await t.call(`GET ${schemas}/kafka`)
  expect([unknown.status, unknown.json.errorCode]).toEqual([404, 'E0000007'])
})

test('only super admins see them', async () => {
  const t = await testOrg()
  const { token } = await t.makeAdmin('org@example.com', 'ORG_ADMIN')
  expect((await t.call(`GET ${STREAMS}`, undefined, { token })).status).toBe(403)
  expect((await t.call('GET /api/v1/meta/schemas/logStream', undefined, { token })).status).toBe(403)
})
