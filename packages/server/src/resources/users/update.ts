// How is a user changed: a part of it (POST), or all of it (PUT)?
import { E0000001, E0000007 } from '@errorg/errors/codes'
import { loginKey, type User, users } from '../../entities/user.ts'
import { userTypes } from '../../entities/user-type.ts'
import { fail } from '../../fail.ts'
import type { JsonObject } from '../../fields.ts'
import { type Answer, type Exchange, ok } from '../../http/exchange.ts'
import { readFlag } from '../../http/query.ts'
import { hashAnswer, withImportedHash, withPassword } from '../../new-password.ts'
import type { Org } from '../../org.ts'
import { wasUsedBefore } from '../../password-policy.ts'
import { put, type Stored } from '../../state/state.ts'
import { checkETag } from './etag.ts'
import { logUser } from './events.ts'
import {
  changedAttributes,
  mayChangeProfile,
  mayHaveCredentials,
  mayUpdate,
  normalProfile,
  passwordFaults,
  profileFaults,
  questionFaults,
  refuse,
  type UserFault,
  weak,
} from './rules.ts'
import { readUserBody, showUser, type UserBody } from './schema.ts'
import { loadForChange } from './store.ts'

/** `POST /users/{id}`: what is not named stays. */
export function updateUser(org: Org, x: Exchange): Promise<Answer> {
  return change(org, x, (before, sent) => ({ ...before, ...sent }))
}

/** `PUT /users/{id}`: attributes that are not named are gone. */
export function replaceUser(org: Org, x: Exchange): Promise<Answer> {
  return change(org, x, (_, sent) => sent)
}

async function change(
  org: Org,
  x: Exchange,
  merge: (before: JsonObject, sent: JsonObject) => JsonObject,
): Promise<Answer> {
  const strict = readFlag(x, 'strict', false)
  const body = readUserBody(x.body)
  const user = await loadForChange(org, x)
  checkETag(x, user)
  mayUpdate(user.value)
  // Without a profile only credentials are changed, by PUT too (recorded).
  const merged = body.profile && merge(user.value.profile, body.profile)
  const question = newQuestion(user.value, body)
  const faults = await faultsOf(org, user, body, merged, strict)
  const profile = merged ? normalProfile(merged) : user.value.profile
  const changed = changedAttributes(user.value.profile, profile)
  const secret = body.password !== undefined || body.importedHash !== undefined
  // A PUT touches every attribute, also where it says what is there already (reported).
  if (changed.length > 0 || secret || (body.profile && x.method === 'PUT')) mayChangeProfile(user.value)
  refuse([...faults, ...(question ? questionFaults(question) : [])])
  const typeId = await typeIdOf(org, x, user.value, body)

  let value: User = { ...user.value, profile, typeId, lastUpdatedAt: x.now }
  if (question) {
    const answer = await hashAnswer(org, String(question.answer))
    value = { ...value, recoveryQuestion: { question: String(question.question), answer } }
  }
  if (body.password !== undefined) value = await withPassword(org, value, body.password, x.now)
  else if (body.importedHash) value = withImportedHash(value, body.importedHash, x.now)
  await org.state.change([put(users, user.id, value, user)])

  if (changed.length > 0) {
    const debug = { changedAttributes: changed.join(',') }
    logUser(org, x, 'user.account.update_profile', user.id, value, { debug })
    if (changed.includes('email')) logUser(org, x, 'user.account.update_primary_email', user.id, value)
  }
  if (typeId !== user.value.typeId) logUser(org, x, 'user.account.update_user_type', user.id, value)
  if (secret) logUser(org, x, 'user.account.update_password', user.id, value)
  return ok(showUser(org, { id: user.id, value }))
}

async function faultsOf(
  org: Org,
  user: Stored<User>,
  body: UserBody,
  profile: JsonObject | undefined,
  strict: boolean,
): Promise<UserFault[]> {
  const faults: UserFault[] = []
  if (profile) {
    const holder = await org.state.holder(users, loginKey(String(profile.login)))
    faults.push(...profileFaults(profile, body.profile ?? {}, holder !== undefined && holder.id !== user.id))
  }
  const policy = org.settings.passwordPolicy
  if (body.password !== undefined || body.importedHash || body.recoveryQuestion) {
    faults.push(...mayHaveCredentials(user.value.provider.type))
  }
  if (body.password !== undefined) {
    const found = passwordFaults(policy, body.password, (profile ?? user.value.profile).login)
    // Administrators are not bound by the history unless they ask for it (documented).
    const used = strict && found.length === 0 && (await wasUsedBefore(policy, user.value, body.password))
    faults.push(...(used ? [weak(policy)] : found))
  }
  return faults
}

// What was read and sent back has the question without its answer: nothing is to be changed then.
function newQuestion(user: User, { recoveryQuestion }: UserBody): JsonObject | undefined {
  if (!recoveryQuestion || Object.keys(recoveryQuestion).length === 0) return undefined
  const same = recoveryQuestion.question === user.recoveryQuestion?.question
  return same && recoveryQuestion.answer === undefined ? undefined : recoveryQuestion
}

async function typeIdOf(org: Org, x: Exchange, user: User, body: UserBody): Promise<string> {
  if (body.realmId !== undefined && body.realmId !== user.realmId) {
    fail(E0000007, 'resource-missing', { id: body.realmId, type: 'Realm' })
  }
  const { typeId } = body
  if (
    typeId === undefined ||
    typeId === user.typeId ||
    (typeId === 'default' && user.typeId === org.fixed.defaultTypeId)
  ) {
    return user.typeId
  }
  if (x.method !== 'PUT') {
    fail(E0000001, 'value-invalid', {
      field: 'type',
      causes: ['type: The user type of a user can only be changed with PUT'],
    })
  }
  if (await org.state.load(userTypes, typeId)) return typeId
  return fail(E0000007, 'resource-missing', { id: typeId, type: 'CVDType' })
}
