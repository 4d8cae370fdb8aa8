import { describe, expect, test } from 'vitest'
import { OktaError } from './errors.ts'
import { answer, refusal, scripted, userUrl } from './layers/common-suite.ts'
import { type GuideSeat, makeOktaRequestWithRetry } from './make-okta-request-with-retry.ts'

const headers = { Authorization: 'SSWS token-of-this-test' }
/** A moment in the middle of a second, for the truncation of `int(time.time())`. */
const nowMs = 1_795_000_000_900
const nowSeconds = 1_795_000_000

function refused(reset?: string): Response {
  return refusal(429, 'E0000047', reset === undefined ? {} : { 'x-rate-limit-reset': reset })
}

/** A seat with these answers that notes what was printed and slept. Sleeping moves its clock. */
function seatWith(...answers: Parameters<typeof scripted>) {
  const { fetch, calls } = scripted(...answers)
  const slept: number[] = []
  const printed: string[] = []
  let now = nowMs
  const seat: GuideSeat = {
    fetch,
    now: () => now,
    async sleep(ms) {
      slept.push(ms / 1000)
      now += ms
    },
    print: (line) => printed.push(line),
  }
  return { seat, calls, slept, printed }
}

test('it reads and gives the JSON', async () => {
  const { seat, calls, slept, printed } = seatWith(answer(200, {}, [{ id: '00u1' }]))
  expect(await makeOktaRequestWithRetry(userUrl, headers, seat)).toEqual([{ id: '00u1' }])
  const request = new Request(...(calls[0] as [string, RequestInit]))
  expect([request.method, request.url, request.headers.get('authorization')]).toEqual([
    'GET',
    userUrl,
    headers.Authorization,
  ])
  expect([calls.length, slept, printed]).toEqual([1, [], []])
})

test('it sleeps until the reset and one second more, says so, and reads again', async () => {
  const { seat, slept, printed } = seatWith(refused(String(nowSeconds + 8)), answer())
  expect(await makeOktaRequestWithRetry(userUrl, headers, seat)).toEqual({ id: '00u1' })
  expect(slept).toEqual([9])
  expect(printed).toEqual(['Rate limited. Sleeping for 9 seconds until reset...'])
})

test.each([
  ['absent', undefined],
  ['in the past', String(nowSeconds - 30)],
  ['this very second', String(nowSeconds)],
  ['negative', '-5'],
])('a reset that is %s: 1, 2 and 4 seconds without a word, then it gives up', async (_what, reset) => {
  const { seat, calls, slept, printed } = seatWith(refused(reset))
  await expect(makeOktaRequestWithRetry(userUrl, headers, seat)).rejects.toThrow(
    /^Max retries exceeded while handling rate limits\.$/,
  )
  expect(slept).toEqual([1, 2, 4])
  expect([calls.length, printed]).toEqual([3, []])
})

test('the wait after the third refusal is waited as well', async () => {
  const far = (now: number) => String(nowSeconds + now)
  const { seat, calls, slept } = seatWith(refused(far(5)), refused(far(5)), refused(far(70)))
  await expect(makeOktaRequestWithRetry(userUrl, headers, seat)).rejects.toThrow('Max retries exceeded')
  // The second one finds its reset in the past: 6 s have gone by. 2 ** 1.
  expect(slept).toEqual([6, 2, 63])
  expect(calls).toHaveLength(3)
})

describe('the reset is read as int() reads it', () => {
  const at = String(nowSeconds + 3)
  test.each([`+${at}`, ` ${at} `, `000${at}`, '1_795_000_003'])('%j is a number', async (reset) => {
    const { seat, slept } = seatWith(refused(reset), answer())
    await makeOktaRequestWithRetry(userUrl, headers, seat)
    expect(slept).toEqual([4])
  })

  test.each(['soon', '', '1795000003.5', '0x10', '1e9', '1__0', '_1', '1795000003, 1795000003'])(
    '%j raises',
    async (reset) => {
      const { seat, slept } = seatWith(refused(reset))
      await expect(makeOktaRequestWithRetry(userUrl, headers, seat)).rejects.toThrow(
        `invalid literal for int() with base 10: '${reset}'`,
      )
      expect(slept).toEqual([])
    },
  )
})

test.each([
  [401, 'E0000011'],
  [403, 'E0000006'],
  [500, 'E0000009'],
])('a %s is raised at once, with its code', async (status, code) => {
  const { seat, calls, slept } = seatWith(refusal(status, code))
  const error = await makeOktaRequestWithRetry(userUrl, headers, seat).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(OktaError)
  expect(error).toMatchObject({ status, code })
  expect(String(error)).not.toContain('token-of-this-test')
  expect([calls.length, slept]).toEqual([1, []])
})

test('what is no JSON, and what gives no answer, is thrown', async () => {
  const page = seatWith(new Response('<html>', { status: 200 }))
  await expect(makeOktaRequestWithRetry(userUrl, headers, page.seat)).rejects.toThrow(SyntaxError)
  const broken = seatWith(new TypeError('fetch failed'))
  await expect(makeOktaRequestWithRetry(userUrl, headers, broken.seat)).rejects.toThrow('fetch failed')
  expect(broken.calls).toHaveLength(1)
})
