// How does the org protect itself: ThreatInsight, attacks on sign-in, sign-in to desktops, CAPTCHAs?
import type { Org } from '../org.ts'
import { type Collection, put, type Stored } from '../state/state.ts'

/** Settings by name. */
export interface ProtectionSettings {
  threatInsight: { action: 'none' | 'audit' | 'block'; excludeZones: readonly string[] }
  userLockout: { preventBruteForceLockoutFromUnknownDevices: boolean }
  authenticatorSettings: { verifyKnowledgeSecondWhen2faRequired: boolean }
  desktopNumberMatching: { desktopMFAEnforceNumberMatchingChallengeEnabled: boolean }
  desktopRecoveryPin: { desktopMFARecoveryPinEnabled: boolean }
  /** On which pages of the org people are asked to show that they are people. */
  captcha: { captchaId: string | null; enabledPages: readonly string[] }
}

const standard: ProtectionSettings = {
  threatInsight: { action: 'none', excludeZones: [] },
  userLockout: { preventBruteForceLockoutFromUnknownDevices: false },
  authenticatorSettings: { verifyKnowledgeSecondWhen2faRequired: false },
  desktopNumberMatching: { desktopMFAEnforceNumberMatchingChallengeEnabled: false },
  desktopRecoveryPin: { desktopMFARecoveryPinEnabled: false },
  captcha: { captchaId: null, enabledPages: [] },
}

interface Setting {
  value: unknown
  createdAt: number
  lastUpdatedAt: number
}

const settings: Collection<Setting> = { name: 'protection' }

/** A setting as it is, with its moments; undefined moments while nobody has touched it. */
export async function loadProtection<Name extends keyof ProtectionSettings>(org: Org, name: Name) {
  const row = await org.state.load(settings, name)
  const value = (row?.value.value ?? standard[name]) as ProtectionSettings[Name]
  return { row, value, createdAt: row?.value.createdAt, lastUpdatedAt: row?.value.lastUpdatedAt }
}

/** Writes a setting. */
export async function saveProtection<Name extends keyof ProtectionSettings>(
  org: Org,
  name: Name,
  seen: { row: Stored<Setting> | undefined },
  value: ProtectionSettings[Name],
  now: number,
): Promise<void> {
  const createdAt = seen.row?.value.createdAt ?? now
  await org.state.change([put(settings, name, { value, createdAt, lastUpdatedAt: now }, seen.row)])
}

/** A CAPTCHA service that the org may use. */
export interface Captcha {
  name: string
  type: 'HCAPTCHA' | 'RECAPTCHA_V2'
  siteKey: string
  /** Kept, never shown. */
  secretKey: string
}

/** All CAPTCHA services; Okta lets an org have one. */
export const captchas: Collection<Captcha> = { name: 'captcha' }
