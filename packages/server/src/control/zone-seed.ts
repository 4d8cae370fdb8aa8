// What may a seed say of zones?
import { z } from 'zod'
import { id } from './seed-words.ts'

/** Zones of a seed. */
export const zoneSeeds = z.array(
  z.strictObject({
    id: id('nzo').optional(),
    name: z.string().min(1).max(128),
    usage: z.enum(['POLICY', 'BLOCKLIST']).optional(),
    gateways: z.array(z.strictObject({ type: z.enum(['CIDR', 'RANGE']), value: z.string() })).min(1),
  }),
)
