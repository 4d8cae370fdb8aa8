// What may a profile mapping say?
import { E0000001, E0000003, E0000045 } from '@errorg/errors/codes'
import type { PropertyMapping, PropertyMappings } from '../../entities/profile-mapping.ts'
import { type Expression, ExpressionFault, type ReadExpression } from '../../expression/index.ts'
import { fail } from '../../fail.ts'
import { checkFields, type FieldTable, isObject, type JsonObject, objectBody, refuseFaults } from '../../fields.ts'

/** Changes by the target's attribute; null takes the mapping away. */
export type Changes = ReadonlyMap<string, Partial<PropertyMapping> | null>

const propertyFields: FieldTable = {
  expression: { type: 'string', max: 10_000 },
  pushStatus: { type: 'string', oneOf: ['PUSH', 'DONT_PUSH'] },
}

/** The changes that a body asks for. */
export function readChanges(body: unknown): Changes {
  const { properties } = objectBody(body)
  if (properties === undefined || properties === null) {
    refuseFaults([{ field: 'properties', says: 'The field cannot be left blank', kind: 'missing' }])
  }
  if (!isObject(properties)) return fail(E0000003, 'body-unreadable-shape')
  const changes = new Map<string, Partial<PropertyMapping> | null>()
  const faults = []
  for (const [name, sent] of Object.entries(properties)) {
    if (sent !== null && !isObject(sent)) return fail(E0000003, 'body-unreadable-shape')
    if (sent) {
      faults.push(...checkFields(sent, propertyFields).map((fault) => ({ ...fault, field: `${name}.${fault.field}` })))
    }
    changes.set(name, sent && changeOf(sent))
  }
  refuseFaults(faults, 'updateMapping')
  return changes
}

// Recorded: Okta's Terraform provider takes a mapping away by sending its expression as null.
function changeOf({ expression, pushStatus }: JsonObject): Partial<PropertyMapping> | null {
  if (expression === null || expression === '') return null
  return {
    ...(expression !== undefined && { expression: String(expression) }),
    ...(pushStatus !== undefined && pushStatus !== null && { pushStatus: pushStatus as PropertyMapping['pushStatus'] }),
  }
}

/** Only attributes that the target's schema has are mapped. One that is taken away may be gone from it already. */
export function mayTarget(changes: Changes, known: Readonly<Record<string, unknown>>): void {
  const unknown = [...changes].filter(([name, change]) => change && !Object.hasOwn(known, name)).map(([name]) => name)
  if (unknown.length > 0) {
    fail(E0000001, 'mapping-target-unknown', { causes: unknown.map((name) => `Invalid target field ${name}`) })
  }
}

/** The mapping with the changes. */
export function withChanges(before: PropertyMappings, changes: Changes): PropertyMappings {
  const next = new Map(Object.entries(before))
  for (const [name, change] of changes) {
    if (!change) next.delete(name)
    else {
      const { expression = before[name]?.expression, pushStatus = before[name]?.pushStatus ?? 'PUSH' } = change
      if (expression === undefined) {
        refuseFaults(
          [{ field: `${name}.expression`, says: 'The field cannot be left blank', kind: 'missing' }],
          'updateMapping',
        )
      } else next.set(name, { expression, pushStatus })
    }
  }
  return Object.fromEntries(next)
}

/** Expressions have to be readable, and to name what the source has; `known` is undefined where that is open. */
export function mayExpress(
  read: ReadExpression,
  changes: Changes,
  root: 'user' | 'appuser',
  known: Readonly<Record<string, unknown>> | undefined,
): void {
  for (const [property, change] of changes) {
    if (change?.expression === undefined) continue
    const { attributes } = tryToRead(read, property, change.expression)
    const missing = known ? (attributes[root] ?? []).filter((name) => name !== 'id' && !Object.hasOwn(known, name)) : []
    const strange = Object.keys(attributes).filter(
      (name) => !['user', 'appuser', 'source', 'app', 'org'].includes(name),
    )
    const [wrong] = [...strange, ...missing]
    if (wrong !== undefined) fail(E0000001, 'mapping-expression-property-unknown', { property: wrong })
  }
}

function tryToRead(read: ReadExpression, property: string, text: string): Expression {
  try {
    return read(text)
  } catch (error) {
    if (!(error instanceof ExpressionFault)) throw error
    return fail(E0000045, 'mapping-expression-wrong', { property, at: error.at, why: error.why })
  }
}
