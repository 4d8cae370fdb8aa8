import { expect, test } from 'vitest'
import { createMemoryState } from './memory.ts'
import { type Collection, put, remove, type State, VersionConflict } from './state.ts'
import { witness } from './witness.ts'

interface Part {
  of: string
  open?: boolean
}
const wholes: Collection<string> = { name: 'whole', unique: (name) => [name] }
const parts: Collection<Part> = { name: 'part', indexes: { of: ({ of }) => of } }

async function someState(): Promise<State> {
  const state = createMemoryState()
  await state.change([put(wholes, 'w1', 'first'), put(parts, 'p1', { of: 'w1' })])
  return state
}
const addTo = (state: State, id: string) => state.change([put(parts, id, { of: 'w1' })])

test.each<[string, (state: State) => unknown, (state: State) => Promise<void>]>([
  ['load', (state) => state.load(wholes, 'w2'), (state) => state.change([put(wholes, 'w2', 'second')])],
  ['holder', (state) => state.holder(wholes, 'second'), (state) => state.change([put(wholes, 'w2', 'second')])],
  ['find', (state) => state.find(parts, 'of', 'w1'), (state) => addTo(state, 'p2')],
  ['scan', (state) => state.scan(parts), (state) => addTo(state, 'p2')],
  ['count', (state) => state.count(parts as Collection<never>), (state) => addTo(state, 'p2')],
  [
    'lacks',
    (state) => state.lacks(parts as Collection<never>, 'of', 'w9'),
    (state) => state.change([put(parts, 'p9', { of: 'w9' })]),
  ],
])('a change rests on what %s has said', async (_name, read, other) => {
  const state = await someState()
  const [mine, undisturbed] = [witness(state), witness(state)]
  await read(mine)
  await other(state)
  await read(undisturbed)
  await expect(mine.change([put(wholes, 'w7', 'mine')])).rejects.toBeInstanceOf(VersionConflict)
  await undisturbed.change([put(wholes, 'w8', 'other')])
})

test('two of which each sees room for one more do not both come in', async () => {
  const state = await someState()
  const add = async (id: string) => {
    const mine = witness(state)
    if ((await mine.count(parts as Collection<never>)) < 2) await addTo(mine, id)
  }
  const ends = await Promise.allSettled(['p2', 'p3'].map(add))
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
})

test('a part and the end of its whole do not both go through, whichever comes first', async () => {
  for (const partFirst of [true, false]) {
    const state = await someState()
    const [adds, drops] = [witness(state), witness(state)]
    await adds.load(wholes, 'w1')
    const whole = (await drops.load(wholes, 'w1'))!
    const gone = (await drops.find(parts, 'of', 'w1')).map((part) => remove(parts, part))
    const both = [() => addTo(adds, 'p2'), () => drops.change([remove(wholes, whole), ...gone])]
    if (!partFirst) both.reverse()
    await both[0]!()
    await expect(both[1]!()).rejects.toBeInstanceOf(VersionConflict)
  }
})

test('another version of what was loaded is nothing new', async () => {
  const state = await someState()
  const mine = witness(state)
  const whole = (await mine.load(wholes, 'w1'))!
  await state.change([put(wholes, 'w1', 'renamed', whole)])
  await addTo(mine, 'p2')
  expect(await state.count(parts as Collection<never>)).toBe(2)
})

test('another version of what a list showed is: two who look for the last one do not both find another', async () => {
  const state = await someState()
  await state.change([put(parts, 'p2', { of: 'w1' })])
  const leave = async (id: string) => {
    const mine = witness(state)
    const rows = await mine.find(parts, 'of', 'w1')
    const row = rows.find((one) => one.id === id)
    if (rows.filter(({ value }) => value.open !== false).length > 1)
      await mine.change([put(parts, id, { of: 'w1', open: false }, row)])
  }
  const ends = await Promise.allSettled(['p1', 'p2'].map(leave))
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
})

test('own changes are no reason to begin again, and neither is what a refused change rested on', async () => {
  const state = await someState()
  const mine = witness(state)
  await mine.find(parts, 'of', 'w1')
  await addTo(mine, 'p2')
  await addTo(mine, 'p3')
  await mine.scan(parts)
  await addTo(state, 'p4')
  await expect(addTo(mine, 'p5')).rejects.toBeInstanceOf(VersionConflict)
  await mine.scan(parts)
  await addTo(mine, 'p5')
})

test('a page that is turned further is remembered as it was', async () => {
  const state = await someState()
  const mine = witness(state)
  const page = { after: '', limit: 10 }
  await mine.scan(parts, page)
  page.after = 'p9'
  await addTo(state, 'p2')
  await expect(addTo(mine, 'p3')).rejects.toBeInstanceOf(VersionConflict)
})
