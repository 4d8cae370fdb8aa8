// How is a user made?
import { E0000001 } from '@errorg/errors/codes'
import { groups, membershipId, memberships } from '../../entities/group.ts'
import { realmFor } from '../../entities/realm.ts'
import { type Provider, type User, type UserStatus, users } from '../../entities/user.ts'
import { schemaChanges } from '../../entities/user-schema.ts'
import { fail } from '../../fail.ts'
import { maySetAttributes, userSeen } from '../../gates/attributes.ts'
import { reachRealms } from '../../gates/reach.ts'
import { rulesFollowUser } from '../../group-rules/due.ts'
import { type Answer, type Exchange, ok } from '../../http/exchange.ts'
import { readFlag } from '../../http/query.ts'
import { hashAnswer, withImportedHash, withPassword } from '../../new-password.ts'
import { mailToken, makeToken } from '../../one-time-token.ts'
import type { Org } from '../../org.ts'
import { type PasswordRules, passwordRulesOf } from '../../password-rules.ts'
import { uniqueKeysOf } from '../../profile-values.ts'
import { realmByAssignments } from '../../realm-rules.ts'
import { put, VersionConflict, type Write } from '../../state/state.ts'
import { logUser } from './events.ts'
import { hashFaults } from './hash.ts'
import { failNewer } from './newer.ts'
import { loadTypeId, schemaOfType, type TypeSchema, takenBy, typeNamed } from './profile.ts'
import { mayHaveCredentials, normalProfile, passwordFaults, profileFaults, questionFaults, refuse } from './rules.ts'
import { readUserBody, showUser, type UserBody } from './schema.ts'
import { loadGroups } from './store.ts'
import { activationGoal, beginActivation, scheduleActivation } from './transitions.ts'

const MOST_GROUPS = 20

/** `POST /users` */
export async function createUser(org: Org, x: Exchange): Promise<Answer> {
  const activate = readFlag(x, 'activate', true)
  const expires = x.query.get('nextLogin') === 'changePassword'
  const body = readUserBody(x.body)
  maySetAttributes(x, Object.keys(body.profile ?? {}))
  const provider = providerOf(x, body)
  const typeId = await loadTypeId(org, typeNamed(org, body.typeId ?? 'default'))
  const type = await schemaOfType(org, typeId)
  await judge(org, x, body, provider, type)
  if (expires && body.password === undefined) failNewer('expired-password-missing')
  if (expires && !activate) failNewer('expired-password-inactive')
  // Deriving keys takes a while: done first, so that what is loaded below is still true when it is written.
  const staged = await stagedUser(org, x, body, provider, typeId, type)
  const joined = await loadGroups(org, x, body.groupIds)
  if (body.password !== undefined || body.recoveryQuestion) await judgeAgain(org, body, typeId, type)

  const id = org.ids.next('00u')
  const goal: UserStatus = expires ? 'PASSWORD_EXPIRED' : activationGoal(staged)
  // Who has a password signs in with it and gets no token (documented).
  const token = activate && goal === 'PROVISIONED' ? makeToken(org, 'activation', x.now) : undefined
  const begun = activate ? beginActivation(org, { ...staged, oneTimeToken: token?.kept }, goal, x.now) : staged
  const writes: Write[] = [put(users, id, begun)]
  for (const group of joined) {
    writes.push(
      put(memberships, membershipId(group.id, id), { groupId: group.id, userId: id, addedAt: x.now }),
      put(groups, group.id, { ...group.value, lastMembershipUpdatedAt: x.now }, group),
    )
  }
  await org.state.change(writes)
  scheduleActivation(org, id, begun, goal, x.now)

  logUser(org, x, 'user.lifecycle.create', id, begun)
  for (const group of joined) {
    const party = {
      id: group.id,
      type: 'UserGroup',
      alternateId: 'unknown',
      displayName: String(group.value.profile.name),
    }
    logUser(org, x, 'group.user_membership.add', id, begun, { others: [party] })
  }
  if (activate) logUser(org, x, 'user.lifecycle.activate', id, begun)
  rulesFollowUser(org, id)
  if (token) mailToken(org, begun, token, x.now)
  return ok(showUser(org, await userSeen(org, x, { id, value: begun })))
}

// Only with ?provider=true does the body say who checks the password.
function providerOf(x: Exchange, body: UserBody): Provider {
  const asked = readFlag(x, 'provider', false) ? body.provider : undefined
  if (!asked || asked.type === 'IMPORT') return { type: 'OKTA', name: 'OKTA' }
  if (asked.type === 'ACTIVE_DIRECTORY' || asked.type === 'LDAP') {
    fail(E0000001, 'value-invalid', {
      field: 'provider',
      causes: [`provider: Users of ${asked.type} can only be imported`],
    })
  }
  return asked
}

async function judge(org: Org, x: Exchange, body: UserBody, provider: Provider, type: TypeSchema): Promise<void> {
  const profile = body.profile ?? {}
  const faults = profileFaults(profile, profile, type, await takenBy(org, profile, type))
  if (body.password !== undefined || body.importedHash || body.recoveryQuestion) {
    faults.push(...mayHaveCredentials(provider.type))
    if (body.importedHash) faults.push(...hashFaults(body.importedHash))
    if (body.password !== undefined) {
      faults.push(...passwordFaults(await rulesOf(org, x, body, provider), body.password, profile))
    }
    if (body.recoveryQuestion) faults.push(...questionFaults(body.recoveryQuestion))
  }
  refuse(faults)
  if (body.groupIds.length > MOST_GROUPS) failNewer('too-many-groups')
  if (body.realmId === undefined) return
  if (body.realmId !== org.fixed.realmId) reachRealms(x, body.realmId)
  await realmFor(org, body.realmId, profile)
}

// The password policy that will apply when the user is made.
function rulesOf(org: Org, x: Exchange, { groupIds, typeId }: UserBody, provider: Provider): Promise<PasswordRules> {
  const user = { provider, typeId: typeId ?? org.fixed.defaultTypeId } as User
  const subject = { userId: '', user, groupIds: [org.fixed.everyoneId, ...groupIds], address: x.address }
  return passwordRulesOf(org, subject)
}

// Somebody may have taken the login, or changed the schema, while keys were derived.
async function judgeAgain(org: Org, body: UserBody, typeId: string, before: TypeSchema): Promise<void> {
  const profile = body.profile ?? {}
  const type = await schemaOfType(org, typeId)
  if (type.schema !== before.schema) throw new VersionConflict(schemaChanges.name, typeId)
  const taken = await takenBy(org, profile, type)
  if (taken.length > 0) refuse(profileFaults(profile, profile, type, taken))
}

async function stagedUser(
  org: Org,
  x: Exchange,
  body: UserBody,
  provider: Provider,
  typeId: string,
  { schema }: TypeSchema,
): Promise<User> {
  const { password, importedHash, recoveryQuestion } = body
  const profile = normalProfile(body.profile ?? {}, schema)
  const user: User = {
    status: 'STAGED',
    createdAt: x.now,
    lastUpdatedAt: x.now,
    typeId,
    realmId: body.realmId ?? (await realmByAssignments(org, { profile, status: 'STAGED' }, x.now)),
    profile,
    provider,
    recoveryQuestion: recoveryQuestion && {
      question: String(recoveryQuestion.question),
      answer: await hashAnswer(org, String(recoveryQuestion.answer)),
    },
  }
  const keys = uniqueKeysOf(profile, schema)
  if (keys.length > 0) user.uniqueKeys = keys
  if (password !== undefined) return await withPassword(org, user, password, x.now)
  return importedHash ? withImportedHash(user, importedHash, x.now) : user
}
