// What is a policy of the org (sign-on, password, authentication), as it is kept?
import type { Collection } from '../state/state.ts'

/** Types of policies. */
export type PolicyType =
  | 'OKTA_SIGN_ON'
  | 'PASSWORD'
  | 'MFA_ENROLL'
  | 'ACCESS_POLICY'
  | 'IDP_DISCOVERY'
  | 'PROFILE_ENROLLMENT'
  | 'ENTITY_RISK'
  | 'POST_AUTH_SESSION'
  | 'DEVICE_SIGNAL_COLLECTION'

/** A policy. `conditions` and `settings` are kept as they were sent, checked. */
export interface Policy {
  type: PolicyType
  name: string
  description: string | null
  status: 'ACTIVE' | 'INACTIVE'
  priority: number
  system: boolean
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
