// What has the org still to do? Work that becomes due at a moment of the org's clock: finished activations,
// delayed deletions. Due work runs before the next request is answered, so nothing waits for real time.
import type { Org } from './org.ts'

/** A piece of work, as data. */
export interface Job {
  dueAt: number
  kind: string
  data: Readonly<Record<string, string>>
  /** Of the jobs with this name only the earliest waits: it finds the work of the others when its time comes. */
  once?: string
}

/** Does one kind of work. */
export type JobRunner = (org: Org, data: Job['data']) => Promise<void>

/** Work to come, earliest first. */
export interface Jobs {
  add(job: Job): void
  /** When the next is due; Infinity when there is none. */
  nextDueAt(): number
  /** Takes all that are due. */
  takeDue(now: number): Job[]
  snapshot(): readonly Job[]
  restore(jobs: readonly Job[]): void
}

/** Makes an empty list of work. */
export function createJobs(): Jobs {
  let jobs: Job[] = []
  let waiting = new Map<string, Job>()
  /** The number of jobs that are due at this moment, which is the place of the next that is. */
  const dueAt = (now: number): number => {
    let low = 0
    let high = jobs.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (jobs[middle]!.dueAt <= now) low = middle + 1
      else high = middle
    }
    return low
  }
  return {
    add(job) {
      if (job.once !== undefined) {
        const other = waiting.get(job.once)
        if (other && other.dueAt <= job.dueAt) return
        if (other) jobs.splice(jobs.indexOf(other), 1)
        waiting.set(job.once, job)
      }
      jobs.splice(dueAt(job.dueAt), 0, job)
    },
    nextDueAt: () => jobs[0]?.dueAt ?? Number.POSITIVE_INFINITY,
    takeDue(now) {
      const due = jobs.splice(0, dueAt(now))
      for (const { once } of due) if (once !== undefined) waiting.delete(once)
      return due
    },
    snapshot: () => jobs.slice(),
    restore(kept) {
      jobs = kept.slice()
      waiting = new Map(kept.flatMap((job) => (job.once === undefined ? [] : [[job.once, job]])))
    },
  }
}
