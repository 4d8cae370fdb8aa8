// What may a seed say of users?
import { z } from 'zod'
import { userStatuses } from '../entities/user.ts'
import { id, role } from './seed-words.ts'

/** Users of a seed. */
export const userSeeds = z.array(
  z.strictObject({
    id: id('00u').optional().describe('Pinned id; made when absent.'),
    login: z.string().min(5).max(100),
    email: z.string().optional().describe('The login when absent.'),
    firstName: z.string().optional(),
    lastName: z.string().optional(),
    profile: z.record(z.string(), z.unknown()).optional().describe('Further profile properties.'),
    password: z.string().optional(),
    recoveryQuestion: z.strictObject({ question: z.string(), answer: z.string() }).optional(),
    status: z.enum(userStatuses).optional().describe('ACTIVE when absent.'),
    source: z
      .enum(['OKTA', 'ACTIVE_DIRECTORY', 'LDAP', 'FEDERATION', 'SOCIAL', 'IMPORT'])
      .optional()
      .describe('Where the profile is mastered; OKTA when absent.'),
    roles: z.array(role).optional(),
    groups: z.array(z.string()).optional().describe('Names or ids of groups of this seed or of the org.'),
  }),
)
