// What does a sign-in look like on the wire?
import { isoDate } from '../../clock.ts'
import type { AuthTransaction } from '../../entities/sign-in.ts'
import type { User } from '../../entities/user.ts'
import type { Org } from '../../org.ts'
import { DAY_MS, type PasswordRules, passwordExpiresAt } from '../../password-rules.ts'
import type { Stored } from '../../state/state.ts'
import type { UnderWay } from './transactions.ts'

type Shown = Record<string, unknown>

function link(org: Org, path: string, name?: string): Shown {
  return { ...(name && { name }), href: `${org.baseUrl}/api/v1/authn/${path}`, hints: { allow: ['POST'] } }
}

const cancelOf = (org: Org): Shown => link(org, 'cancel')

function showUser({ id, value }: Stored<User>, withQuestion: boolean): Shown {
  const { login, firstName, lastName, locale, timezone } = value.profile
  return {
    id,
    ...(value.passwordChangedAt !== undefined && { passwordChanged: isoDate(value.passwordChangedAt) }),
    profile: { login, firstName, lastName, locale: locale ?? 'en', timeZone: timezone ?? 'America/Los_Angeles' },
    ...(withQuestion && value.recoveryQuestion && { recovery_question: { question: value.recoveryQuestion.question } }),
  }
}

/** A finished sign-in with its session token. */
export function showSuccess(
  org: Org,
  user: Stored<User>,
  sessionToken: string,
  expiresAt: number,
  relayState: string | undefined,
): Shown {
  return {
    expiresAt: isoDate(expiresAt),
    status: 'SUCCESS',
    ...(relayState !== undefined && { relayState }),
    sessionToken,
    _embedded: { user: showUser(user, false) },
    _links: { cancel: cancelOf(org) },
  }
}

/** A lockout that the password policy shows. */
export function showLockedOut(org: Org): Shown {
  return {
    status: 'LOCKED_OUT',
    _embedded: {},
    _links: { next: link(org, 'recovery/unlock', 'unlock'), cancel: cancelOf(org) },
  }
}

/** A sign-in under way. */
export function showTransaction(org: Org, { token, transaction, user }: UnderWay, rules: PasswordRules): Shown {
  const { status, expiresAt, relayState, recoveryType } = transaction.value
  return {
    stateToken: token,
    expiresAt: isoDate(expiresAt),
    status,
    ...(recoveryType && { recoveryType }),
    ...(relayState !== undefined && { relayState }),
    _embedded: {
      user: showUser(user, status === 'RECOVERY'),
      ...embedded(status, user.value, rules, transaction.value),
    },
    _links: { ...nextLinks(org, status), cancel: cancelOf(org) },
  }
}

function embedded(status: AuthTransaction['status'], user: User, rules: PasswordRules, at: AuthTransaction): Shown {
  switch (status) {
    case 'PASSWORD_EXPIRED':
    case 'PASSWORD_WARN':
    case 'PASSWORD_RESET':
      return { policy: showPolicy(status, user, rules, at) }
    case 'MFA_ENROLL':
    case 'MFA_REQUIRED':
      // The org keeps no factors yet, so there are none to choose from.
      return { factors: [] }
    default:
      return {}
  }
}

function showPolicy(status: AuthTransaction['status'], user: User, rules: PasswordRules, at: AuthTransaction): Shown {
  const days = Math.max(0, Math.ceil((passwordExpiresAt(user, rules) - at.createdAt) / DAY_MS))
  return {
    ...(status !== 'PASSWORD_RESET' && { expiration: { passwordExpireDays: status === 'PASSWORD_WARN' ? days : 0 } }),
    complexity: {
      minLength: rules.minLength,
      minLowerCase: rules.lowerCase ? 1 : 0,
      minUpperCase: rules.upperCase ? 1 : 0,
      minNumber: rules.number ? 1 : 0,
      minSymbol: rules.symbol ? 1 : 0,
      excludeUsername: rules.excludeUsername,
    },
    age: { minAgeMinutes: rules.minAgeMinutes, historyCount: rules.history },
  }
}

function nextLinks(org: Org, status: AuthTransaction['status']): Shown {
  switch (status) {
    case 'PASSWORD_EXPIRED':
      return { next: link(org, 'credentials/change_password', 'changePassword') }
    case 'PASSWORD_WARN':
      return { next: link(org, 'credentials/change_password', 'changePassword'), skip: link(org, 'skip', 'skip') }
    case 'PASSWORD_RESET':
      return { next: link(org, 'credentials/reset_password', 'resetPassword') }
    case 'RECOVERY':
      return { next: link(org, 'recovery/answer', 'answer') }
    default:
      return {}
  }
}

/** A recovery that has been mailed. The same for users who do not exist. */
export function showMailed(recoveryType: 'PASSWORD' | 'UNLOCK', relayState: string | undefined): Shown {
  return {
    status: 'RECOVERY_CHALLENGE',
    factorResult: 'WAITING',
    factorType: 'EMAIL',
    recoveryType,
    ...(relayState !== undefined && { relayState }),
  }
}

/** A recovery whose token a trusted app hands on by itself. */
export function showRecovery(
  org: Org,
  user: Stored<User>,
  recoveryType: 'PASSWORD' | 'UNLOCK',
  token: { value: string; expiresAt: number },
  relayState: string | undefined,
): Shown {
  return {
    recoveryToken: token.value,
    expiresAt: isoDate(token.expiresAt),
    status: 'RECOVERY',
    recoveryType,
    ...(relayState !== undefined && { relayState }),
    _embedded: { user: showUser(user, true) },
    _links: { next: link(org, 'recovery/token', 'recovery'), cancel: cancelOf(org) },
  }
}
