// Which ways of behaving can be switched while an org runs?
import type { Contract } from '@errorg/errors'
import type { ClientUse } from './limits/buckets.ts'
import type { ClientMode } from './limits/limiter.ts'

/** Whose published limits apply; `off` counts nothing but still shows the headers. */
export type LimitsEdition = 'off' | 'integrator' | 'one-app' | 'enterprise' | 'workforce'

/** Some addresses that callers come from, and what Okta would know of them. */
export interface KnownAddresses {
  /** One address, a CIDR block, or two addresses with a hyphen between them. */
  range: string
  /** ISO 3166-1: `DE`. */
  country?: string
  /** ISO 3166-2: `DE-BE`. */
  region?: string
  /** The number of the autonomous system: `3320`. */
  asn?: string
  /** Proxies, VPNs and anonymizers, in the words of network zones: `NORD_VPN`, `ANONYMIZER_TOR`. */
  services?: readonly string[]
  /** ThreatInsight holds them to be malicious. */
  malicious?: boolean
}

/** How an org behaves at this moment. */
export interface Settings {
  contract: Contract
  /** Writes answer 503 E0000010, as during maintenance. */
  readOnly: boolean
  /** Features of the org by name; an operation that needs one that is off answers 401 E0000015. */
  features: Readonly<Record<string, boolean>>
  rateLimits: {
    edition: LimitsEdition
    /** Own limits per minute, by bucket id. */
    limits: Readonly<Record<string, number>>
    /** Requests at the same moment; null: the edition's. */
    concurrency: number | null
    /** Share of each bucket that one API token may use, in percent. */
    tokenPercent: number
    /** Share of a bucket at which a warning is logged, in percent. */
    warningPercent: number
    /** What the limits of one client (sign-in page, authorize) do. */
    clientMode: ClientMode
    /** The same for some uses, where it differs. */
    clientModes: Readonly<Partial<Record<ClientUse, ClientMode>>>
    /** Whether administrators hear of warnings and violations by mail. */
    notifyAdmins: boolean
  }
  apps: {
    /** How many apps the org may have; null: as many as it likes. */
    most: number | null
  }
  groupRules: {
    /** How many group rules the org may have. */
    most: number
  }
  eventHooks: {
    /** How many events the org tells event hooks of in 24 hours. */
    mostADay: number
  }
  addresses: {
    /** What is known of callers' addresses; the first entry that holds an address counts. */
    known: readonly KnownAddresses[]
  }
  domains: {
    /** Names whose DNS records are as Okta asks for: verification finds them so. */
    verified: readonly string[]
  }
  delays: {
    /** How long activating a user takes. */
    activationSeconds: number
    /** How long making a user type takes. */
    userTypeSeconds: number
    /** How long giving an app another sign-in policy takes; the app cannot be deleted meanwhile. */
    appPolicySeconds: number
    /** How long it takes until group rules have done their work, and until another rule can be made. */
    groupRuleSeconds: number
    /** How long a change of a schema takes; another one that comes in the meantime collides with it. */
    schemaUpdateSeconds: number
    /** How long the values of a removed attribute are being cleaned up. */
    schemaCleanupSeconds: number
  }
  passwordPolicy: {
    minLength: number
    /** How many earlier passwords may not be used again. */
    history: number
    /** Wrong passwords until the user locks out; 0: never. */
    maxAttempts: number
    /** Minutes until a locked user is free again; 0: only by an administrator. */
    autoUnlockMinutes: number
    /** Whether a sign-in says that the user is locked out; else it fails like one with a wrong password. */
    showLockoutFailures: boolean
  }
}

/** A change of settings: any part of them. */
export type SettingsPatch = { [K in keyof Settings]?: Settings[K] extends object ? Partial<Settings[K]> : Settings[K] }

/** How an org behaves when nothing is said. */
export function defaultSettings(): Settings {
  return {
    contract: 'reference',
    readOnly: false,
    features: {},
    rateLimits: {
      edition: 'off',
      limits: {},
      concurrency: null,
      tokenPercent: 50,
      warningPercent: 60,
      clientMode: 'ENFORCE',
      clientModes: {},
      notifyAdmins: true,
    },
    apps: { most: null },
    addresses: { known: [] },
    domains: { verified: [] },
    // Documented.
    groupRules: { most: 2_000 },
    eventHooks: { mostADay: 400_000 },
    delays: {
      activationSeconds: 0,
      userTypeSeconds: 0,
      appPolicySeconds: 0,
      schemaUpdateSeconds: 0,
      schemaCleanupSeconds: 0,
      groupRuleSeconds: 0,
    },
    passwordPolicy: { minLength: 8, history: 4, maxAttempts: 10, autoUnlockMinutes: 0, showLockoutFailures: false },
  }
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
    apps: { ...settings.apps, ...definedOnly(patch.apps) },
    groupRules: { ...settings.groupRules, ...definedOnly(patch.groupRules) },
    eventHooks: { ...settings.eventHooks, ...definedOnly(patch.eventHooks) },
    addresses: { ...settings.addresses, ...definedOnly(patch.addresses) },
    domains: { ...settings.domains, ...definedOnly(patch.domains) },
    delays: { ...settings.delays, ...definedOnly(patch.delays) },
    passwordPolicy: { ...settings.passwordPolicy, ...definedOnly(patch.passwordPolicy) },
  }
}

// A member that is present but undefined says nothing: it must not erase what is set.
function definedOnly<T extends object>(part: T | undefined): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(part ?? {}).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> }
}
