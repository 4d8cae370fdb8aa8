// What may a seed say of hooks? Their servers are called as for those that the API makes.
import { z } from 'zod'
import { inlineHookTypes } from '../entities/hook.ts'
import { id } from './seed-words.ts'

const hook = {
  name: z.string().min(1).max(255),
  url: z.string().describe('https://…, or http:// on this machine.'),
  headers: z.record(z.string(), z.string()).optional().describe('Sent with every call.'),
  secret: z.string().optional().describe('Sent as the Authorization header of every call.'),
}

/** Event hooks of a seed. They are active and verified: nobody is asked. */
export const eventHookSeeds = z.array(
  z.strictObject({
    id: id('who').optional().describe('Pinned id; made when absent.'),
    ...hook,
    events: z.array(z.string()).min(1).describe('Event types such as `user.lifecycle.create`.'),
  }),
)

/** Inline hooks of a seed. */
export const inlineHookSeeds = z.array(
  z.strictObject({
    id: id('cal').optional().describe('Pinned id; made when absent. Access rules name it.'),
    ...hook,
    type: z.enum(inlineHookTypes),
  }),
)

/** Hooks of a seed. */
export interface HookSeeds {
  eventHooks?: z.infer<typeof eventHookSeeds>
  inlineHooks?: z.infer<typeof inlineHookSeeds>
}
