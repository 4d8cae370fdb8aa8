import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createJobs } from './jobs.ts'

const job = (dueAt: number, kind = `k${dueAt}`) => ({ dueAt, kind, data: {} })
const kinds = (jobs: readonly { kind: string }[]) => jobs.map(({ kind }) => kind)

test('what is due comes out once, earliest first, equals in the order in which they were added', () => {
  const jobs = createJobs()
  expect(jobs.nextDueAt()).toBe(Number.POSITIVE_INFINITY)
  expect(jobs.takeDue(99)).toEqual([])
  for (const [dueAt, kind] of [
    [30, 'c'],
    [10, 'a'],
    [20, 'b1'],
    [20, 'b2'],
    [10, 'a2'],
  ] as const)
    jobs.add(job(dueAt, kind))
  expect(jobs.nextDueAt()).toBe(10)
  expect(kinds(jobs.takeDue(9))).toEqual([])
  expect(kinds(jobs.takeDue(20))).toEqual(['a', 'a2', 'b1', 'b2'])
  expect(kinds(jobs.takeDue(20))).toEqual([])
  expect(jobs.nextDueAt()).toBe(30)
})

test('nothing is lost or done twice, whatever is added and taken', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constant('take' as const)), { maxLength: 40 }),
      (steps) => {
        const jobs = createJobs()
        const added: number[] = []
        const taken: number[] = []
        let now = 0
        for (const step of steps) {
          if (step === 'take') {
            now += 5
            const due = jobs.takeDue(now).map(({ dueAt }) => dueAt)
            expect(due).toEqual(due.toSorted((a, b) => a - b))
            taken.push(...due)
          } else {
            jobs.add(job(step))
            added.push(step)
          }
          expect(jobs.nextDueAt()).toBe(Math.min(...jobs.snapshot().map(({ dueAt }) => dueAt)))
        }
        taken.push(...jobs.takeDue(Number.POSITIVE_INFINITY).map(({ dueAt }) => dueAt))
        expect(taken.toSorted()).toEqual(added.toSorted())
      },
    ),
  )
})

test('goes back to a snapshot, which later work does not touch', () => {
  const jobs = createJobs()
  jobs.add(job(1))
  const before = jobs.snapshot()
  jobs.add(job(2))
  jobs.takeDue(1)
  jobs.restore(before)
  jobs.add(job(3))
  expect(kinds(before)).toEqual(['k1'])
  expect(kinds(jobs.takeDue(9))).toEqual(['k1', 'k3'])
})

test('of jobs with one name only the earliest waits, until it is taken', () => {
  const jobs = createJobs()
  const named = (dueAt: number, once: string) => ({ ...job(dueAt, `${once}${dueAt}`), once })
  jobs.add(named(10, 'a'))
  jobs.add(named(20, 'a'))
  jobs.add(named(10, 'a'))
  jobs.add(named(10, 'b'))
  jobs.add(named(5, 'b'))
  expect(kinds(jobs.snapshot())).toEqual(['b5', 'a10'])
  const before = jobs.snapshot()
  expect(kinds(jobs.takeDue(10))).toEqual(['b5', 'a10'])
  jobs.add(named(30, 'a'))
  expect(kinds(jobs.snapshot())).toEqual(['a30'])
  jobs.restore(before)
  jobs.add(named(30, 'a'))
  expect(kinds(jobs.snapshot())).toEqual(['b5', 'a10'])
})
