// What is a policy of the org (sign-on, password, authentication), as it is kept?
import type { Collection } from '../state/state.ts'

/** Types of policies. */
export const policyTypes = [
  'OKTA_SIGN_ON',
  'PASSWORD',
  'MFA_ENROLL',
  'ACCESS_POLICY',
  'IDP_DISCOVERY',
  'PROFILE_ENROLLMENT',
  'ENTITY_RISK',
  'POST_AUTH_SESSION',
  'SESSION_VIOLATION_DETECTION',
  'DEVICE_SIGNAL_COLLECTION',
  'CLIENT_UPDATE',
  'IDENTITY_CLAIM_SOURCING',
] as const

/** A type of policies. */
export type PolicyType = (typeof policyTypes)[number]

/** A policy. `conditions` and `settings` are kept as they were sent, checked. */
export interface Policy {
  type: PolicyType
  name: string
  description: string | null
  status: 'ACTIVE' | 'INACTIVE'
  priority: number
  system: boolean
  /** The policy that applies where no other does. One of each type. */
  isDefault?: true
  /** Okta's own app that this policy is for; other apps cannot be given it. */
  reservedFor?: string
  conditions: Readonly<Record<string, unknown>> | null
  settings?: Readonly<Record<string, unknown>>
  createdAt: number
  lastUpdatedAt: number
}

/** All policies. */
export const policies: Collection<Policy> = {
  name: 'policy',
  unique: (policy) => [`${policy.type}:${policy.name.toLowerCase()}`],
  indexes: { type: (policy) => policy.type },
}

/** A rule of a policy. */
export interface PolicyRule {
  policyId: string
  /** `SIGN_ON`, `PASSWORD`, `ACCESS_POLICY`, … */
  type: string
  name: string
  status: 'ACTIVE' | 'INACTIVE'
  priority: number
  system: boolean
  conditions: Readonly<Record<string, unknown>> | null
  actions: Readonly<Record<string, unknown>>
  createdAt: number
  lastUpdatedAt: number
}

/** All policy rules. */
export const policyRules: Collection<PolicyRule> = {
  name: 'policyRule',
  indexes: { policy: (rule) => rule.policyId },
}

/** Ids of app sign-in policies and the younger kinds begin with rst, of the others with 00p (recorded). */
export function policyPrefix(type: PolicyType): 'rst' | '00p' {
  return type === 'OKTA_SIGN_ON' || type === 'PASSWORD' || type === 'MFA_ENROLL' || type === 'IDP_DISCOVERY'
    ? '00p'
    : 'rst'
}

/** Rules follow their policy: rul with rst, 0pr with 00p (recorded). */
export function rulePrefix(type: PolicyType): 'rul' | '0pr' {
  return policyPrefix(type) === 'rst' ? 'rul' : '0pr'
}

/** What a rule's `type` says: as its policy's, but SIGN_ON for sign-on policies. */
export function ruleTypeOf(type: PolicyType): string {
  return type === 'OKTA_SIGN_ON' ? 'SIGN_ON' : type
}
