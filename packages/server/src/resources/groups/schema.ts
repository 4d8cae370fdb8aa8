// Which fields may be sent for a group?
import type { FieldTable } from '../../fields.ts'

/** The profile of a group. */
export const profileFields: FieldTable = {
  name: { type: 'string', required: true, max: 255 },
  description: { type: 'string', max: 1024 },
}
