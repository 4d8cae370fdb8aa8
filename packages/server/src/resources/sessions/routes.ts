// Which operations does the API have on sessions?
import { E0000001, E0000004, E0000007, E0000064 } from '@errorg/errors/codes'
import { type Session, sessions } from '../../entities/sign-in.ts'
import { type User, users } from '../../entities/user.ts'
import { fail } from '../../fail.ts'
import { checkFields, type FieldTable, type JsonObject, objectBody, refuseFaults } from '../../fields.ts'
import { type Answer, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { userParty } from '../../log/parties.ts'
import type { Org } from '../../org.ts'
import { checkPassword, logFailure, logSuccess, refuseSignIn } from '../../primary-sign-in.ts'
import type { RouteRow } from '../../routes.ts'
import { findSession, makeSession, sessionOf, takeSessionToken } from '../../sessions.ts'
import { evaluateSignOn, logSignOn } from '../../sign-on.ts'
import { put, remove, type Stored } from '../../state/state.ts'
import { showSession } from './schema.ts'

const SESSIONS = '/api/v1/sessions'
const ONE = `${SESSIONS}/:sessionId`
const ME = `${SESSIONS}/me`

const fields: FieldTable = {
  sessionToken: { type: 'string' },
  username: { type: 'string' },
  password: { type: 'string', max: 1000 },
}

async function create(org: Org, x: Exchange): Promise<Answer> {
  const body = objectBody(x.body)
  refuseFaults(checkFields(body, fields))
  if (body.sessionToken) return await createByToken(org, x, String(body.sessionToken))
  if (body.username && body.password) return await createByPassword(org, x, body)
  return fail(E0000001, 'required-field-missing', {
    field: 'sessionToken',
    causes: ['sessionToken: The field cannot be left blank'],
  })
}

async function createByToken(org: Org, x: Exchange, value: string): Promise<Answer> {
  const taken = await takeSessionToken(org, value, x.now)
  if (!taken) return fail(E0000004, 'session-token-dead')
  const { user, token } = taken
  const { sessionIdleMinutes } = await evaluateSignOn(org, { userId: user.id, address: x.address, amr: token.amr })
  const { session, write } = makeSession(org, user, token.amr, x.now, sessionIdleMinutes)
  await org.state.change([taken.write, write])
  return ok(showSession(org, session))
}

// The way of old clients, without /authn: there is no place for a second step, so an expired password ends it.
async function createByPassword(org: Org, x: Exchange, body: JsonObject): Promise<Answer> {
  const outcome = await checkPassword(org, x, String(body.username), String(body.password))
  if (!outcome.ok) return refuseSignIn(outcome.why)
  const { user, value } = outcome
  if (value.status === 'PASSWORD_EXPIRED') {
    logFailure(org, x, userParty(user), 'PASSWORD_EXPIRED')
    return fail(E0000064, 'password-expired')
  }
  const verdict = await evaluateSignOn(org, { userId: user.id, address: x.address, amr: ['pwd'] })
  logSignOn(org, x, verdict, userParty(user))
  if (verdict.access !== 'ALLOW') {
    logFailure(org, x, userParty(user), verdict.reason)
    return fail(E0000004, verdict.access === 'DENY' ? 'sign-on-policy-denies' : 'second-factor-demanded')
  }
  const { session, write } = makeSession(org, user, ['pwd'], x.now, verdict.sessionIdleMinutes)
  await org.state.change([write, ...(value === user.value ? [] : [put(users, user.id, value, user)])])
  logSuccess(org, x, userParty(user), session.id)
  return ok(showSession(org, session))
}

async function get(org: Org, x: Exchange): Promise<Answer> {
  return ok(showSession(org, (await load(org, x)).session))
}

async function close(org: Org, x: Exchange): Promise<Answer> {
  await end(org, x, await load(org, x))
  return noContent()
}

async function refresh(org: Org, x: Exchange): Promise<Answer> {
  return await extend(org, x, await load(org, x))
}

async function getMine(org: Org, x: Exchange): Promise<Answer> {
  return ok(showSession(org, (await loadMine(org, x)).session))
}

async function closeMine(org: Org, x: Exchange): Promise<Answer> {
  await end(org, x, await loadMine(org, x))
  return { status: 204, headers: [['set-cookie', 'sid="";Version=1;Path=/;Max-Age=0']] }
}

async function refreshMine(org: Org, x: Exchange): Promise<Answer> {
  return await extend(org, x, await loadMine(org, x))
}

interface Found {
  session: Stored<Session>
  user: Stored<User>
}

async function load(org: Org, x: Exchange): Promise<Found> {
  const id = x.params.sessionId!
  return (await findSession(org, id, x.now)) ?? fail(E0000007, 'resource-missing', { id, type: 'AppSession' })
}

async function loadMine(org: Org, x: Exchange): Promise<Found> {
  return (await sessionOf(org, x)) ?? fail(E0000007, 'session-missing')
}

async function end(org: Org, x: Exchange, { session, user }: Found): Promise<void> {
  await org.state.change([remove(sessions, session)])
  org.log(x, {
    eventType: 'user.session.end',
    displayMessage: 'User logout from Okta',
    actor: userParty(user),
    sessionId: session.id,
  })
}

// For as long again as the sign-on policy says now.
async function extend(org: Org, x: Exchange, { session, user }: Found): Promise<Answer> {
  const { sessionIdleMinutes } = await evaluateSignOn(org, {
    userId: user.id,
    address: x.address,
    amr: session.value.amr,
  })
  const value: Session = { ...session.value, expiresAt: x.now + sessionIdleMinutes * 60_000 }
  await org.state.change([put(sessions, session.id, value, session)])
  return ok(showSession(org, { ...session, value }))
}

const open = { needs: 'anyone', whileReadOnly: true } as const
const admin = { needs: 'sessions.manage' } as const

/** Rows of the route table. */
export const sessionRoutes: readonly RouteRow[] = [
  { on: `POST ${SESSIONS}`, operation: 'createSession', ...open, body: 'json', handle: create },
  // Who has no session gets 404 here, not the 403 of other operations: hence open to anyone.
  { on: `GET ${ME}`, operation: 'getCurrentSession', ...open, handle: getMine },
  { on: `DELETE ${ME}`, operation: 'closeCurrentSession', ...open, handle: closeMine },
  { on: `POST ${ME}/lifecycle/refresh`, operation: 'refreshCurrentSession', ...open, handle: refreshMine },
  { on: `GET ${ONE}`, operation: 'getSession', ...admin, handle: get },
  { on: `DELETE ${ONE}`, operation: 'revokeSession', ...admin, handle: close },
  { on: `POST ${ONE}/lifecycle/refresh`, operation: 'refreshSession', ...admin, handle: refresh },
]
