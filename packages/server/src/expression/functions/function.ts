// What is a function of the expression language?
import type { Budget } from '../budget.ts'
import type { ExpressionScope } from '../scope.ts'

/** One function. Its arguments come worked out, and going through them once is paid for. */
export interface ExpressionFunction {
  /** Fewest and most arguments. */
  readonly least: number
  readonly most: number
  readonly run: (args: readonly unknown[], scope: ExpressionScope, at: number, budget: Budget) => unknown
}

/** Functions by their full name. */
export type FunctionTable = Readonly<Record<string, ExpressionFunction>>

/** A function of `least` to `most` arguments. */
export function takes(least: number, most: number, run: ExpressionFunction['run']): ExpressionFunction {
  return { least, most, run }
}

/** A value as text; null is the empty text. Lists and maps look as in Java: `[a, b]`, `{a=1}`. */
export function textOf(value: unknown): string {
  return value === null || value === undefined ? '' : written(value)
}

// Never by JavaScript's own conversion: it asks the value for a `toString`, which may be anything a profile holds.
function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  return `{${Object.entries(value)
    .map(([name, one]) => `${name}=${written(one)}`)
    .join(', ')}}`
}

/** An argument as a list; null is the empty list, and a single value a list of one. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === null || value === undefined) return []
  return Array.isArray(value) ? value : [value]
}
