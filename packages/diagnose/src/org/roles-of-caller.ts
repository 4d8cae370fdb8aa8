// Which admin roles does the caller have, and can any of them cover the operation? Decides E0000006, which says only
// that some right is missing.
import type { Facts } from '../facts.ts'
import type { Because, Candidate } from '../finding.ts'
import { type Caller, callerOf } from './caller.ts'
import type { Answer, Channel } from './channel.ts'
import { byAnswer, inQuestion, isAfter, type Learnt, type Question, recordsIn, silence, textAt } from './question.ts'

// Which writing a standard role can cover at most, from the descriptions of the roles on help.okta.com. A role that is
// not named here (custom ones, new ones) may cover anything; nothing is concluded from it.
const WRITES_AT_MOST: Readonly<Record<string, RegExp | null>> = {
  READ_ONLY_ADMIN: null,
  REPORT_ADMIN: null,
  WORKFLOWS_ADMIN: null,
  ACCESS_CERTIFICATIONS_ADMIN: null,
  ACCESS_REQUESTS_ADMIN: null,
  HELP_DESK_ADMIN: /^\/api\/v1\/users\/[^/]+\/(?:lifecycle|credentials|factors|sessions)\b/,
  GROUP_MEMBERSHIP_ADMIN: /^\/api\/v1\/groups\/[^/]+\/users\b/,
  USER_ADMIN: /^\/api\/v1\/(?:users|groups)\b/,
  APP_ADMIN:
    /^\/api\/v1\/(?:apps|users|groups|idps|mappings|meta|authorizationServers|logs)\b|^\/oauth2\/v1\/clients\b/,
  API_ACCESS_MANAGEMENT_ADMIN: /^\/api\/v1\/(?:authorizationServers|apps|meta|mappings)\b|^\/oauth2\/v1\/clients\b/,
}
const ABOUT_ROLES = /\/roles(?:\/|$)/

interface Role {
  type: string
  /** Of a custom role: its id and that of its resource set. */
  role: string | undefined
  set: string | undefined
  created: string | undefined
}

export const rolesOfCaller: Question = {
  name: 'rolesOfCaller',
  async ask({ facts, findings }, org) {
    if (facts.code !== 'E0000006' && !inQuestion(findings, 'admin-role-lacks-permission')) return undefined
    const caller = callerOf(facts, org)
    if (!caller) {
      org.gap({
        what: 'Whose credential made the call.',
        why: 'It is another one than the one that asks, and a value does not tell its owner.',
        send: 'Evidence with `apiTokenId` (00T…, from Security > API > Tokens) or `tokenOwner` (a login); or ask with the credential of the call.',
      })
      return undefined
    }
    const who = await find(caller, org)
    if (!who) return undefined
    const base = caller.kind === 'client' ? ['oauth2', 'v1', 'clients', who.id] : ['api', 'v1', 'users', who.id]
    const answer = await org.get([...base, 'roles'], {}, (found) => told(found, who.login ?? who.id))
    if (answer?.status !== 200) return undefined
    return {
      learnt: {
        request: answer.request,
        caller: caller.kind,
        sure: caller.kind !== 'asker' || caller.sure,
        id: who.id,
        login: who.login,
        roles: rolesIn(answer.body).map(({ type, created, role, set }) => ({ type, created, role, set })),
      },
    }
  },
  speak(learnt, facts) {
    if (!Array.isArray(learnt.roles)) return silence
    const all = rolesIn(learnt.roles)
    // A role that was given since explains nothing; it cures.
    const roles = all.filter((role) => !isAfter(facts, role.created))
    const given = all.find((role) => isAfter(facts, role.created))
    const { says, decided } = judge(roles, facts)
    const sure = learnt.sure === true
    const other = ofAnother(learnt, facts)
    if (other !== undefined && sure)
      return {
        candidates: [
          {
            kind: 'admin-role-lacks-permission',
            strength: 'certain',
            weight: 10,
            ...(facts.code === 'E0000006' && { code: 'E0000006', cause: 'subscription-not-own' }),
            because: [
              byAnswer(
                learnt,
                'id',
                textAt(learnt, 'id') ?? '',
                `The settings belong to ${other}, and somebody else asked.`,
              ),
            ],
          },
        ],
        ruledOut: [],
      }
    const isSuper = roles.some(({ type }) => type === 'SUPER_ADMIN')
    if (isSuper)
      return sure
        ? {
            candidates: [],
            ruledOut: [
              // What belongs to one user alone is closed to every administrator.
              { kind: 'admin-role-lacks-permission', except: ['subscription-not-own'] },
            ],
          }
        : // Somebody else made the call, then.
          silence
    const aboutRoles = ABOUT_ROLES.test(facts.path ?? '')
    const cause =
      learnt.caller === 'client' ? 'client-has-no-role' : aboutRoles ? 'super-admin-required' : 'role-lacks-permission'
    const because: Because[] = [
      byAnswer(
        learnt,
        'type',
        roles.map(({ type }) => type).join(', ') || 'no role',
        `${sure ? '' : 'If the token that asks now made the call: '}${says}`,
      ),
    ]
    if (given)
      because.push(
        byAnswer(learnt, `${given.type} created`, given.created ?? '', 'This role was given after the failed call.'),
      )
    const candidate: Candidate = {
      kind: 'admin-role-lacks-permission',
      strength: decided && sure ? 'certain' : 'likely',
      // Rights are looked at before the object is: where they are certainly missing, its state was never asked for.
      weight: decided && sure ? 40 : 10,
      ...(facts.code === 'E0000006' && { code: 'E0000006', cause }),
      because,
      ...(given && { first: [`Send the call again: ${given.type} was given since.`] }),
    }
    return { candidates: [candidate], ruledOut: [] }
  },
}

