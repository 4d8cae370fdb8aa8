// How does an org go back to what it was? Everything that a request can change is kept and put back together.
import type { Org } from './org.ts'

/** The kept states of one org. */
export interface Snapshots {
  /** Keeps the present state under a name. The oldest of 16 is forgotten. */
  take(): Promise<string>
  /** Goes back. Throws UnknownSnapshot. */
  restore(id: string): Promise<void>
  /** Goes back to the state in which this was made; ledger, inbox, faults and windows are empty. */
  reset(): Promise<void>
}

/** No such snapshot, or no longer. */
export class UnknownSnapshot extends Error {
  constructor(readonly id: string) {
    super(`there is no snapshot "${id.slice(0, 40)}"; the newest 16 are kept`)
    this.name = 'UnknownSnapshot'
  }
}

/** The org was put back to an earlier state while this was on its way: its writes would belong to a state that is gone. */
export class PutBack extends Error {
  constructor() {
    super('the org was put back to an earlier state in the meantime')
    this.name = 'PutBack'
  }
}

const KEPT = 16

interface Kept {
  state: unknown
  clock: ReturnType<Org['clock']['snapshot']>
  ids: number
  jobs: ReturnType<Org['jobs']['snapshot']>
  inbox: ReturnType<Org['inbox']['snapshot']>
  events: unknown
  limits: unknown
  settings: Org['settings']
  faults: readonly unknown[]
}

/** Makes the list of kept states, with the present one as the start. */
export async function createSnapshots(org: Org): Promise<Snapshots> {
  const keep = async (): Promise<Kept> => ({
    state: await org.state.snapshot(),
    clock: org.clock.snapshot(),
    ids: org.ids.snapshot(),
    jobs: org.jobs.snapshot(),
    inbox: org.inbox.snapshot(),
    events: org.events.snapshot(),
    limits: org.limits.snapshot(),
    settings: org.settings,
    faults: org.faults.snapshot(),
  })
  const goBack = async (kept: Kept): Promise<void> => {
    org.putBack()
    await org.state.restore(kept.state)
    org.clock.restore(kept.clock)
    org.ids.restore(kept.ids)
    org.jobs.restore(kept.jobs)
    org.inbox.restore(kept.inbox)
    org.events.restore(kept.events)
    org.limits.restore(kept.limits)
    org.settings = kept.settings
    org.faults.restore(kept.faults)
    await org.deliveries.refresh()
  }
  const start = await keep()
  const kept = new Map<string, Kept>()
  let count = 0
  return {
    async take() {
      count += 1
      const id = `snapshot-${count}`
      kept.set(id, await keep())
      if (kept.size > KEPT) kept.delete(kept.keys().next().value!)
      return id
    },
    async restore(id) {
      const found = kept.get(id)
      if (!found) throw new UnknownSnapshot(id)
      await goBack(found)
    },
    async reset() {
      await goBack(start)
      org.ledger.clear()
    },
  }
}
