// What does the org know about itself: its names and addresses, whom to call, whom it lets in?
import type { Org } from '../org.ts'
import type { Collection, Stored } from '../state/state.ts'
import { put, type Write } from '../state/state.ts'

/** The settings by name. Moments are in ms since 1970. */
export interface OrgSettings {
  general: Readonly<Record<string, string | null>> & { companyName: string }
  preferences: { showEndUserFooter: boolean }
  communication: { optOutEmailUsers: boolean }
  /** Until when Okta's support may come in. */
  support: { until: number | null }
  /** Ids of users, by the kind of contact. */
  contacts: Readonly<Partial<Record<ContactType, string>>>
  /** The id of the picture. */
  logo: { fileId: string | null }
  aerial: { accountId: string; grantedBy: string; grantedAt: number } | { accountId: null }
  /** Whether somebody who gets a role gets the Admin Console too. */
  adminApp: { autoAssign: boolean }
  /** Whether new service apps begin as super administrators. */
  clientPrivileges: { superAdmin: boolean }
  thirdPartyAdmin: { allowed: boolean }
  /** Ids of the factors that users may have. */
  factors: { active: readonly string[] }
  /** How long sessions of the Admin Console live and lie idle. */
  adminConsole: { sessionIdleTimeoutMinutes: number; sessionMaxLifetimeMinutes: number }
  /** Whether people may take apps along to Okta Personal, and see the way there. */
  personal: { enableExportApps: boolean; enableEnduserEntryPoints: boolean }
  /** Domains of addresses that apps are not taken along to. */
  exportBlocklist: { domains: readonly string[] }
}

/** A factor that an org can switch on. */
export interface OrgFactor {
  id: string
  provider: string
  factorType: string
}

const okta = { provider: 'OKTA' } as const

/** All of them, as the Classic engine names them. */
export const orgFactors: readonly OrgFactor[] = [
  { id: 'okta_password', ...okta, factorType: 'password' },
  { id: 'okta_question', ...okta, factorType: 'question' },
  { id: 'okta_email', ...okta, factorType: 'email' },
  { id: 'okta_sms', ...okta, factorType: 'sms' },
  { id: 'okta_call', ...okta, factorType: 'call' },
  { id: 'okta_otp', ...okta, factorType: 'token:software:totp' },
  { id: 'okta_push', ...okta, factorType: 'push' },
  { id: 'google_otp', provider: 'GOOGLE', factorType: 'token:software:totp' },
  { id: 'fido_webauthn', provider: 'FIDO', factorType: 'webauthn' },
  { id: 'yubikey_token', provider: 'YUBICO', factorType: 'token:hardware' },
]

/** Whom Okta writes to. */
export type ContactType = 'BILLING' | 'TECHNICAL'

interface OrgSetting {
  value: unknown
  lastUpdatedAt: number
}

/** What was changed, by name. */
export const orgSettings: Collection<OrgSetting> = { name: 'orgSetting' }

const standard: OrgSettings = {
  general: { companyName: 'errorg' },
  preferences: { showEndUserFooter: true },
  communication: { optOutEmailUsers: false },
  support: { until: null },
  contacts: {},
  logo: { fileId: null },
  aerial: { accountId: null },
  adminApp: { autoAssign: true },
  clientPrivileges: { superAdmin: false },
  thirdPartyAdmin: { allowed: false },
  factors: { active: ['okta_password', 'okta_email'] },
  adminConsole: { sessionIdleTimeoutMinutes: 15, sessionMaxLifetimeMinutes: 720 },
  personal: { enableExportApps: false, enableEnduserEntryPoints: false },
  exportBlocklist: { domains: [] },
}

/** A setting as it is now, and when it was changed. */
export interface LoadedSetting<Name extends keyof OrgSettings> {
  value: OrgSettings[Name]
  lastUpdatedAt?: number
  /** A write that changes it. */
  change(value: OrgSettings[Name], now: number): Write
}

/** Loads one setting. */
export async function loadSetting<Name extends keyof OrgSettings>(org: Org, name: Name): Promise<LoadedSetting<Name>> {
  const row: Stored<OrgSetting> | undefined = await org.state.load(orgSettings, name)
  return {
    value: (row?.value.value as OrgSettings[Name] | undefined) ?? standard[name],
    lastUpdatedAt: row?.value.lastUpdatedAt,
    change: (value, now) => put(orgSettings, name, { value, lastUpdatedAt: now }, row),
  }
}
