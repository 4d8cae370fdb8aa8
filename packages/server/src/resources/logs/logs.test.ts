import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import type { LogEntry } from '../../log/event.ts'
import { sessionName } from '../../log/session-name.ts'
import { type Called, type TestOrg, testOrg } from '../../testing.ts'

const DAY = 24 * 60 * 60
const at = (seconds: number) => new Date(Date.UTC(2026, 10, 20, 10) + seconds * 1000).toISOString()

let t: TestOrg
beforeEach(async () => {
  t = await testOrg()
  t.clock.freeze(true)
})

const write = (...names: string[]) => {
  for (const eventType of names) t.org.log(undefined, { eventType, displayMessage: `about ${eventType}` })
}
const entry = (e: Partial<LogEntry>) => t.org.log(undefined, { eventType: 'x.y', displayMessage: 'x', ...e })
const read = (query: Record<string, string | number> = {}) =>
  t.call(
    `GET /api/v1/logs?${new URLSearchParams(Object.entries(query).map(([k, v]): [string, string] => [k, String(v)]))}`,
  )
const types = (answer: Called): string[] => {
  expect(answer.status).toBe(200)
  return answer.json.map((event: { eventType: string }) => event.eventType)
}
const link = (answer: Called, rel: string): URL | undefined => {
  const found = new RegExp(`<([^>]+)>; rel="${rel}"`).exec(answer.headers.get('link') ?? '')
  return found ? new URL(found[1]!) : undefined
}
const follow = (answer: Called) => {
  const url = link(answer, 'next')!
  return t.call(`GET ${url.pathname}${url.search}`)
}

describe('polling', () => {
  test('shows what happened, oldest first, with the caller and the request of each event', async () => {
    const made = await t.call(
      'POST /api/v1/groups',
      { profile: { name: 'Engineers' } },
      { headers: { 'user-agent': 'curl/8' } },
    )
    const answer = await read()
    expect(types(answer)).toEqual(['group.lifecycle.create'])
    expect(answer.json[0]).toMatchObject({
      actor: { id: t.adminId, type: 'User', alternateId: 'admin@example.com', displayName: 'Test Admin' },
      client: { userAgent: { rawUserAgent: 'curl/8', browser: 'UNKNOWN' }, ipAddress: '127.0.0.1' },
      transaction: { type: 'WEB', id: made.headers.get('x-okta-request-id') },
      debugContext: { debugData: { requestUri: '/api/v1/groups', requestId: made.headers.get('x-okta-request-id') } },
      target: [{ id: made.json.id, type: 'UserGroup', displayName: 'Engineers' }],
    })
  })

  test('always has a next link, and following it gives each event once', async () => {
    write('a.1', 'a.2', 'a.3')
    const first = await read({ limit: 2 })
    expect(types(first)).toEqual(['a.1', 'a.2'])
    const second = await follow(first)
    expect(types(second)).toEqual(['a.3'])
    const third = await follow(second)
    expect(types(third)).toEqual([])
    expect(types(await follow(third))).toEqual([])
    write('a.4')
    const fourth = await follow(third)
    expect(types(fourth)).toEqual(['a.4'])
    expect(types(await follow(fourth))).toEqual([])
  })

  test('keeps its other parameters in the next link, but not since', async () => {
    const answer = await read({ since: at(-60), limit: 5, filter: 'eventType sw "a"' })
    expect(link(answer, 'self')!.searchParams.get('since')).toBe(at(-60))
    const next = link(answer, 'next')!.searchParams
    expect([...next.keys()]).toEqual(['after', 'limit', 'filter'])
  })

  test('shows events in the order in which they were kept, also when their moments are not in order', async () => {
    write('late')
    t.clock.set(t.clock.now() - 60_000)
    write('early')
    t.clock.advance(120)
    expect(types(await read())).toEqual(['late', 'early'])
  })

  test('starts seven days back, and where since says', async () => {
    write('old')
    t.clock.advance(8 * DAY)
    write('new')
    expect(types(await read())).toEqual(['new'])
    expect(types(await read({ since: at(0) }))).toEqual(['old', 'new'])
    expect(types(await read({ since: at(1) }))).toEqual(['new'])
  })

  test('gives nothing that is older than 90 days, also behind a cursor', async () => {
    write('old', 'old.2')
    const before = await read({ limit: 1 })
    t.clock.advance(91 * DAY)
    write('new')
    // The first token has expired unused by now.
    const { token } = await t.makeAdmin('later@example.com', 'SUPER_ADMIN')
    const next = link(before, 'next')!
    expect(types(await t.call(`GET /api/v1/logs?since=${at(0)}`, undefined, { token }))).toEqual(['new'])
    expect(types(await t.call(`GET ${next.pathname}${next.search}`, undefined, { token }))).toEqual(['new'])
  })

  test('with limit 0 moves nothing', async () => {
    write('a')
    const none = await read({ limit: 0 })
    expect(types(none)).toEqual([])
    expect(link(none, 'next')!.searchParams.get('limit')).toBe('0')
  })

  test('a filter that finds nothing still moves the cursor on', async () => {
    write('a', 'b')
    const first = await read({ filter: 'eventType eq "c"' })
    expect(types(first)).toEqual([])
    write('c')
    expect(types(await follow(first))).toEqual(['c'])
  })
})

