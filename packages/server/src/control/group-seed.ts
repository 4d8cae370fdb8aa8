// What may a seed say of groups?
import { z } from 'zod'
import { id, role } from './seed-words.ts'

/** Groups of a seed. */
export const groupSeeds = z.array(
  z.strictObject({
    id: id('00g').optional(),
    name: z.string().min(1).max(255),
    description: z.string().max(1024).optional(),
    type: z.enum(['OKTA_GROUP', 'APP_GROUP']).optional(),
    members: z.array(z.string()).optional().describe('Logins or ids.'),
    roles: z.array(role).optional(),
  }),
)
