// How is a user changed: a part of it (POST), or all of it (PUT)?
import { E0000001, E0000006 } from '@errorg/errors/codes'
import { realmFor } from '../../entities/realm.ts'
import { type User, users } from '../../entities/user.ts'
import { schemaChanges } from '../../entities/user-schema.ts'
import { fail } from '../../fail.ts'
import type { JsonObject } from '../../fields.ts'
import { actsOnItself, attributesFor, refuseAttribute, userSeen } from '../../gates/attributes.ts'
import type { Attributes } from '../../gates/custom-roles.ts'
import { isSuperAdmin } from '../../gates/holders.ts'
import { reachRealms, reachUser } from '../../gates/reach.ts'
import { rulesFollowUser } from '../../group-rules/due.ts'
import { type Answer, type Exchange, ok } from '../../http/exchange.ts'
import { readFlag } from '../../http/query.ts'
import { hashAnswer, withImportedHash, withPassword } from '../../new-password.ts'
import type { Org } from '../../org.ts'
import { isTooYoung, wasUsedBefore } from '../../password-policy.ts'
import { passwordRulesFor } from '../../password-rules.ts'
import { withKeys } from '../../profile-schema/holders.ts'
import { uniqueKeysOf } from '../../profile-values.ts'
import { put, type Stored, VersionConflict } from '../../state/state.ts'
import { addressesToVerify, beginEmailChanges, withValuesOf } from './email-change.ts'
import { checkETag } from './etag.ts'
import { logUser } from './events.ts'
import { hashFaults } from './hash.ts'
import { loadTypeId, schemaOfType, type TypeSchema, takenBy, typeNamed } from './profile.ts'
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
  mayUpdate(user.value, body.importedHash !== undefined)
  const typeId = await typeIdOf(org, x, user.value, body)
  const type = await schemaOfType(org, typeId)
  // Without a profile only credentials are changed, by PUT too (recorded). Another type may want another profile.
  const kept = typeId === user.value.typeId ? undefined : user.value.profile
  const attributes = await attributesFor(org, x, user, 'users.update')
  const merged = body.profile ? keepOthers(user.value.profile, merge, body.profile, attributes) : kept
  const question = newQuestion(user.value, body)
  const secret = body.password !== undefined || body.importedHash !== undefined
  // To change profiles is one right, to change what users sign in with another one (documented for custom roles).
  if ((secret || question) && !isSuperAdmin(x)) await reachUser(org, x, user.id, 'users.credentials')
  const faults = await faultsOf(org, x, user, body, { profile: merged, type, strict })
  const wanted = merged ? normalProfile(merged, type.schema) : user.value.profile
  const itself = await actsOnItself(org, x, user)
  if (itself) mayAskForItself(x, user.value, body)
  if (body.realmId !== undefined && body.realmId !== user.value.realmId)
    reachRealms(x, user.value.realmId, body.realmId)
  const wantedChanges = changedAttributes(user.value.profile, wanted)
  const refused = attributes && wantedChanges.find((name) => !attributes(name))
  if (refused !== undefined) refuseAttribute(refused, itself)
  const unverified = itself ? addressesToVerify(wanted, wantedChanges) : []
  const profile = withValuesOf(user.value.profile, wanted, unverified)
  const changed = wantedChanges.filter((name) => !unverified.some((one) => one === name))
  // A PUT touches every attribute, also where it says what is there already (reported).
  if (wantedChanges.length > 0 || secret || (body.profile && x.method === 'PUT')) mayChangeProfile(user.value)
  refuse([...faults, ...(question ? questionFaults(question) : [])], 'userProfile')
  const moved = body.realmId !== undefined || wantedChanges.length > 0
  const realmId = moved ? await realmFor(org, body.realmId ?? user.value.realmId, wanted) : user.value.realmId

  const keys = uniqueKeysOf(profile, type.schema)
  let value: User = withKeys({ ...user.value, profile, typeId, realmId, lastUpdatedAt: x.now }, keys)
  if (question) {
    const answer = await hashAnswer(org, String(question.answer))
    value = { ...value, recoveryQuestion: { question: String(question.question), answer } }
  }
  if (body.password !== undefined) value = await withPassword(org, value, body.password, x.now)
  else if (body.importedHash) value = withImportedHash(value, body.importedHash, x.now)
  // A schema that was changed while keys were derived judges this user anew.
  if ((await schemaOfType(org, typeId)).schema !== type.schema) throw new VersionConflict(schemaChanges.name, typeId)
  const toVerify = await beginEmailChanges(org, x, user.id, wanted, unverified)
  await org.state.change([put(users, user.id, value, user), ...toVerify.writes])

  toVerify.mail()
  if (changed.length > 0) {
    const debug = { changedAttributes: changed.join(',') }
    logUser(org, x, 'user.account.update_profile', user.id, value, { debug })
    if (changed.includes('email')) logUser(org, x, 'user.account.update_primary_email', user.id, value)
    rulesFollowUser(org, user.id)
  }
  if (typeId !== user.value.typeId) logUser(org, x, 'user.account.update_user_type', user.id, value)
  if (secret) logUser(org, x, 'user.account.update_password', user.id, value)
  return ok(showUser(org, await userSeen(org, x, { id: user.id, value })))
}

// Attributes that the caller may not change are not gone because a PUT does not name them. (inferred)
function keepOthers(
  before: JsonObject,
  merge: (before: JsonObject, sent: JsonObject) => JsonObject,
  sent: JsonObject,
  allowed: Attributes | undefined,
): JsonObject {
  const merged = merge(before, sent)
  if (!allowed) return merged
  return { ...Object.fromEntries(Object.entries(before).filter(([name]) => !allowed(name))), ...merged }
}

// Documented: users change nothing of themselves but the profile.
function mayAskForItself(x: Exchange, { realmId }: User, body: UserBody): void {
  if (body.realmId === undefined || body.realmId === realmId) return
  fail(E0000006, 'role-lacks-permission', { needs: x.route.needs, roles: x.caller?.roles.join(', ') })
}

async function faultsOf(
  org: Org,
  x: Exchange,
  user: Stored<User>,
  body: UserBody,
  { profile, type, strict }: { profile: JsonObject | undefined; type: TypeSchema; strict: boolean },
): Promise<UserFault[]> {
  const faults: UserFault[] = []
  if (profile) {
    const taken = await takenBy(org, profile, type, user.id)
    faults.push(...profileFaults(profile, body.profile ?? {}, type, taken))
  }
  if (body.password !== undefined || body.importedHash || body.recoveryQuestion) {
    faults.push(...mayHaveCredentials(user.value.provider.type))
  }
  if (body.importedHash) faults.push(...hashFaults(body.importedHash))
  if (body.password !== undefined) {
    const rules = await passwordRulesFor(org, user.id, x.address)
    const found = passwordFaults(rules, body.password, profile ?? user.value.profile)
    // Administrators are bound by history and age only if they ask for it (documented).
    const refused =
      strict &&
      found.length === 0 &&
      (isTooYoung(rules, user.value, x.now) || (await wasUsedBefore(rules, user.value, body.password)))
    faults.push(...(refused ? [weak(rules)] : found))
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
  const typeId = body.typeId === undefined ? user.typeId : typeNamed(org, body.typeId)
  if (typeId === user.typeId) return typeId
  if (x.method !== 'PUT') {
    fail(E0000001, 'value-invalid', {
      field: 'type',
      causes: ['type: The user type of a user can only be changed with PUT'],
    })
  }
  return await loadTypeId(org, typeId)
}
