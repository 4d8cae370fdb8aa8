// What does every kind of state promise? The suite that memory, and each store after it, has to pass.
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  type Collection,
  type Page,
  put,
  remove,
  type Seen,
  type State,
  type Stored,
  UniqueConflict,
  VersionConflict,
  type Write,
} from './state.ts'

interface Pet {
  name: string
  /** Unique, where there is one. */
  chip?: string
  /** Found under each of them. */
  tags?: readonly string[]
}

const pets: Collection<Pet> = {
  name: 'pet',
  unique: (pet) => (pet.chip === undefined ? [] : [`chip:${pet.chip}`]),
  indexes: { name: (pet) => (pet.name === '' ? undefined : pet.name), tag: (pet) => pet.tags ?? [] },
}
const owners: Collection<Pet> = { ...pets, name: 'owner' }
const plain: Collection<number> = { name: 'plain' }

const idsOf = (rows: readonly Stored<unknown>[]) => rows.map((row) => row.id)

/** Runs the suite on a kind of state; `make` gives an empty one. */
export function stateContract(name: string, make: () => State | Promise<State>): void {
  describe(`${name} keeps the promises of a state`, () => {
    let state: State
    beforeEach(async () => {
      state = await make()
    })
    const loaded = async (id: string) => (await state.load(pets, id))!
    const add = (id: string, value: Pet) => state.change([put(pets, id, value)])
    /** Everything that can be seen of it. */
    const seen = async () => ({
      pets: await state.scan(pets),
      owners: await state.scan(owners),
      counts: [await state.count(pets as Collection<never>), await state.count(owners as Collection<never>)],
      holders: await Promise.all(['1', '2', '3'].map((chip) => state.holder(pets, `chip:${chip}`))),
      names: await Promise.all(['a', 'b', 'c'].map((key) => state.find(pets, 'name', key))),
      tags: await Promise.all(['x', 'y', 'z'].map((key) => state.find(pets, 'tag', key))),
    })

    describe('versions', () => {
      test('what was never put is not there', async () => {
        expect(await state.load(pets, 'p1')).toBeUndefined()
        expect(await state.scan(pets)).toEqual([])
        expect(await state.count(pets as Collection<never>)).toBe(0)
      })

      test('each write gives a version that was never used before', async () => {
        const versions: number[] = []
        await add('p1', { name: 'a' })
        versions.push((await loaded('p1')).version)
        await state.change([put(pets, 'p1', { name: 'b' }, await loaded('p1'))])
        versions.push((await loaded('p1')).version)
        await state.change([remove(pets, await loaded('p1'))])
        await add('p1', { name: 'c' })
        versions.push((await loaded('p1')).version)
        expect(new Set(versions).size).toBe(3)
        expect(versions.every((version) => version > 0)).toBe(true)
        expect((await loaded('p1')).value).toEqual({ name: 'c' })
      })

      test('a writer who has not seen the newest version is refused', async () => {
        await add('p1', { name: 'a' })
        const old = await loaded('p1')
        await state.change([put(pets, 'p1', { name: 'b' }, old)])
        const stale = [
          put(pets, 'p1', { name: 'c' }, old),
          put(pets, 'p1', { name: 'c' }),
          remove(pets, old),
          put(pets, 'p2', { name: 'c' }, old),
          remove(pets, { ...old, id: 'p3' }),
        ]
        for (const write of stale) {
          const error = await state.change([write]).catch((e: unknown) => e)
          expect(error).toBeInstanceOf(VersionConflict)
          expect(error).toMatchObject({ collection: 'pet', id: write.id })
        }
        expect((await loaded('p1')).value).toEqual({ name: 'b' })
        expect(await state.count(pets as Collection<never>)).toBe(1)
      })

      test('of two who write at the same moment one wins', async () => {
        await add('p1', { name: 'a' })
        const row = await loaded('p1')
        const ends = await Promise.allSettled(['b', 'c'].map((name) => state.change([put(pets, 'p1', { name }, row)])))
        expect(ends.map((end) => end.status).sort()).toEqual(['fulfilled', 'rejected'])
      })

      test('a change names a thing once', async () => {
        const twice = state.change([put(pets, 'p1', { name: 'a' }), put(pets, 'p1', { name: 'b' })])
        await expect(twice).rejects.toThrow('twice')
        expect(await state.load(pets, 'p1')).toBeUndefined()
      })
    })

    describe('unique keys', () => {
      test('find their holder, until it lets go of them', async () => {
        await add('p1', { name: 'a', chip: '1' })
        expect((await state.holder(pets, 'chip:1'))?.id).toBe('p1')
        await state.change([put(pets, 'p1', { name: 'a', chip: '2' }, await loaded('p1'))])
        expect(await state.holder(pets, 'chip:1')).toBeUndefined()
        expect((await state.holder(pets, 'chip:2'))?.value).toEqual({ name: 'a', chip: '2' })
        await state.change([remove(pets, await loaded('p1'))])
        expect(await state.holder(pets, 'chip:2')).toBeUndefined()
      })

      test('cannot be held twice, whether taken before or in the same change', async () => {
        await add('p1', { name: 'a', chip: '1' })
        const error = await add('p2', { name: 'b', chip: '1' }).catch((e: unknown) => e)
        expect(error).toBeInstanceOf(UniqueConflict)
        expect(error).toMatchObject({ collection: 'pet', key: 'chip:1', heldBy: 'p1' })
        const both = [put(pets, 'p3', { name: 'c', chip: '3' }), put(pets, 'p4', { name: 'd', chip: '3' })]
        await expect(state.change(both)).rejects.toBeInstanceOf(UniqueConflict)
        await expect(state.change(both.toReversed())).rejects.toBeInstanceOf(UniqueConflict)
        expect(idsOf(await state.scan(pets))).toEqual(['p1'])
      })

      test('are kept by their holder and may change hands within one change', async () => {
        await add('p1', { name: 'a', chip: '1' })
        await state.change([put(pets, 'p1', { name: 'b', chip: '1' }, await loaded('p1'))])
        await add('p2', { name: 'c', chip: '2' })
        await state.change([
          put(pets, 'p1', { name: 'b', chip: '2' }, await loaded('p1')),
          put(pets, 'p2', { name: 'c', chip: '1' }, await loaded('p2')),
        ])
        expect((await state.holder(pets, 'chip:1'))?.id).toBe('p2')
        expect((await state.holder(pets, 'chip:2'))?.id).toBe('p1')
        await state.change([remove(pets, await loaded('p1')), put(pets, 'p3', { name: 'd', chip: '2' })])
        expect((await state.holder(pets, 'chip:2'))?.id).toBe('p3')
      })

      test('belong to one collection', async () => {
        await state.change([put(pets, 'p1', { name: 'a', chip: '1' }), put(owners, 'p1', { name: 'b', chip: '1' })])
        expect((await state.holder(owners, 'chip:1'))?.value.name).toBe('b')
        expect(await state.holder(plain, 'chip:1')).toBeUndefined()
      })
    })

    describe('a change', () => {
      test('happens whole or not at all', async () => {
        await add('p1', { name: 'a', chip: '1', tags: ['x'] })
        await add('p2', { name: 'b', chip: '2', tags: ['y'] })
        const before = await seen()
        const [p1, p2] = [await loaded('p1'), await loaded('p2')]
        const good: Write[] = [
          put(pets, 'p0', { name: 'c', chip: '3', tags: ['z'] }),
          put(pets, 'p1', { name: 'c', tags: ['y', 'z'] }, p1),
          remove(pets, p2),
          put(owners, 'o1', { name: 'a' }),
        ]
        const bad: Write[] = [
          put(owners, 'o2', { name: 'a' }, { version: 99 }),
          remove(owners, { id: 'o3', version: 1, value: { name: 'a' } }),
          put(pets, 'p9', { name: 'a', chip: '3' }),
        ]
        for (const write of bad) {
          for (const writes of [
            [...good, write],
            [write, ...good],
          ]) {
            await expect(state.change(writes)).rejects.toThrow()
            expect(await seen()).toEqual(before)
          }
        }
        await state.change(good)
        expect(idsOf(await state.scan(pets))).toEqual(['p0', 'p1'])
      })

      test('of nothing is no fault', async () => {
        await state.change([])
        expect(await state.count(pets as Collection<never>)).toBe(0)
      })
    })

    describe('what was seen', () => {
      const any = <T>(collection: Collection<T>) => collection as Collection<never>
      const drop = async (id: string) => state.change([remove(pets, await loaded(id))])
      const list = async (key: string): Promise<Seen> => {
        return { list: any(pets), index: 'tag', key, rows: await state.find(pets, 'tag', key) }
      }
      const page = { after: 'p1', limit: 2 }
      const late = put(owners, 'o9', { name: 'late' })
      beforeEach(async () => {
        for (const id of ['p1', 'p2', 'p3']) await add(id, { name: 'a', chip: id, tags: ['x'] })
      })
      const cases: [string, () => Seen | Promise<Seen>, () => Promise<void>][] = [
        ['a thing is there', () => ({ load: any(pets), id: 'p1', there: true }), () => drop('p1')],
        ['a thing is not there', () => ({ load: any(pets), id: 'p4', there: false }), () => add('p4', { name: 'b' })],
        ['a key has its holder', () => ({ holder: any(pets), key: 'chip:p1', id: 'p1' }), () => drop('p1')],
        [
          'a key is free',
          () => ({ holder: any(pets), key: 'chip:p4', id: undefined }),
          () => add('p4', { name: 'b', chip: 'p4' }),
        ],
        ['an index has these', () => list('x'), () => drop('p3')],
        ['an index has no more', () => list('x'), () => add('p4', { name: 'b', tags: ['x'] })],
        ['an index has nothing', () => list('y'), () => add('p4', { name: 'b', tags: ['y'] })],
        [
          'an index has them in these versions',
          () => list('x'),
          async () => state.change([put(pets, 'p3', { name: 'b', tags: ['x'] }, await loaded('p3'))]),
        ],
        [
          'a page has these',
          async () => ({ list: any(pets), page, rows: await state.scan(pets, page) }),
          () => drop('p2'),
        ],
        ['there are so many', () => ({ count: any(pets), number: 3 }), () => add('p4', { name: 'b' })],
        [
          'there are so many of a kind',
          () => ({ count: any(pets), index: 'tag', key: 'x', number: 3 }),
          () => drop('p1'),
        ],
      ]

      test.each(cases)('%s: a change that rests on it fails when it is over', async (_says, look, end) => {
        const seen = await look()
        await state.change([put(owners, 'o1', { name: 'early' })], [seen])
        await end()
        const error = await state.change([late], [seen]).catch((e: unknown) => e)
        expect(error).toBeInstanceOf(VersionConflict)
        expect(error).toMatchObject({ collection: 'pet' })
        expect(idsOf(await state.scan(owners))).toEqual(['o1'])
      })

      test.each(cases)('%s: what has to do with others does no harm', async (_says, look) => {
        const seen = await look()
        await state.change([put(owners, 'p4', { name: 'a', chip: 'p4', tags: ['x', 'y'] })])
        await state.change([late], [seen])
        expect((await state.load(owners, 'o9'))?.value.name).toBe('late')
      })

      test('counts for a loaded thing in any version', async () => {
        await state.change([put(pets, 'p1', { name: 'z' }, await loaded('p1'))])
        await state.change([late], [{ load: any(pets), id: 'p1', there: true }])
        expect(await state.load(owners, 'o9')).toBeDefined()
      })

      test('is looked at after the versions of what is written', async () => {
        const old = await loaded('p1')
        await state.change([put(pets, 'p1', { name: 'b' }, old)])
        const change = state.change([put(pets, 'p1', { name: 'c' }, old)], [{ count: any(owners), number: 7 }])
        await expect(change).rejects.toMatchObject({ collection: 'pet', id: 'p1' })
      })
    })

    describe('order', () => {
      beforeEach(async () => {
        for (const id of ['b', 'Z', 'a', 'ab', 'B', '__proto__']) await add(id, { name: 'n', tags: ['x'] })
      })
      const order = ['B', 'Z', '__proto__', 'a', 'ab', 'b']
      const cases: [Page | undefined, string[]][] = [
        [undefined, order],
        [{}, order],
        [{ limit: 2 }, ['B', 'Z']],
        [{ limit: 0 }, []],
        [{ limit: 99 }, order],
        [{ after: 'Z' }, order.slice(2)],
        [{ after: 'Z', limit: 2 }, ['__proto__', 'a']],
        [{ after: 'aa' }, ['ab', 'b']],
        [{ after: '' }, order],
        [{ after: 'zzz' }, []],
        [{ after: 'b' }, []],
      ]

      test.each(cases)('is that of ids, in a scan and in an index: %j', async (page, expected) => {
        expect(idsOf(await state.scan(pets, page))).toEqual(expected)
        expect(idsOf(await state.find(pets, 'name', 'n', page))).toEqual(expected)
        expect(idsOf(await state.find(pets, 'tag', 'x', page))).toEqual(expected)
      })

      test('goes on after a thing that is gone', async () => {
        await state.change([remove(pets, await loaded('a'))])
        expect(idsOf(await state.scan(pets, { after: 'a', limit: 1 }))).toEqual(['ab'])
        expect(idsOf(await state.find(pets, 'name', 'n', { after: 'a', limit: 1 }))).toEqual(['ab'])
      })
    })

    describe('indexes', () => {
      test.each([true, false])('follow what is put and removed (asked before: %s)', async (askedBefore) => {
        if (askedBefore) {
          await state.find(pets, 'name', 'a')
          await state.count(pets as Collection<never>, 'tag', 'x')
        }
        await add('p1', { name: 'a', tags: ['x', 'y', 'x'] })
        await add('p2', { name: 'a', tags: ['y'] })
        await add('p3', { name: '' })
        expect(idsOf(await state.find(pets, 'name', 'a'))).toEqual(['p1', 'p2'])
        expect(idsOf(await state.find(pets, 'tag', 'x'))).toEqual(['p1'])
        expect(idsOf(await state.find(pets, 'tag', 'y'))).toEqual(['p1', 'p2'])
        expect(await state.find(pets, 'name', '')).toEqual([])
        await state.change([put(pets, 'p1', { name: 'b', tags: ['z'] }, await loaded('p1'))])
        expect(idsOf(await state.find(pets, 'name', 'a'))).toEqual(['p2'])
        expect(idsOf(await state.find(pets, 'tag', 'x'))).toEqual([])
        expect((await state.find(pets, 'tag', 'z'))[0]?.value.name).toBe('b')
        await state.change([remove(pets, await loaded('p2'))])
        expect(await state.find(pets, 'name', 'a')).toEqual([])
        expect(await state.count(pets as Collection<never>, 'tag', 'y')).toBe(0)
        expect(await state.count(pets as Collection<never>, 'tag', 'z')).toBe(1)
      })

      test('say without waiting that there is certainly nothing', async () => {
        const lacks = (index?: string, key?: string) => state.lacks(pets as Collection<never>, index, key)
        const before = [lacks(), lacks('tag', 'x')]
        await add('p1', { name: 'a', tags: ['x'] })
        expect([lacks(), lacks('tag', 'x')]).toEqual([false, false])
        // Who would have to ask never says so.
        if (before[0]) expect([...before, lacks('tag', 'y')]).toEqual([true, true, true])
        await state.change([remove(pets, await loaded('p1'))])
        expect([lacks(), lacks('tag', 'x')]).toEqual(before)
      })

      test('that nobody declared are a mistake of the program', async () => {
        await add('p1', { name: 'a' })
        await expect(state.find(pets, 'colour', 'red')).rejects.toThrow('colour')
      })

      test('have keys of any text', async () => {
        const keys = ['__proto__', 'constructor', '', '\0', 'ü', '😀']
        for (const [i, key] of keys.entries()) await add(`p${i}`, { name: `n${i}`, tags: [key] })
        for (const [i, key] of keys.entries()) expect(idsOf(await state.find(pets, 'tag', key))).toEqual([`p${i}`])
      })
    })

    describe('snapshots', () => {
      test('bring back everything: rows, order, keys and indexes', async () => {
        await add('p1', { name: 'a', chip: '1', tags: ['x'] })
        await add('p2', { name: 'b', chip: '2' })
        const before = await seen()
        const snapshot = await state.snapshot()
        await state.change([
          remove(pets, await loaded('p1')),
          put(pets, 'p2', { name: 'c', chip: '1', tags: ['y'] }, await loaded('p2')),
          put(pets, 'p0', { name: 'a', chip: '3' }),
          put(owners, 'o1', { name: 'a' }),
        ])
        for (let times = 0; times < 2; times++) {
          await state.restore(snapshot)
          expect(await seen()).toEqual(before)
          await add('p3', { name: 'a', chip: '3', tags: ['x'] })
          expect(idsOf(await state.find(pets, 'tag', 'x'))).toEqual(['p1', 'p3'])
        }
      })

      test('do not make a version valid again that was given out since', async () => {
        const snapshot = await state.snapshot()
        await add('p1', { name: 'a' })
        const gone = await loaded('p1')
        await state.restore(snapshot)
        await add('p1', { name: 'b' })
        await expect(state.change([put(pets, 'p1', { name: 'c' }, gone)])).rejects.toBeInstanceOf(VersionConflict)
      })
    })

    describe('nothing is shared', () => {
      test('between two states', async () => {
        const other = await make()
        await add('p1', { name: 'a', chip: '1' })
        expect(await other.load(pets, 'p1')).toBeUndefined()
        await other.change([put(pets, 'p1', { name: 'b', chip: '1' })])
        expect((await loaded('p1')).value.name).toBe('a')
      })

      test('between a state and the lists that it gave', async () => {
        await add('p1', { name: 'a', tags: ['x'] })
        ;(await state.scan(pets)).length = 0
        ;(await state.find(pets, 'tag', 'x')).length = 0
        expect(idsOf(await state.scan(pets))).toEqual(['p1'])
        expect(idsOf(await state.find(pets, 'tag', 'x'))).toEqual(['p1'])
      })

      test('between a version that was read and those that follow', async () => {
        await add('p1', { name: 'a' })
        const row = await loaded('p1')
        await state.change([put(pets, 'p1', { name: 'b' }, row)])
        expect(row.value).toEqual({ name: 'a' })
      })
    })

    test('behaves as a plain list of rows, whatever is done with it', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
          await compareWithModel(await make(), steps)
        }),
        { numRuns: 200 },
      )
    })
  })
}

