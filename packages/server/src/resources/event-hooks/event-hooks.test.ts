// How does an event hook live, and which bodies are refused?
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { causesOf, eventsOf, testOrg } from '../../testing.ts'
import { channel, HOOKS, hook, URI, users } from './testing.ts'

describe('the life of an event hook', () => {
  test('it is made, read, listed, replaced, switched off and deleted', async () => {
    const t = await testOrg()
    const authScheme = { type: 'HEADER', key: 'Authorization', value: 'Basic c2VjcmV0' }
    const headers = [{ key: 'X-Team', value: 'audit' }]
    const made = await t.call(`POST ${HOOKS}`, hook({ channel: channel(URI, { headers, authScheme }) }))
    expect(made.status).toBe(200)
    const base = `${t.org.baseUrl}${HOOKS}/${made.json.id}`
    expect(made.json).toEqual({
      id: expect.stringMatching(/^who\w{14}5d7$/),
      status: 'ACTIVE',
      verificationStatus: 'UNVERIFIED',
      name: 'Audit',
      description: null,
      created: '2026-11-20T10:00:00.000Z',
      createdBy: t.adminId,
      lastUpdated: '2026-11-20T10:00:00.000Z',
      events: { ...users, filter: null },
      channel: {
        type: 'HTTP',
        version: '1.0.0',
        config: { uri: URI, method: 'POST', headers, authScheme: { type: 'HEADER', key: 'Authorization' } },
      },
      _links: {
        self: { href: base },
        verify: { href: `${base}/lifecycle/verify`, hints: { allow: ['POST'] } },
        deactivate: { href: `${base}/lifecycle/deactivate`, hints: { allow: ['POST'] } },
      },
    })
    expect(made.text).not.toContain('c2VjcmV0')
    const path = `${HOOKS}/${made.json.id}`
    expect((await t.call(`GET ${path}`)).json).toEqual(made.json)
    expect((await t.call(`GET ${HOOKS}`)).json).toEqual([made.json])

    t.clock.advance(60)
    const replaced = await t.call(
      `PUT ${path}`,
      hook({ name: 'Audit 2', description: 'all of it', status: 'INACTIVE' }),
    )
    expect(replaced.json).toMatchObject({
      name: 'Audit 2',
      description: 'all of it',
      status: 'ACTIVE',
      lastUpdated: '2026-11-20T10:01:00.000Z',
      channel: { config: { headers: [], authScheme: null } },
    })

    const kept = await t.call(`DELETE ${path}`)
    expect([kept.status, t.lastCause(), causesOf(kept.json)]).toEqual([
      400,
      'E0000001/hook-still-active',
      ['id: The hook Audit 2 cannot be deleted because it is active. It must be deactivated first.'],
    ])
    for (let i = 0; i < 2; i++) {
      const off = await t.call(`POST ${path}/lifecycle/deactivate`)
      expect([off.status, off.json.status, Object.keys(off.json._links)]).toEqual([
        200,
        'INACTIVE',
        ['self', 'verify', 'activate'],
      ])
    }
    expect((await t.call(`POST ${path}/lifecycle/activate`)).json.status).toBe('ACTIVE')
    await t.call(`POST ${path}/lifecycle/deactivate`)
    expect((await t.call(`DELETE ${path}`)).status).toBe(204)
    const gone = await t.call(`GET ${path}`)
    expect([gone.status, gone.json.errorSummary]).toEqual([
      404,
      `Not found: Resource not found: ${made.json.id} (Webhook)`,
    ])
    expect(eventsOf(t)).toEqual([
      'event_hook.created',
      'event_hook.updated',
      'event_hook.deactivated',
      'event_hook.activated',
      'event_hook.deactivated',
      'event_hook.deleted',
    ])
  })

  test('a name is used once, whatever its case; the own one may stay', async () => {
    const t = await testOrg()
    const { json } = await t.call(`POST ${HOOKS}`, hook())
    const again = await t.call(`POST ${HOOKS}`, hook({ name: 'AUDIT' }))
    expect([again.status, t.lastCause(), again.json.errorSummary]).toEqual([
      400,
      'E0000001/hook-name-taken',
      'Api validation failed: name',
    ])
    expect((await t.call(`PUT ${HOOKS}/${json.id}`, hook())).status).toBe(200)
  })

  test('there may be 25', async () => {
    const t = await testOrg()
    for (let n = 0; n < 25; n++) await t.call(`POST ${HOOKS}`, hook({ name: `Hook ${n}` }))
    const more = await t.call(`POST ${HOOKS}`, hook())
    expect([more.status, t.lastCause()]).toEqual([400, 'E0000001/hook-limit-reached'])
    expect(causesOf(more.json)[0]).toContain('event hooks (25)')
  })

  test('only super admins see them', async () => {
    const t = await testOrg()
    const { token } = await t.makeAdmin('org@example.com', 'ORG_ADMIN')
    for (const [request, body] of [
      [`GET ${HOOKS}`, undefined],
      [`POST ${HOOKS}`, hook()],
    ] as const) {
      const refused = await t.call(request, body, { token })
      expect([refused.status, refused.json.errorCode]).toEqual([403, 'E0000006'])
    }
  })
})

