// What may a seed say of trusted origins?
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

/** A trusted origin of a seed. */
export type TrustedOriginSeed = z.infer<typeof trustedOriginSeeds>[number]