type ModelRow = { id: string; version: number; value: Pet }

interface ModelWrite {
  id: string
  /** Absent: remove. */
  value: Pet | undefined
  /** Does the writer know the newest version? */
  knows: boolean
}

type Step =
  | { do: 'change'; writes: ModelWrite[] }
  | { do: 'read'; after: string | undefined; limit: number | undefined }
  | { do: 'snapshot' }
  | { do: 'restore' }

const few = (...texts: string[]) => fc.constantFrom(...texts)
const pet: fc.Arbitrary<Pet> = fc.record({
  name: few('a', 'b', ''),
  chip: fc.option(few('1', '2', '3'), { nil: undefined }),
  tags: fc.option(fc.array(few('x', 'y'), { maxLength: 3 }), { nil: undefined }),
})
const write: fc.Arbitrary<ModelWrite> = fc.record({
  id: few('p1', 'p2', 'p3', 'p4', 'p5'),
  value: fc.option(pet, { nil: undefined, freq: 4 }),
  knows: fc.nat(9).map((n) => n > 0),
})
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('change' as const), writes: fc.array(write, { maxLength: 3 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('read' as const),
      after: fc.option(few('p1', 'p25', 'p3', 'p9'), { nil: undefined }),
      limit: fc.option(fc.nat(4), { nil: undefined }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'snapshot' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'restore' as const }) },
)

