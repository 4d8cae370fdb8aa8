// Is there a function that answers this call? Told without a user, before an expression is kept.
import { functions } from './functions/index.ts'
import type { Called } from './tree.ts'

/** Is it a function of the language, with as many arguments as it takes? */
export function isKnownCall({ runs, count }: Pick<Called, 'runs' | 'count'>): boolean {
  const known = Object.hasOwn(functions, runs) ? functions[runs] : undefined
  return known !== undefined && count >= known.least && count <= known.most
}
