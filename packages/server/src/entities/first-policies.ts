// Which policies does every org have from the start? A Default Policy with a Default Rule of each type, and the app
// sign-in policies that recorded orgs came with.
import type { Ids } from '../ids.ts'
import { put, type Write } from '../state/state.ts'
import {
  type Policy,
  type PolicyRule,
  type PolicyType,
  policies,
  policyPrefix,
  policyRules,
  rulePrefix,
  ruleTypeOf,
} from './policy.ts'

interface First {
  type: PolicyType
  name: string
  description?: string
  more?: Partial<Policy>
  rule: { name: string; priority?: number; conditions?: PolicyRule['conditions']; actions: PolicyRule['actions'] }
}

const anywhere = { network: { connection: 'ANYWHERE' } } as const
const everybody = { people: { users: { exclude: [] } } } as const

/** The actions of an app sign-in rule that asks for so many factors. */
export const assurance = (factorMode: '1FA' | '2FA') => ({
  appSignOn: {
    access: 'ALLOW',
    verificationMethod: {
      factorMode,
      type: 'ASSURANCE',
      reauthenticateIn: 'PT2H',
      constraints: factorMode === '1FA' ? [{ knowledge: { types: ['password'], required: true } }] : [],
    },
  },
})

/** The catch-all rule that app sign-in policies are made with. */
export const catchAll = (factorMode: '1FA' | '2FA') => ({
  name: 'Catch-all Rule',
  priority: 99,
  conditions: null,
  actions: assurance(factorMode),
})

const appPolicy = (name: string, description: string, factorMode: '1FA' | '2FA', more?: Partial<Policy>): First => ({
  type: 'ACCESS_POLICY',
  name,
  description,
  more,
  rule: catchAll(factorMode),
})

const firsts: readonly First[] = [
  {
    type: 'OKTA_SIGN_ON',
    name: 'Default Policy',
    description: 'The default policy applies in all situations if no other policy applies.',
    more: { isDefault: true },
    rule: {
      name: 'Default Rule',
      conditions: { ...everybody, ...anywhere, authContext: { authType: 'ANY' } },
      actions: {
        signon: {
          access: 'ALLOW',
          requireFactor: false,
          session: { usePersistentCookie: false, maxSessionIdleMinutes: 120, maxSessionLifetimeMinutes: 0 },
        },
      },
    },
  },
  {
    type: 'PASSWORD',
    name: 'Default Policy',
    description: 'The default policy applies in all situations if no other policy applies.',
    more: { isDefault: true },
    rule: {
      name: 'Default Rule',
      conditions: { ...everybody, ...anywhere },
      actions: {
        passwordChange: { access: 'ALLOW' },
        selfServicePasswordReset: { access: 'ALLOW' },
        selfServiceUnlock: { access: 'DENY' },
      },
    },
  },
  {
    type: 'MFA_ENROLL',
    name: 'Default Policy',
    description: 'The default policy applies in all situations if no other policy applies.',
    more: { isDefault: true, settings: { type: 'AUTHENTICATORS', authenticators: [] } },
    rule: {
      name: 'Default Rule',
      conditions: { ...everybody, ...anywhere },
      actions: { enroll: { self: 'CHALLENGE' } },
    },
  },
  // A user who cannot have a factor yet must be able to open an app: hence one factor here. Orgs of today come with
  // "Any two factors" as their default; that policy is here too, for those who choose it.
  appPolicy('Default Policy', 'Sign in with the password.', '1FA', { isDefault: true }),
  appPolicy('Okta Admin Console', 'The policy of the Admin Console.', '2FA', { reservedFor: 'Okta Admin Console' }),
  appPolicy('Okta Dashboard', 'The policy of the dashboard.', '1FA', { reservedFor: 'Okta Dashboard' }),
  appPolicy('Any two factors', 'Require two factors to access.', '2FA', { system: false }),
  appPolicy('Password only', 'Require a password to access.', '1FA', { system: false }),
  {
    type: 'IDP_DISCOVERY',
    name: 'Idp Discovery Policy',
    more: { isDefault: true },
    rule: { name: 'Default Rule', conditions: anywhere, actions: { idp: { providers: [{ type: 'OKTA' }] } } },
  },
  {
    type: 'PROFILE_ENROLLMENT',
    name: 'Default Policy',
    more: { isDefault: true },
    rule: {
      name: 'Catch-all Rule',
      priority: 99,
      conditions: null,
      actions: { profileEnrollment: { access: 'DENY', unknownUserAction: 'DENY', profileAttributes: [] } },
    },
  },
  {
    type: 'ENTITY_RISK',
    name: 'Entity Risk Policy',
    description: 'What happens when the risk of a user changes.',
    more: { isDefault: true },
    rule: { name: 'Catch-all Rule', priority: 99, conditions: null, actions: { entityRisk: { actions: [] } } },
  },
  {
    type: 'POST_AUTH_SESSION',
    name: 'Post Auth Policy',
    description: 'What happens when a session no longer meets its policies.',
    more: { isDefault: true },
    rule: {
      name: 'Post Session Protection Rule',
      conditions: { people: { users: { include: [], exclude: [] }, groups: { include: [], exclude: [] } } },
      actions: { postAuthSession: { failureActions: [] } },
    },
  },
  {
    type: 'SESSION_VIOLATION_DETECTION',
    name: 'Session Violation Detection Policy',
    description: 'Which changes of a session count as a violation.',
    more: { isDefault: true },
    rule: {
      name: 'Session Violation Detection Rule',
      conditions: anywhere,
      actions: { sessionViolationDetection: { policyEvaluation: { enabled: false } } },
    },
  },
]

/** The writes that put them into a new org. */
export function firstPolicies(ids: Ids, everyoneId: string, now: number): Write[] {
  const everyone = { people: { groups: { include: [everyoneId] } } }
  return firsts.flatMap(({ type, name, description, more, rule }) => {
    const policyId = ids.next(policyPrefix(type))
    const common = { status: 'ACTIVE', system: true, createdAt: now, lastUpdatedAt: now } as const
    const policy: Policy = {
      ...common,
      type,
      name,
      description: description ?? null,
      priority: 1,
      conditions: type === 'ACCESS_POLICY' || type === 'PROFILE_ENROLLMENT' ? null : everyone,
      ...more,
    }
    const kept: PolicyRule = {
      ...common,
      policyId,
      type: ruleTypeOf(type),
      name: rule.name,
      priority: rule.priority ?? 1,
      conditions: rule.conditions ?? null,
      actions: rule.actions,
    }
    return [put(policies, policyId, policy), put(policyRules, ids.next(rulePrefix(type)), kept)]
  })
}
