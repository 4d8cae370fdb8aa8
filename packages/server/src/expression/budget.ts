// How much may an evaluation cost? Whatever evaluates a text of an administrator's (rules, claims, mappings, filters of
// hooks) spends steps from a budget; a text that asks for more has no value, and nobody waits for it.
import { unevaluable } from './fault.ts'

/** The steps of one evaluation: some hundredths of a second, and far more than a sensible expression takes. */
export const MOST_STEPS = 1_000_000

/** The longest text that an evaluation makes: replacements in replacements would grow without bound. */
export const LONGEST_TEXT = 10_000

/** What is left to spend. */
export interface Budget {
  left: number
}

/** The budget of one evaluation. */
export function createBudget(): Budget {
  return { left: MOST_STEPS }
}

/** Pays for work before it is done; throws ExpressionFault when there is not enough left. */
export function spend(budget: Budget, steps: number, at: number): void {
  budget.left -= steps
  if (budget.left < 0) unevaluable(at, `working it out takes more than ${MOST_STEPS} steps`)
}

/** Refuses a text that would be too long, before it is made. */
export function fitsText(length: number, at: number): void {
  if (length > LONGEST_TEXT) unevaluable(at, 'a text grows too long')
}

const DEEPEST = 50

/** What it costs to go through a value. */
export function sizeOf(value: unknown, at: number, depth = 0): number {
  if (typeof value === 'string') return 1 + (value.length >> 4)
  if (typeof value !== 'object' || value === null) return 1
  if (depth === DEEPEST) return unevaluable(at, 'a value is nested too deep')
  let size = 1
  for (const name of Object.keys(value)) {
    size += 1 + (name.length >> 4) + sizeOf((value as Record<string, unknown>)[name], at, depth + 1)
  }
  return size
}
