import { describe, expect, it } from 'vitest'
import { errorg, type World } from '../testing.ts'

const ORG = 'https://example.okta.com'
const TOKEN = '00SecretSecretSecretSecretSecretSecretSecr'
const env = { OKTA_API_TOKEN: TOKEN }

const event = (at: number, more: Record<string, unknown> = {}) => ({
  uuid: `e-${at}`,
  published: `2026-11-20T12:00:0${at}.000Z`,
  eventType: 'user.session.start',
  displayMessage: 'User login to Okta',
  outcome: { result: 'FAILURE', reason: 'INVALID_CREDENTIALS' },
  actor: { id: '00u1', type: 'User', alternateId: 'ada@example.com', displayName: 'Ada' },
  client: { ipAddress: '192.0.2.7' },
  target: [{ id: '0oa1', type: 'AppInstance', alternateId: 'Orders', displayName: 'Orders app' }],
  transaction: { id: 'req-1', type: 'WEB' },
  debugContext: { debugData: { requestUri: '/api/v1/authn', error_description: 'no', dtHash: 'noise' } },
  ...more,
})

/** An org that answers in the given order; what it was asked is kept. */
function org(...answers: (Response | Error | (() => Response))[]) {
  const asked: { url: URL; headers: Headers }[] = []
  const call = (async (url: string, init: RequestInit) => {
    asked.push({ url: new URL(url), headers: new Headers(init.headers) })
    const answer = answers[Math.min(asked.length, answers.length) - 1]!
    if (answer instanceof Error) throw answer
    return typeof answer === 'function' ? answer() : answer.clone()
  }) as typeof fetch
  return { asked, fetch: call }
}

const page = (events: unknown[], headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(events), { status: 200, headers })
const refusal = (status: number, errorCode: string, errorSummary: string, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify({ errorCode, errorSummary, errorCauses: [] }), { status, headers })

async function logs(args: readonly string[], answers: Parameters<typeof org>, more: World = {}) {
  const { asked, fetch } = org(...answers)
  const ran = await errorg(['logs', ...args, '--org', ORG], { env, fetch, ...more })
  return { ...ran, asked }
}

