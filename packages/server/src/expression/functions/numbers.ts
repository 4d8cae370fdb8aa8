// What do the functions that turn values into numbers and texts do? `Convert.*` (documented).
import { unevaluable } from '../fault.ts'
import { type FunctionTable, takes, textOf } from './function.ts'

function numberOf(value: unknown, at: number): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number !== 'number' || !Number.isFinite(number)) {
    return unevaluable(at, `"${textOf(value).slice(0, 40)}" is no number`)
  }
  return number
}

/** Conversions. `toInt` rounds to the nearest. */
export const numberFunctions: FunctionTable = {
  'Convert.toInt': takes(1, 1, ([value], _, at) => Math.round(numberOf(value, at))),
  'Convert.toNum': takes(1, 1, ([value], _, at) => numberOf(value, at)),
  'Convert.toString': takes(1, 1, ([value]) => textOf(value)),
}
