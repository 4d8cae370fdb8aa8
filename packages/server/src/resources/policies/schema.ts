// What do policies and their rules look like on the wire, and what may be sent for one?
import { isoDate } from '../../clock.ts'
import { type Policy, type PolicyRule, type PolicyType, policyTypes } from '../../entities/policy.ts'
import type { FieldTable } from '../../fields.ts'
import type { Org } from '../../org.ts'
import { passwordSettings } from '../../password-rules.ts'
import type { Stored } from '../../state/state.ts'

/** What may be sent for a policy. */
export const policyFields: FieldTable = {
  type: { type: 'string', required: true, oneOf: policyTypes },
  name: { type: 'string', required: true, max: 255 },
  description: { type: 'string', max: 1024 },
  status: { type: 'string', oneOf: ['ACTIVE', 'INACTIVE'] },
  priority: { type: 'integer', min: 0, max: 1_000_000 },
  conditions: { type: 'object' },
  settings: { type: 'object' },
}

/** What may be sent for a rule. */
export const ruleFields: FieldTable = {
  name: { type: 'string', required: true, max: 255 },
  status: { type: 'string', oneOf: ['ACTIVE', 'INACTIVE'] },
  priority: { type: 'integer', min: 0, max: 1_000_000 },
  conditions: { type: 'object' },
  actions: { type: 'object' },
}

/** What a rule's actions must say, by the type of its policy: the path to a word and the words that it can be. */
export const actionWords: Partial<
  Record<PolicyType, readonly { path: readonly string[]; words: readonly string[] }[]>
> = {
  OKTA_SIGN_ON: [{ path: ['signon', 'access'], words: ['ALLOW', 'DENY', 'CHALLENGE'] }],
  ACCESS_POLICY: [{ path: ['appSignOn', 'access'], words: ['ALLOW', 'DENY'] }],
  MFA_ENROLL: [{ path: ['enroll', 'self'], words: ['CHALLENGE', 'LOGIN', 'NEVER', 'NEVER_INCLUDING_RECOVERY'] }],
}

/** A policy as Okta shows it. */
export function showPolicy(org: Org, { id, value }: Stored<Policy>): Record<string, unknown> {
  const base = `${org.baseUrl}/api/v1/policies/${id}`
  const appPolicy = value.type === 'ACCESS_POLICY'
  const settings = value.type === 'PASSWORD' ? passwordSettings(org.settings.passwordPolicy, value) : value.settings
  return {
    id,
    status: value.status,
    name: value.name,
    description: value.description,
    priority: value.priority,
    system: value.system,
    conditions: value.conditions,
    created: isoDate(value.createdAt),
    lastUpdated: isoDate(value.lastUpdatedAt),
    ...(settings && { settings }),
    ...(appPolicy && { _embedded: { resourceType: 'APP' } }),
    _links: {
      self: { href: base, hints: { allow: value.system ? ['GET', 'PUT'] : ['GET', 'PUT', 'DELETE'] } },
      ...(appPolicy && { mappings: { href: `${base}/mappings`, hints: { allow: ['GET', 'POST'] } } }),
      rules: { href: `${base}/rules`, hints: { allow: ['GET', 'POST'] } },
      ...switchLink(base, value),
    },
    type: value.type,
  }
}

/** A rule as Okta shows it. */
export function showRule(org: Org, { id, value }: Stored<PolicyRule>): Record<string, unknown> {
  const base = `${org.baseUrl}/api/v1/policies/${value.policyId}/rules/${id}`
  return {
    id,
    status: value.status,
    name: value.name,
    priority: value.priority,
    created: isoDate(value.createdAt),
    lastUpdated: isoDate(value.lastUpdatedAt),
    system: value.system,
    conditions: value.conditions,
    actions: value.actions,
    _links: {
      self: { href: base, hints: { allow: value.system ? ['GET', 'PUT'] : ['GET', 'PUT', 'DELETE'] } },
      ...switchLink(base, value),
    },
    type: value.type,
  }
}

// What is the default or catch-all cannot be switched off, so it has no such link.
function switchLink(base: string, { system, status }: { system: boolean; status: string }): Record<string, unknown> {
  if (system) return {}
  const word = status === 'ACTIVE' ? 'deactivate' : 'activate'
  return { [word]: { href: `${base}/lifecycle/${word}`, hints: { allow: ['POST'] } } }
}