describe('bounded', () => {
  beforeEach(() => {
    for (const name of ['e.1', 'e.2', 'e.3', 'e.4', 'e.5']) {
      write(name)
      t.clock.advance(10)
    }
  })

  test('takes both bounds in, orders by moment, and ends', async () => {
    const answer = await read({ since: at(10), until: at(30) })
    expect(types(answer)).toEqual(['e.2', 'e.3', 'e.4'])
    expect(link(answer, 'next')).toBeUndefined()
    expect(link(answer, 'self')).toBeDefined()
  })

  test('goes page by page, both ways', async () => {
    const up = await read({ since: at(0), until: at(30), limit: 3 })
    expect(types(up)).toEqual(['e.1', 'e.2', 'e.3'])
    expect(link(up, 'next')!.searchParams.get('since')).toBe(at(0))
    const rest = await follow(up)
    expect(types(rest)).toEqual(['e.4'])
    expect(link(rest, 'next')).toBeUndefined()

    const down = await read({ since: at(10), until: at(40), limit: 2, sortOrder: 'DESCENDING' })
    expect(types(down)).toEqual(['e.5', 'e.4'])
    const more = await follow(down)
    expect(types(more)).toEqual(['e.3', 'e.2'])
    expect(link(more, 'next')).toBeUndefined()
  })

  test('descending without until is bounded by the moment of the first page', async () => {
    const first = await read({ sortOrder: 'DESCENDING', limit: 4 })
    expect(types(first)).toEqual(['e.5', 'e.4', 'e.3', 'e.2'])
    write('e.6')
    const second = await follow(first)
    expect(types(second)).toEqual(['e.1'])
    expect(link(second, 'next')).toBeUndefined()
  })

  test('orders by moment what was kept in another order', async () => {
    t.clock.set(Date.UTC(2026, 10, 20, 10) + 5_000)
    write('e.between')
    t.clock.advance(3600)
    expect(types(await read({ since: at(0), until: at(15) }))).toEqual(['e.1', 'e.between', 'e.2'])
  })

  test('is empty where since is after until, and with limit 0', async () => {
    expect(types(await read({ since: at(30), until: at(10) }))).toEqual([])
    const none = await read({ since: at(0), until: at(10), limit: 0 })
    expect(types(none)).toEqual([])
    expect(link(none, 'next')).toBeUndefined()
  })

  test('reads dates with zones, without, and without a time; an empty date is none', async () => {
    expect(types(await read({ since: '2026-11-20T11:00:30+01:00', until: '2026-11-20T10:00:40' }))).toEqual([
      'e.4',
      'e.5',
    ])
    expect(types(await read({ since: '2026-11-20', until: '2026-11-21' }))).toHaveLength(5)
    expect(types(await read({ since: '', until: '', filter: '', q: '', after: '' }))).toHaveLength(5)
  })
})

