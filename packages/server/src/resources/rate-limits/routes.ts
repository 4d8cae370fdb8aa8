// Which operations does the API have on rate limits: those of one client, warnings, and the shares of tokens and apps?
import { E0000007 } from '@errorg/errors/codes'
import { apiTokens } from '../../entities/api-token.ts'
import { apps } from '../../entities/app.ts'
import { findClient } from '../../entities/find-app.ts'
import { type PrincipalLimit, principalLimits } from '../../entities/principal-limit.ts'
import { fail } from '../../fail.ts'
import { created, type Exchange, ok } from '../../http/exchange.ts'
import { cutPage, pageAnswer, readPage } from '../../lists/page.ts'
import type { LogParty } from '../../log/event.ts'
import type { Org } from '../../org.ts'
import type { RouteRow } from '../../routes.ts'
import { put, type Stored } from '../../state/state.ts'
import {
  isSamePrincipal,
  mayHaveShare,
  principalMissing,
  readClientLimits,
  readNotifications,
  readPrincipalFilter,
  readShare,
  readWarning,
} from './rules.ts'
import { showClientLimits, showPrincipalLimit } from './schema.ts'

const SETTINGS = '/api/v1/rate-limit-settings'
const SHARES = '/api/v1/principal-rate-limits'
const pages = { standard: 20, most: 50, prefix: 'prl' }

async function getClientLimits(org: Org) {
  return ok(showClientLimits(org.settings.rateLimits))
}

// The switches themselves are settings of the org, so that the control API and this one always agree.
async function replaceClientLimits(org: Org, x: Exchange) {
  org.changeSettings({ rateLimits: readClientLimits(x.body) })
  return ok(showClientLimits(org.settings.rateLimits))
}

async function getWarning(org: Org) {
  return ok({ warningThreshold: org.settings.rateLimits.warningPercent })
}

async function replaceWarning(org: Org, x: Exchange) {
  org.changeSettings({ rateLimits: { warningPercent: readWarning(x.body) } })
  return await getWarning(org)
}

async function getNotifications(org: Org) {
  return ok({ notificationsEnabled: org.settings.rateLimits.notifyAdmins })
}

async function replaceNotifications(org: Org, x: Exchange) {
  org.changeSettings({ rateLimits: { notifyAdmins: readNotifications(x.body) } })
  return await getNotifications(org)
}

async function list(org: Org, x: Exchange) {
  const type = readPrincipalFilter(x.query.get('filter'))
  const { limit, after } = readPage(org, x, pages)
  const rows = await org.state.find(principalLimits, 'type', type, { after, limit: limit + 1 })
  return pageAnswer(org, x, cutPage(rows, limit), (row) => showPrincipalLimit(org, row))
}

async function add(org: Org, x: Exchange) {
  const share = readShare(x.body)
  const target = await loadPrincipal(org, share)
  mayHaveShare(await org.state.holder(principalLimits, `principal:${target.id}`))
  const by = x.caller?.userId ?? org.fixed.orgId
  const value: PrincipalLimit = {
    ...share,
    principalId: target.id,
    createdAt: x.now,
    createdBy: by,
    lastUpdatedAt: x.now,
    lastUpdatedBy: by,
  }
  const id = org.ids.next('prl')
  await org.state.change([put(principalLimits, id, value)])
  logShare(org, x, value, target)
  return created(showPrincipalLimit(org, { id, version: 0, value }))
}

async function get(org: Org, x: Exchange) {
  return ok(showPrincipalLimit(org, await loadShare(org, x)))
}

async function replace(org: Org, x: Exchange) {
  const old = await loadShare(org, x)
  const share = readShare(x.body)
  isSamePrincipal(old.value, share)
  const target = await loadPrincipal(org, share)
  const by = x.caller?.userId ?? org.fixed.orgId
  const value = { ...old.value, ...share, principalId: target.id, lastUpdatedAt: x.now, lastUpdatedBy: by }
  await org.state.change([put(principalLimits, old.id, value, old)])
  logShare(org, x, value, target)
  return ok(showPrincipalLimit(org, { ...old, value }))
}

