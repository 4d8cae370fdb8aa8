// Which operations does the API have on ThreatInsight and on the protection of sign-in, to the org and to desktops?
import { E0000001, E0000003 } from '@errorg/errors/codes'
import { isoDate } from '../../clock.ts'
import { loadProtection, type ProtectionSettings, saveProtection } from '../../entities/protection.ts'
import { zones } from '../../entities/zone.ts'
import { fail } from '../../fail.ts'
import { objectBody, refuseFaults } from '../../fields.ts'
import { type Answer, type Exchange, ok } from '../../http/exchange.ts'
import type { Org } from '../../org.ts'
import type { Handle, RouteRow } from '../../routes.ts'

const THREATS = '/api/v1/threats/configuration'
const ATTACKS = '/attack-protection/api/v1'
const DESKTOP = '/device-access/api/v1/desktop-mfa'

async function getThreats(org: Org): Promise<Answer> {
  return ok(await showThreats(org))
}

async function showThreats(org: Org): Promise<Record<string, unknown>> {
  const { value, createdAt = 0, lastUpdatedAt = 0 } = await loadProtection(org, 'threatInsight')
  return {
    action: value.action,
    excludeZones: value.excludeZones,
    created: isoDate(createdAt),
    lastUpdated: isoDate(lastUpdatedAt),
    _links: { self: { href: org.baseUrl + THREATS, hints: { allow: ['GET', 'POST'] } } },
  }
}

async function setThreats(org: Org, x: Exchange): Promise<Answer> {
  const seen = await loadProtection(org, 'threatInsight')
  const sent = objectBody(x.body)
  const value = { action: readAction(sent.action), excludeZones: readZoneIds(sent.excludeZones) }
  for (const id of value.excludeZones) mustBeZone(id, (await org.state.load(zones, id)) !== undefined)
  await saveProtection(org, 'threatInsight', seen, value, x.now)
  org.log(x, {
    eventType: 'security.threat.configuration.update',
    displayMessage: 'Update ThreatInsight configuration',
    targets: [
      { id: org.fixed.orgId, type: 'ThreatInsightConfiguration', alternateId: 'unknown', displayName: value.action },
    ],
  })
  return ok(await showThreats(org))
}

function readAction(value: unknown): ProtectionSettings['threatInsight']['action'] {
  if (value === undefined || value === null || value === '') {
    refuseFaults([{ field: 'action', says: 'The field cannot be left blank', kind: 'missing' }])
  }
  if (value === 'none' || value === 'audit' || value === 'block') return value
  return fail(E0000003, 'body-unreadable-shape')
}

function readZoneIds(value: unknown): string[] {
  if (value === undefined || value === null) return []
  const fits = Array.isArray(value) && value.length <= 1_000 && value.every((id) => typeof id === 'string')
  return fits ? [...new Set(value as string[])] : fail(E0000003, 'body-unreadable-shape')
}

function mustBeZone(id: string, isThere: boolean): void {
  if (!isThere) fail(E0000001, 'exempt-zone-unknown', { zone: id.slice(0, 60) })
}

type Switch = 'userLockout' | 'authenticatorSettings' | 'desktopNumberMatching' | 'desktopRecoveryPin'
const flags = {
  userLockout: 'preventBruteForceLockoutFromUnknownDevices',
  authenticatorSettings: 'verifyKnowledgeSecondWhen2faRequired',
  desktopNumberMatching: 'desktopMFAEnforceNumberMatchingChallengeEnabled',
  desktopRecoveryPin: 'desktopMFARecoveryPinEnabled',
} as const satisfies Record<Switch, string>

function getSwitch(name: Switch): Handle {
  return async (org) => ok((await loadProtection(org, name)).value)
}

function setSwitch(name: Switch, note?: typeof noteAttackSettings): Handle {
  return async (org, x) => {
    const seen = await loadProtection(org, name)
    const flag = objectBody(x.body)[flags[name]] ?? false
    if (typeof flag !== 'boolean') return fail(E0000003, 'body-unreadable-shape')
    const value = { [flags[name]]: flag } as unknown as ProtectionSettings[Switch]
    await saveProtection(org, name, seen, value, x.now)
    note?.(org, x, flags[name])
    return ok(value)
  }
}

function noteAttackSettings(org: Org, x: Exchange, displayName: string): void {
  org.log(x, {
    eventType: 'security.attack_protection.settings.update',
    displayMessage: 'Update attack protection settings',
    targets: [{ id: org.fixed.orgId, type: 'Org', alternateId: 'unknown', displayName }],
  })
}

const reads = { needs: 'security.read' } as const
const writes = { needs: 'security.manage', body: 'json' } as const

/** Rows of the route table. */
export const protectionRoutes: readonly RouteRow[] = [
  { on: `GET ${THREATS}`, operation: 'getCurrentConfiguration', ...reads, handle: getThreats },
  { on: `POST ${THREATS}`, operation: 'updateConfiguration', ...writes, handle: setThreats },
  {
    on: `GET ${ATTACKS}/user-lockout-settings`,
    operation: 'getUserLockoutSettings',
    ...reads,
    handle: getSwitch('userLockout'),
  },
  {
    on: `PUT ${ATTACKS}/user-lockout-settings`,
    operation: 'replaceUserLockoutSettings',
    ...writes,
    handle: setSwitch('userLockout', noteAttackSettings),
  },
  {
    on: `GET ${ATTACKS}/authenticator-settings`,
    operation: 'getAuthenticatorSettings',
    ...reads,
    handle: getSwitch('authenticatorSettings'),
  },
  {
    on: `PUT ${ATTACKS}/authenticator-settings`,
    operation: 'replaceAuthenticatorSettings',
    ...writes,
    handle: setSwitch('authenticatorSettings', noteAttackSettings),
  },
  // Which events these two write is not known.
  {
    on: `GET ${DESKTOP}/enforce-number-matching-challenge-settings`,
    operation: 'getDesktopMFAEnforceNumberMatchingChallengeOrgSetting',
    ...reads,
    handle: getSwitch('desktopNumberMatching'),
  },
  {
    on: `PUT ${DESKTOP}/enforce-number-matching-challenge-settings`,
    operation: 'replaceDesktopMFAEnforceNumberMatchingChallengeOrgSetting',
    ...writes,
    handle: setSwitch('desktopNumberMatching'),
  },
  {
    on: `GET ${DESKTOP}/recovery-pin-settings`,
    operation: 'getDesktopMFARecoveryPinOrgSetting',
    ...reads,
    handle: getSwitch('desktopRecoveryPin'),
  },
  {
    on: `PUT ${DESKTOP}/recovery-pin-settings`,
    operation: 'replaceDesktopMFARecoveryPinOrgSetting',
    ...writes,
    handle: setSwitch('desktopRecoveryPin'),
  },
]
