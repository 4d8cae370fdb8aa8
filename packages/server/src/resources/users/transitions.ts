// How does a user get from one status to another? What changes with it, and what takes its time.
import { type ApiToken, apiTokens } from '../../entities/api-token.ts'
import { removeShares } from '../../entities/principal-limit.ts'
import { hasPassword, keepsPassword, type User, type UserStatus, users } from '../../entities/user.ts'
import { rulesFollowUser } from '../../group-rules/due.ts'
import type { JobRunner } from '../../jobs.ts'
import type { Org } from '../../org.ts'
import { put, type Stored, VersionConflict, type Write } from '../../state/state.ts'

/** A user with a new status. */
export function inStatus(user: User, status: UserStatus, now: number): User {
  return { ...user, status, transitioningTo: undefined, statusChangedAt: now, lastUpdatedAt: now }
}

/** The status that activation leads to: without a password the user has still to set one. */
export function activationGoal(user: User): UserStatus {
  return hasPassword(user) || !keepsPassword(user) ? 'ACTIVE' : 'PROVISIONED'
}

/** Activation as begun: done at once, or under way until `scheduleActivation`'s job ends it. */
export function beginActivation(org: Org, user: User, goal: UserStatus, now: number): User {
  if (org.settings.delays.activationSeconds === 0) return activated(user, goal, now)
  // Okta names only ACTIVE, PROVISIONED and DEPROVISIONED here: an expired password shows when it is done.
  return { ...user, transitioningTo: goal === 'PROVISIONED' ? goal : 'ACTIVE', lastUpdatedAt: now }
}

function activated(user: User, goal: UserStatus, now: number): User {
  return { ...inStatus(user, goal, now), activatedAt: now }
}

const ACTIVATION = 'user.activation'

/** Makes the job that ends an activation which was begun. Call it when the beginning is stored. */
export function scheduleActivation(org: Org, userId: string, user: User, goal: UserStatus, now: number): void {
  if (!user.transitioningTo) return
  org.jobs.add({
    dueAt: now + org.settings.delays.activationSeconds * 1000,
    kind: ACTIVATION,
    data: { userId, goal },
  })
}

const finishActivation: JobRunner = async (org, { userId, goal }) => {
  for (;;) {
    const user = await org.state.load(users, userId!)
    if (!user?.value.transitioningTo) return
    try {
      const value = activated(user.value, goal as UserStatus, org.clock.now())
      await org.state.change([put(users, user.id, value, user)])
      rulesFollowUser(org, user.id)
      return
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error
    }
  }
}

/** What does the delayed work on users, by the job's kind. */
export const userJobs: Readonly<Record<string, JobRunner>> = { [ACTIVATION]: finishActivation }

/** A deactivated user: the password is gone for good (documented), and so is every way in. */
export function deactivated(user: User, now: number): User {
  return {
    ...inStatus(user, 'DEPROVISIONED', now),
    password: undefined,
    importedHash: undefined,
    oneTimeToken: undefined,
    failedLogins: undefined,
    lockedAt: undefined,
  }
}

/** A user whose password the org keeps, or will keep: none but a federated user changes. */
export function ofOrg(user: User): User {
  const { type } = user.provider
  return type === 'FEDERATION' || type === 'SOCIAL' ? { ...user, provider: { type: 'OKTA', name: 'OKTA' } } : user
}

/** A user who signs in at an identity provider from now on; what the org had to check is gone. */
export function federated(user: User, now: number): User {
  return {
    ...inStatus(user, 'ACTIVE', now),
    provider: { type: 'FEDERATION', name: 'FEDERATION' },
    password: undefined,
    importedHash: undefined,
    earlierPasswords: undefined,
    recoveryQuestion: undefined,
    oneTimeToken: undefined,
    failedLogins: undefined,
    lockedAt: undefined,
  }
}

/** Writes that end the API tokens of a user, and with them their shares of the limits. */
export async function endTokens(org: Org, userId: string, now: number): Promise<Write[]> {
  const owned = await org.state.find(apiTokens, 'owner', userId)
  return [
    ...owned.filter(({ value }) => !value.dead).map((token) => endToken(token, now)),
    ...(await removeShares(org, ...owned.map(({ id }) => id))),
  ]
}

function endToken(token: Stored<ApiToken>, now: number): Write {
  return put(apiTokens, token.id, { ...token.value, dead: 'owner-deactivated', lastUpdatedAt: now }, token)
}
