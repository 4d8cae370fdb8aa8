// What may a seed say of custom administrator roles?
import { z } from 'zod'
import { id } from './seed-words.ts'

/** Custom roles of a seed, each with what it reaches and who holds it. */
export const customRoleSeeds = z.array(
  z.strictObject({
    id: id('cr0').optional().describe('Pinned id; made when absent.'),
    label: z.string().min(1).max(255),
    description: z.string().min(1).max(1024).optional().describe('The label when absent.'),
    permissions: z.array(z.string()).min(1).describe('`okta.users.read` and the like.'),
    resources: z
      .array(z.string())
      .min(1)
      .max(1000)
      .describe(
        '`users`, `groups` or `apps` (all of them), `group:NAME`, or `members:NAME` for the people in a group.',
      ),
    users: z.array(z.string()).optional().describe('Logins or ids of who holds it.'),
    groups: z.array(z.string()).optional().describe('Names or ids of groups whose members hold it.'),
  }),
)
