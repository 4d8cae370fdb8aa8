// Is this the user's password, and may this user sign in at all? Counts wrong tries, and locks after too many.
import { E0000004, E0000047 } from '@errorg/errors/codes'
import { loginKey, shortName, type User, users } from './entities/user.ts'
import { fail } from './fail.ts'
import { importPassword, isImportedByHook } from './hooks/import-password.ts'
import type { Exchange } from './http/exchange.ts'
import { countTry, signsIn } from './lockout.ts'
import type { LogParty } from './log/event.ts'
import { userParty } from './log/parties.ts'
import { withPassword } from './new-password.ts'
import type { Org } from './org.ts'
import { isPasswordOf } from './password-policy.ts'
import { type PasswordRules, passwordExpiresAt, passwordRulesFor } from './password-rules.ts'
import { hashSecret, isComparable } from './passwords.ts'
import { put, type Stored } from './state/state.ts'

/** What a password proves. */
export type PrimaryOutcome =
  /** It is right. `value` is the user as it has to be stored when the sign-in goes on. */
  | { ok: true; user: Stored<User>; value: User; rules: PasswordRules }
  | {
      ok: false
      why: 'credentials-wrong' | 'user-locked-out' | 'status-forbids-sign-in'
      user: Stored<User> | undefined
      /** The password policy lets the user know about a lockout. */
      showsLock: boolean
    }

/**
 * Compares a password. A wrong one is counted and logged before this resolves, and a right one that is too old expires;
 * else a right one changes nothing yet.
 * Refuses with E0000047 when this name was tried too often in this second.
 */
export async function checkPassword(org: Org, x: Exchange, login: string, password: string): Promise<PrimaryOutcome> {
  limitUsername(org, x, login)
  const user = await findByLogin(org, login)
  if (!user) {
    await takeAsLong(org, password)
    logFailure(org, x, unknownParty(login), 'INVALID_CREDENTIALS')
    return { ok: false, why: 'credentials-wrong', user, showsLock: false }
  }
  const rules = await passwordRulesFor(org, user.id, x.address)
  const asks = isImportedByHook(user.value) && signsIn.has(user.value.status) && isComparable(password)
  const verdict = asks ? await importPassword(org, x, user, { username: login, password }) : undefined
  if (verdict === 'failed') {
    // Nobody knows whether it is right: it does not count as a wrong one. (inferred)
    logFailure(org, x, userParty(user), 'INVALID_CREDENTIALS')
    return { ok: false, why: 'credentials-wrong', user, showsLock: false }
  }
  const right = verdict === undefined ? await isRight(org, user.value, password) : verdict === 'verified'
  if (user.value.status === 'LOCKED_OUT') {
    logFailure(org, x, userParty(user), 'LOCKED_OUT')
    return { ok: false, why: 'user-locked-out', user, showsLock: rules.showLockoutFailures }
  }
  if (!right) {
    const { locked } = await countTry(org, x, user, rules, {
      counted: (locks) => logFailure(org, x, userParty(user), locks ? 'LOCKED_OUT' : 'INVALID_CREDENTIALS'),
    })
    const why = locked ? 'user-locked-out' : 'credentials-wrong'
    return { ok: false, why, user, showsLock: locked && rules.showLockoutFailures }
  }
  if (!signsIn.has(user.value.status)) {
    logFailure(org, x, userParty(user), 'INVALID_CREDENTIALS')
    return { ok: false, why: 'status-forbids-sign-in', user, showsLock: false }
  }
  const aged = await judgeAge(org, user, rules, x.now)
  // The hash of another system has done its duty: from now on the org keeps the password itself.
  const own = aged.value.password ? aged.value : await withPassword(org, aged.value, password, x.now)
  const value: User = { ...own, failedLogins: undefined, lastLoginAt: x.now }
  return { ok: true, user: aged, value, rules }
}

// Documented: nobody looks at the age of a password before it is used. Then the status of the user changes, however the
// sign-in ends.
async function judgeAge(org: Org, user: Stored<User>, rules: PasswordRules, now: number): Promise<Stored<User>> {
  if (user.value.status !== 'ACTIVE' || passwordExpiresAt(user.value, rules) > now) return user
  const value: User = { ...user.value, status: 'PASSWORD_EXPIRED', statusChangedAt: now, lastUpdatedAt: now }
  await org.state.change([put(users, user.id, value, user)])
  return (await org.state.load(users, user.id))!
}

// The time of the answer must not tell who exists: nothing is refused without deriving a key.
async function isRight(org: Org, user: User, password: string): Promise<boolean> {
  const { password: own, importedHash } = user
  if (isComparable(password) && (own ?? importedHash)) return await isPasswordOf(user, password)
  await takeAsLong(org, password)
  return false
}

// What is too long to be compared is too long to be derived.
async function takeAsLong(org: Org, password: string): Promise<void> {
  await hashSecret(isComparable(password) ? password : '', org.passwordCost, org.random)
}

/** Refuses a sign-in as Okta does: the caller is not told why. */
export function refuseSignIn(why: Extract<PrimaryOutcome, { ok: false }>['why']): never {
  return fail(E0000004, why)
}

/** The user whose login this is; what stands before the @ is enough where only one user has it. */
export async function findByLogin(org: Org, login: string): Promise<Stored<User> | undefined> {
  if (!isComparable(login)) return undefined
  const exact = await org.state.holder(users, loginKey(login))
  if (exact || login.includes('@')) return exact
  const found = await org.state.find(users, 'shortName', shortName(login), { limit: 2 })
  return found.length === 1 ? found[0] : undefined
}

/** Somebody who tried a login that nobody has. */
export function unknownParty(login: string): LogParty {
  return { id: 'unknown', type: 'User', alternateId: login.slice(0, 100), displayName: 'unknown' }
}

/** Writes that a sign-in failed, in the words of the System Log. */
export function logFailure(org: Org, x: Exchange, actor: LogParty, reason: string): void {
  org.log(x, {
    eventType: 'user.session.start',
    displayMessage: 'User login to Okta',
    result: 'FAILURE',
    reason,
    severity: 'WARN',
    actor,
    legacyEventType: 'core.user_auth.login_failed',
  })
}

/** Writes that somebody has signed in. */
export function logSuccess(org: Org, x: Exchange, actor: LogParty, sessionId?: string): void {
  org.log(x, {
    eventType: 'user.session.start',
    displayMessage: 'User login to Okta',
    actor,
    sessionId,
    legacyEventType: 'core.user_auth.login_success',
  })
}

function limitUsername(org: Org, x: Exchange, login: string): void {
  // Tries at the same moment lose races against each other. Refused at the second walk, a wrong password that was
  // compared already would not count towards the lockout.
  if (x.nameCounted) return
  const take = org.limits.takeUsername(login)
  if (!take || take.allowed) {
    x.nameCounted = true
    return
  }
  x.rate = { limit: take.limit, remaining: 0, reset: take.resetAtSeconds }
  if (take.firstRefusal) logFailure(org, x, unknownParty(login), 'user_rate_limited')
  fail(E0000047, 'user-limit-used-up')
}
