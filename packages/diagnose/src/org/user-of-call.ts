// Which status has the user that the call was about, and who keeps the password? Decides between the causes of codes
// that Okta sends for several statuses.
import type { Facts } from '../facts.ts'
import type { Because, Candidate } from '../finding.ts'
import {
  byAnswer,
  inQuestion,
  isAfter,
  type Learnt,
  type Question,
  segmentsOf,
  textAt,
  userId,
  type Verdict,
} from './question.ts'
import { actorOfSignIn } from './sign-in-of-log.ts'

/** The user as far as causes depend on it. */
interface UserNow {
  status: string
  /** Who keeps the credentials: OKTA, ACTIVE_DIRECTORY, LDAP, FEDERATION … */
  provider: string
  becoming: string | undefined
  hasQuestion: boolean
}

/** A cause that is the right one in some states of the user. */
interface CauseByUser {
  code: string
  cause: string
  kind: Candidate['kind']
  /** The member of the user that shows it. */
  shows: 'status' | 'provider' | 'question' | 'becoming'
  holds(user: UserNow): boolean
  /** Only for paths that fit. */
  path?: RegExp
  /** Set where others of the code's causes do not depend on the user. */
  atMost?: 'likely'
}

const none =
  (...statuses: readonly string[]) =>
  ({ status }: UserNow) =>
    !statuses.includes(status)
const one =
  (...statuses: readonly string[]) =>
  ({ status }: UserNow) =>
    statuses.includes(status)
const elsewhere = ({ provider }: UserNow) => provider !== 'OKTA' && provider !== ''

const forbids = (code: string, cause: string, holds: CauseByUser['holds'], path?: RegExp): CauseByUser => ({
  code,
  cause,
  kind: 'user-status-forbids-operation',
  shows: 'status',
  holds,
  ...(path && { path }),
})
const sourced = (code: string, cause: string): CauseByUser => ({
  code,
  cause,
  kind: 'user-sourced-externally',
  shows: 'provider',
  holds: elsewhere,
})

// Statuses as the catalogue's causes name them.
const causes: readonly CauseByUser[] = [
  forbids('E0000016', 'user-already-active', one('ACTIVE')),
  forbids('E0000016', 'activation-already-begun', one('PROVISIONED')),
  forbids('E0000001', 'user-not-active', none('ACTIVE'), /\/lifecycle\/suspend$/),
  forbids('E0000001', 'user-not-suspended', none('SUSPENDED'), /\/lifecycle\/unsuspend$/),
  forbids('E0000007', 'user-already-gone', one('DEPROVISIONED'), /\/lifecycle\/deactivate$/),
  forbids(
    'E0000017',
    'user-cannot-reset',
    (user) => one('STAGED', 'SUSPENDED', 'DEPROVISIONED')(user) || elsewhere(user),
  ),
  sourced('E0000023', 'user-sourced-elsewhere'),
  forbids('E0000032', 'user-not-locked-out', none('LOCKED_OUT')),
  {
    ...sourced('E0000032', 'locked-at-directory'),
    holds: (user) => user.status === 'LOCKED_OUT' && elsewhere(user),
    path: /\/lifecycle\/unlock$/,
  },
  forbids('E0000034', 'user-cannot-recover', none('ACTIVE')),
  sourced('E0000034', 'password-kept-elsewhere'),
  {
    code: 'E0000034',
    cause: 'no-recovery-question',
    kind: 'object-state-forbids-operation',
    shows: 'question',
    holds: (user) => user.status === 'ACTIVE' && user.provider === 'OKTA' && !user.hasQuestion,
  },
  forbids('E0000035', 'user-cannot-change-password', none('STAGED', 'ACTIVE', 'PASSWORD_EXPIRED', 'RECOVERY')),
  sourced('E0000035', 'no-okta-password'),
  forbids('E0000036', 'user-cannot-change-question', none('STAGED', 'ACTIVE', 'RECOVERY')),
  sourced('E0000036', 'no-password-to-check'),
  forbids('E0000038', 'user-not-provisioned', none('PROVISIONED', 'RECOVERY'), /\/lifecycle\/reactivate$/),
  forbids('E0000038', 'status-forbids', none('ACTIVE'), /\/lifecycle\/(?!reactivate$)/),
  {
    ...sourced('E0000038', 'no-password-to-expire'),
    holds: (user) => user.status === 'ACTIVE' && elsewhere(user),
    path: /\/lifecycle\/expire_password/,
  },
  forbids('E0000064', 'password-expired', one('PASSWORD_EXPIRED')),
  { ...forbids('E0000112', 'user-still-activating', (user) => user.becoming !== undefined), shows: 'becoming' },
  { ...forbids('E0000004', 'user-locked-out', one('LOCKED_OUT')), kind: 'user-locked-out' },
  // A sign-on policy may have refused the same user.
  { ...forbids('E0000004', 'credentials-wrong', one('ACTIVE')), kind: 'credentials-invalid', atMost: 'likely' },
]

