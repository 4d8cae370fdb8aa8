// What does an enrollment form look like, as the org keeps it?
import type { Collection } from '../state/state.ts'

/** A form: its layout as it was sent, with defaults filled in. */
export interface UiSchema {
  uiSchema: Readonly<Record<string, unknown>>
  createdAt: number
  lastUpdatedAt: number
}

/** All forms. */
export const uiSchemas: Collection<UiSchema> = { name: 'uiSchema' }