async function compareWithModel(state: State, steps: readonly Step[]): Promise<void> {
  let rows: ModelRow[] = []
  let kept: { rows: ModelRow[]; snapshot: unknown } | undefined
  for (const step of steps) {
    if (step.do === 'snapshot') kept = { rows, snapshot: await state.snapshot() }
    else if (step.do === 'restore') {
      if (!kept) continue
      await state.restore(kept.snapshot)
      rows = kept.rows
    } else if (step.do === 'read') await compareReads(state, rows, step)
    else {
      const expected = changed(rows, step.writes)
      const writes = step.writes.map(({ id, value, knows }): Write => {
        const version = knows ? (rows.find((row) => row.id === id)?.version ?? 0) : 1e9
        return value ? put(pets, id, value, { version }) : remove(pets, { id, version, value: { name: '' } })
      })
      const end = await state.change(writes).then(
        () => 'done',
        () => 'refused',
      )
      expect(end).toBe(expected ? 'done' : 'refused')
      if (expected)
        rows = await Promise.all(
          expected.map(async (row) => ({ ...row, version: (await state.load(pets, row.id))!.version })),
        )
    }
  }
  await compareReads(state, rows, {})
}

/** The rows after a change; undefined when it must be refused. */
function changed(rows: readonly ModelRow[], writes: readonly ModelWrite[]): ModelRow[] | undefined {
  if (new Set(writes.map(({ id }) => id)).size < writes.length) return undefined
  const result = new Map(rows.map((row) => [row.id, row]))
  for (const { id, value, knows } of writes) {
    if (!knows || (!value && !result.has(id))) return undefined
    if (value) result.set(id, { id, version: 0, value })
    else result.delete(id)
  }
  const chips = [...result.values()].flatMap((row) => row.value.chip ?? [])
  if (new Set(chips).size < chips.length) return undefined
  return [...result.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

async function compareReads(state: State, rows: readonly ModelRow[], page: Page): Promise<void> {
  const cut = (found: readonly ModelRow[]) =>
    found.filter((row) => page.after === undefined || row.id > page.after).slice(0, page.limit)
  expect(await state.scan(pets, page)).toEqual(cut(rows))
  expect(await state.count(pets as Collection<never>)).toBe(rows.length)
  for (const key of ['a', 'b', '']) {
    const named = rows.filter((row) => row.value.name === key && key !== '')
    expect(await state.find(pets, 'name', key, page)).toEqual(cut(named))
    expect(await state.count(pets as Collection<never>, 'name', key)).toBe(named.length)
  }
  for (const key of ['x', 'y']) {
    expect(await state.find(pets, 'tag', key, page)).toEqual(cut(rows.filter((row) => row.value.tags?.includes(key))))
  }
  for (const chip of ['1', '2', '3']) {
    const holder = rows.find((row) => row.value.chip === chip)
    expect(await state.holder(pets, `chip:${chip}`)).toEqual(holder)
  }
}