/** What the roles mean for the operation, and whether that settles it. */
function judge(roles: readonly Role[], facts: Facts): { says: string; decided: boolean } {
  if (roles.length === 0) return { says: 'The caller has no admin role at all.', decided: true }
  const { method, path } = facts
  if (path !== undefined && ABOUT_ROLES.test(path))
    return { says: 'Only a super administrator may see or change admin roles.', decided: true }
  if (method !== undefined && path !== undefined && method !== 'GET' && method !== 'HEAD') {
    const covers = roles.some(({ type }) => {
      const most = Object.hasOwn(WRITES_AT_MOST, type) ? WRITES_AT_MOST[type] : undefined
      return most === undefined || most?.test(path) === true
    })
    if (!covers) return { says: `No role of the caller covers ${method} on this path.`, decided: true }
  }
  return {
    says: 'These are the roles of the caller. One that could cover the operation may be limited to some groups, apps or resources.',
    decided: false,
  }
}

/** The user whose own settings the call was about, where that is not the caller. */
function ofAnother(learnt: Learnt, facts: Facts): string | undefined {
  const named = /^\/api\/v1\/users\/(00u\w{17})\/subscriptions(?:\/|$)/.exec(facts.path ?? '')?.[1]
  const own = textAt(learnt, 'id')
  return named !== undefined && own !== undefined && named !== own ? named : undefined
}

async function find(caller: Caller, org: Channel): Promise<{ id: string; login: string | undefined } | undefined> {
  if (caller.kind === 'client' || caller.kind === 'user') return { id: caller.id, login: undefined }
  if (caller.kind === 'token') {
    const answer = await org.get(['api', 'v1', 'api-tokens', caller.id], {}, ({ status, body }) =>
      status === 404 ? 'There is no such token.' : `"${textAt(body, 'name')}" belongs to ${textAt(body, 'userId')}.`,
    )
    const owner = answer?.status === 200 ? textAt(answer.body, 'userId') : undefined
    return owner === undefined ? undefined : { id: owner, login: undefined }
  }
  const answer = await org.get(['api', 'v1', 'users', 'me'], {}, ({ body }) => {
    const me = textAt(body, 'profile', 'login') ?? textAt(body, 'id') ?? 'Somebody'
    return caller.sure ? `${me} made the call.` : `${me} asks now; whether ${me} made the call is not known.`
  })
  const id = answer?.status === 200 ? textAt(answer.body, 'id') : undefined
  return id === undefined ? undefined : { id, login: textAt(answer!.body, 'profile', 'login') }
}

function told({ status, body }: Answer, name: string): string {
  if (status === 404) return `${name} is not there.`
  const roles = rolesIn(body).map(({ type }) => type)
  return roles.length === 0 ? `${name} has no admin role.` : `${name} has ${roles.join(', ')}.`
}

function rolesIn(value: unknown): Role[] {
  return recordsIn(value, 100).flatMap((role) => {
    const type = textAt(role, 'type')
    return type === undefined || (role.status !== undefined && role.status !== 'ACTIVE')
      ? []
      : [
          {
            type,
            created: textAt(role, 'created'),
            role: textAt(role, 'role'),
            set: textAt(role, 'resource-set') ?? textAt(role, 'set'),
          },
        ]
  })
}
