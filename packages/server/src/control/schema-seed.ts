// What may a seed say of schemas? Attributes of users of the default type, as the Schemas API takes them.
import { z } from 'zod'

/** Attributes by name. */
export const userAttributeSeeds = z
  .record(z.string(), z.record(z.string(), z.unknown()))
  .describe(
    'Attributes of the default user type, such as `{ "shoeSize": { "title": "Shoe size", "type": "integer" } }`.',
  )
