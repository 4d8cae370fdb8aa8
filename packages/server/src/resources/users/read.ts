// How are users read, and what hangs on a user?
import { E0000003, E0000005 } from '@errorg/errors/codes'
import { findUser } from '../../entities/find-user.ts'
import { groups } from '../../entities/group.ts'
import type { User } from '../../entities/user.ts'
import { fail } from '../../fail.ts'
import { objectBody } from '../../fields.ts'
import { showSeen, userSeen } from '../../gates/attributes.ts'
import { groupsSeen } from '../../gates/reach.ts'
import { type Answer, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { readFlag } from '../../http/query.ts'
import { cutPage, listAnswer, pageAnswer, readPage } from '../../lists/page.ts'
import { queryUsers } from '../../lists/users-query.ts'
import type { Org } from '../../org.ts'
import { endSessions, revokeRefreshTokens } from '../../sessions.ts'
import { showGroup } from '../../shapes/group.ts'
import { showUserInList } from '../../shapes/user.ts'
import { etagOf } from './etag.ts'
import { logUser } from './events.ts'
import { showUser } from './schema.ts'
import { loadUser } from './store.ts'

/** `GET /users` */
export async function listUsers(org: Org, x: Exchange): Promise<Answer> {
  // No users are asked for, and none come. (okta/okta-sdk-dotnet UserScenarios)
  if (x.query.get('limit') === '0') return listAnswer(org, x, [])
  const page = await queryUsers(org, x)
  return pageAnswer(org, x, page, (user) => showSeen(org, x, showUserInList, user))
}

/** `GET /users/{id}`; everybody may read the own user. */
export async function getUser(org: Org, x: Exchange): Promise<Answer> {
  const user = await loadUser(org, x)
  const blocks = x.query.get('expand') === 'blocks' && { _embedded: { blocks: blocksOf(user.value) } }
  const body = blocks
    ? { ...showUser(org, await userSeen(org, x, user)), ...blocks }
    : await showSeen(org, x, showUser, user)
  return ok(body, [['etag', etagOf(user)]])
}

/** `GET /users/{id}/blocks` */
export async function listUserBlocks(org: Org, x: Exchange): Promise<Answer> {
  const user = await loadUser(org, x)
  return listAnswer(org, x, blocksOf(user.value))
}

// The org tells no devices apart: who is locked out is so on all of them.
function blocksOf({ status }: User): unknown[] {
  return status === 'LOCKED_OUT' ? [{ type: 'DEVICE_BASED', appliesTo: 'ANY_DEVICES' }] : []
}

/** `GET /users/{id}/groups`; "Everyone" is among them. */
export async function listUserGroups(org: Org, x: Exchange): Promise<Answer> {
  const user = await loadUser(org, x)
  const { after = '', limit } = readPage(org, x, { standard: 200, most: 10_000, prefix: '00g' })
  const ids = (await org.groupIdsOf(user.id)).filter((id) => id > after).sort()
  const sees = groupsSeen(x, 'groups.read')
  const found = []
  for (const id of ids) {
    const group = await org.state.load(groups, id)
    if (group && (!sees || sees(group))) found.push(group)
    if (found.length > limit) break
  }
  return pageAnswer(org, x, cutPage(found, limit), (group) => org.shown(showGroup, group))
}

/** Lists of things that this org cannot give to users yet, so that every user has none of them. */
export async function listNothing(org: Org, x: Exchange): Promise<Answer> {
  await loadUser(org, x)
  return listAnswer(org, x, [])
}

/** `DELETE /users/{id}/sessions`: signs the user out everywhere; with `oauthTokens` refresh tokens end too, with their access tokens. */
export async function revokeUserSessions(org: Org, x: Exchange): Promise<Answer> {
  const withTokens = readFlag(x, 'oauthTokens', false)
  readFlag(x, 'forgetDevices', true)
  const user = await loadUser(org, x)
  await org.state.change([
    ...(await endSessions(org, user.id)),
    ...(withTokens ? await revokeRefreshTokens(org, user.id, x.now) : []),
  ])
  logUser(org, x, 'user.session.clear', user.id, user.value)
  return noContent()
}

/**
 * `POST /users/me/lifecycle/delete_sessions`: the own sessions, all but the present one unless `keepCurrent` is false. Only
 * for who comes with a session: 401 or 403 with an API token (okta/okta-sdk-dotnet UserSessionsApiTests, which does not
 * say the code). Not in today's description any more, but in the SDKs.
 */
export async function endOwnSessions(org: Org, x: Exchange): Promise<Answer> {
  const { keepCurrent = true } = x.body === undefined ? {} : objectBody(x.body)
  if (typeof keepCurrent !== 'boolean') fail(E0000003, 'body-unreadable-shape')
  const sessionId = x.caller?.sessionId ?? fail(E0000005, 'session-cookie-invalid')
  const user = await findUser(org, x, 'me')
  await org.state.change(await endSessions(org, user.id, keepCurrent ? sessionId : undefined))
  logUser(org, x, 'user.session.clear', user.id, user.value)
  return ok({})
}
