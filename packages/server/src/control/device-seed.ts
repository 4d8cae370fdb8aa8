// What may a seed say of devices? No public API makes them: they enroll themselves.
import { z } from 'zod'
import { id } from './seed-words.ts'

/** Devices of a seed. */
export const deviceSeeds = z.array(
  z.strictObject({
    id: id('guo').optional(),
    displayName: z.string().min(1).max(255),
    platform: z.enum(['ANDROID', 'IOS', 'MACOS', 'WINDOWS']),
    status: z.enum(['CREATED', 'ACTIVE', 'SUSPENDED', 'DEACTIVATED']).optional().describe('ACTIVE when absent.'),
    registered: z.boolean().optional().describe('Whether Okta Verify knows it; true when absent.'),
    managed: z.boolean().optional().describe('Whether device management knows it; false when absent.'),
    profile: z
      .record(z.string(), z.union([z.string(), z.boolean()]))
      .optional()
      .describe('What else is known of it.'),
    users: z.array(z.string()).optional().describe('Logins or ids of whose it is.'),
  }),
)
