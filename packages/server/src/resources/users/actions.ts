// What may be done with a user, and when? One table says it, for the operations and for the links that a user shows.
import { E0000001, E0000007, E0000016, E0000017, E0000032, E0000035, E0000036, E0000038 } from '@errorg/errors/codes'
import { hasPassword, keepsPassword, type User, type UserStatus, userStatuses } from '../../entities/user.ts'
import { fail } from '../../fail.ts'
import { recoverable } from '../../recovery-rules.ts'

/** What can be done with a user, by the name of the link that leads there. */
export type Action =
  | 'activate'
  | 'reactivate'
  | 'suspend'
  | 'unsuspend'
  | 'unlock'
  | 'deactivate'
  | 'resetPassword'
  | 'expirePassword'
  | 'expirePasswordWithTemp'
  | 'forgotPassword'
  | 'changePassword'
  | 'changeRecoveryQuestion'
  | 'resetFactors'
  | 'delete'

interface ActionRule {
  /** The path below the user. */
  place: string
  /** The statuses that allow it. */
  from: readonly UserStatus[]
  /** The statuses that show the link, where Okta's answers say otherwise (recorded). */
  linked?: readonly UserStatus[]
  /** What the user needs beside the status. */
  suits?: (user: User) => boolean
}

const living = userStatuses.filter((status) => status !== 'DEPROVISIONED')

const hasOwnPassword = (user: User): boolean => keepsPassword(user) && hasPassword(user)
const isFederated = ({ provider: { type } }: User): boolean => type === 'FEDERATION' || type === 'SOCIAL'
/** Does a directory keep this user's password? */
const isOfDirectory = ({ provider: { type } }: User): boolean => type === 'ACTIVE_DIRECTORY' || type === 'LDAP'

// In the order in which Okta shows the links. RECOVERY and LOCKED_OUT were never recorded: theirs follow from what is
// allowed (inferred).
const actions: Readonly<Record<Action, ActionRule>> = {
  activate: { place: '/lifecycle/activate', from: ['STAGED', 'DEPROVISIONED'] },
  // Documented: for ACTIVE users only. The links of two more statuses name it all the same (recorded), and in one of
  // them it was seen to work (okta/okta-sdk-dotnet UserAndUserLifecycleApiTests: activated without a password).
  suspend: {
    place: '/lifecycle/suspend',
    from: ['PROVISIONED', 'ACTIVE'],
    linked: ['PROVISIONED', 'ACTIVE', 'PASSWORD_EXPIRED'],
  },
  unsuspend: { place: '/lifecycle/unsuspend', from: ['SUSPENDED'] },
  // Documented: not for accounts of a directory.
  unlock: { place: '/lifecycle/unlock', from: ['LOCKED_OUT'], suits: (user) => !isOfDirectory(user) },
  // A federated user gets a password of the org's by it (documented); a directory keeps its own.
  resetPassword: {
    place: '/lifecycle/reset_password',
    from: ['PROVISIONED', 'ACTIVE', 'RECOVERY', 'PASSWORD_EXPIRED', 'LOCKED_OUT'],
    suits: (user) => !isOfDirectory(user),
  },
  resetFactors: { place: '/lifecycle/reset_factors', from: userStatuses },
  // A directory expires its own password then (documented).
  expirePassword: {
    place: '/lifecycle/expire_password',
    from: ['ACTIVE', 'PASSWORD_EXPIRED'],
    suits: (user) => !isFederated(user),
  },
  // Besides where expire_password works: okta/okta-sdk-dotnet UserCredApiTests, after a reset of the password.
  expirePasswordWithTemp: {
    place: '/lifecycle/expire_password_with_temp_password',
    from: ['ACTIVE', 'PASSWORD_EXPIRED', 'RECOVERY'],
    linked: [],
    suits: (user) => !isFederated(user),
  },
  forgotPassword: {
    place: '/credentials/forgot_password',
    from: recoverable,
    suits: keepsPassword,
  },
  changeRecoveryQuestion: {
    place: '/credentials/change_recovery_question',
    from: ['STAGED', 'ACTIVE', 'RECOVERY'],
    linked: ['ACTIVE', 'RECOVERY', 'PASSWORD_EXPIRED'],
    suits: hasOwnPassword,
  },
  reactivate: { place: '/lifecycle/reactivate', from: ['PROVISIONED', 'RECOVERY'] },
  deactivate: {
    place: '/lifecycle/deactivate',
    from: living,
    linked: living.filter((status) => status !== 'STAGED'),
  },
  changePassword: {
    place: '/credentials/change_password',
    from: ['STAGED', 'ACTIVE', 'PASSWORD_EXPIRED', 'RECOVERY'],
    linked: ['ACTIVE', 'PASSWORD_EXPIRED', 'RECOVERY'],
    suits: hasOwnPassword,
  },
  // The operation takes every user: the first call deactivates. The link says what the second one does.
  delete: { place: '', from: userStatuses, linked: ['DEPROVISIONED'] },
}

