// What may the bodies of the control API and seed files say? Only imported when one arrives: loading zod takes
// longer than starting the rest of the org.
import { z } from 'zod'
import type { FaultInput } from '../faults.ts'
import { isZoneAddress, zoneAddressOf } from '../gates/address-list.ts'
import { buckets } from '../limits/buckets.ts'
import { appSeeds } from './app-seed.ts'
import { authServerSeeds } from './auth-server-seed.ts'
import { customRoleSeeds } from './custom-role-seed.ts'
import { deviceSeeds } from './device-seed.ts'
import { groupRuleSeeds } from './group-rule-seed.ts'
import { groupSeeds } from './group-seed.ts'
import { eventHookSeeds, inlineHookSeeds } from './hook-seed.ts'
import { userAttributeSeeds } from './schema-seed.ts'
import { tokenSeeds } from './token-seed.ts'
import { trustedOriginSeeds } from './trusted-origin-seed.ts'
import { userSeeds } from './user-seed.ts'
import { zoneSeeds } from './zone-seed.ts'

const bucketIds: ReadonlySet<string> = new Set(buckets.map((bucket) => bucket.id))

const bucketLimits = z.record(z.string(), z.number().int().min(1)).superRefine((limits, context) => {
  for (const id of Object.keys(limits)) {
    if (!bucketIds.has(id)) context.addIssue({ code: 'custom', path: [id], message: 'there is no such bucket' })
  }
})

const clientMode = z.enum(['ENFORCE', 'PREVIEW', 'DISABLE'])

const knownAddresses = z.strictObject({
  range: z.string().refine((text) => isZoneAddress(zoneAddressOf(text)), 'this is no address, subnet or range'),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  region: z
    .string()
    .regex(/^[A-Z]{2}-[A-Z0-9]{1,3}$/)
    .optional(),
  asn: z
    .string()
    .regex(/^\d{1,10}$/)
    .optional(),
  services: z.array(z.string().regex(/^[A-Z_]+_(?:PROXY|VPN|TOR)$/)).optional(),
  malicious: z.boolean().optional(),
})

/** A change of settings: every member optional, unknown ones refused. */
export const settingsPatch = z.strictObject({
  contract: z.enum(['reference', 'current']).optional(),
  readOnly: z.boolean().optional(),
  features: z.record(z.string(), z.boolean()).optional(),
  rateLimits: z
    .strictObject({
      edition: z.enum(['off', 'integrator', 'one-app', 'enterprise', 'workforce']).optional(),
      limits: bucketLimits.optional(),
      concurrency: z.number().int().min(1).nullable().optional(),
      tokenPercent: z.number().int().min(1).max(100).optional(),
      warningPercent: z.number().int().min(30).max(90).optional(),
      clientMode: clientMode.optional(),
      clientModes: z
        .strictObject({
          LOGIN_PAGE: clientMode.optional(),
          OAUTH2_AUTHORIZE: clientMode.optional(),
          OIE_APP_INTENT: clientMode.optional(),
        })
        .optional(),
      notifyAdmins: z.boolean().optional(),
    })
    .optional(),
  apps: z.strictObject({ most: z.number().int().min(0).nullable().optional() }).optional(),
  groupRules: z.strictObject({ most: z.number().int().min(0).optional() }).optional(),
  addresses: z.strictObject({ known: z.array(knownAddresses).optional() }).optional(),
  eventHooks: z.strictObject({ mostADay: z.number().int().min(0).optional() }).optional(),
  domains: z.strictObject({ verified: z.array(z.string().min(1)).optional() }).optional(),
  delays: z
    .strictObject({
      activationSeconds: z.number().min(0).optional(),
      userTypeSeconds: z.number().min(0).optional(),
      appPolicySeconds: z.number().min(0).optional(),
      groupRuleSeconds: z.number().min(0).optional(),
      schemaUpdateSeconds: z.number().min(0).optional(),
      schemaCleanupSeconds: z.number().min(0).optional(),
    })
    .optional(),
  passwordPolicy: z
    .strictObject({
      minLength: z.number().int().min(4).max(72).optional(),
      history: z.number().int().min(0).max(30).optional(),
      maxAttempts: z.number().int().min(0).max(100).optional(),
      autoUnlockMinutes: z.number().int().min(0).optional(),
      showLockoutFailures: z.boolean().optional(),
    })
    .optional(),
})

/** What can be put into an org: by a seed file at start, or while it runs. */
export const seedSchema = z.strictObject({
  userAttributes: userAttributeSeeds.optional(),
  users: userSeeds.optional(),
  groups: groupSeeds.optional(),
  tokens: tokenSeeds.optional(),
  zones: zoneSeeds.optional(),
  authorizationServers: authServerSeeds.optional(),
  apps: appSeeds.optional(),
  groupRules: groupRuleSeeds.optional(),
  customRoles: customRoleSeeds.optional(),
  eventHooks: eventHookSeeds.optional(),
  inlineHooks: inlineHookSeeds.optional(),
  trustedOrigins: trustedOriginSeeds.optional(),
  devices: deviceSeeds.optional(),
  settings: settingsPatch.optional(),
})

// What Node would refuse to send.
const headerName = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'is no name of a header')
const headerValue = z.string().regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'is no value of a header')

/** A fault that is asked for. */
export const faultBody: z.ZodType<FaultInput> = z.strictObject({
  name: z.string().max(100).optional(),
  match: z
    .strictObject({
      method: z.string().optional(),
      path: z.string().optional().describe('A path; `*` stands for one segment, a final `/**` for all below.'),
      caller: z.string().optional().describe('Id of the user whose API token calls.'),
    })
    .optional(),
  answer: z
    .strictObject({
      code: z.string().max(100).optional().describe('`E0000016`, or with its cause `E0000001/login-taken`.'),
      status: z.number().int().min(200).max(599).optional(),
      body: z.unknown().optional(),
      headers: z.record(headerName, headerValue).optional(),
    })
    .optional(),
  headers: z.record(headerName, headerValue.nullable()).optional().describe('Changes headers of the genuine answer.'),
  latencyMs: z.number().int().min(0).max(600_000).optional(),
  line: z.enum(['hang', 'reset']).optional(),
  body: z
    .enum(['truncated', 'not-json', 'html', 'empty'])
    .optional()
    .describe('Spoils the body of the genuine answer.'),
  skewSeconds: z.number().min(-3.2e9).max(3.2e9).optional().describe('Moves the Date header.'),
  times: z.number().int().min(1).optional().describe('How many requests; all when absent.'),
  probability: z.number().min(0).max(1).optional(),
  fromSeconds: z.number().min(0).optional().describe('Not before this many seconds from now.'),
  toSeconds: z.number().min(0).optional().describe('Not after this many seconds from now.'),
})

/** Several faults. */
export const faultBodies = z.array(faultBody)

/** `{ "now" }`, `{ "advanceSeconds" }`, `{ "freeze" }`, together or alone. */
export const clockBody = z.strictObject({
  now: z.union([z.number(), z.iso.datetime({ offset: true })]).optional(),
  advanceSeconds: z.number().min(0).max(3.2e9).optional(),
  freeze: z.boolean().optional(),
})

/** `{ "id" }` of a snapshot. */
export const restoreBody = z.strictObject({ id: z.string() })

/** What a seed says. */
export type SeedInput = z.infer<typeof seedSchema>
