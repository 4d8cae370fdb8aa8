import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import type { LedgerEntry } from './ledger.ts'
import { renderEntries, showEntry } from './ledger-view.ts'

/** An exchange with a secret in each of its parts, and how often its answer was looked at. */
function exchange() {
  let looks = 0
  const entry: LedgerEntry = {
    id: 'r1',
    at: 0,
    method: 'POST',
    target: '/api/v1/authn?token=target-secret',
    requestHeaders: { authorization: 'SSWS header-secret' },
    requestBody: Buffer.from('{"password":"request-secret"}'),
    operation: 'signIn',
    callerId: undefined,
    status: 200,
    responseHeaders: ['set-cookie', 'sid=cookie-secret'],
    get responseBody() {
      looks += 1
      return '{"sessionToken":"answer-secret","status":"SUCCESS"}'
    },
    cause: undefined,
  }
  return { entry, looks: () => looks }
}

test('hides secrets in what is read, when it is read, and once', () => {
  const { entry, looks } = exchange()
  expect(showEntry(entry).response.status).toBe(200)
  expect(showEntry(entry).cause).toBeNull()
  expect(looks()).toBe(0)
  const { body } = showEntry(entry).response
  expect(body).toContain('"status":"SUCCESS"')
  expect(looks()).toBe(1)
  expect(showEntry(entry).response.body).toBe(body)
  expect(JSON.stringify(showEntry(entry))).toContain('SUCCESS')
  expect(looks()).toBe(1)
})

test('shows no secret, however it is looked at', async () => {
  const ways: ((entry: LedgerEntry) => unknown)[] = [
    (entry) => JSON.stringify(showEntry(entry)),
    (entry) => inspect(showEntry(entry), { depth: 9, showHidden: true }),
    (entry) => inspect(showEntry(entry), { depth: 9, customInspect: false, getters: true, showHidden: true }),
    (entry) => JSON.stringify(structuredClone(showEntry(entry))),
    (entry) => JSON.stringify({ ...showEntry(entry).response, ...showEntry(entry).request }),
    async (entry) => inspect(await renderEntries([entry]), { depth: 9, showHidden: true }),
  ]
  for (const way of ways) {
    const shown = String(await way(exchange().entry))
    expect(shown).toContain('hidden')
    expect(shown).not.toContain('-secret')
  }
  expect(inspect(showEntry(exchange().entry), { depth: 9 })).toContain("method: 'POST'")
})
