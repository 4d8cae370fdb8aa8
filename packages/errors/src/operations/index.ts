// Which operations does the API have, and which one does a request mean?
import { extra } from './extra.ts'
import { createMatcher } from './match.ts'
import { type Operation, operationOf } from './operation.ts'
import { table } from './table.generated.ts'

export type { Operation, Tier } from './operation.ts'

/** All operations: the published ones, then those that the published files lack. */
export const operations: readonly Operation[] = [...table, ...extra].map(operationOf)

const byId: ReadonlyMap<string, Operation> = new Map(operations.map((operation) => [operation.id, operation]))
const matcher = createMatcher(operations)

/** The operation with this id, such as `listUsers`. */
export function findOperation(id: string): Operation | undefined {
  return byId.get(id)
}

/**
 * The operation behind a request: `matchOperation('get', '/api/v1/users/00u1?x=y')` is `getUser`. A literal
 * segment beats a parameter. Whole URLs and templates (`/api/v1/users/{anything}`) are understood as well.
 */
export function matchOperation(method: string, path: string): Operation | undefined {
  return matcher.match(method, path)
}

/** The methods that this path has, sorted; empty when no operation has this path. */
export function methodsOf(path: string): string[] {
  return matcher.methods(path)
}