const names = Object.keys(actions) as Action[]

/** The links of a user to what its status allows now, below `base`; none while the user is on the way to another. */
export function linksOf(base: string, user: User): Record<string, { href: string; method: string }> {
  const links: Record<string, { href: string; method: string }> = {}
  if (user.transitioningTo) return links
  for (const name of names) {
    const { place, from, linked = from, suits } = actions[name]
    if (!linked.includes(user.status) || suits?.(user) === false) continue
    links[name] = { href: base + place, method: name === 'delete' ? 'DELETE' : 'POST' }
  }
  return links
}

/** Refuses what the table does not allow, in the operation's own words. `shown` names the user as the path does. */
export function mayUndergo(action: keyof typeof refusals, user: User, shown = ''): void {
  const { from, suits } = actions[action]
  const fits = from.includes(user.status)
  if (!fits || suits?.(user) === false) refusals[action](user, fits, shown)
}

type Refuse = (user: User, statusFits: boolean, shown: string) => never

const refuseToExpire: Refuse = ({ status, provider }, fits) =>
  fits
    ? fail(E0000038, 'no-password-to-expire', { provider: provider.type })
    : fail(E0000038, 'status-forbids', { status })

const refusals = {
  activate({ status }) {
    if (status === 'ACTIVE') fail(E0000016, 'user-already-active')
    if (status === 'PROVISIONED') fail(E0000016, 'activation-already-begun')
    return fail(E0000038, 'status-forbids', { status })
  },
  reactivate: ({ status }) => fail(E0000038, 'user-not-provisioned', { status }),
  suspend: ({ status }) => fail(E0000001, 'user-not-active', { status }),
  unsuspend: ({ status }) => fail(E0000001, 'user-not-suspended', { status }),
  unlock: ({ status, provider }, fits) =>
    fail(E0000032, fits ? 'locked-at-directory' : 'user-not-locked-out', { status, provider: provider.type }),
  // A deactivated user is as good as gone for deactivation.
  deactivate: (_user, _fits, shown) => fail(E0000007, 'user-already-gone', { id: shown }),
  expirePassword: refuseToExpire,
  expirePasswordWithTemp: refuseToExpire,
  resetPassword: ({ status, provider }) => fail(E0000017, 'user-cannot-reset', { status, provider: provider.type }),
  changePassword: ({ status, provider }, fits) =>
    fits
      ? fail(E0000035, 'no-okta-password', { provider: provider.type })
      : fail(E0000035, 'user-cannot-change-password', { status }),
  changeRecoveryQuestion: ({ status, provider }, fits) =>
    fits
      ? fail(E0000036, 'no-password-to-check', { provider: provider.type })
      : fail(E0000036, 'user-cannot-change-question', { status }),
} satisfies Partial<Record<Action, Refuse>>