export const userOfCall: Question = {
  name: 'userOfCall',
  async ask({ facts, findings }, org) {
    const known = causes.some(({ code }) => code === facts.code)
    if (
      !known &&
      !inQuestion(findings, 'user-status-forbids-operation', 'user-sourced-externally', 'user-locked-out') &&
      !(inQuestion(findings, 'resource-not-found') && isAboutUser(facts))
    )
      return undefined
    const name = userNamed(facts)
    if (name === undefined) return undefined
    const answer = await org.get(['api', 'v1', 'users', name], {}, ({ status, body }) =>
      status === 404
        ? 'There is no such user.'
        : `${textAt(body, 'profile', 'login') ?? 'The user'} is ${textAt(body, 'status') ?? 'of unknown status'}${sinceOf(body)}; the password is kept by ${textAt(body, 'credentials', 'provider', 'type') ?? 'nobody known'}.`,
    )
    if (!answer) return undefined
    if (answer.status === 404) return { learnt: { request: answer.request, missing: true } }
    const { body } = answer
    return {
      learnt: {
        request: answer.request,
        id: textAt(body, 'id'),
        login: textAt(body, 'profile', 'login'),
        status: textAt(body, 'status'),
        statusChanged: textAt(body, 'statusChanged'),
        created: textAt(body, 'created'),
        transitioningToStatus: textAt(body, 'transitioningToStatus'),
        provider: textAt(body, 'credentials', 'provider', 'type'),
        recoveryQuestion: textAt(body, 'credentials', 'recovery_question', 'question') !== undefined,
      },
    }
  },
  speak(learnt, facts) {
    if (learnt.missing === true) return ofMissing(learnt, facts)
    const status = textAt(learnt, 'status')
    if (status === undefined) return { candidates: [], ruledOut: [] }
    if (facts.code === 'E0000007' && isAfter(facts, textAt(learnt, 'created'))) return ofMissing(learnt, facts)
    const user: UserNow = {
      status,
      provider: textAt(learnt, 'provider') ?? '',
      becoming: textAt(learnt, 'transitioningToStatus'),
      hasQuestion: learnt.recoveryQuestion === true,
    }
    const about = causes.filter(({ code, path }) => code === facts.code && (!path || path.test(facts.path ?? '')))
    if (about.length === 0) return ofOtherCode(learnt, facts, user)
    const changed = isAfter(facts, textAt(learnt, 'statusChanged'))
    const holding = about.filter((cause) => cause.holds(user))
    const says = changed
      ? 'This is so by now; the status changed after the failed call.'
      : 'This is the state that the call met.'
    return {
      candidates: holding.map(({ code, cause, kind, shows, atMost }) => ({
        kind,
        strength: changed ? 'likely' : (atMost ?? 'certain'),
        weight: 10,
        code,
        cause,
        because: [shown(learnt, shows, user, says)],
      })),
      // What does not hold now may have held then.
      ruledOut:
        changed || holding.length === 0
          ? []
          : about.filter((cause) => !holding.includes(cause)).map(({ code, cause }) => ({ code, cause })),
    }
  },
}

