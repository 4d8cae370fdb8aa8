// What happens to the loser when two requests change one thing at the same moment? It reads again and decides anew.
// Losers take turns: each of them then meets only requests that try for the first time, so all of them get through.
import { UniqueConflict, VersionConflict } from './state/state.ts'

/** Runs work again until it does not lose, after all who lost before. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>

/** Did somebody else change the same thing first? */
export function lostRace(error: unknown): boolean {
  // A unique key that a rule had seen free was taken in the meantime: the rule will see it now.
  return error instanceof VersionConflict || error instanceof UniqueConflict
}

// Whoever loses this often in its turn does not lose a race: it will never win.
const MAX_TRIES = 50

/** Makes the queue of one org. */
export function createTurns(): InTurn {
  let last: Promise<void> = Promise.resolve()
  return async (work) => {
    const before = last
    let done: () => void = () => undefined
    last = new Promise((resolve) => {
      done = resolve
    })
    await before
    try {
      for (let tries = 1; ; tries++) {
        try {
          return await work()
        } catch (error) {
          if (!lostRace(error) || tries === MAX_TRIES) throw error
        }
      }
    } finally {
      done()
    }
  }
}
