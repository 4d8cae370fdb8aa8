// Which operations does this org answer as Okta does, and which with 501? Read off the route table, so that the list
// cannot promise more than there is.
import { operations } from '@errorg/errors/operations'
import { routeTable } from './resources/index.ts'

/** An operation of the API, and whether this org has it. */
export interface SupportedOperation {
  /** The operation id, such as `listUsers`; undefined for a page that the published description lacks. */
  id: string | undefined
  method: string
  /** The path with its parameters in braces. */
  path: string
  /** The part of the API that it belongs to. */
  tag: string
  /** How near it is to the error codes: 1 raises them, 2 is what SDK users call most next, 3 the rest. */
  tier: 1 | 2 | 3
  /** False: it answers 501 E0000052 and names itself. */
  built: boolean
}

/** All operations of the API in their published order, then what the org answers beside them. */
export function supportedOperations(): SupportedOperation[] {
  const built = new Map(
    routeTable()
      .routes.filter((route) => route.built)
      .map((route) => [keyOf(route.method, route.template), route]),
  )
  const known = operations.map(({ id, method, path, tag, tier }) => ({
    id,
    method,
    path,
    tag,
    tier,
    built: built.delete(keyOf(method, path)),
  }))
  const beside = [...built.values()].map(({ method, template }) => ({
    id: undefined,
    method,
    path: template.replace(/:(\w+)/g, '{$1}'),
    tag: 'Pages',
    tier: 3 as const,
    built: true,
  }))
  return [...known, ...beside]
}

// Names of parameters differ between the table and the description; their places do not.
function keyOf(method: string, path: string): string {
  return `${method} ${path.replace(/:\w+|\{\w+\}/g, '*')}`
}