describe('bodies that are refused', () => {
  test.each([
    ['no name', hook({ name: undefined }), 'required-field-missing', 'name: The field cannot be left blank'],
    ['no events', hook({ events: undefined }), 'required-field-missing', 'events: The field cannot be left blank'],
    [
      'no items',
      hook({ events: { type: 'EVENT_TYPE' } }),
      'required-field-missing',
      'items: The field cannot be left blank',
    ],
    [
      'an empty list',
      hook({ events: { type: 'EVENT_TYPE', items: [] } }),
      'required-field-missing',
      'items: The field cannot be left blank',
    ],
    [
      'another type of events',
      hook({ events: { ...users, type: 'FLOW_EVENT' } }),
      'value-invalid',
      'type: The field has an invalid value',
    ],
    [
      'events that hooks cannot have',
      hook({ events: { ...users, items: ['user.lifecycle.create', 'policy.evaluate_sign_on', 'no.such.thing'] } }),
      'hook-events-unknown',
      'events: Invalid list of events provided: policy.evaluate_sign_on, no.such.thing',
    ],
    ['no channel', hook({ channel: undefined }), 'required-field-missing', 'channel: The field cannot be left blank'],
    [
      'an OAuth channel',
      hook({ channel: { ...channel(), type: 'OAUTH' } }),
      'value-invalid',
      'type: The field has an invalid value',
    ],
    [
      'another version',
      hook({ channel: { ...channel(), version: '2.0.0' } }),
      'value-invalid',
      'version: The only supported version is 1.0.0',
    ],
    ['no address', hook({ channel: channel('') }), 'required-field-missing', 'uri: The field cannot be left blank'],
    [
      'plain HTTP',
      hook({ channel: channel('http://hooks.example.com/') }),
      'hook-uri-refused',
      'uri: The URL must begin with https:// and be reachable by Okta',
    ],
    [
      'a blank in the address',
      hook({ channel: channel('https://hooks.example.com/a b') }),
      'hook-uri-refused',
      'uri: The URL must begin with https:// and be reachable by Okta',
    ],
    [
      'a reserved header',
      hook({ channel: channel(URI, { headers: [{ key: 'content-TYPE', value: 'a' }] }) }),
      'hook-header-reserved',
      'headers: The header content-TYPE is reserved and cannot be set',
    ],
    [
      'a header that is none',
      hook({ channel: channel(URI, { headers: [{ key: 'a b', value: 'a' }] }) }),
      'value-invalid',
      "headers: 'a b' is not the name of a header",
    ],
    [
      'a line end in a header',
      hook({ channel: channel(URI, { headers: [{ key: 'x-a', value: 'a\r\nx-b: c' }] }) }),
      'value-invalid',
      'headers: The value of x-a cannot be sent',
    ],
    [
      'a line end in the secret',
      hook({ channel: channel(URI, { authScheme: { type: 'HEADER', key: 'authorization', value: 'a\nb' } }) }),
      'value-invalid',
      'authScheme: The value of authorization cannot be sent',
    ],
    [
      'another scheme',
      hook({ channel: channel(URI, { authScheme: { type: 'OAUTH', key: 'a', value: 'b' } }) }),
      'hook-auth-scheme-unknown',
      "authScheme: 'OAUTH' is not a supported authentication scheme. Supported: HEADER",
    ],
    [
      'another method',
      hook({ channel: channel(URI, { method: 'GET' }) }),
      'value-invalid',
      'method: The only supported method is POST',
    ],
    [
      'a filter of an event that is not told',
      hook({
        events: {
          ...users,
          filter: {
            type: 'EXPRESSION_LANGUAGE',
            eventFilterMap: [{ event: 'user.session.start', condition: { expression: 'true' } }],
          },
        },
      }),
      'event-filter-unreadable',
      "filter: The filter of the event 'user.session.start' is not valid: true",
    ],
  ])('%s', async (_, body, cause, says) => {
    const t = await testOrg()
    const refused = await t.call(`POST ${HOOKS}`, body)
    expect([refused.status, t.lastCause(), causesOf(refused.json)]).toEqual([400, `E0000001/${cause}`, [says]])
    expect((await t.call(`GET ${HOOKS}`)).json).toEqual([])
  })

  test.each([
    [[]],
    ['text'],
    [hook({ events: [] })],
    [hook({ channel: 'x' })],
    [hook({ events: { ...users, items: [7] } })],
  ])('%j cannot be bound', async (body) => {
    const t = await testOrg()
    const refused = await t.call(`POST ${HOOKS}`, JSON.stringify(body))
    expect([refused.status, refused.json.errorCode]).toEqual([400, 'E0000003'])
  })

  test('whatever is sent: success or a refusal of Okta, and after a refusal the hook is as it was', async () => {
    const t = await testOrg()
    const { json } = await t.call(`POST ${HOOKS}`, hook())
    const odd = fc.oneof(
      fc.jsonValue(),
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.constantFrom('x'.repeat(2000), '\0', '😀', '__proto__', URI, 'EVENT_TYPE'),
    )
    const places: ((body: ReturnType<typeof full>, value: unknown) => void)[] = [
      (body, value) => Object.assign(body, { name: value }),
      (body, value) => Object.assign(body, { description: value }),
      (body, value) => Object.assign(body, { events: value }),
      (body, value) => Object.assign(body.events, { type: value }),
      (body, value) => Object.assign(body.events, { items: value }),
      (body, value) => Object.assign(body.events, { items: [value] }),
      (body, value) => Object.assign(body.events, { filter: value }),
      (body, value) => Object.assign(body.events.filter, { eventFilterMap: [value] }),
      (body, value) => Object.assign(body.events.filter, { eventFilterMap: [{ event: value, condition: value }] }),
      (body, value) => Object.assign(body, { channel: value }),
      (body, value) => Object.assign(body.channel, { type: value }),
      (body, value) => Object.assign(body.channel, { version: value }),
      (body, value) => Object.assign(body.channel, { config: value }),
      (body, value) => Object.assign(body.channel.config, { uri: value }),
      (body, value) => Object.assign(body.channel.config, { headers: value }),
      (body, value) => Object.assign(body.channel.config, { headers: [{ key: value, value }] }),
      (body, value) => Object.assign(body.channel.config, { authScheme: value }),
      (body, value) => Object.assign(body.channel.config, { authScheme: { type: 'HEADER', key: value, value } }),
    ]
    const full = () => ({
      name: 'Audit',
      description: 'd',
      events: { ...users, filter: {} as object },
      channel: { type: 'HTTP', version: '1.0.0', config: { uri: URI } },
    })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), odd, async (place, value) => {
        const before = (await t.call(`GET ${HOOKS}/${json.id}`)).json
        const body = full()
        place(body, value)
        const answer = await t.call(`PUT ${HOOKS}/${json.id}`, body)
        expect(answer.status).toBeLessThan(500)
        if (answer.status === 200) return
        expect(answer.json).toMatchObject({
          errorCode: expect.stringMatching(/^E\d{7}$/),
          errorCauses: expect.any(Array),
        })
        expect((await t.call(`GET ${HOOKS}/${json.id}`)).json).toEqual(before)
      }),
      { numRuns: 300 },
    )
  })
})
