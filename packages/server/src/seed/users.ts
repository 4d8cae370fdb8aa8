// How do the users of a seed become state? By the rules for requests: a user that no request could have made could not
// be updated by one either.
import type { SeedInput } from '../control/schemas.ts'
import { type User, type UserStatus, users } from '../entities/user.ts'
import type { Org } from '../org.ts'
import { hashSecret } from '../passwords.ts'
import { uniqueKeysOf } from '../profile-values.ts'
import type { TypeSchema } from '../resources/users/profile.ts'
import { normalProfile, passwordFaults, profileFaults } from '../resources/users/rules.ts'
import { put } from '../state/state.ts'
import { roleWrites } from './admin-roles.ts'
import { adminLogin } from './demo.ts'
import type { SeedDraft } from './draft.ts'
import { seedUserAttributes } from './user-attributes.ts'

/** Works out what is to be written. */
export async function seedUsers(org: Org, seed: SeedInput, draft: SeedDraft): Promise<void> {
  const { now } = draft
  const type = await seedUserAttributes(org, seed, draft)
  for (const [i, user] of (seed.users ?? []).entries()) {
    const path = `users[${i}]`
    const id = await draft.idOf(users, '00u', user.id, path)
    const profile = profileOf(user, type, draft, path)
    // The administrator comes first, with the password that the options name or that was made.
    if (user.password !== undefined && user.login !== adminLogin) {
      const [fault] = passwordFaults(
        { ...org.settings.passwordPolicy, ...seed.settings?.passwordPolicy },
        user.password,
        profile,
      )
      if (fault) draft.refuse(`${path}.password`, fault.says.replace('password: ', ''))
    }
    const value = await makeUser(org, user, profile, now)
    const keys = uniqueKeysOf(value.profile, type.schema)
    if (keys.length > 0) value.uniqueKeys = keys
    await draft.claim(users, value, `${path}.login`, user.login)
    draft.writes.push(put(users, id, value), ...roleWrites(org, { holder: 'USER', holderId: id }, user.roles, now))
    draft.bring('users', user.login, id)
    draft.made.users.push({ id, login: user.login })
  }
}

type UserSeed = NonNullable<SeedInput['users']>[number]

function profileOf(user: UserSeed, type: TypeSchema, draft: SeedDraft, path: string): User['profile'] {
  const [name = user.login] = user.login.split('@')
  const profile = {
    firstName: user.firstName ?? name.slice(0, 50),
    lastName: user.lastName ?? 'Example',
    ...user.profile,
    login: user.login,
    email: user.email ?? user.profile?.email ?? user.login,
  }
  const refuse = (field: string, says: string): never => {
    const below = Object.hasOwn(user.profile ?? {}, field) && !Object.hasOwn(user, field)
    return draft.refuse(`${path}.${below ? 'profile.' : ''}${field}`, says)
  }
  for (const [field, value] of Object.entries(profile)) {
    if (typeof value === 'object' && value !== null && !type.schema.added(field)) refuse(field, 'must be text')
  }
  const [fault] = profileFaults(profile, profile, type, [])
  if (fault) refuse(fault.field, fault.says.replace(`${fault.field}: `, ''))
  return normalProfile(profile, type.schema)
}

async function makeUser(org: Org, user: UserSeed, profile: User['profile'], now: number): Promise<User> {
  const status: UserStatus = user.status ?? 'ACTIVE'
  const activated = status !== 'STAGED'
  return {
    status,
    createdAt: now,
    activatedAt: activated ? now : undefined,
    statusChangedAt: activated ? now : undefined,
    lastUpdatedAt: now,
    passwordChangedAt: user.password ? now : undefined,
    typeId: org.fixed.defaultTypeId,
    realmId: org.fixed.realmId,
    profile,
    password: user.password === undefined ? undefined : await hashSecret(user.password, org.passwordCost, org.random),
    recoveryQuestion: user.recoveryQuestion && {
      question: user.recoveryQuestion.question,
      answer: await hashSecret(user.recoveryQuestion.answer.toLowerCase(), org.passwordCost, org.random),
    },
    provider: { type: user.source ?? 'OKTA', name: user.source ?? 'OKTA' },
    lockedAt: status === 'LOCKED_OUT' ? now : undefined,
  }
}