describe('logs', () => {
  it('shows when, what, how it ended and why, who, on what, from where, the request and the debug context', async () => {
    const { code, out, err, asked } = await logs([], [page([event(1)])])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toBe(
      [
        '2026-11-20T12:00:01.000Z user.session.start FAILURE INVALID_CREDENTIALS',
        '  User login to Okta',
        '  actor ada@example.com, target Orders app / Orders (AppInstance), from 192.0.2.7, request req-1',
        '  debug requestUri=/api/v1/authn, error_description=no',
        '',
      ].join('\n'),
    )
    expect(asked[0]!.url.origin + asked[0]!.url.pathname).toBe(`${ORG}/api/v1/logs`)
    expect(Object.fromEntries(asked[0]!.url.searchParams)).toEqual({ sortOrder: 'DESCENDING', limit: '100' })
    expect(asked[0]!.headers.get('authorization')).toBe(`SSWS ${TOKEN}`)
  })

  it('names a target once where label and name are the same, or one is not known', async () => {
    const target = [
      { type: 'User', alternateId: 'ada@example.com', displayName: 'ada@example.com' },
      { type: 'Token', alternateId: 'unknown', displayName: 'ci' },
    ]
    const { out } = await logs([], [page([event(1, { target })])])
    expect(out).toContain('target ada@example.com (User), ci (Token), from')
  })

  it('says of a port that fetch never calls more than fetch does', async () => {
    const { code, err } = await logs([], [new TypeError('fetch failed', { cause: new Error('bad port') })])
    expect(code).toBe(5)
    expect(err).toContain('it belongs to another service')
  })

  it('joins everything that was asked into one filter', async () => {
    const { asked } = await logs(
      [
        'eventType pr',
        '--app',
        'My "app"',
        '--actor',
        'ada@example.com',
        '--request-id',
        'req-1',
        '--since',
        '2026-11-20T00:00:00Z',
        '--limit',
        '7',
      ],
      [page([])],
    )
    expect(asked[0]!.url.searchParams.get('filter')).toBe(
      '(eventType pr) and (target.displayName eq "My \\"app\\"" or target.alternateId eq "My \\"app\\"" or (actor.type eq "PublicClientApp" and (actor.displayName eq "My \\"app\\"" or actor.alternateId eq "My \\"app\\""))) and (actor.alternateId eq "ada@example.com") and (transaction.id eq "req-1")',
    )
    expect(asked[0]!.url.searchParams.get('since')).toBe('2026-11-20T00:00:00.000Z')
    expect(asked[0]!.url.searchParams.get('limit')).toBe('7')
  })

  it('takes the first word "query" as well', async () => {
    const { asked } = await logs(['query', 'eventType pr'], [page([])])
    expect(asked[0]!.url.searchParams.get('filter')).toBe('eventType pr')
  })

  it('follows pages, newest first, prints them from old to new, and keeps to the org', async () => {
    const next = { link: `<https://elsewhere.example.com/api/v1/logs?after=x>; rel="next"` }
    const { out, err, asked } = await logs(
      ['--limit', '3', '--json'],
      [page([event(4), event(3)], next), page([event(2), event(1)], next)],
    )
    expect(JSON.parse(out)).toMatchObject({ schema: 1, events: [{ uuid: 'e-2' }, { uuid: 'e-3' }, { uuid: 'e-4' }] })
    expect(asked.map(({ url }) => url.href)).toEqual([expect.stringContaining(ORG), `${ORG}/api/v1/logs?after=x`])
    expect(err).toContain('newest 3 events')
  })

  it('says that nothing was found, and that this proves little', async () => {
    const { code, out, err } = await logs([], [page([])])
    expect({ code, out }).toEqual({ code: 0, out: '' })
    expect(err).toContain('Most refused API calls leave none')
  })

  it('runs a recipe, by its name or by the name of the guide', async () => {
    const [byName, byGuide] = [
      await logs(['--recipe', 'api-token'], [page([])]),
      await logs(['--recipe', 'api.token.invalid'], [page([])]),
    ]
    const filter = byName.asked[0]!.url.searchParams.get('filter')
    expect(filter).toContain('eventType sw "system.api_token."')
    expect(byGuide.asked[0]!.url.searchParams.get('filter')).toBe(filter)
  })

  it('says of a name of the guide what to look for today', async () => {
    const { err } = await logs(['eventType eq "oauth2.token.grant.reject"'], [page([event(1)])])
    expect(err).toContain('--recipe token-grant')
  })

  it('hides secrets, and control characters do not reach the terminal', async () => {
    const secret = event(1, {
      displayMessage: `\u001b[31mred ${TOKEN}`,
      debugContext: { debugData: { url: `/x?token=${TOKEN}` } },
    })
    const text = await logs([], [page([secret])])
    const json = await logs(['--json'], [page([secret])])
    expect(text.out + json.out).not.toContain(TOKEN)
    expect(text.out).not.toContain('\u001b')
  })

  it('takes odd events', async () => {
    const { code, out } = await logs([], [page([{}, { eventType: 7, outcome: null, target: 'x' }, null, 3])])
    expect(code).toBe(0)
    expect(out).toContain('(no outcome)')
  })
})

