// What does the server of an event hook get, and what when it does not answer?
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Sleep } from '../../faults.ts'
import { type HookServer, hookServer, verifying } from '../../hooks/testing.ts'
import type { OrgParts } from '../../org.ts'
import { createSnapshots } from '../../snapshots.ts'
import { causesOf, eventsOf, type TestOrg, testOrg } from '../../testing.ts'
import { ada, channel, HOOKS, hook, users } from './testing.ts'

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