describe('filters', () => {
  test('find events by type, outcome, target, transaction and token', async () => {
    await t.call('POST /api/v1/groups', { profile: { name: 'Engineers' } })
    entry({ eventType: 'user.session.start', result: 'FAILURE', reason: 'INVALID_CREDENTIALS' })
    const tokenId = (await read()).json[0].transaction.detail.requestApiTokenId
    const found = async (filter: string) => types(await read({ filter }))
    expect(tokenId).toMatch(/^00T/)
    expect(await found(`transaction.detail.requestApiTokenId eq "${tokenId}"`)).toEqual(['group.lifecycle.create'])
    expect(await found('eventType eq "user.session.start" and outcome.result eq "FAILURE"')).toEqual([
      'user.session.start',
    ])
    expect(await found('eventType co "session"')).toEqual(['user.session.start'])
    expect(await found('eventType ew "create"')).toEqual(['group.lifecycle.create'])
    expect(await found(`actor.id ne "${t.adminId}"`)).toEqual(['user.session.start'])
    expect(await found('target.displayName eq "engineers"')).toEqual(['group.lifecycle.create'])
    expect(await found('not (target.id pr)')).toEqual(['user.session.start'])
    expect(await found('debugContext.debugData.requestUri eq "/api/v1/groups"')).toEqual(['group.lifecycle.create'])
    expect(await found('legacyEventType eq "core.user_auth.login_failed"')).toEqual(['user.session.start'])
    expect(await found('displayMessage eq "x" or eventType pr')).toHaveLength(2)
  })

  test('and q go together', async () => {
    entry({
      displayMessage: 'User login to Okta',
      actor: { id: '1', type: 'User', alternateId: 'jane@x.org', displayName: 'Jane Doe' },
    })
    entry({
      displayMessage: 'User logout from Okta',
      actor: { id: '1', type: 'User', alternateId: 'jane@x.org', displayName: 'Jane Doe' },
    })
    expect(types(await read({ q: 'jane DOE' }))).toHaveLength(2)
    expect(types(await read({ q: 'Jane logout' }))).toHaveLength(1)
    expect(types(await read({ q: 'jane', filter: 'displayMessage co "login"' }))).toHaveLength(1)
    expect(types(await read({ q: 'nobody' }))).toHaveLength(0)
  })

  test('q looks at every part of an event', async () => {
    const ua = { 'user-agent': 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:72.0) Gecko/20100101 Firefox/72.0' }
    const made = await t.call('POST /api/v1/groups', { profile: { name: 'Engineers' } }, { headers: ua })
    const [event] = (await read()).json
    entry({
      result: 'FAILURE',
      reason: 'INVALID_CREDENTIALS',
      sessionId: '102abc',
      debug: { behaviors: 'NEW_DEVICE' },
      targets: [
        { id: 'x', type: 'PolicyEntity', alternateId: 'y', displayName: 'z', detailEntry: { policyType: 'Sign' } },
      ],
    })
    const found = async (q: string) => (await read({ q })).json.length
    const ofTheFirst = [
      event.uuid,
      event.uuid.slice(0, 8),
      event.published,
      made.json.id,
      made.headers.get('x-okta-request-id'),
      event.transaction.detail.requestApiTokenId,
      'usergroup',
      'firefox',
      'computer',
      '127.0.0.1',
      '/api/v1/groups',
      'info',
      'success',
    ]
    for (const q of ofTheFirst) expect([q, await found(q)]).toEqual([q, q === 'info' || q === event.published ? 2 : 1])
    for (const q of ['invalid_credentials', sessionName('102abc'), 'new_device', 'policyentity', 'sign'])
      expect([q, await found(q)]).toEqual([q, 1])
  })
})

