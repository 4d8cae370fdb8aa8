// How does a seed become state? All of it is worked out first and written in one change: a mistake writes nothing.
import type { SeedInput } from '../control/schemas.ts'
import type { Org } from '../org.ts'
import { lostRace } from '../turns.ts'
import { createDraft } from './draft.ts'
import { SeedFault } from './fault.ts'
import type { Seeded } from './made.ts'
import { seedRooms } from './rooms.ts'

/** Puts a seed into an org, all of it or nothing. Throws SeedFault. */
export async function applySeed(org: Org, seed: SeedInput): Promise<Seeded> {
  const draft = createDraft(org)
  for (const room of seedRooms) await room(org, seed, draft)
  try {
    await org.state.change(draft.writes)
  } catch (error) {
    // Only what another request made in the meantime: all else was looked up before.
    if (lostRace(error)) throw new SeedFault('(the whole)', (error as Error).message)
    throw error
  }
  for (const work of draft.afterwards) await work()
  for (const event of draft.events) org.log(undefined, event)
  if (seed.settings) org.changeSettings(seed.settings)
  return draft.made
}
