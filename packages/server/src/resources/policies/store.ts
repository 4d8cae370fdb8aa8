// How does the policy resource find its things, and in which order does it keep them?
import { E0000007 } from '@errorg/errors/codes'
import {
  type Policy,
  type PolicyRule,
  type PolicyType,
  policies,
  policyPrefix,
  policyRules,
} from '../../entities/policy.ts'
import { fail } from '../../fail.ts'
import type { Org } from '../../org.ts'
import { type Collection, put, type Stored, type Write } from '../../state/state.ts'

/** The policy with this id, or E0000007. */
export async function loadPolicy(org: Org, id: string): Promise<Stored<Policy>> {
  return (await org.state.load(policies, id)) ?? fail(E0000007, 'resource-missing', { id, type: 'Policy' })
}

/** The rule of a policy, or E0000007. */
export async function loadRule(org: Org, policyId: string, id: string): Promise<Stored<PolicyRule>> {
  const rule = await org.state.load(policyRules, id)
  if (rule?.value.policyId === policyId) return rule
  return fail(E0000007, 'resource-missing', { id, type: 'PolicyRule' })
}

/** The rules of a policy in their order. */
export async function rulesOf(org: Org, policyId: string): Promise<Stored<PolicyRule>[]> {
  return sorted(await org.state.find(policyRules, 'policy', policyId))
}

/** The policies of a type in their order. */
export async function policiesOf(org: Org, type: PolicyType): Promise<Stored<Policy>[]> {
  return sorted(await org.state.find(policies, 'type', type))
}

const isLast = (value: Policy | PolicyRule): boolean => ('policyId' in value ? value.system : value.isDefault === true)

/** Where a policy or a rule stands among the others. */
export function placeOf({ id, value }: Stored<Policy | PolicyRule>): readonly [number, number, string] {
  return [Number(isLast(value)), value.priority, id]
}

function sorted<T extends Policy | PolicyRule>(rows: readonly Stored<T>[]): Stored<T>[] {
  return rows.toSorted(
    (a, b) =>
      Number(isLast(a.value)) - Number(isLast(b.value)) ||
      a.value.priority - b.value.priority ||
      (a.id < b.id ? -1 : 1),
  )
}

/** App sign-in policies and profile enrolment policies have no order: each is chosen by its app. */
export function isOrdered(type: PolicyType): boolean {
  return type === 'OKTA_SIGN_ON' || type === 'PASSWORD' || type === 'MFA_ENROLL'
}

/** Rules of the younger kinds of policies count from 0, all else from 1 (recorded). */
export function firstPriority(type: PolicyType): number {
  return policyPrefix(type) === 'rst' ? 0 : 1
}

/**
 * Puts one thing at a place in its order: its priority, and writes that move the others. What is last by nature (the
 * default, the catch-all) stays last.
 */
export function place<T extends Policy | PolicyRule>(
  collection: Collection<T>,
  others: readonly Stored<T>[],
  wanted: number | undefined,
  first: number,
): { priority: number; moves: Write[] } {
  const free = others.filter((row) => !isLast(row.value))
  const index = wanted === undefined ? free.length : Math.min(Math.max(wanted - first, 0), free.length)
  const moves = [
    ...free.slice(0, index).flatMap((row, i) => move(collection, row, first + i)),
    ...free.slice(index).flatMap((row, i) => move(collection, row, first + index + 1 + i)),
    ...others.filter((row) => isLast(row.value)).flatMap((row) => moveLast(collection, row, first + free.length + 1)),
  ]
  return { priority: first + index, moves }
}

/** Closes the gap that a removed thing leaves. */
export function closeGap<T extends Policy | PolicyRule>(
  collection: Collection<T>,
  others: readonly Stored<T>[],
  first: number,
): Write[] {
  const free = others.filter((row) => !isLast(row.value))
  return [
    ...free.flatMap((row, i) => move(collection, row, first + i)),
    ...others.filter((row) => isLast(row.value)).flatMap((row) => moveLast(collection, row, first + free.length)),
  ]
}

function move<T extends Policy | PolicyRule>(collection: Collection<T>, row: Stored<T>, priority: number): Write[] {
  return row.value.priority === priority ? [] : [put(collection, row.id, { ...row.value, priority }, row)]
}

// Catch-all rules are number 99 from the start.
function moveLast<T extends Policy | PolicyRule>(collection: Collection<T>, row: Stored<T>, priority: number): Write[] {
  return row.value.priority === 99 ? [] : move(collection, row, priority)
}