describe("the guide's names", () => {
  beforeEach(() => {
    entry({ eventType: 'user.session.start', result: 'FAILURE' })
    entry({ eventType: 'user.session.start' })
    entry({ eventType: 'app.oauth2.as.token.grant', result: 'FAILURE' })
    entry({ eventType: 'app.oauth2.token.grant', result: 'FAILURE' })
    entry({ eventType: 'app.oauth2.as.token.grant' })
    entry({ eventType: 'application.user_membership.remove' })
  })
  const found = async (filter: string) =>
    (await read({ filter })).json.map(
      (e: { eventType: string; outcome: { result: string } }) => `${e.eventType} ${e.outcome.result}`,
    )

  test.each([
    ['eventType eq "core.user_auth.login_failed"', ['user.session.start FAILURE']],
    [
      'eventType eq "oauth2.token.grant.reject"',
      ['app.oauth2.as.token.grant FAILURE', 'app.oauth2.token.grant FAILURE'],
    ],
    ['eventType eq "app.generic.unassign_user"', ['application.user_membership.remove SUCCESS']],
    [
      'eventType eq "core.user_auth.login_failed" or eventType eq "app.generic.unassign_user"',
      ['user.session.start FAILURE', 'application.user_membership.remove SUCCESS'],
    ],
  ])("find today's events in the reference contract: %s", async (filter, expected) => {
    expect(await found(filter)).toEqual(expected)
    t.org.changeSettings({ contract: 'current' })
    expect(await found(filter)).toEqual([])
  })

  test('leave out the same events with ne', async () => {
    expect(await found('eventType ne "core.user_auth.login_failed"')).toHaveLength(5)
    t.org.changeSettings({ contract: 'current' })
    expect(await found('eventType ne "core.user_auth.login_failed"')).toHaveLength(6)
  })

  test('api.token.invalid is written for a wrong token, in the reference contract', async () => {
    await t.call('GET /api/v1/groups', undefined, { token: '00wrong' })
    expect(await found('eventType eq "api.token.invalid"')).toEqual(['api.token.invalid FAILURE'])
    t.org.changeSettings({ contract: 'current' })
    await t.call('GET /api/v1/groups', undefined, { token: '00wrong' })
    expect(await found('eventType eq "api.token.invalid"')).toHaveLength(1)
  })
})

describe('refusals', () => {
  const refused = async (
    query: Record<string, string>,
    code: string,
    cause: string,
    summary: string,
    causes: readonly string[] = [],
  ) => {
    const answer = await read(query)
    expect(answer.json).toMatchObject({ errorCode: code, errorSummary: summary })
    expect(answer.json.errorCauses.map((c: { errorSummary: string }) => c.errorSummary)).toEqual(causes)
    expect(answer.status).toBe(400)
    expect(t.lastCause()).toBe(`${code}/${cause}`)
  }

  test.each(['since', 'until'])('%s that is no date', async (field) => {
    await refused(
      { [field]: 'yesterday' },
      'E0000001',
      'log-date-invalid',
      `Api validation failed: '${field}': The date format in your query is not recognized. Please enter dates using ISO8601 string format. '${field}': must be a valid date-time or empty.`,
      [
        `${field}: The date format in your query is not recognized. Please enter dates using ISO8601 string format.`,
        `${field}: must be a valid date-time or empty.`,
      ],
    )
  })

  test('since of more than 180 days ago', async () => {
    await refused(
      { since: at(-180 * DAY - 1) },
      'E0000053',
      'log-since-too-old',
      'Invalid parameter: The since parameter is over 180 days prior to the current day.',
    )
    expect(types(await read({ since: at(-180 * DAY) }))).toEqual([])
  })

  test('an unknown operator, with its position', async () => {
    await refused(
      { filter: 'display_message eqq "Create okta user"' },
      'E0000053',
      'log-operator-unknown',
      `Invalid filter 'display_message eqq "Create okta user"': Unrecognized attribute operator 'eqq' at position 16. Expected: eq,co,sw,pr,gt,ge,lt,le`,
    )
  })

  test.each(['some_invalid_field', 'published', 'event_type', '__proto__'])('the field %s', async (field) => {
    await refused({ filter: `${field} eq "x"` }, 'E0000053', 'log-field-unknown', `field is not valid: ${field}`)
  })

  test.each(['debugContext.debugData.url', 'debugContext.debugData.requestUri'])('co on %s', async (field) => {
    await refused(
      { filter: `${field} co "/oauth/"` },
      'E0000031',
      'log-operator-not-supported',
      `The supplied combination of operator and field is not currently supported. Operator: co, Field: ${field}`,
    )
    expect((await read({ filter: `${field} sw "/oauth"` })).status).toBe(200)
  })

  test.each(['eventType eq "x', 'eventType eq x', '(eventType pr', 'eventType', 'a[b eq "c"]', 'and'])(
    'text that is no filter: %s',
    async (filter) => {
      const answer = await read({ filter })
      expect(answer.status).toBe(400)
      expect(answer.json.errorCode).toBe('E0000053')
      expect(answer.json.errorSummary.startsWith(`Invalid filter '${filter}': `)).toBe(true)
    },
  )

  test('q with too many words, and with one that is too long', async () => {
    await refused({ q: 'a b c d e f g h i j k' }, 'E0000001', 'value-invalid', 'Api validation failed: q', [
      'q: Freeform search cannot contain more than 10 items.',
    ])
    await refused(
      { q: `a b c d e f g h i j ${'k'.repeat(41)}` },
      'E0000001',
      'log-query-too-long',
      "Api validation failed: 'q': Freeform search cannot contain items longer than 40 characters. Please shorten the items in your search or use an advanced filter to query by specific fields.",
    )
  })

  test('limit and sortOrder outside their values', async () => {
    await refused({ limit: '1001' }, 'E0000001', 'value-invalid', 'Api validation failed: limit', [
      'limit: must be less than or equal to 1000',
    ])
    await refused({ limit: '-1' }, 'E0000001', 'value-invalid', 'Api validation failed: limit', [
      'limit: must be greater than or equal to 0',
    ])
    await refused({ sortOrder: 'UP' }, 'E0000001', 'value-invalid', 'Api validation failed: sortOrder', [
      'sortOrder: must be ASCENDING or DESCENDING',
    ])
    const answer = await read({ limit: 'ten' })
    expect(answer.json.errorCode).toBe('E0000037')
  })

  test('cursors that were made up, changed, or belong to another way of reading', async () => {
    write('a', 'b', 'c')
    const polling = link(await read({ limit: 1 }), 'next')!.searchParams.get('after')!
    const down = link(await read({ limit: 1, sortOrder: 'DESCENDING' }), 'next')!.searchParams.get('after')!
    const wrong: Record<string, string>[] = [
      { after: 'page-two' },
      { after: `${polling}x` },
      { after: polling, until: at(0) },
      { after: down },
      { after: down, until: at(0) },
    ]
    for (const query of wrong) {
      await refused(
        query,
        'E0000029',
        'cursor-unknown',
        'Invalid paging request. Ensure the pagination cursor has not been altered',
        ['Invalid cursor.'],
      )
    }
  })

  test('a cursor from before the org was put back to an earlier state', async () => {
    const before = t.org.events.snapshot()
    write('a', 'b')
    const answer = await read({})
    t.org.events.restore(before)
    const next = await follow(answer)
    expect(next.status).toBe(400)
    expect(t.lastCause()).toBe('E0000029/cursor-unknown')
  })

  test('administrators without the right to read the log', async () => {
    const helpDesk = await t.makeAdmin('help@example.com', 'HELP_DESK_ADMIN')
    expect((await t.call('GET /api/v1/logs', undefined, { token: helpDesk.token })).json.errorCode).toBe('E0000006')
    const report = await t.makeAdmin('report@example.com', 'REPORT_ADMIN')
    expect((await t.call('GET /api/v1/logs', undefined, { token: report.token })).status).toBe(200)
  })
})

