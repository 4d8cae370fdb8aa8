// What has the org still to do? Work that becomes due at a moment of the org's clock: finished activations,
// delayed deletions. Due work runs before the next request is answered, so nothing waits for real time.
import type { Org } from './org.ts'

/** A piece of work, as data. */
export interface Job {
  dueAt: number
  kind: string
  data: Readonly<Record<string, string>>
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
  return {
    add(job) {
      const at = jobs.findIndex((other) => other.dueAt > job.dueAt)
      if (at === -1) jobs.push(job)
      else jobs.splice(at, 0, job)
    },
    nextDueAt: () => jobs[0]?.dueAt ?? Number.POSITIVE_INFINITY,
    takeDue(now) {
      const due = jobs.filter((job) => job.dueAt <= now)
      jobs = jobs.slice(due.length)
      return due
    },
    snapshot: () => jobs.slice(),
    restore(kept) {
      jobs = kept.slice()
    },
  }
}
