import { describe, expect, it } from 'vitest'
import type { Org } from '../org.ts'
import { testOrg } from '../testing.ts'
import { createShown, renderJson } from './shown.ts'

interface Thing {
  name: string
}

const rowOf = (name: string) => ({ id: `id-${name}`, version: 1, value: { name } })

function counting() {
  const calls: string[] = []
  const show = (org: Org, { id, value }: { id: string; value: Thing }) => {
    calls.push(id)
    return { id, name: value.name, self: `${org.baseUrl}/${id}` }
  }
  return { calls, show }
}

describe('what has been shown', () => {
  const org = { baseUrl: 'http://one.test' } as Org

  it('is written once while the row stays', () => {
    const shown = createShown(() => org)
    const { calls, show } = counting()
    const row = rowOf('ada')
    const first = renderJson(shown(show, row))
    expect(first).toBe('{"id":"id-ada","name":"ada","self":"http://one.test/id-ada"}')
    expect(renderJson(shown(show, row))).toBe(first)
    expect(calls).toEqual(['id-ada'])
  })

  it('is written again for a new row of the same id, for another way of showing, and for another base URL', () => {
    const moving = { baseUrl: 'http://one.test' } as Org
    const shown = createShown(() => moving)
    const { calls, show } = counting()
    const row = rowOf('ada')
    shown(show, row)
    expect(renderJson(shown(show, { ...row, version: 2, value: { name: 'Ada' } }))).toContain('"name":"Ada"')
    expect(renderJson(shown((_org, { id }) => id, row))).toBe('"id-ada"')
    moving.baseUrl = 'http://two.test'
    expect(renderJson(shown(show, row))).toContain('http://two.test/')
    expect(calls).toHaveLength(3)
  })

  it('keeps what is asked for again and forgets the rest', () => {
    const shown = createShown(() => org, 2)
    const { calls, show } = counting()
    const a = rowOf('a')
    const b = rowOf('b')
    for (const row of [a, b, rowOf('c'), a, rowOf('d'), rowOf('e')]) shown(show, row)
    expect(calls).toEqual(['id-a', 'id-b', 'id-c', 'id-d', 'id-e'])
    shown(show, a)
    shown(show, b)
    expect(calls.slice(5)).toEqual(['id-b'])
  })
})

describe('a body', () => {
  it('is the same bytes with texts as without', () => {
    const shown = createShown(() => ({ baseUrl: '' }) as Org)
    const show = (_org: Org, { id, value }: { id: string; value: Thing }) => ({ id, ...value })
    const rows = ['"quoted"', 'ünïcode', '\u2028'].map(rowOf)
    const plain = rows.map((row) => ({ id: row.id, ...row.value }))
    expect(renderJson(rows.map((row) => shown(show, row)))).toBe(JSON.stringify(plain))
    expect(renderJson(plain)).toBe(JSON.stringify(plain))
    expect(renderJson([])).toBe('[]')
    expect(renderJson(null)).toBe('null')
  })
})

describe('a changed user', () => {
  it('is shown as it is now, alone and in lists', async () => {
    const t = await testOrg()
    const profile = { firstName: 'Ada', lastName: 'Lovelace', login: 'ada@example.com', email: 'ada@example.com' }
    const { id } = (await t.call('POST /api/v1/users?activate=false', { profile })).json
    const alone = async () => (await t.call(`GET /api/v1/users/${id}`)).json.profile.lastName
    const listed = async () =>
      (await t.call('GET /api/v1/users')).json.find((user: { id: string }) => user.id === id).profile.lastName
    expect([await alone(), await listed()]).toEqual(['Lovelace', 'Lovelace'])
    await t.call(`POST /api/v1/users/${id}`, { profile: { lastName: 'King' } })
    expect([await alone(), await listed()]).toEqual(['King', 'King'])
  })
})
