// What may a seed say of API tokens?
import { z } from 'zod'
import { tokenForm } from '../gates/caller.ts'
import { id } from './seed-words.ts'

/** API tokens of a seed. */
export const tokenSeeds = z.array(
  z.strictObject({
    id: id('00T').optional(),
    value: z
      .string()
      .regex(tokenForm, 'must be 00 and 40 letters, digits, _ or -')
      .optional()
      .describe('Pinned value; made when absent.'),
    owner: z.string().describe('Login or id of a user of this seed or of the org.'),
    name: z.string().min(1).max(100),
    network: z
      .strictObject({
        connection: z.enum(['ANYWHERE', 'ZONE']),
        include: z.array(z.string()).optional().describe('Zone ids or names.'),
        exclude: z.array(z.string()).optional(),
      })
      .optional(),
  }),
)