test('whatever the query says, the answer is 200 or a refusal of Okta', async () => {
  await t.call('POST /api/v1/groups', { profile: { name: 'Engineers' } })
  const word = fc.constantFrom(
    ...[
      'eventType',
      'target.id',
      'published',
      'eq',
      'co',
      'pr',
      'eqq',
      'and',
      'or',
      'not',
      '(',
      ')',
      '"a"',
      '"',
      '5',
      'null',
      '\\',
      '\0',
      '[',
      '__proto__',
    ],
  )
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(word, { maxLength: 8 }).map((words) => words.join(' ')),
  )
  const names = ['since', 'until', 'after', 'filter', 'q', 'sortOrder', 'limit']
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.constantFrom(...names), text), async (query) => {
      const answer = await read(query)
      expect([200, 400]).toContain(answer.status)
      if (answer.status === 400) expect(answer.json.errorCode).toMatch(/^E00000(01|29|31|37|53)$/)
    }),
    { numRuns: 300 },
  )
})

test('a search through 100,000 events is quick, and renders only its page', async () => {
  for (let i = 0; i < 100_000; i++) {
    t.org.log(undefined, { eventType: i === 50_000 ? 'needle' : 'hay.stack', displayMessage: 'hay' })
  }
  await read({ limit: 1 })
  const started = performance.now()
  expect(types(await read({ filter: 'eventType eq "needle" and outcome.result eq "SUCCESS"' }))).toEqual(['needle'])
  // Some 15 ms here; the bound only notices a search that renders or sorts everything.
  expect(performance.now() - started).toBeLessThan(500)
})
