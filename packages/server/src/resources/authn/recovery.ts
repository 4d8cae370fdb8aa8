// How does a user get back in who forgot the password, or is locked out? A mailed token, then a question, then a new
// password. Callers that are no trusted app do not learn who exists.
import { E0000011, E0000032 } from '@errorg/errors/codes'
import { type OneTimeToken, type User, users } from '../../entities/user.ts'
import { Failure, fail } from '../../fail.ts'
import { objectBody } from '../../fields.ts'
import { reachUser } from '../../gates/reach.ts'
import { type Answer, type Exchange, ok } from '../../http/exchange.ts'
import { countTry, unlocked } from '../../lockout.ts'
import { userParty } from '../../log/parties.ts'
import { mailToken, makeToken } from '../../one-time-token.ts'
import type { Org } from '../../org.ts'
import { passwordRulesFor } from '../../password-rules.ts'
import { isComparable, isSecret } from '../../passwords.ts'
import { findByLogin } from '../../primary-sign-in.ts'
import { mayRecover } from '../../recovery-rules.ts'
import { put, type Stored } from '../../state/state.ts'
import { hashToken } from '../../token-hash.ts'
import { textOf, textsOf } from './body.ts'
import { failNewer } from './newer.ts'
import { showMailed, showRecovery, showTransaction } from './schema.ts'
import { beginTransaction, endTransaction, loadTransaction, nextStep } from './transactions.ts'
import { identifyTrusted } from './trusted.ts'

/** `POST /authn/recovery/password` */
export function forgotPassword(org: Org, x: Exchange): Promise<Answer> {
  return recover(org, x, 'PASSWORD', async (user) => {
    mayRecover(user.value, await passwordRulesFor(org, user.id, x.address))
  })
}

/** `POST /authn/recovery/unlock` */
export function unlockAccount(org: Org, x: Exchange): Promise<Answer> {
  return recover(org, x, 'UNLOCK', async (user) => {
    if (user.value.status !== 'LOCKED_OUT') fail(E0000032, 'user-not-locked-out')
    const rules = await passwordRulesFor(org, user.id, x.address)
    if (!rules.mayUnlock) fail(E0000032, 'self-service-unlock-off')
  })
}

async function recover(
  org: Org,
  x: Exchange,
  type: 'PASSWORD' | 'UNLOCK',
  check: (user: Stored<User>) => Promise<void>,
): Promise<Answer> {
  const trusted = await identifyTrusted(org, x)
  const body = objectBody(x.body)
  const [login] = textsOf(body, ['username'])
  const relayState = textOf(body, 'relayState')
  const mailed = !trusted || textOf(body, 'factorType') !== undefined
  const user = await findByLogin(org, login)
  if (!user) return trusted ? failNewer('user-unknown') : ok(showMailed(type, relayState))
  // To get a recovery token is a highly privileged operation (documented). That it takes the right to set this user's
  // password is inferred: who has no question is asked for nothing else.
  if (!mailed) await reachUser(org, x, user.id, 'users.credentials')
  if (trusted) await check(user)
  else if (!(await passes(check, user))) return ok(showMailed(type, relayState))

  const token = makeToken(org, type === 'UNLOCK' ? 'unlock' : 'forgot-password', x.now)
  const value: User = { ...user.value, oneTimeToken: token.kept }
  await org.state.change([put(users, user.id, value, user)])
  if (!mailed) {
    const { expiresAt } = token.kept
    return ok(showRecovery(org, { ...user, value }, type, { value: token.value, expiresAt }, relayState))
  }
  mailToken(org, value, token, x.now)
  return ok(showMailed(type, relayState))
}

async function passes(check: (user: Stored<User>) => Promise<void>, user: Stored<User>): Promise<boolean> {
  try {
    await check(user)
    return true
  } catch (error) {
    if (error instanceof Failure) return false
    throw error
  }
}

const recoveries: Partial<Record<OneTimeToken['about'], 'PASSWORD' | 'UNLOCK'>> = {
  'forgot-password': 'PASSWORD',
  'password-reset': 'PASSWORD',
  unlock: 'UNLOCK',
}

/** `POST /authn/recovery/token`: uses the token up. */
export async function verifyRecoveryToken(org: Org, x: Exchange): Promise<Answer> {
  const [token] = textsOf(x.body, ['recoveryToken'])
  const [user] = await org.state.find(users, 'recoveryToken', hashToken(token), { limit: 1 })
  const kept = user?.value.oneTimeToken
  const recoveryType = kept && recoveries[kept.about]
  if (!user || !kept || !recoveryType || kept.expiresAt <= x.now) return fail(E0000011, 'recovery-token-dead')
  // Whom an administrator has reset needs no question: the reset itself is the proof.
  const asks = user.value.recoveryQuestion !== undefined && kept.about !== 'password-reset'
  const relayState = textOf(objectBody(x.body), 'relayState')
  const value: User = { ...user.value, oneTimeToken: undefined }
  if (recoveryType === 'UNLOCK' && !asks) return await finishUnlock(org, x, { ...user, value }, user, [], relayState)
  const begin = { status: asks ? 'RECOVERY' : 'PASSWORD_RESET', recoveryType, amr: [], relayState } as const
  const { underWay, write } = beginTransaction(org, { ...user, value }, begin, x.now)
  await org.state.change([write, put(users, user.id, value, user)])
  return ok(showTransaction(org, underWay, await passwordRulesFor(org, user.id, x.address)))
}

/** `POST /authn/recovery/answer` */
export async function answerQuestion(org: Org, x: Exchange): Promise<Answer> {
  const [, answer] = textsOf(x.body, ['stateToken', 'answer'])
  const underWay = await loadTransaction(org, x, ['RECOVERY'])
  const { user, transaction } = underWay
  const question = user.value.recoveryQuestion
  const right = question && isComparable(answer) && (await isSecret(answer.toLowerCase(), question.answer))
  if (!right) {
    // Wrong answers count like wrong passwords; when they are used up, this recovery ends with them. (inferred)
    const rules = await passwordRulesFor(org, user.id, x.address)
    await countTry(org, x, user, rules, { atLimit: [endTransaction(underWay, x.now)] })
    return failNewer('answer-wrong')
  }
  const { recoveryType, relayState } = transaction.value
  if (recoveryType === 'UNLOCK') {
    return await finishUnlock(org, x, user, user, [endTransaction(underWay, x.now)], relayState)
  }
  const next = nextStep(underWay, { status: 'PASSWORD_RESET' }, x.now)
  await org.state.change([next.write])
  return ok(showTransaction(org, next.underWay, await passwordRulesFor(org, user.id, x.address)))
}

async function finishUnlock(
  org: Org,
  x: Exchange,
  user: Stored<User>,
  seen: Stored<User>,
  writes: Parameters<Org['state']['change']>[0],
  relayState: string | undefined,
): Promise<Answer> {
  const value = user.value.status === 'LOCKED_OUT' ? unlocked(user.value, x.now) : user.value
  await org.state.change([...writes, put(users, user.id, value, seen)])
  org.log(x, {
    eventType: 'user.account.unlock',
    displayMessage: 'Unlock user account for Okta',
    actor: userParty(user),
    targets: [userParty(user)],
  })
  return ok({ status: 'SUCCESS', recoveryType: 'UNLOCK', ...(relayState !== undefined && { relayState }) })
}