/** Codes that no table knows, or none at all: the status alone, where it is one that few operations are open to. */
function ofOtherCode(learnt: Learnt, facts: Facts, user: UserNow): Verdict {
  if (user.status === 'ACTIVE' || facts.code === 'E0000006' || facts.code === 'E0000011')
    return { candidates: [], ruledOut: [] }
  return {
    candidates: [
      {
        kind: user.status === 'LOCKED_OUT' ? 'user-locked-out' : 'user-status-forbids-operation',
        strength: 'likely',
        weight: 7,
        because: [shown(learnt, 'status', user, 'Few operations are open to a user with this status.')],
      },
    ],
    ruledOut: [],
  }
}

function ofMissing(learnt: Learnt, facts: Facts): Verdict {
  if (facts.code === 'E0000004')
    return {
      candidates: [
        {
          kind: 'credentials-invalid',
          strength: 'certain',
          weight: 10,
          code: 'E0000004',
          cause: 'credentials-wrong',
          because: [byAnswer(learnt, 'status', '404', 'The org has no user of this name.')],
          first: ['Look at the user name: the org has nobody of this name.'],
        },
      ],
      ruledOut: [{ kind: 'user-locked-out' }, { code: 'E0000004', cause: 'user-locked-out' }],
    }
  if (facts.code !== 'E0000007') return { candidates: [], ruledOut: [] }
  const created = textAt(learnt, 'created')
  return {
    candidates: [
      {
        kind: 'resource-not-found',
        strength: 'certain',
        weight: 10,
        code: 'E0000007',
        cause: 'resource-missing',
        because: [
          created === undefined
            ? byAnswer(learnt, 'status', '404', 'The org does not have this user now either.')
            : byAnswer(learnt, 'created', created, 'The user was made after the failed call.'),
        ],
      },
    ],
    ruledOut: created === undefined ? [] : [{ code: 'E0000007', cause: 'user-already-gone' }],
  }
}

function shown(learnt: Learnt, what: CauseByUser['shows'], user: UserNow, says: string): Because {
  switch (what) {
    case 'provider':
      return byAnswer(learnt, 'credentials.provider.type', user.provider, says)
    case 'question':
      return byAnswer(learnt, 'credentials.recovery_question', 'none', says)
    case 'becoming':
      return byAnswer(learnt, 'transitioningToStatus', user.becoming ?? 'none', says)
    default: {
      const since = textAt(learnt, 'statusChanged')
      return byAnswer(learnt, 'status', since === undefined ? user.status : `${user.status} since ${since}`, says)
    }
  }
}

function sinceOf(body: unknown): string {
  const since = textAt(body, 'statusChanged')
  return since === undefined ? '' : ` since ${since}`
}

function isAboutUser(facts: Facts): boolean {
  return userNamed(facts) !== undefined && !/\((?!User\))\w+\)/.test(facts.summary ?? '')
}

/** The id or login of the user that a call is about. */
function userNamed(facts: Facts): string | undefined {
  const segments = segmentsOf(facts)
  const at = segments.indexOf('users')
  const named = at >= 0 ? segments[at + 1] : undefined
  if (named !== undefined) return named === '' || named === 'me' ? undefined : named
  const signIn = facts.path === '/api/v1/authn' || facts.path?.endsWith('/v1/token')
  if (!signIn) return undefined
  // `curl -v` prints no body, and the event of the sign-in names who it was.
  const actor = actorOfSignIn(facts)?.id ?? ''
  return textAt(facts.requestBody, 'username') ?? (userId.test(actor) ? actor : undefined)
}
