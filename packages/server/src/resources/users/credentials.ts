// Which operations change what a user signs in with?
import { E0000001, E0000014, E0000028 } from '@errorg/errors/codes'
import { keepsPassword, type User, users } from '../../entities/user.ts'
import { fail } from '../../fail.ts'
import { type JsonObject, objectBody, objectMember } from '../../fields.ts'
import { userSeen } from '../../gates/attributes.ts'
import { type Answer, type Exchange, ok } from '../../http/exchange.ts'
import { readFlag } from '../../http/query.ts'
import { countTry } from '../../lockout.ts'
import { hashAnswer, withPassword } from '../../new-password.ts'
import { mailToken, makeToken } from '../../one-time-token.ts'
import type { Org } from '../../org.ts'
import { isPasswordOf, meetsPolicy } from '../../password-policy.ts'
import { type PasswordRules, passwordRulesFor, requirePassword } from '../../password-rules.ts'
import { isComparable, isSecret } from '../../passwords.ts'
import { hasQuestion, mayRecover } from '../../recovery-rules.ts'
import { endSessions } from '../../sessions.ts'
import { put, type Stored } from '../../state/state.ts'
import { mayUndergo } from './actions.ts'
import { logUser } from './events.ts'
import { questionFaults, refuse } from './rules.ts'
import { showCredentials, showUser, textMember } from './schema.ts'
import { loadForChange } from './store.ts'
import { federated, inStatus, ofOrg } from './transitions.ts'

/** `credentials/change_password` */
export async function changePassword(org: Org, x: Exchange): Promise<Answer> {
  const strict = readFlag(x, 'strict', false)
  const body = objectBody(x.body)
  const [oldPassword, newPassword] = secretsOf(body, ['oldPassword', 'newPassword'])
  const user = await loadForChange(org, x)
  mayUndergo('changePassword', user.value)
  await confirm(org, x, user, oldPassword)
  await requirePassword(org, x, user, newPassword, { aged: strict })
  const value = await withPassword(org, user.value, newPassword, x.now)
  const ended = body.revokeSessions === true ? await endSessions(org, user.id, x.caller?.sessionId) : []
  await org.state.change([put(users, user.id, value, user), ...ended])
  logUser(org, x, 'user.account.update_password', user.id, value)
  return ok(showCredentials(value))
}

/** `credentials/change_recovery_question` */
export async function changeRecoveryQuestion(org: Org, x: Exchange): Promise<Answer> {
  const body = objectBody(x.body)
  const [password] = secretsOf(body, ['password'])
  const asked = objectMember(body, 'recovery_question') ?? {}
  refuse(questionFaults(asked))
  const user = await loadForChange(org, x)
  mayUndergo('changeRecoveryQuestion', user.value)
  await confirm(org, x, user, password)
  const recoveryQuestion = { question: String(asked.question), answer: await hashAnswer(org, String(asked.answer)) }
  const value = { ...user.value, recoveryQuestion, lastUpdatedAt: x.now }
  await org.state.change([put(users, user.id, value, user)])
  logUser(org, x, 'user.account.update_profile', user.id, value, { debug: { changedAttributes: 'recovery_question' } })
  return ok(showCredentials(value))
}

/** `credentials/forgot_password`; the status stays as it is (documented). */
export async function forgotPassword(org: Org, x: Exchange): Promise<Answer> {
  const sendEmail = readFlag(x, 'sendEmail', true)
  const user = await loadForChange(org, x)
  mayRecover(user.value, await passwordRulesFor(org, user.id, x.address))
  hasQuestion(user.value)
  const token = makeToken(org, 'forgot-password', x.now)
  const value = { ...user.value, oneTimeToken: token.kept }
  await org.state.change([put(users, user.id, value, user)])
  if (!sendEmail) return ok({ resetPasswordUrl: token.url })
  mailToken(org, value, token, x.now)
  return ok({})
}

/** `credentials/forgot_password_recovery_question` */
export async function forgotPasswordSetNewPassword(org: Org, x: Exchange): Promise<Answer> {
  readFlag(x, 'sendEmail', true)
  const body = objectBody(x.body)
  const [password] = secretsOf(body, ['password'])
  const answer = textMember(objectMember(body, 'recovery_question') ?? {}, 'answer') ?? ''
  if (answer === '') fail(E0000001, 'required-field-missing', { field: 'answer' })
  const user = await loadForChange(org, x)
  const rules = await passwordRulesFor(org, user.id, x.address)
  mayRecover(user.value, rules)
  hasQuestion(user.value)
  const known = isComparable(answer) && (await isSecret(answer.toLowerCase(), user.value.recoveryQuestion!.answer))
  if (!known) {
    // Who asks again and again for a secret is guessing: wrong answers count like wrong passwords. (inferred)
    await countTry(org, x, user, rules)
    fail(E0000014, 'recovery-answer-wrong')
  }
  await requirePassword(org, x, user, password)
  const value = await withPassword(org, user.value, password, x.now)
  await org.state.change([put(users, user.id, value, user)])
  logUser(org, x, 'user.account.update_password', user.id, value)
  return ok(showCredentials(value))
}

