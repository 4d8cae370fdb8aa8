// Which ways of behaving can be switched while an org runs?
import type { Contract } from '@errorg/errors'
import { z } from 'zod'

const editions = ['off', 'integrator', 'one-app', 'enterprise', 'workforce'] as const

/** The shape of `PATCH /_errorg/settings`: every member optional, unknown ones refused. */
export const settingsSchema = z.strictObject({
  contract: z.enum(['reference', 'current']).describe('Which published behaviour the org follows.'),
  readOnly: z.boolean().describe('Writes answer 503 E0000010, as during maintenance.'),
  features: z
    .record(z.string(), z.boolean())
    .describe('Features of the org by name; an operation that needs one that is off answers 401 E0000015.'),
  rateLimits: z.strictObject({
    edition: z.enum(editions).describe('Whose published limits apply; off counts nothing but shows headers.'),
    limits: z.record(z.string(), z.number().int().min(1)).describe('Own limits per minute, by bucket id.'),
    concurrency: z.number().int().min(1).nullable().describe('Requests at the same moment; null: the edition’s.'),
    tokenPercent: z.number().int().min(1).max(100).describe('Share of each bucket that one token may use.'),
    warningPercent: z.number().int().min(30).max(90).describe('Share of a bucket at which a warning is logged.'),
  }),
  delays: z.strictObject({
    activationSeconds: z.number().min(0).describe('How long activating a user takes.'),
    userTypeSeconds: z.number().min(0).describe('How long making a user type takes.'),
  }),
  passwordPolicy: z.strictObject({
    minLength: z.number().int().min(4).max(72),
    history: z.number().int().min(0).max(30).describe('How many earlier passwords may not be used again.'),
    maxAttempts: z.number().int().min(0).max(100).describe('Wrong passwords until the user locks out; 0: never.'),
    autoUnlockMinutes: z.number().int().min(0),
  }),
})

/** How an org behaves at this moment. */
export type Settings = z.infer<typeof settingsSchema> & { contract: Contract }

/** A change of settings: any part of them. */
export type SettingsPatch = { [K in keyof Settings]?: Settings[K] extends object ? Partial<Settings[K]> : Settings[K] }

/** How an org behaves when nothing is said. */
export function defaultSettings(): Settings {
  return {
    contract: 'reference',
    readOnly: false,
    features: {},
    rateLimits: { edition: 'off', limits: {}, concurrency: null, tokenPercent: 50, warningPercent: 60 },
    delays: { activationSeconds: 0, userTypeSeconds: 0 },
    passwordPolicy: { minLength: 8, history: 4, maxAttempts: 10, autoUnlockMinutes: 0 },
  }
}

const patchSchema = z.strictObject({
  contract: settingsSchema.shape.contract.optional(),
  readOnly: settingsSchema.shape.readOnly.optional(),
  features: settingsSchema.shape.features.optional(),
  rateLimits: settingsSchema.shape.rateLimits.partial().optional(),
  delays: settingsSchema.shape.delays.partial().optional(),
  passwordPolicy: settingsSchema.shape.passwordPolicy.partial().optional(),
})

/** Reads a change of settings; says every fault with its path. Nothing is changed unless all of it is right. */
export function readSettingsPatch(value: unknown): { ok: true; patch: SettingsPatch } | { ok: false; faults: string[] } {
  const result = patchSchema.safeParse(value)
  if (result.success) return { ok: true, patch: result.data as SettingsPatch }
  return { ok: false, faults: result.error.issues.map((issue) => `${issue.path.join('.') || '(all)'}: ${issue.message}`) }
}

/** Settings with a change applied; features and own limits are merged by name. */
export function applySettings(settings: Settings, patch: SettingsPatch): Settings {
  return {
    contract: patch.contract ?? settings.contract,
    readOnly: patch.readOnly ?? settings.readOnly,
    features: { ...settings.features, ...definedOnly(patch.features) },
    rateLimits: {
      ...settings.rateLimits,
      ...definedOnly(patch.rateLimits),
      limits: { ...settings.rateLimits.limits, ...definedOnly(patch.rateLimits?.limits) },
    },
    delays: { ...settings.delays, ...definedOnly(patch.delays) },
    passwordPolicy: { ...settings.passwordPolicy, ...definedOnly(patch.passwordPolicy) },
  }
}

// A member that is present but undefined says nothing: it must not erase what is set.
function definedOnly<T extends object>(part: T | undefined): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(part ?? {}).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> }
}