async function loadShare(org: Org, x: Exchange): Promise<Stored<PrincipalLimit>> {
  const id = x.params.principalRateLimitId!
  const share = await org.state.load(principalLimits, id)
  return share ?? fail(E0000007, 'resource-missing', { id, type: 'PrincipalRateLimit' })
}

/** The token or client that a share is for, as an event shows it; E0000007 when there is none. */
async function loadPrincipal(
  org: Org,
  { principalId: id, principalType }: Pick<PrincipalLimit, 'principalId' | 'principalType'>,
): Promise<LogParty> {
  if (principalType === 'SSWS_TOKEN') {
    const token = await org.state.load(apiTokens, id)
    if (!token || token.value.dead) return principalMissing(id, principalType)
    return { id, type: 'Token', alternateId: 'unknown', displayName: token.value.name }
  }
  const app = (await findClient(org, id)) ?? (await org.state.load(apps, id))
  if (!app?.value.oauth) return principalMissing(id, principalType)
  return { id: app.id, type: 'AppInstance', alternateId: app.value.label, displayName: 'OpenID Connect Client' }
}

// Okta's catalogue of events names changed limits as an example of a changed token; for an app it is a changed app.
function logShare(org: Org, x: Exchange, share: PrincipalLimit, target: LogParty): void {
  const ofToken = share.principalType === 'SSWS_TOKEN'
  org.log(x, {
    eventType: ofToken ? 'system.api_token.update' : 'application.lifecycle.update',
    displayMessage: ofToken ? 'Update API token' : 'Update application',
    targets: [target],
    debug: {
      rateLimitPercentage: String(share.percentage),
      concurrencyRateLimitPercentage: String(share.concurrencyPercentage),
    },
  })
}

/** Rows of the route table. */
export const rateLimitRoutes: readonly RouteRow[] = [
  {
    on: `GET ${SETTINGS}/admin-notifications`,
    operation: 'getRateLimitSettingsAdminNotifications',
    needs: 'org.read',
    handle: getNotifications,
  },
  {
    on: `PUT ${SETTINGS}/admin-notifications`,
    operation: 'replaceRateLimitSettingsAdminNotifications',
    needs: 'org.manage',
    body: 'json',
    handle: replaceNotifications,
  },
  {
    on: `GET ${SETTINGS}/per-client`,
    operation: 'getRateLimitSettingsPerClient',
    needs: 'org.read',
    handle: getClientLimits,
  },
  {
    on: `PUT ${SETTINGS}/per-client`,
    operation: 'replaceRateLimitSettingsPerClient',
    needs: 'org.manage',
    body: 'json',
    handle: replaceClientLimits,
  },
  {
    on: `GET ${SETTINGS}/warning-threshold`,
    operation: 'getRateLimitSettingsWarningThreshold',
    needs: 'org.read',
    handle: getWarning,
  },
  {
    on: `PUT ${SETTINGS}/warning-threshold`,
    operation: 'replaceRateLimitSettingsWarningThreshold',
    needs: 'org.manage',
    body: 'json',
    handle: replaceWarning,
  },
  { on: `GET ${SHARES}`, operation: 'listPrincipalRateLimitEntities', needs: 'org.read', handle: list },
  {
    on: `POST ${SHARES}`,
    operation: 'createPrincipalRateLimitEntity',
    needs: 'org.manage',
    body: 'json',
    handle: add,
  },
  {
    on: `GET ${SHARES}/:principalRateLimitId`,
    operation: 'getPrincipalRateLimitEntity',
    needs: 'org.read',
    handle: get,
  },
  {
    on: `PUT ${SHARES}/:principalRateLimitId`,
    operation: 'replacePrincipalRateLimitEntity',
    needs: 'org.manage',
    body: 'json',
    handle: replace,
  },
]
