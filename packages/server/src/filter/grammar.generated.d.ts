// Generated from grammar.peggy by scripts/generate-filter.mjs. Edit the grammar, then run the script.
import type { FilterNode } from './node.ts'

export interface ParseOptions {
  operators: ReadonlySet<string>
  refuse: (kind: 'unknown-operator' | 'unquoted-value' | 'unterminated-string' | 'bad-character', position: number) => never
}

export interface Expectation {
  type: 'literal' | 'class' | 'any' | 'end' | 'other'
  text?: string
  description?: string
}

export class SyntaxError extends globalThis.SyntaxError {
  expected: Expectation[] | null
  found: string | null
  location: { start: { offset: number }; end: { offset: number } }
}

export function parse(text: string, options: ParseOptions): FilterNode
