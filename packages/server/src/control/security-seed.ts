// What may a seed say of trusted origins and of devices? No public API makes devices: they enroll themselves.
import { z } from 'zod'
import { id } from './seed-words.ts'

/** Trusted origins of a seed. */
export const trustedOriginSeeds = z.array(
  z.strictObject({
    id: id('tos').optional().describe('Pinned id; made when absent.'),
    name: z.string().min(1).max(255).optional().describe('The origin when absent.'),
    origin: z.string().describe('Scheme, host and port: `http://localhost:3000`.'),
    scopes: z
      .array(z.enum(['CORS', 'REDIRECT', 'IFRAME_EMBED']))
      .min(1)
      .optional()
      .describe('CORS and REDIRECT when absent.'),
  }),
)

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

/** A trusted origin of a seed. */
export type TrustedOriginSeed = z.infer<typeof trustedOriginSeeds>[number]

/** A device of a seed. */
export type DeviceSeed = z.infer<typeof deviceSeeds>[number]
