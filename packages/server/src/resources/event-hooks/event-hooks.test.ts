import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Sleep } from '../../faults.ts'
import { type HookServer, hookServer, verifying } from '../../hooks/testing.ts'
import type { OrgParts } from '../../org.ts'
import { createSnapshots } from '../../snapshots.ts'
import { causesOf, eventsOf, type TestOrg, testOrg } from '../../testing.ts'

const HOOKS = '/api/v1/eventHooks'
const URI = 'https://hooks.example.com/okta'
const users = { type: 'EVENT_TYPE', items: ['user.lifecycle.create', 'user.lifecycle.activate'] }
const channel = (uri = URI, config: object = {}) => ({ type: 'HTTP', version: '1.0.0', config: { uri, ...config } })
const hook = (more: object = {}) => ({ name: 'Audit', events: users, channel: channel(), ...more })
const ada = (login = 'ada@example.com') => ({
  profile: { firstName: 'Ada', lastName: 'Byron', email: login, login },
})

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

describe('with a server', () => {
  let server: HookServer
  beforeEach(async () => {
    server = await hookServer()
  })
  afterEach(() => server.close())

  /** An org with a verified hook; what arrived for the verification is forgotten. */
  async function listening(more: object = {}, parts: OrgParts = {}) {
    const t = await testOrg(parts)
    const body = hook({ channel: channel(server.url), ...more })
    const { json } = await t.call(`POST ${HOOKS}`, body)
    const verified = await t.call(`POST ${HOOKS}/${json.id}/lifecycle/verify`)
    expect(verified.json.verificationStatus).toBe('VERIFIED')
    server.arrived.length = 0
    return { t, id: json.id as string, body }
  }

  const makeUser = (t: TestOrg, login?: string) => t.call('POST /api/v1/users?activate=false', ada(login))

  describe('verification', () => {
    test('asks with a value that has to come back', async () => {
      const t = await testOrg()
      const authScheme = { type: 'HEADER', key: 'Authorization', value: 'Basic c2VjcmV0' }
      const { json } = await t.call(`POST ${HOOKS}`, hook({ channel: channel(`${server.url}/a?b=c`, { authScheme }) }))
      const verified = await t.call(`POST ${HOOKS}/${json.id}/lifecycle/verify`)
      expect([verified.status, verified.json.verificationStatus]).toEqual([200, 'VERIFIED'])
      const [request] = server.arrived
      expect(request).toMatchObject({ method: 'GET', path: '/a?b=c', text: '' })
      expect(request!.headers).toMatchObject({ accept: 'application/json', authorization: 'Basic c2VjcmV0' })
      expect(request!.headers['x-okta-verification-challenge']).toMatch(/^\w{40}$/)
      expect(eventsOf(t).at(-1)).toBe('event_hook.verified')
    })

    test.each([
      ['another value', { json: { verification: 'abc' } }, 'its "verification" is not the value that was sent.', 1],
      ['no value', { json: {} }, 'its answer has no member "verification".', 1],
      ['no JSON', { text: 'hello' }, 'its answer has no member "verification".', 1],
      ['201', { status: 201 }, 'it answered with status 201, not 200.', 1],
      ['a redirect', { status: 302, headers: { location: '/' } }, 'it answered with status 302, not 200.', 1],
      ['404', { status: 404 }, 'it answered with status 404, not 200.', 1],
      ['503', { status: 503 }, 'it answered with status 503, not 200.', 2],
    ])('%s is no proof', async (_, reply, says, times) => {
      const t = await testOrg()
      const { json } = await t.call(`POST ${HOOKS}`, hook({ channel: channel(server.url) }))
      server.respond = () => reply
      const refused = await t.call(`POST ${HOOKS}/${json.id}/lifecycle/verify`)
      expect([refused.status, t.lastCause(), causesOf(refused.json)]).toEqual([
        400,
        'E0000001/hook-verification-failed',
        [`The event hook cannot be verified because of its endpoint: ${says}`],
      ])
      expect(server.arrived).toHaveLength(times)
      expect((await t.call(`GET ${HOOKS}/${json.id}`)).json.verificationStatus).toBe('UNVERIFIED')
      expect([...t.org.events.read()].at(-1)).toMatchObject({ eventType: 'event_hook.verified', result: 'FAILURE' })
    })

    test('another channel has to be verified anew, another name has not', async () => {
      const { t, id, body } = await listening()
      const path = `PUT ${HOOKS}/${id}`
      expect((await t.call(path, { ...body, name: 'B' })).json.verificationStatus).toBe('VERIFIED')
      const other = { ...body, channel: channel(`${server.url}/other`) }
      expect((await t.call(path, other)).json.verificationStatus).toBe('UNVERIFIED')
    })

    test('the secret stays when a replacement comes without it', async () => {
      const scheme = { type: 'HEADER', key: 'x-secret', value: 'abc' }
      const { t, id, body } = await listening({ channel: channel(server.url, { authScheme: scheme }) })
      const without = { ...body, channel: channel(server.url, { authScheme: { type: 'HEADER', key: 'x-secret' } }) }
      expect((await t.call(`PUT ${HOOKS}/${id}`, without)).json.verificationStatus).toBe('VERIFIED')
      await makeUser(t)
      await t.org.deliveries.settled()
      expect(server.arrived[0]!.headers['x-secret']).toBe('abc')
    })
  })

  describe('delivery', () => {
    test('an event arrives as the System Log has it', async () => {
      const headers = [{ key: 'X-Team', value: 'audit' }]
      const authScheme = { type: 'HEADER', key: 'Authorization', value: 'Basic c2VjcmV0' }
      const { t, id } = await listening({ channel: channel(server.url, { headers, authScheme }) })
      const user = await makeUser(t)
      await t.org.deliveries.settled()
      expect(server.arrived).toHaveLength(1)
      const [{ method, headers: sent, json }] = server.arrived as [(typeof server.arrived)[0]]
      expect([method, sent.accept, sent['content-type'], sent.authorization, sent['x-team']]).toEqual([
        'POST',
        'application/json',
        'application/json',
        'Basic c2VjcmV0',
        'audit',
      ])
      expect(json).toEqual({
        eventType: 'com.okta.event_hook',
        eventTypeVersion: '1.0',
        cloudEventsVersion: '0.1',
        contentType: 'application/json',
        source: `${t.org.baseUrl}${HOOKS}/${id}`,
        eventId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        eventTime: '2026-11-20T10:00:00.000Z',
        data: { events: [expect.objectContaining({ eventType: 'user.lifecycle.create' })] },
      })
      expect(json.data.events[0].target[0].id).toBe(user.json.id)
      const [logged] = (await t.call('GET /api/v1/logs?filter=eventType+eq+"user.lifecycle.create"')).json
      expect(logged).toEqual(json.data.events[0])
      expect(logged.debugContext.debugData.webhooks).toBe(id)
    })

    test('events that happen close together go together, in their order', async () => {
      const { t } = await listening()
      await t.call('POST /api/v1/users?activate=true', {
        ...ada(),
        credentials: { password: { value: 'Correct-Horse-9' } },
      })
      await t.org.deliveries.settled()
      expect(
        server.arrived.map(({ json }) => json.data.events.map((one: { eventType: string }) => one.eventType)),
      ).toEqual([['user.lifecycle.create', 'user.lifecycle.activate']])
    })

    test('the request that caused an event does not wait for the server', async () => {
      const { t } = await listening()
      server.respond = () => 'hang'
      const user = await makeUser(t)
      expect(user.status).toBe(200)
      await server.count(1)
      // What happens meanwhile waits, and goes in one request when the first is over.
      for (const login of ['b@example.com', 'c@example.com']) await makeUser(t, login)
      expect(server.arrived).toHaveLength(1)
      t.org.outgoing.stop()
      server.respond = verifying
      await t.org.deliveries.settled()
      expect(server.arrived[1]!.json.data.events).toHaveLength(2)
    })

    test('only active and verified hooks, only what they want', async () => {
      const { t, id } = await listening()
      await t.call('POST /api/v1/groups', { profile: { name: 'Sales' } })
      await t.call(`POST ${HOOKS}`, hook({ name: 'Unverified', channel: channel(server.url) }))
      await t.call(`POST ${HOOKS}/${id}/lifecycle/deactivate`)
      await makeUser(t)
      await t.org.deliveries.settled()
      expect(server.arrived).toEqual([])
      expect([...t.org.events.read()].at(-1)!.debug?.webhooks).toBeUndefined()
      await t.call(`POST ${HOOKS}/${id}/lifecycle/activate`)
      await makeUser(t, 'b@example.com')
      await t.org.deliveries.settled()
      expect(server.arrived).toHaveLength(1)
    })

    test('what waits for a hook that was deleted is dropped', async () => {
      const { t, id } = await listening()
      await t.call(`POST ${HOOKS}/${id}/lifecycle/deactivate`)
      await t.call(`DELETE ${HOOKS}/${id}`)
      await makeUser(t)
      await t.org.deliveries.settled()
      expect(server.arrived).toEqual([])
    })

    test('filters choose among the events of a type', async () => {
      const filter = {
        type: 'EXPRESSION_LANGUAGE',
        eventFilterMap: [
          {
            event: 'group.user_membership.add',
            condition: { expression: "event.target.?[displayName eq 'Sales'].size()>0" },
          },
        ],
      }
      const events = { type: 'EVENT_TYPE', items: ['group.user_membership.add', 'user.lifecycle.create'], filter }
      const { t, id } = await listening({ events })
      expect((await t.call(`GET ${HOOKS}/${id}`)).json.events.filter).toEqual({
        type: 'EXPRESSION_LANGUAGE',
        eventFilterMap: [
          { ...filter.eventFilterMap[0], condition: { version: null, ...filter.eventFilterMap[0]!.condition } },
        ],
      })
      const user = await makeUser(t)
      for (const name of ['Sales', 'Pilots']) {
        const group = await t.call('POST /api/v1/groups', { profile: { name } })
        await t.call(`PUT /api/v1/groups/${group.json.id}/users/${user.json.id}`)
      }
      await t.org.deliveries.settled()
      const told = server.arrived.flatMap(({ json }) => json.data.events)
      expect(told.map((event: { eventType: string }) => event.eventType)).toEqual([
        'user.lifecycle.create',
        'group.user_membership.add',
      ])
      expect(JSON.stringify(told[1].target)).toContain('Sales')
    })

    test('what a filter cannot be worked out for is not sent, and the System Log says why', async () => {
      const add = 'group.user_membership.add'
      const expression = `${'#root.event.target.?['.repeat(4)}type eq 'User'${'].size()>0'.repeat(4)}`
      const filter = { type: 'EXPRESSION_LANGUAGE', eventFilterMap: [{ event: add, condition: { expression } }] }
      const { t, id } = await listening({ events: { type: 'EVENT_TYPE', items: [add], filter } })
      const target = { id: '00u1', type: 'User', alternateId: 'a', displayName: 'A' }
      for (const length of [40, 2]) {
        t.org.log(undefined, { eventType: add, displayMessage: 'x', targets: Array.from({ length }, () => target) })
      }
      await t.org.deliveries.settled()
      expect(server.arrived.map(({ json }) => json.data.events[0].target.length)).toEqual([2])
      expect([...t.org.events.read()].at(-1)).toMatchObject({
        eventType: 'event_hook.delivery',
        result: 'FAILURE',
        reason: `The filter for ${add} cannot be evaluated, and the event was not sent: working it out takes more than 1000000 steps.`,
        targets: [{ id }],
      })
    })

    test.each([
      [500, 2],
      [404, 1],
      [302, 1],
    ])('status %i: %i calls, and the System Log says that the events are lost', async (status, calls) => {
      const { t, id } = await listening()
      server.respond = () => ({ status, headers: { location: '/elsewhere' } })
      await makeUser(t)
      await t.org.deliveries.settled()
      expect(server.arrived).toHaveLength(calls)
      expect([...t.org.events.read()].at(-1)).toMatchObject({
        eventType: 'event_hook.delivery',
        result: 'FAILURE',
        reason: `The endpoint answered with status ${status}.`,
        targets: [{ id }],
      })
      // Later events are tried again.
      server.respond = verifying
      await makeUser(t, 'b@example.com')
      await t.org.deliveries.settled()
      expect(server.arrived).toHaveLength(calls + 1)
    })

    test('a server that is silent is given up after twice three seconds', async () => {
      const waits: (() => void)[] = []
      const sleep: Sleep = (_, signal) =>
        new Promise((resolve) => {
          waits.push(resolve)
          signal?.addEventListener('abort', () => resolve())
        })
      const { t } = await listening({}, { sleep })
      server.respond = () => 'hang'
      const before = waits.length
      await makeUser(t)
      for (const round of [1, 2]) {
        await server.count(round)
        expect(waits).toHaveLength(before + round)
        waits.at(-1)!()
      }
      await t.org.deliveries.settled()
      expect([...t.org.events.read()].at(-1)).toMatchObject({
        eventType: 'event_hook.delivery',
        reason: 'The endpoint could not be called: no answer within 3 seconds.',
      })
    })

    test('after so many events in 24 hours no more are told, and those of that time never', async () => {
      const { t } = await listening({}, { settings: { eventHooks: { mostADay: 2 } } })
      const second = await t.call(`POST ${HOOKS}`, hook({ name: 'B', channel: channel(server.url) }))
      await t.call(`POST ${HOOKS}/${second.json.id}/lifecycle/verify`)
      server.arrived.length = 0
      const tell = async (login: string) => {
        await makeUser(t, login)
        await t.org.deliveries.settled()
        return server.arrived.splice(0).length
      }
      expect(await tell('a@example.com')).toBe(2)
      t.clock.advance(24 * 3600 - 1)
      expect(await tell('b@example.com')).toBe(2)
      expect(await tell('c@example.com')).toBe(0)
      t.clock.advance(1)
      expect(await tell('d@example.com')).toBe(2)
    })

    test('events that a filter holds back do not count', async () => {
      const expression = 'event.target.?[alternateId == "b@example.com"].size() > 0'
      const filter = {
        type: 'EXPRESSION_LANGUAGE',
        eventFilterMap: [{ event: 'user.lifecycle.create', condition: { expression } }],
      }
      const { t } = await listening({ events: { ...users, filter } }, { settings: { eventHooks: { mostADay: 1 } } })
      await makeUser(t, 'a@example.com')
      await makeUser(t, 'b@example.com')
      await t.org.deliveries.settled()
      expect(server.arrived).toHaveLength(1)
    })

    test('what waits is bounded', async () => {
      const { t } = await listening()
      server.respond = () => 'hang'
      await makeUser(t)
      await server.count(1)
      for (let n = 0; n < 1_010; n++) {
        t.org.log(undefined, { eventType: 'user.lifecycle.create', displayMessage: 'Create Okta user' })
      }
      server.respond = verifying
      t.org.outgoing.stop()
      await t.org.deliveries.settled()
      const sizes = server.arrived.slice(1).map(({ json }) => json.data.events.length)
      expect(sizes).toEqual(Array(10).fill(100))
      expect([...t.org.events.read()].filter((event) => event.reason?.includes('10 of them are lost'))).toHaveLength(1)
    })

    test('going back to an earlier state ends what is under way, and hooks of the other state are told nothing', async () => {
      const t = await testOrg()
      const snapshots = await createSnapshots(t.org)
      const { json } = await t.call(`POST ${HOOKS}`, hook({ channel: channel(server.url) }))
      await t.call(`POST ${HOOKS}/${json.id}/lifecycle/verify`)
      const withHook = await snapshots.take()
      server.arrived.length = 0
      server.respond = () => 'hang'
      await makeUser(t)
      await server.count(1)
      await snapshots.reset()
      server.respond = verifying
      await makeUser(t)
      await t.org.deliveries.settled()
      expect(server.arrived).toHaveLength(1)
      expect(eventsOf(t)).toEqual(['user.lifecycle.create'])
      await snapshots.restore(withHook)
      await makeUser(t)
      await t.org.deliveries.settled()
      expect(server.arrived).toHaveLength(2)
    })
  })
})
