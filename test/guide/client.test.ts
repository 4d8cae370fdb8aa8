// Does the guide's function, in TypeScript, work against an org as it stands in the guide? Sleeping moves the org's clock.
import { type GuideSeat, makeOktaRequestWithRetry } from '@errorg/client'
import { createOrg, type RunningOrg } from '@errorg/server'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

describe('the function of the guide', () => {
  let org: RunningOrg
  let slept: number[]
  let printed: string[]
  let seat: GuideSeat
  const headers = () => ({ Authorization: `SSWS ${org.token}` })
  const logs = '/api/v1/logs?limit=1'

  beforeEach(async () => {
    org = await createOrg({ passwordCost: 2, settings: { rateLimits: { edition: 'integrator' } } })
    // A second that ends between two lines of a test would change what it counts.
    org.clock.freeze()
    slept = []
    printed = []
    seat = {
      fetch: (input, init) => org.fetch(String(input), init),
      now: () => org.clock.now(),
      sleep: async (ms) => {
        slept.push(ms / 1000)
        await org.clock.advance(ms / 1000)
      },
      print: (line) => printed.push(line),
    }
  })
  afterEach(() => org.close())

  const useUp = async () => {
    for (let call = 0; call < 10; call++) await org.fetch(logs, { headers: headers() })
  }

  test('gives the JSON of an answer', async () => {
    expect(await makeOktaRequestWithRetry<{ id: string }>('/api/v1/users/me', headers(), seat)).toMatchObject({
      id: org.admin.id,
    })
    expect(slept).toEqual([])
  })

  test('sleeps until the window has ended and one second more, and then succeeds', async () => {
    await useUp()
    const refused = await org.fetch(logs, { headers: headers() })
    const wait = Number(refused.headers.get('x-rate-limit-reset')) - Math.floor(org.clock.now() / 1000) + 1
    expect(await makeOktaRequestWithRetry(logs, headers(), seat)).toHaveLength(1)
    expect(slept).toEqual([wait])
    expect(printed).toEqual([`Rate limited. Sleeping for ${wait} seconds until reset...`])
  })

  test('with a clock that is ahead by a minute it waits 1, 2 and 4 seconds and gives up', async () => {
    await useUp()
    seat.now = () => org.clock.now() + 61_000
    await expect(makeOktaRequestWithRetry(logs, headers(), seat)).rejects.toThrow(
      'Max retries exceeded while handling rate limits.',
    )
    expect(slept).toEqual([1, 2, 4])
    expect(printed).toEqual([])
  })

  test.each([
    ['401', 'E0000011', '/api/v1/users/me', 'SSWS 00unknown'],
    ['404', 'E0000007', '/api/v1/users/00unknown', undefined],
  ])('raises a %s at once', async (status, code, path, authorization) => {
    const call = makeOktaRequestWithRetry(path, authorization ? { authorization } : headers(), seat)
    await expect(call).rejects.toMatchObject({ status: Number(status), code })
    expect(slept).toEqual([])
  })

  test('raises what is missing to a 403', async () => {
    const { tokens } = await org.seed({
      users: [{ login: 'nobody@guide.test' }],
      tokens: [{ owner: 'nobody@guide.test', name: 'ci' }],
    })
    const call = makeOktaRequestWithRetry(logs, { Authorization: `SSWS ${tokens[0]!.value}` }, seat)
    await expect(call).rejects.toMatchObject({ status: 403, code: 'E0000006' })
  })

  test('over a socket, with nothing replaced', async () => {
    const { url } = await org.listen()
    expect(await makeOktaRequestWithRetry(`${url}/api/v1/users/me`, headers())).toMatchObject({ id: org.admin.id })
  })
})
