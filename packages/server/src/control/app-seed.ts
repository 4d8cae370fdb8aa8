// What may a seed say of apps? OAuth clients only: apps of other kinds are quickly made through the API.
import { z } from 'zod'
import { id, role } from './seed-words.ts'

/** Apps of a seed. */
export const appSeeds = z.array(
  z.strictObject({
    id: id('0oa').optional().describe('Pinned id; made when absent.'),
    label: z.string().min(1).max(100),
    type: z.enum(['web', 'browser', 'native', 'service']).describe('A single-page app is a `browser`.'),
    clientId: z.string().optional().describe('Pinned client id; the id of the app when absent.'),
    clientSecret: z.string().optional().describe('Pinned secret; made when absent and the client needs one.'),
    authMethod: z
      .enum(['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt', 'none'])
      .optional()
      .describe('What fits the type and the keys when absent.'),
    pkceRequired: z.boolean().optional(),
    redirectUris: z.array(z.string()).optional(),
    postLogoutRedirectUris: z.array(z.string()).optional(),
    grantTypes: z.array(z.string()).min(1).optional().describe('What is usual for the type when absent.'),
    jwks: z
      .strictObject({ keys: z.array(z.record(z.string(), z.unknown())) })
      .optional()
      .describe('Public keys for private_key_jwt.'),
    users: z.array(z.string()).optional().describe('Logins or ids of who may use it.'),
    groups: z.array(z.string()).optional().describe('Names of groups whose members may use it.'),
    grants: z.array(z.string()).optional().describe('Scopes such as `okta.users.read`.'),
    roles: z.array(role).optional().describe('Administrator roles of the client.'),
  }),
)

/** An app of a seed. */
export type AppSeed = z.infer<typeof appSeeds>[number]
