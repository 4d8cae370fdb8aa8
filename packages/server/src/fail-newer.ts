// How does a rule refuse with a code that is younger than the reference? Okta lists status and summary; the cause is
// told by whoever raises it. Both contracts answer such codes, as the reference says nothing of what they are about.
// The refusals of administrator roles are the exception: there E0000001 says the same in the `reference` contract, so
// that each has a page, a proof and a diagnosis in the catalogue, which is about the codes of the reference.
import type { Area, Cause, ErrorEntry } from '@errorg/errors'
import { findNewerCode } from '@errorg/errors/codes'
import { type Facts, fail } from './fail.ts'

/** Refuses with a code of today's list that the reference does not have. `facts.detail` fills the hole of its text. */
export function failWithNewer(code: string, causeId: string, area: Area, cause: Cause, facts: Facts = {}): never {
  const newer = findNewerCode(code)
  if (!newer) throw new Error(`no newer code ${code}`)
  const summary = newer.summary.replaceAll('{0}', '{detail}')
  const entry: ErrorEntry = {
    code,
    title: newer.summary,
    area,
    retry: 'never',
    reference: { status: newer.status, description: summary },
    current: { status: newer.status, summary },
    causes: { [causeId]: cause },
  }
  return fail(entry, causeId, facts)
}
