// What comes after the password? An expired one has to be changed, the sign-on policy may deny or want a factor, and
// else there is a session token.
import { E0000004 } from '@errorg/errors/codes'
import type { AuthTransaction } from '../../entities/sign-in.ts'
import { type User, users } from '../../entities/user.ts'
import { fail } from '../../fail.ts'
import { type Answer, type Exchange, ok } from '../../http/exchange.ts'
import { userParty } from '../../log/parties.ts'
import type { Org } from '../../org.ts'
import { expiresSoon, type PasswordRules, passwordExpiresAt, passwordRulesFor } from '../../password-rules.ts'
import { matchPolicy, subjectOf } from '../../policy-match.ts'
import { logFailure, logSuccess } from '../../primary-sign-in.ts'
import { makeSessionToken } from '../../sessions.ts'
import { evaluateSignOn, logSignOn } from '../../sign-on.ts'
import { put, type Stored, type Write } from '../../state/state.ts'
import { showSuccess, showTransaction } from './schema.ts'
import { beginTransaction, endTransaction, nextStep, type UnderWay } from './transactions.ts'

/** A sign-in that has got this far. */
export interface Progress {
  /** As loaded, and as it has to be stored. */
  user: Stored<User>
  value: User
  amr: readonly string[]
  relayState: string | undefined
  /** The transaction that leads here; a new one is begun without. */
  underWay?: UnderWay
  /** The caller wants to hear of a password that expires soon. */
  warn?: boolean
}

/** Goes on, and stores all that changed on the way in one change. */
export async function proceed(org: Org, x: Exchange, progress: Progress): Promise<Answer> {
  const { user, value, amr } = progress
  const rules = await passwordRulesFor(org, user.id, x.address)
  const expired = value.status === 'PASSWORD_EXPIRED' || passwordExpiresAt(value, rules) <= x.now
  if (expired) return await stopAt(org, x, 'PASSWORD_EXPIRED', progress, rules)
  if (progress.warn && expiresSoon(value, rules, x.now)) return await stopAt(org, x, 'PASSWORD_WARN', progress, rules)

  const verdict = await evaluateSignOn(org, { userId: user.id, address: x.address, amr })
  const actor = userParty({ ...user, value })
  logSignOn(org, x, verdict, actor)
  if (verdict.access === 'DENY') {
    logFailure(org, x, actor, 'Sign-on policy evaluation resulted in DENY')
    return fail(E0000004, 'sign-on-policy-denies')
  }
  if (verdict.access === 'CHALLENGE') {
    if (!(await mayEnroll(org, x, user.id))) return fail(E0000004, 'second-factor-demanded')
    return await stopAt(org, x, 'MFA_ENROLL', progress, rules)
  }

  const token = makeSessionToken(org, user.id, amr, x.now)
  await org.state.change([token.write, ...storeUser(progress), ...end(progress, x.now)])
  logSuccess(org, x, actor)
  return ok(showSuccess(org, { ...user, value }, token.value, token.expiresAt, progress.relayState))
}

// A user without a factor may enroll one, unless the enrollment policy says NEVER.
async function mayEnroll(org: Org, x: Exchange, userId: string): Promise<boolean> {
  const match = await matchPolicy(org, 'MFA_ENROLL', await subjectOf(org, userId, x.address))
  const { self } = (match?.rule.value.actions.enroll ?? {}) as { self?: unknown }
  return self !== 'NEVER'
}

async function stopAt(
  org: Org,
  x: Exchange,
  status: AuthTransaction['status'],
  progress: Progress,
  rules: PasswordRules,
): Promise<Answer> {
  const user = { ...progress.user, value: progress.value }
  const { amr, relayState } = progress
  const { underWay, write } = progress.underWay
    ? nextStep({ ...progress.underWay, user }, { status, amr, recoveryType: undefined }, x.now)
    : beginTransaction(org, user, { status, amr, relayState }, x.now)
  await org.state.change([write, ...storeUser(progress)])
  return ok(showTransaction(org, underWay, rules))
}

function storeUser({ user, value }: Progress): Write[] {
  return value === user.value ? [] : [put(users, user.id, value, user)]
}

function end({ underWay }: Progress, now: number): Write[] {
  return underWay ? [endTransaction(underWay, now)] : []
}
