// How do the trusted origins of a seed become state?
import type { SeedInput } from '../control/schemas.ts'
import type { TrustedOriginSeed } from '../control/trusted-origin-seed.ts'
import { type TrustedOrigin, trustedOrigins } from '../entities/trusted-origin.ts'
import { Failure } from '../fail.ts'
import type { Org } from '../org.ts'
import { readOrigin } from '../resources/trusted-origins/rules.ts'
import { put } from '../state/state.ts'
import type { SeedDraft } from './draft.ts'

/** Works out what is to be written. */
export async function seedTrustedOrigins(org: Org, seeds: SeedInput, draft: SeedDraft): Promise<void> {
  for (const [i, seed] of (seeds.trustedOrigins ?? []).entries()) {
    const path = `trustedOrigins[${i}]`
    const value = originOf(org, seed, draft, path)
    const id = await draft.idOf(trustedOrigins, 'tos', seed.id, path)
    await draft.claim(trustedOrigins, value, `${path}.origin`, value.origin)
    draft.writes.push(put(trustedOrigins, id, value))
    draft.made.trustedOrigins.push({ id, name: value.name })
  }
}

// By the rules that the API has for them.
function originOf(
  org: Org,
  { name, origin, scopes }: TrustedOriginSeed,
  draft: SeedDraft,
  path: string,
): TrustedOrigin {
  const types = scopes ?? ['CORS', 'REDIRECT']
  try {
    const parts = readOrigin({ name: name ?? origin, origin, scopes: types.map((type) => ({ type })) })
    const by = { createdBy: org.fixed.orgId, lastUpdatedBy: org.fixed.orgId }
    return { ...parts, ...by, status: 'ACTIVE', createdAt: draft.now, lastUpdatedAt: draft.now }
  } catch (error) {
    if (error instanceof Failure) draft.refuse(`${path}.origin`, `"${origin}" is no origin`)
    throw error
  }
}
