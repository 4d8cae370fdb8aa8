// Which refresh tokens does an app hold, and how are they taken away?
import { E0000007 } from '@errorg/errors/codes'
import { refreshTokens } from '../../entities/sign-in.ts'
import { fail } from '../../fail.ts'
import { type Answer, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { cutPage, pageAnswer, readPage } from '../../lists/page.ts'
import { revokeFamily } from '../../oauth/refresh.ts'
import type { Org } from '../../org.ts'
import { byShownId, isAlive, refreshTokenId, showRefreshToken } from '../../shapes/refresh-token.ts'
import { logApp } from './events.ts'
import { loadClientApp, loadClientAppForChange } from './store.ts'

const placeOf = (appId: string): string => `/api/v1/apps/${appId}/tokens`

/** `GET /apps/{id}/tokens` */
export async function listTokens(org: Org, x: Exchange): Promise<Answer> {
  const { app, tokens } = await loadTokens(org, x)
  const { after = '', limit } = readPage(org, x, { standard: 20, most: 200, prefix: 'oar' })
  const rows = tokens.map((token) => ({ id: refreshTokenId(token), token })).filter((row) => row.id > after)
  return pageAnswer(org, x, cutPage(rows, limit), ({ token }) => showRefreshToken(org, app, token, placeOf(app.id)))
}

/** `GET /apps/{id}/tokens/{tokenId}` */
export async function getToken(org: Org, x: Exchange): Promise<Answer> {
  const { app, token } = await loadToken(org, x)
  return ok(showRefreshToken(org, app, token, placeOf(app.id)))
}

/** `DELETE /apps/{id}/tokens` */
export async function revokeTokens(org: Org, x: Exchange): Promise<Answer> {
  const { app, tokens } = await loadTokens(org, x, loadClientAppForChange)
  // One family has one living token.
  await org.state.change((await Promise.all(tokens.map((one) => revokeFamily(org, one.value.familyId, x.now)))).flat())
  logApp(org, x, 'app.oauth2.token.revoke', app)
  return noContent()
}

/** `DELETE /apps/{id}/tokens/{tokenId}` */
export async function revokeToken(org: Org, x: Exchange): Promise<Answer> {
  const { app, token } = await loadToken(org, x, loadClientAppForChange)
  await org.state.change(await revokeFamily(org, token.value.familyId, x.now))
  logApp(org, x, 'app.oauth2.token.revoke', app)
  return noContent()
}

async function loadTokens(org: Org, x: Exchange, load = loadClientApp) {
  const app = await load(org, x)
  const rows = await org.state.find(refreshTokens, 'client', app.value.oauth.clientId)
  return { app, tokens: byShownId(rows.filter((row) => isAlive(row.value, x.now))) }
}

async function loadToken(org: Org, x: Exchange, load = loadClientApp) {
  const { app, tokens } = await loadTokens(org, x, load)
  const id = x.params.tokenId!
  const token = tokens.find((one) => refreshTokenId(one) === id)
  // The client stands before the token (recorded).
  const shown = `${app.value.oauth.clientId}.${id}`
  return { app, token: token ?? fail(E0000007, 'resource-missing', { id: shown, type: 'OAuth2RefreshTokenTx' }) }
}
