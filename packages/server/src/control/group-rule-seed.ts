// What may a seed say of group rules?
import { z } from 'zod'
import { id } from './seed-words.ts'

/** Group rules of a seed. */
export const groupRuleSeeds = z.array(
  z.strictObject({
    id: id('0pr').optional().describe('Pinned id; made when absent.'),
    name: z.string().min(1).max(50),
    when: z.string().min(1).max(10_000).describe('The condition: `user.department == "Sales"`.'),
    groups: z.array(z.string()).min(1).max(100).describe('Names or ids of the groups that users are added to.'),
    except: z.array(z.string()).max(100).optional().describe('Logins or ids of users who are left out.'),
    status: z.enum(['ACTIVE', 'INACTIVE']).optional().describe('ACTIVE when absent.'),
  }),
)
