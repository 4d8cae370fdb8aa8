import { expect, test } from 'vitest'
import { createLedger, type LedgerEntry, responseText } from './ledger.ts'
import { testOrg } from './testing.ts'

const newest = (entries: LedgerEntry[]): LedgerEntry => entries[0]!

test('shows a list as it was sent, also after its things have changed', async () => {
  const t = await testOrg()
  const { json: group } = await t.call('POST /api/v1/groups', { profile: { name: 'Before' } })
  const { text } = await t.call('GET /api/v1/groups')
  const entry = newest(t.org.ledger.list())
  await t.call(`PUT /api/v1/groups/${group.id}`, { profile: { name: 'After' } })
  expect(text).toContain('"name":"Before"')
  expect(responseText(entry)).toBe(text)
})

test('cuts bodies at 64 kB, whether they are lists or single things', async () => {
  const t = await testOrg()
  for (let i = 0; i < 100; i++) {
    await t.call('POST /api/v1/groups', { profile: { name: `Group ${i}`, description: 'x'.repeat(1000) } })
  }
  const { text } = await t.call('GET /api/v1/groups')
  expect(text.length).toBeGreaterThan(64 * 1024)
  expect(responseText(newest(t.org.ledger.list()))).toBe(text.slice(0, 64 * 1024))

  const page = await t.call('GET /docs/reference/error-codes', undefined, { headers: { accept: 'text/html' } })
  const kept = responseText(newest(t.org.ledger.list()))
  expect(kept.length).toBeGreaterThan(8 * 1024)
  expect(kept).toBe(page.text.slice(0, 64 * 1024))
})

test('forgets the oldest first', () => {
  const ledger = createLedger(2)
  for (const id of ['a', 'b', 'c']) ledger.add({ id } as LedgerEntry)
  expect(ledger.list().map((entry) => entry.id)).toEqual(['c', 'b'])
  expect(ledger.find('a')).toBeUndefined()
  expect(ledger.find('c')?.id).toBe('c')
  ledger.clear()
  expect(ledger.list()).toEqual([])
})