describe('logs: what goes wrong', () => {
  it.each<[string, Response | Error, number, string]>([
    ['a filter that is not taken', refusal(400, 'E0000053', "Invalid filter 'x'"), 2, "E0000053 Invalid filter 'x'"],
    ['a token that does not count', refusal(401, 'E0000011', 'Invalid token provided'), 4, 'OKTA_API_TOKEN'],
    ['a role that is too small', refusal(403, 'E0000006', 'You do not have permission'), 4, 'read-only administrator'],
    [
      'a limit',
      refusal(429, 'E0000047', 'x', { date: 'Fri, 20 Nov 2026 12:00:00 GMT', 'x-rate-limit-reset': '1795176020' }),
      5,
      'in 21 seconds',
    ],
    ['a redirect', new Response('', { status: 302, headers: { location: 'https://elsewhere.example.com' } }), 5, '302'],
    ['no connection', new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') }), 5, 'ECONNREFUSED'],
    ['no JSON', new Response('<html>'), 5, '200'],
  ])('%s', async (_name, answer, exit, words) => {
    const { code, out, err } = await logs([], [answer])
    expect({ code, out }).toEqual({ code: exit, out: '' })
    expect(err).toContain(words)
    expect(err).not.toContain(TOKEN)
  })

  it.each<[string, string[], World]>([
    ['no org', ['logs'], { env }],
    ['two filters', ['logs', 'a', 'b', '--org', ORG], { env }],
    ['an unknown recipe', ['logs', '--recipe', 'x', '--org', ORG], { env }],
    ['a limit that is no number', ['logs', '--limit', 'x', '--org', ORG], { env }],
    ['a limit of nothing', ['logs', '--limit', '0', '--org', ORG], { env }],
    ['a moment that is none', ['logs', '--since', 'yesterday-ish', '--org', ORG], { env }],
    ['an end for tail', ['logs', 'tail', '--until', '1h', '--org', ORG], { env }],
    ['an interval for a query', ['logs', '--interval', '1', '--org', ORG], { env }],
    ['plain http elsewhere', ['logs', '--org', 'http://example.okta.com'], { env }],
  ])('%s is refused before anything is sent', async (_name, args, world) => {
    const { asked, fetch } = org(page([]))
    expect(await errorg(args, { ...world, fetch })).toMatchObject({ code: 2, out: '' })
    expect(asked).toEqual([])
  })

  it('without a credential nothing is sent', async () => {
    const { asked, fetch } = org(page([]))
    expect(await errorg(['logs', '--org', ORG], { fetch })).toMatchObject({ code: 4 })
    expect(asked).toEqual([])
  })
})

describe('logs tail', () => {
  const date = { date: 'Fri, 20 Nov 2026 12:00:00 GMT' }
  const next = (after: string) => ({ link: `<${ORG}/api/v1/logs?after=${after}>; rel="next"` })

  /** Stops the command when so many pages were asked for. */
  function stopping(after: number, answers: Parameters<typeof org>) {
    let stop = () => {}
    const { asked, fetch } = org(...answers)
    const counted = (async (url: string, init: RequestInit) => {
      const answer = await fetch(url, init)
      if (asked.length >= after) stop()
      return answer
    }) as typeof globalThis.fetch
    return {
      asked,
      world: {
        env,
        fetch: counted,
        onStop(end: () => void) {
          stop = end
        },
      },
    }
  }

  it('begins at the present of the org, follows the next link, and ends well when it is stopped', async () => {
    const { asked, world } = stopping(4, [
      page([event(1)], date),
      page([event(2)], next('a')),
      page([event(3)], next('b')),
      page([]),
    ])
    const { code, out } = await errorg(['logs', 'tail', '--json', '--interval', '0.001', '--org', ORG], world)
    expect(code).toBe(0)
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).uuid),
    ).toEqual(['e-2', 'e-3'])
    expect(asked.map(({ url }) => url.searchParams.get('after'))).toEqual([null, null, 'a', 'b'])
    expect(Object.fromEntries(asked[1]!.url.searchParams)).toEqual({
      since: '2026-11-20T12:00:00.000Z',
      sortOrder: 'ASCENDING',
      limit: '1000',
    })
  })

  it('begins where it is told to, and goes on after a failed poll', async () => {
    const { asked, world } = stopping(3, [
      page([event(1)], next('a')),
      new TypeError('fetch failed', { cause: new Error('ECONNRESET') }),
      page([event(2)], next('b')),
    ])
    const ran = await errorg(
      ['logs', 'tail', 'eventType pr', '--since', '2026-11-20T00:00:00Z', '--interval', '0.001', '--org', ORG],
      world,
    )
    expect(ran.code).toBe(0)
    expect(ran.err).toContain('ECONNRESET')
    expect(ran.out).toContain('12:00:01')
    expect(asked[2]!.url.searchParams.get('after')).toBe('a')
  })

  it('gives up when nothing answers any more', async () => {
    const { asked, world } = stopping(99, [new TypeError('fetch failed')])
    const args = ['logs', 'tail', '--since', '1h', '--interval', '0.001', '--org', ORG]
    expect(await errorg(args, world)).toMatchObject({ code: 5, out: '' })
    expect(asked).toHaveLength(5)
  })

  it('ends when the credential does not count', async () => {
    const { world } = stopping(99, [refusal(401, 'E0000011', 'Invalid token provided')])
    expect(await errorg(['logs', 'tail', '--org', ORG], world)).toMatchObject({ code: 4 })
  })
})

describe('logs recipes', () => {
  it('lists the searches of the guide with the names of today', async () => {
    const { code, out } = await errorg(['logs', 'recipes'])
    expect(code).toBe(0)
    for (const name of [
      'core.user_auth.login_failed',
      'oauth2.token.grant.reject',
      'app.generic.unassign_user',
      'api.token.invalid',
    ])
      expect(out).toContain(`eventType eq "${name}"`)
    expect(out).toContain('application.user_membership.remove')
  })

  it('shows one, also as JSON', async () => {
    const { out } = await errorg(['logs', 'recipes', 'app.generic.unassign_user', '--json'])
    expect(JSON.parse(out)).toMatchObject({ schema: 1, recipes: [{ name: 'app-assignment' }] })
    expect(await errorg(['logs', 'recipes', 'none'])).toMatchObject({ code: 2 })
  })
})
