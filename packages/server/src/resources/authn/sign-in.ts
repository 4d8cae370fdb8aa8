// How does a user sign in: with a password, an activation token, or by going on with a sign-in under way?
import { E0000001, E0000004 } from '@errorg/errors/codes'
import { apps } from '../../entities/app.ts'
import { type User, users } from '../../entities/user.ts'
import { fail } from '../../fail.ts'
import { type JsonObject, objectBody, objectMember } from '../../fields.ts'
import { type Answer, type Exchange, ok } from '../../http/exchange.ts'
import type { Org } from '../../org.ts'
import { passwordRulesFor } from '../../password-rules.ts'
import { checkPassword, logFailure, refuseSignIn, unknownParty } from '../../primary-sign-in.ts'
import { put } from '../../state/state.ts'
import { hashToken } from '../../token-hash.ts'
import { textOf, textsOf } from './body.ts'
import { failNewer } from './newer.ts'
import { proceed } from './proceed.ts'
import { showLockedOut, showTransaction } from './schema.ts'
import { beginTransaction, endTransaction, loadTransaction } from './transactions.ts'
import { identifyTrusted } from './trusted.ts'

/** `POST /authn` */
export async function authenticate(org: Org, x: Exchange): Promise<Answer> {
  await identifyTrusted(org, x)
  const body = objectBody(x.body)
  if (body.username === undefined && body.stateToken !== undefined) return await readState(org, x)
  if (body.username === undefined && body.token !== undefined) return await activateByToken(org, x, body)
  const [login, password] = textsOf(body, ['username', 'password'])
  await checkAudience(org, textOf(body, 'audience'))
  const options = objectMember(body, 'options') ?? {}
  const outcome = await checkPassword(org, x, login, password)
  if (!outcome.ok) return outcome.showsLock ? ok(showLockedOut(org)) : refuseSignIn(outcome.why)
  return await proceed(org, x, {
    user: outcome.user,
    value: outcome.value,
    amr: ['pwd'],
    relayState: textOf(body, 'relayState'),
    warn: options.warnBeforePasswordExpired === true,
  })
}

async function checkAudience(org: Org, audience: string | undefined): Promise<void> {
  if (audience === undefined) return
  const app = await org.state.load(apps, audience)
  if (app?.value.status !== 'ACTIVE') fail(E0000001, 'audience-unknown', { audience })
}

async function readState(org: Org, x: Exchange): Promise<Answer> {
  const underWay = await loadTransaction(org, x)
  return ok(showTransaction(org, underWay, await passwordRulesFor(org, underWay.user.id, x.address)))
}

// The token of an activation link. Who has a password is signed in; who has none sets one first (documented).
async function activateByToken(org: Org, x: Exchange, body: JsonObject): Promise<Answer> {
  const [token] = textsOf(body, ['token'])
  const [user] = await org.state.find(users, 'recoveryToken', hashToken(token), { limit: 1 })
  const kept = user?.value.oneTimeToken
  if (!user || kept?.about !== 'activation' || kept.expiresAt <= x.now || user.value.status === 'DEPROVISIONED') {
    logFailure(org, x, unknownParty('unknown'), 'INVALID_CREDENTIALS')
    return fail(E0000004, 'activation-token-dead')
  }
  const relayState = textOf(body, 'relayState')
  const value: User = { ...user.value, oneTimeToken: undefined }
  if (user.value.password || user.value.importedHash) {
    if (value.status !== 'ACTIVE' && value.status !== 'PASSWORD_EXPIRED') return fail(E0000004, 'activation-token-dead')
    return await proceed(org, x, { user, value: { ...value, lastLoginAt: x.now }, amr: ['pwd'], relayState })
  }
  const begin = { status: 'PASSWORD_RESET', recoveryType: 'ACCOUNT_ACTIVATION', amr: [], relayState } as const
  const { underWay, write } = beginTransaction(org, { ...user, value }, begin, x.now)
  await org.state.change([write, put(users, user.id, value, user)])
  return ok(showTransaction(org, underWay, await passwordRulesFor(org, user.id, x.address)))
}

/** `POST /authn/cancel` */
export async function cancel(org: Org, x: Exchange): Promise<Answer> {
  const underWay = await loadTransaction(org, x)
  await org.state.change([endTransaction(underWay, x.now)])
  const { relayState } = underWay.transaction.value
  return ok(relayState === undefined ? {} : { relayState })
}

/** `POST /authn/skip`: a warning may be skipped, nothing else. */
export async function skip(org: Org, x: Exchange): Promise<Answer> {
  const underWay = await loadTransaction(org, x, ['PASSWORD_WARN'])
  const { amr, relayState } = underWay.transaction.value
  return await proceed(org, x, { user: underWay.user, value: underWay.user.value, amr, relayState, underWay })
}

/** `POST /authn/previous`: only factors that are being enrolled or verified have a step before. */
export async function previous(org: Org, x: Exchange): Promise<Answer> {
  await loadTransaction(org, x)
  return failNewer('step-not-allowed')
}
