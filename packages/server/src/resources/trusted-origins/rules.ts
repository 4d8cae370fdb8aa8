// Is this an origin that can be trusted, and which origins does a list ask for?
import { E0000001, E0000003, E0000031 } from '@errorg/errors/codes'
import { originScopes, type TrustedOrigin } from '../../entities/trusted-origin.ts'
import { fail } from '../../fail.ts'
import { checkFields, isObject, objectBody, refuseBlank, refuseFaults } from '../../fields.ts'
import { bindFilter, fieldsOf, parseFilter } from '../../filter/index.ts'
import type { Stored } from '../../state/state.ts'
import { originFields } from './schema.ts'

/** What a body says about a trusted origin. */
export type OriginParts = Pick<TrustedOrigin, 'name' | 'origin' | 'scopes'> & {
  status: TrustedOrigin['status'] | undefined
}

/** Reads a body. */
export function readOrigin(body: unknown): OriginParts {
  const sent = objectBody(body)
  refuseFaults(checkFields(sent, originFields))
  // An origin that is trusted for nothing. (inferred)
  if ((sent.scopes as readonly unknown[]).length === 0) refuseBlank('scopes')
  return {
    name: String(sent.name),
    origin: String(sent.origin),
    scopes: readScopes(sent.scopes as readonly unknown[]),
    status: sent.status === 'ACTIVE' || sent.status === 'INACTIVE' ? sent.status : undefined,
  }
}

// A word that the model does not know cannot be bound: `Redirect` for `REDIRECT` is E0000003 (reported).
function readScopes(list: readonly unknown[]): TrustedOrigin['scopes'] {
  const scopes = list.map((one) => {
    const type = isObject(one) ? originScopes.find((known) => known === one.type) : undefined
    if (!isObject(one) || type === undefined) return fail(E0000003, 'body-unreadable-shape')
    const apps = one.allowedOktaApps
    if (apps === undefined || apps === null) return { type }
    const known = Array.isArray(apps) && apps.every((app) => app === 'OKTA_ENDUSER')
    return known ? { type, allowedOktaApps: [...new Set(apps as string[])] } : fail(E0000003, 'body-unreadable-shape')
  })
  return scopes.filter(({ type }, i) => scopes.findIndex((one) => one.type === type) === i)
}

/** A name, and an origin, may be used once. */
export function isFree(field: 'name' | 'origin', holder: { id: string } | undefined, ownId?: string): void {
  if (holder && holder.id !== ownId) {
    fail(E0000001, field === 'name' ? 'origin-name-taken' : 'origin-taken', { field })
  }
}

const readers: Readonly<Record<string, (row: Stored<TrustedOrigin>) => unknown>> = {
  id: ({ id }) => id,
  name: ({ value }) => value.name,
  origin: ({ value }) => value.origin,
  status: ({ value }) => value.status,
  type: ({ value }) => value.scopes.map(({ type }) => type),
}

/** Whether an origin matches `filter` (documented: name, origin, status, type) and begins with `q`. */
export function readOriginQuery(filter: string | null, q: string | null): (row: Stored<TrustedOrigin>) => boolean {
  const begins = q?.toLowerCase() ?? ''
  const fits = ({ value }: Stored<TrustedOrigin>) =>
    [value.name, value.origin].some((text) => text.toLowerCase().startsWith(begins))
  if (filter === null || filter === '') return fits
  const parsed = parseFilter(filter)
  if (!parsed.ok) return fail(E0000031, 'search-unreadable')
  for (const { field, operator } of fieldsOf(parsed.filter)) {
    if (!Object.hasOwn(readers, field) || operator !== 'eq') return fail(E0000031, 'search-unreadable')
  }
  const matches = bindFilter<Stored<TrustedOrigin>>(parsed.filter, (field) => readers[field]!)
  return (row) => fits(row) && matches(row)
}
