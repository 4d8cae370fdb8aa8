// What is a function of the expression language?
import type { ExpressionScope } from '../scope.ts'

/** One function. Its arguments come worked out. */
export interface ExpressionFunction {
  /** Fewest and most arguments. */
  readonly least: number
  readonly most: number
  readonly run: (args: readonly unknown[], scope: ExpressionScope, at: number) => unknown
}

/** Functions by their full name. */
export type FunctionTable = Readonly<Record<string, ExpressionFunction>>

/** A function of `least` to `most` arguments. */
export function takes(least: number, most: number, run: ExpressionFunction['run']): ExpressionFunction {
  return { least, most, run }
}

/** An argument as text; null is the empty text. */
export function textOf(value: unknown): string {
  return value === null || value === undefined ? '' : String(value)
}

/** An argument as a list; null is the empty list, and a single value a list of one. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === null || value === undefined) return []
  return Array.isArray(value) ? value : [value]
}