/**
 * `lifecycle/reset_password`. A federated user becomes one of the org by it, and with `provider=FEDERATION` a user of the
 * org a federated one (documented).
 */
export async function resetPassword(org: Org, x: Exchange): Promise<Answer> {
  const federates = x.query.get('provider') === 'FEDERATION'
  if (!federates && !x.query.get('sendEmail')) fail(E0000028, 'parameter-missing', { parameter: 'sendEmail' })
  const sendEmail = readFlag(x, 'sendEmail', !federates)
  const revokes = readFlag(x, 'revokeSessions', false)
  if (federates && sendEmail) {
    fail(E0000001, 'value-invalid', {
      field: 'sendEmail',
      causes: ['sendEmail: must be false when a user is converted to a federated user'],
    })
  }
  const user = await loadForChange(org, x)
  mayUndergo('resetPassword', user.value)
  const ended = revokes ? await endSessions(org, user.id, x.caller?.sessionId) : []
  if (federates) {
    const value = federated(user.value, x.now)
    await org.state.change([put(users, user.id, value, user), ...ended])
    logUser(org, x, 'user.account.reset_password', user.id, value)
    return ok({})
  }
  const token = makeToken(org, 'password-reset', x.now)
  const value = { ...inStatus(ofOrg(user.value), 'RECOVERY', x.now), oneTimeToken: token.kept }
  await org.state.change([put(users, user.id, value, user), ...ended])
  logUser(org, x, 'user.account.reset_password', user.id, value)
  if (!sendEmail) return ok({ resetPasswordUrl: token.url })
  mailToken(org, value, token, x.now)
  return ok({})
}

/** `lifecycle/expire_password` */
export async function expirePassword(org: Org, x: Exchange): Promise<Answer> {
  const user = await loadForChange(org, x)
  mayUndergo('expirePassword', user.value)
  const value = inStatus(user.value, 'PASSWORD_EXPIRED', x.now)
  await org.state.change([put(users, user.id, value, user)])
  logUser(org, x, 'user.account.expire_password', user.id, value)
  return ok(showUser(org, await userSeen(org, x, { id: user.id, value })))
}

/** `lifecycle/expire_password_with_temp_password` */
export async function expirePasswordWithTemp(org: Org, x: Exchange): Promise<Answer> {
  const revokes = readFlag(x, 'revokeSessions', false)
  const user = await loadForChange(org, x)
  mayUndergo('expirePasswordWithTemp', user.value)
  const tempPassword = makePassword(org, await passwordRulesFor(org, user.id, x.address), user.value)
  // What a directory keeps is set there.
  const own = keepsPassword(user.value) ? await withPassword(org, user.value, tempPassword, x.now) : user.value
  const value = inStatus(own, 'PASSWORD_EXPIRED', x.now)
  await org.state.change([
    put(users, user.id, value, user),
    ...(revokes ? await endSessions(org, user.id, x.caller?.sessionId) : []),
  ])
  logUser(org, x, 'user.account.expire_password', user.id, value)
  return ok({ tempPassword })
}

/** A password that meets the policy: its last characters are of all kinds. */
function makePassword(org: Org, rules: PasswordRules, { profile }: User): string {
  for (;;) {
    const password = `${org.ids.secret(Math.max(rules.minLength, 12) - 4)}${rules.symbol ? '-' : '7'}aA1`
    // By chance it may hold a part of the login.
    if (meetsPolicy(rules, password, profile)) return password
  }
}

/** `lifecycle/reset_factors` */
export async function resetFactors(org: Org, x: Exchange): Promise<Answer> {
  const user = await loadForChange(org, x)
  logUser(org, x, 'user.mfa.factor.reset_all', user.id, user.value)
  return ok({})
}

/** `{name: {value}}` of each name; all that are missing are named together. */
function secretsOf<const Names extends readonly string[]>(
  body: JsonObject,
  names: Names,
): { [I in keyof Names]: string } {
  const values = names.map((name) => textMember(objectMember(body, name) ?? {}, 'value') ?? '')
  const missing = names.filter((_, i) => values[i] === '')
  if (missing.length > 0) {
    fail(E0000001, 'required-field-missing', {
      field: missing[0],
      causes: missing.map((name) => `${name}: The field cannot be left blank`),
    })
  }
  return values as { [I in keyof Names]: string }
}

async function confirm(org: Org, x: Exchange, user: Stored<User>, password: string): Promise<void> {
  if (isComparable(password) && (await isPasswordOf(user.value, password))) return
  await countTry(org, x, user, await passwordRulesFor(org, user.id, x.address))
  fail(E0000014, 'old-password-wrong')
}
