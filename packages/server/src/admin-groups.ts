// Which groups and users may hold an administrator role? Every way to give one asks here.

import type { Cause } from '@errorg/errors'
import { E0000001 } from '@errorg/errors/codes'
import type { Group } from './entities/group.ts'
import { groupRules } from './entities/group-rule.ts'
import type { User } from './entities/user.ts'
import { fail } from './fail.ts'
import { failWithNewer } from './fail-newer.ts'
import { refuseValue } from './fields.ts'
import type { Org } from './org.ts'
import type { Stored } from './state/state.ts'

const sources = [{ mark: 'documented', where: "Okta's current list of error codes" }] as const

const newer = {
  'role-not-for-built-in-group': {
    code: 'E0000211',
    kind: 'object-state-forbids-operation',
    says: 'An admin role was to be given to a group that Okta itself keeps, such as Everyone.',
    fix: ['Put the administrators into a group of your own and give the role to that group.'],
  },
  'rule-target-takes-no-role': {
    code: 'E0000192',
    kind: 'object-state-forbids-operation',
    says: 'An admin role was to be given to a group that a group rule adds users to.',
    fix: ['Give the role to a group that no rule names, or delete the rule first.'],
  },
} as const satisfies Record<string, Pick<Cause, 'kind' | 'says' | 'fix'> & { code: string }>

/**
 * "Everyone" holds no role: every user would be an administrator. Nor does a group that rules fill: whoever can change a
 * profile could make administrators (documented).
 */
export async function groupMayHoldRoles(org: Org, group: Stored<Group>): Promise<void> {
  const { name } = group.value.profile
  if (group.value.type === 'BUILT_IN') refuse(org, 'role-not-for-built-in-group', { name }, String(name))
  const [rule] = await org.state.find(groupRules, 'group', group.id, { limit: 1 })
  if (rule) refuse(org, 'rule-target-takes-no-role', { rule: rule.value.name }, rule.value.name)
}

/** A role for somebody who has been deactivated would wait for whoever activates the account. (inferred, as for apps) */
export function userMayHoldRoles({ status }: User): void {
  if (status === 'DEPROVISIONED') refuseValue('userId', 'The user is deactivated')
}

function refuse({ settings }: Org, causeId: keyof typeof newer, facts: Record<string, unknown>, detail: string): never {
  if (settings.contract !== 'current') return fail(E0000001, causeId, facts)
  const { code, ...cause } = newer[causeId]
  return failWithNewer(code, causeId, 'authorization', { ...cause, sources }, { detail })
}
