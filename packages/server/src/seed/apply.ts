// How does a seed become state? All of it is worked out first and written in one change: a mistake writes nothing.
import type { SeedInput } from '../control/schemas.ts'
import { type Org, witnessed } from '../org.ts'
import { lostRace } from '../turns.ts'
import { createDraft, type SeedDraft } from './draft.ts'
import type { Seeded } from './made.ts'
import { seedRooms } from './rooms.ts'

/** Puts a seed into an org, all of it or nothing. Throws SeedFault. */
export async function applySeed(org: Org, seed: SeedInput): Promise<Seeded> {
  const draft = await write(org, seed)
  for (const work of draft.afterwards) await work()
  for (const event of draft.events) org.log(undefined, event)
  if (seed.settings) org.changeSettings(seed.settings)
  return draft.made
}

// Other requests go on meanwhile: what the seed has looked up may be gone when it writes, or a name taken.
async function write(org: Org, seed: SeedInput): Promise<SeedDraft> {
  try {
    return await writeOnce(witnessed(org), seed)
  } catch (error) {
    if (!lostRace(error)) throw error
    return await org.inTurn(() => writeOnce(witnessed(org), seed))
  }
}

async function writeOnce(org: Org, seed: SeedInput): Promise<SeedDraft> {
  const draft = createDraft(org)
  for (const room of seedRooms) await room(org, seed, draft)
  await org.state.change(draft.writes)
  return draft
}
