// What may a seed say of authorization servers?
import { z } from 'zod'
import { ruleGrants } from '../oauth/new-server.ts'

const text = z.string().min(1)

const scope = z.strictObject({
  id: text.optional().describe('Pinned id; made when absent.'),
  name: text,
  displayName: z.string().optional(),
  description: z.string().optional(),
  consent: z.enum(['REQUIRED', 'FLEXIBLE', 'IMPLICIT', 'ADMIN']).optional(),
  default: z.boolean().optional(),
  metadataPublish: z.enum(['ALL_CLIENTS', 'NO_CLIENTS']).optional(),
})

const claim = z.strictObject({
  name: text,
  claimType: z.enum(['RESOURCE', 'IDENTITY']).optional().describe('RESOURCE (the access token) when absent.'),
  valueType: z.enum(['EXPRESSION', 'GROUPS']).optional().describe('EXPRESSION when absent.'),
  value: text,
  groupFilterType: z.enum(['STARTS_WITH', 'EQUALS', 'CONTAINS', 'REGEX']).optional(),
  scopes: z.array(text).optional().describe('Only in tokens with one of these scopes; in all when absent.'),
  alwaysIncludeInToken: z.boolean().optional(),
})

const rule = z.strictObject({
  id: text.optional(),
  name: text,
  grantTypes: z.array(z.enum(ruleGrants)).min(1),
  scopes: z.array(text).optional().describe('Any scope when absent.'),
  users: z.array(text).optional().describe('Logins or ids.'),
  groups: z.array(text).optional().describe('Names or ids; everyone when neither users nor groups are named.'),
  accessTokenMinutes: z.number().int().optional(),
  refreshTokenMinutes: z.number().int().optional(),
  refreshTokenWindowMinutes: z.number().int().optional(),
  status: z.enum(['ACTIVE', 'INACTIVE']).optional(),
})

const policy = z.strictObject({
  id: text.optional(),
  name: text,
  description: z.string().optional(),
  clients: z.array(text).optional().describe('Client ids; all clients when absent.'),
  rules: z.array(rule).optional(),
  status: z.enum(['ACTIVE', 'INACTIVE']).optional(),
})

/** Authorization servers; one whose id or name is there already, such as `default`, is added to. */
export const authServerSeeds = z.array(
  z.strictObject({
    id: text.optional().describe('Pinned id; made when absent.'),
    name: text,
    description: z.string().optional(),
    audiences: z.array(text).length(1).optional().describe('Must be there for a new server.'),
    status: z.enum(['ACTIVE', 'INACTIVE']).optional(),
    rotationMode: z.enum(['AUTO', 'MANUAL']).optional(),
    scopes: z.array(scope).optional(),
    claims: z.array(claim).optional(),
    policies: z
      .array(policy)
      .optional()
      .describe('In their order. They replace the policies of a server that is there.'),
  }),
)

/** What a seed says of one authorization server. */
export type AuthServerSeed = z.infer<typeof authServerSeeds>[number]
