// What may be done with the tabs of the dashboard? Okta describes this endpoint nowhere; texts and rules follow from
// the title of E0000061 (inferred).
import { E0000061 } from '@errorg/errors/codes'
import { fail } from '../../fail.ts'
import { checkFields, type FieldTable, objectBody, refuseFaults } from '../../fields.ts'

const fields: FieldTable = { label: { type: 'string', required: true, max: 50 } }

/** The label that a body gives a tab. */
export function readLabel(body: unknown): string {
  const tab = objectBody(body)
  refuseFaults(checkFields(tab, fields))
  return String(tab.label)
}

/** Tabs are their owner's. */
export function mayChange(ownerId: string, callerId: string | undefined): void {
  if (ownerId !== callerId) fail(E0000061, 'tab-of-another-user', { message: 'The tab belongs to another user' })
}

/** A label once a user. */
export function labelIsFree(label: string, others: readonly string[]): void {
  if (others.some((other) => other.toLowerCase() === label.toLowerCase())) {
    fail(E0000061, 'tab-name-taken', { message: 'A tab with this name already exists' })
  }
}

/** The first tab stays. */
export function mayDelete(isDefault: boolean): void {
  if (isDefault) fail(E0000061, 'default-tab-fixed', { message: 'The default tab cannot be deleted' })
}
