// Which password policy applies to this user? The settings of the org, where no policy says otherwise.
import { E0000014 } from '@errorg/errors/codes'
import { isCommonPassword } from './common-passwords.ts'
import type { Policy } from './entities/policy.ts'
import type { User } from './entities/user.ts'
import { fail } from './fail.ts'
import { isObject, type JsonObject } from './fields.ts'
import type { Exchange } from './http/exchange.ts'
import type { Org } from './org.ts'
import { isTooYoung, meetsPolicy, type PasswordDemands, requirementsOf, wasUsedBefore } from './password-policy.ts'
import { matchPolicy, type Subject, subjectOf } from './policy-match.ts'
import type { Settings } from './settings.ts'
import type { Stored } from './state/state.ts'

/** What a password policy and its rule say about one user. */
export interface PasswordRules
  extends PasswordDemands,
    Pick<Settings['passwordPolicy'], 'maxAttempts' | 'autoUnlockMinutes' | 'showLockoutFailures'> {
  /** Passwords that everybody uses are refused. */
  excludeCommon: boolean
  /** Days until a password expires; 0: never. */
  maxAgeDays: number
  /** Days before that in which a sign-in may warn. */
  warnDays: number
  /** May the user recover a forgotten password, and end a lockout? */
  mayReset: boolean
  mayUnlock: boolean
}

/** The rules for a user at an address. */
export async function passwordRulesFor(org: Org, userId: string, address: string): Promise<PasswordRules> {
  return await passwordRulesOf(org, await subjectOf(org, userId, address))
}

/** The rules for somebody who may not be a user yet. */
export async function passwordRulesOf(org: Org, subject: Subject): Promise<PasswordRules> {
  const match = await matchPolicy(org, 'PASSWORD', subject)
  const password = member(match?.policy.value.settings, 'password')
  const lockout = member(password, 'lockout')
  const age = member(password, 'age')
  const complexity = member(password, 'complexity')
  const standard = org.settings.passwordPolicy
  const actions = match?.rule.value.actions
  return {
    minLength: numberOr(complexity.minLength, standard.minLength),
    history: numberOr(age.historyCount, standard.history),
    lowerCase: numberOr(complexity.minLowerCase, 1) > 0,
    upperCase: numberOr(complexity.minUpperCase, 1) > 0,
    number: numberOr(complexity.minNumber, 1) > 0,
    symbol: numberOr(complexity.minSymbol, 0) > 0,
    excludeUsername: complexity.excludeUsername !== false,
    excludeAttributes: Array.isArray(complexity.excludeAttributes) ? complexity.excludeAttributes.map(String) : [],
    maxConsecutive: positive(complexity.maxConsecutiveCharacters),
    minAgeMinutes: numberOr(age.minAgeMinutes, 0),
    maxAttempts: numberOr(lockout.maxAttempts, standard.maxAttempts),
    autoUnlockMinutes: numberOr(lockout.autoUnlockMinutes, standard.autoUnlockMinutes),
    showLockoutFailures:
      typeof lockout.showLockoutFailures === 'boolean' ? lockout.showLockoutFailures : standard.showLockoutFailures,
    excludeCommon: member(member(complexity, 'dictionary'), 'common').exclude === true,
    maxAgeDays: numberOr(age.maxAgeDays, 0),
    warnDays: numberOr(age.expireWarnDays, 0),
    mayReset: member(actions, 'selfServicePasswordReset').access !== 'DENY',
    mayUnlock: member(actions, 'selfServiceUnlock').access === 'ALLOW',
  }
}

/** A day in ms. */
export const DAY_MS = 86_400_000

/** When a password expires by its age; Infinity where the policy has none. */
export function passwordExpiresAt(user: User, rules: PasswordRules): number {
  if (rules.maxAgeDays === 0 || user.passwordChangedAt === undefined) return Number.POSITIVE_INFINITY
  return user.passwordChangedAt + rules.maxAgeDays * DAY_MS
}

/** Does it do so within the days in which the policy warns? */
export function expiresSoon(user: User, rules: PasswordRules, now: number): boolean {
  return passwordExpiresAt(user, rules) - now <= rules.warnDays * DAY_MS
}

/** Refuses a new password that the user's policy does not allow. With `aged` the present one must be old enough. */
export async function requirePassword(
  org: Org,
  x: Exchange,
  user: Stored<User>,
  password: string,
  { aged = false } = {},
): Promise<void> {
  const rules = await passwordRulesFor(org, user.id, x.address)
  const requirements = requirementsOf(rules)
  if (aged && isTooYoung(rules, user.value, x.now)) fail(E0000014, 'password-too-young', { requirements })
  const fits = meetsPolicy(rules, password, user.value.profile)
  if (!fits || (await wasUsedBefore(rules, user.value, password))) fail(E0000014, 'new-password-weak', { requirements })
  if (rules.excludeCommon && isCommonPassword(password)) fail(E0000014, 'new-password-common')
}

/** The settings of a password policy as they are shown: what it says itself, the org's settings for the rest. */
export function passwordSettings(standard: Settings['passwordPolicy'], policy: Policy): JsonObject {
  return merged(
    {
      password: {
        complexity: {
          minLength: standard.minLength,
          minLowerCase: 1,
          minUpperCase: 1,
          minNumber: 1,
          minSymbol: 0,
          excludeUsername: true,
          dictionary: { common: { exclude: false } },
          excludeAttributes: [],
        },
        age: { maxAgeDays: 0, expireWarnDays: 0, minAgeMinutes: 0, historyCount: standard.history },
        lockout: {
          maxAttempts: standard.maxAttempts,
          autoUnlockMinutes: standard.autoUnlockMinutes,
          userLockoutNotificationChannels: [],
          showLockoutFailures: standard.showLockoutFailures,
        },
      },
      recovery: {
        factors: {
          recovery_question: { status: 'ACTIVE', properties: { complexity: { minLength: 4 } } },
          okta_email: { status: 'ACTIVE', properties: { recoveryToken: { tokenLifetimeMinutes: 60 } } },
          okta_sms: { status: 'INACTIVE' },
          okta_call: { status: 'INACTIVE' },
        },
      },
      delegation: { options: { skipUnlock: false } },
    },
    policy.settings ?? {},
  )
}

function merged(base: JsonObject, over: JsonObject): JsonObject {
  const entries = Object.entries(base).map(([name, value]): [string, unknown] => {
    const other = Object.hasOwn(over, name) ? over[name] : undefined
    if (isObject(value) && isObject(other)) return [name, merged(value, other)]
    return [name, other ?? value]
  })
  const further = Object.entries(over).filter(([name]) => !Object.hasOwn(base, name))
  return Object.fromEntries([...entries, ...further])
}

const numberOr = (value: unknown, otherwise: number): number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : otherwise

const positive = (value: unknown): number | undefined => numberOr(value, 0) || undefined

const member = (value: unknown, name: string): JsonObject => {
  const inner = isObject(value) ? value[name] : undefined
  return isObject(inner) ? inner : {}
}
