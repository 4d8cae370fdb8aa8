// What do wrong passwords and wrong answers lead to? They are counted together, lock the user out after too many, and
// the lock ends in its time.
import { type User, type UserStatus, users } from './entities/user.ts'
import type { Exchange } from './http/exchange.ts'
import type { JobRunner } from './jobs.ts'
import { userParty } from './log/parties.ts'
import type { Org } from './org.ts'
import type { PasswordRules } from './password-rules.ts'
import { put, type Stored, type Write } from './state/state.ts'

/** The statuses of users who can sign in, and so be locked out. */
export const signsIn: ReadonlySet<UserStatus> = new Set(['ACTIVE', 'PASSWORD_EXPIRED'])

/** What a wrong secret has led to. */
export interface FailedTry {
  /** Did this try lock the user out? */
  locked: boolean
}

/**
 * Counts a wrong secret, and locks the user who has tried too often. `more` is written with it; `atLimit` only when the
 * number of tries that the policy allows is used up; `counted` is called when it is stored.
 */
export async function countTry(
  org: Org,
  x: Exchange,
  user: Stored<User>,
  rules: Pick<PasswordRules, 'maxAttempts' | 'autoUnlockMinutes'>,
  more: { atLimit?: readonly Write[]; counted?: (locks: boolean) => void } = {},
): Promise<FailedTry> {
  const { maxAttempts, autoUnlockMinutes } = rules
  const failedLogins = (user.value.failedLogins ?? 0) + 1
  const locks = maxAttempts > 0 && failedLogins >= maxAttempts && signsIn.has(user.value.status)
  const value: User = locks
    ? { ...user.value, status: 'LOCKED_OUT', statusChangedAt: x.now, lockedAt: x.now, failedLogins }
    : { ...user.value, failedLogins }
  const atLimit = maxAttempts > 0 && failedLogins % maxAttempts === 0
  await org.state.change([put(users, user.id, value, user), ...(atLimit ? (more.atLimit ?? []) : [])])
  more.counted?.(locks)
  if (!locks) return { locked: false }
  org.log(x, {
    eventType: 'user.account.lock',
    displayMessage: 'Max sign in attempts exceeded',
    result: 'FAILURE',
    reason: 'LOCKED_OUT',
    severity: 'WARN',
    actor: userParty(user),
    targets: [userParty(user)],
  })
  if (autoUnlockMinutes > 0) {
    org.jobs.add({
      dueAt: x.now + autoUnlockMinutes * 60_000,
      kind: UNLOCK,
      data: { userId: user.id, lockedAt: String(x.now) },
    })
  }
  return { locked: true }
}

const UNLOCK = 'user.unlock'

// Only the lock that it was made for: the user may have been unlocked and locked again since.
const endLock: JobRunner = async (org, { userId, lockedAt }) => {
  const user = await org.state.load(users, userId!)
  if (user?.value.status !== 'LOCKED_OUT' || String(user.value.lockedAt) !== lockedAt) return
  await org.state.change([put(users, user.id, unlocked(user.value, org.clock.now()), user)])
  org.log(undefined, {
    eventType: 'user.account.unlock',
    displayMessage: 'Unlock user account for Okta',
    targets: [userParty(user)],
  })
}

/** The user without the lock. */
export function unlocked(user: User, now: number): User {
  return {
    ...user,
    status: 'ACTIVE',
    statusChangedAt: now,
    lastUpdatedAt: now,
    failedLogins: undefined,
    lockedAt: undefined,
  }
}

/** What ends lockouts in time, by the job's kind. */
export const lockJobs: Readonly<Record<string, JobRunner>> = { [UNLOCK]: endLock }
