// Which `okta.*` scopes may an app ask for? The operations on grants.
import { E0000001 } from '@errorg/errors/codes'
import { isoDate } from '../../clock.ts'
import { type App, type OAuthClient, type ScopeGrant, scopeGrants } from '../../entities/app.ts'
import { fail } from '../../fail.ts'
import { checkFields, objectBody, refuseFaults } from '../../fields.ts'
import { type Answer, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { cutPage, pageAnswer, readPage } from '../../lists/page.ts'
import { paramOf } from '../../lists/query.ts'
import { oktaScopes } from '../../oauth/scopes.ts'
import type { Org } from '../../org.ts'
import { put, remove, type Stored } from '../../state/state.ts'
import { logApp } from './events.ts'
import { loadClientApp, loadClientAppForChange, loadPart } from './store.ts'

type ClientApp = Stored<App & { oauth: OAuthClient }>

const pages = { standard: 20, most: 200, prefix: 'oag' }

/** `GET /apps/{id}/grants` */
export async function listGrants(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadClientApp(org, x)
  const { after, limit } = readPage(org, x, pages)
  const page = cutPage(await org.state.find(scopeGrants, 'app', app.id, { after, limit: limit + 1 }), limit)
  const embed = paramOf(x, 'expand') === 'scope'
  return pageAnswer(org, x, page, (grant) => showGrant(org, app, grant, embed))
}

/** `POST /apps/{id}/grants`; a scope that is granted already stays so. */
export async function grantScope(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadClientAppForChange(org, x)
  const { scopeId, issuer } = readGrant(org, x.body)
  const existing = await org.state.holder(scopeGrants, `${app.id}:${scopeId}`)
  if (existing) return ok(showGrant(org, app, existing, true))
  const id = org.ids.next('oag')
  const value: ScopeGrant = {
    appId: app.id,
    clientId: app.value.oauth.clientId,
    scopeId,
    issuer,
    createdAt: x.now,
    lastUpdatedAt: x.now,
    createdBy: { id: x.caller?.userId ?? org.fixed.orgId, type: 'User' },
  }
  await org.state.change([put(scopeGrants, id, value)])
  logApp(org, x, 'app.oauth2.admin.consent.grant', app, [], { scopes: scopeId })
  return ok(showGrant(org, app, { id, version: 0, value }, true))
}

/** `GET /apps/{id}/grants/{grantId}` */
export async function getGrant(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadClientApp(org, x)
  return ok(showGrant(org, app, await loadGrant(org, x), paramOf(x, 'expand') === 'scope'))
}

/** `DELETE /apps/{id}/grants/{grantId}` */
export async function revokeGrant(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadClientAppForChange(org, x)
  const grant = await loadGrant(org, x)
  await org.state.change([remove(scopeGrants, grant)])
  logApp(org, x, 'app.oauth2.admin.consent.revoke', app, [], { scopes: grant.value.scopeId })
  return noContent()
}

function readGrant(org: Org, body: unknown): { scopeId: string; issuer: string } {
  const given = objectBody(body)
  const required = { type: 'string', required: true } as const
  refuseFaults(checkFields(given, { scopeId: required, issuer: required }))
  const scopeId = String(given.scopeId)
  const issuer = String(given.issuer).replace(/\/$/, '')
  if (issuer !== org.baseUrl) {
    fail(E0000001, 'grant-issuer-wrong', { issuer: issuer.slice(0, 200), field: 'issuer' })
  }
  if (!oktaScopes.has(scopeId))
    fail(E0000001, 'grant-scope-unknown', { scope: scopeId.slice(0, 100), field: 'scopeId' })
  return { scopeId, issuer }
}

function loadGrant(org: Org, x: Exchange): Promise<Stored<ScopeGrant>> {
  return loadPart(org, x, scopeGrants, x.params.grantId!, 'OAuth2ScopeConsentGrant')
}

function showGrant(org: Org, app: ClientApp, { id, value }: Stored<ScopeGrant>, embed: boolean) {
  const self = `${org.baseUrl}/api/v1/apps/${app.id}`
  return {
    id,
    status: 'ACTIVE',
    created: isoDate(value.createdAt),
    createdBy: value.createdBy,
    lastUpdated: isoDate(value.lastUpdatedAt),
    // The org's URL may have become another since: there is only one issuer that grants.
    issuer: org.baseUrl,
    clientId: value.clientId,
    scopeId: value.scopeId,
    source: 'ADMIN',
    ...(embed && { _embedded: { scope: { id: value.scopeId } } }),
    _links: {
      app: { href: self, title: app.value.label },
      self: { href: `${self}/grants/${id}`, hints: { allow: ['GET', 'DELETE'] } },
      client: { href: `${org.baseUrl}/oauth2/v1/clients/${value.clientId}`, title: app.value.label },
    },
  }
}
