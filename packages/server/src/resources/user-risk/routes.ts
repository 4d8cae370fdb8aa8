// Which operations does the API have on a user's risk and classification?
import { E0000003 } from '@errorg/errors/codes'
import { isoDate } from '../../clock.ts'
import { type UserRisk, userClassifications, userRisks } from '../../entities/user-notes.ts'
import { fail } from '../../fail.ts'
import { checkFields, type FieldTable, isBlank, objectBody, refuseFaults } from '../../fields.ts'
import { findUserInReach } from '../../gates/reach.ts'
import { created, type Exchange, ok } from '../../http/exchange.ts'
import type { Org } from '../../org.ts'
import type { RouteRow } from '../../routes.ts'
import { put } from '../../state/state.ts'

const levels = ['HIGH', 'MEDIUM', 'LOW'] as const

const riskFields: FieldTable = {
  riskLevel: { type: 'string', required: true, oneOf: levels },
  riskReason: {
    type: 'string',
    max: 500,
    form: {
      test: (text) => /^[a-zA-Z0-9\s\-,.]*$/.test(text),
      says: 'Only alphanumeric characters, spaces, hyphens, commas, and periods are allowed',
    },
  },
}

async function getRisk(org: Org, x: Exchange) {
  const user = await findUserInReach(org, x, x.params.userId!)
  return ok(showRisk(org, user.id, (await org.state.load(userRisks, user.id))?.value))
}

async function setRisk(org: Org, x: Exchange) {
  const user = await findUserInReach(org, x, x.params.userId!)
  const body = objectBody(x.body)
  refuseFaults(checkFields(body, riskFields))
  const { riskLevel, riskReason } = body
  const old = await org.state.load(userRisks, user.id)
  const reason = isBlank(riskReason) ? BY_ADMIN : String(riskReason)
  const value: UserRisk = { level: riskLevel as UserRisk['level'], reason, lastUpdatedAt: x.now }
  await org.state.change([put(userRisks, user.id, value, old)])
  if (old?.value.level !== value.level) {
    const { firstName, lastName, login } = user.value.profile
    org.log(x, {
      eventType: 'user.risk.change',
      displayMessage: 'Admin reported user risk',
      reason: value.reason,
      targets: [
        {
          id: user.id,
          type: 'User',
          alternateId: String(login),
          displayName: `${firstName ?? ''} ${lastName ?? ''}`.trim(),
        },
      ],
      debug: { risk: `level=${value.level}`, previousRisk: `level=${old?.value.level ?? 'NONE'}` },
    })
  }
  // Recorded: 201 the first time.
  return old ? ok(showRisk(org, user.id, value)) : created(showRisk(org, user.id, value))
}

const BY_ADMIN = 'override.by.admin'

function showRisk(org: Org, userId: string, risk: UserRisk | undefined): Record<string, unknown> {
  const user = `${org.baseUrl}/api/v1/users/${userId}`
  return {
    riskLevel: risk?.level ?? 'NONE',
    ...(risk && { reason: risk.reason }),
    _links: {
      self: { href: `${user}/risk`, hints: { allow: ['GET', 'PUT'] } },
      user: { href: user, hints: { allow: ['GET'] } },
    },
  }
}

async function getClassification(org: Org, x: Exchange) {
  const user = await findUserInReach(org, x, x.params.userId!)
  const set = (await org.state.load(userClassifications, user.id))?.value
  return ok({ type: set?.type ?? 'STANDARD', lastUpdated: isoDate(set?.lastUpdatedAt ?? user.value.createdAt) })
}

async function setClassification(org: Org, x: Exchange) {
  const user = await findUserInReach(org, x, x.params.userId!)
  const { type } = objectBody(x.body)
  refuseFaults(checkFields({ type }, { type: { type: 'string', required: true } }))
  // A word that the model does not know cannot be bound. (inferred)
  if (type !== 'LITE' && type !== 'STANDARD') return fail(E0000003, 'body-unreadable-shape')
  const old = await org.state.load(userClassifications, user.id)
  await org.state.change([put(userClassifications, user.id, { type, lastUpdatedAt: x.now }, old)])
  return ok({ type, lastUpdated: isoDate(x.now) })
}

const RISK = '/api/v1/users/:userId/risk'
const CLASSIFICATION = '/api/v1/users/:userId/classification'

/** Rows of the route table. */
export const userRiskRoutes: readonly RouteRow[] = [
  { on: `GET ${RISK}`, operation: 'getUserRisk', needs: 'risk.read', handle: getRisk },
  { on: `PUT ${RISK}`, operation: 'upsertUserRisk', needs: 'risk.manage', body: 'json', handle: setRisk },
  { on: `GET ${CLASSIFICATION}`, operation: 'getUserClassification', needs: 'users.read', handle: getClassification },
  {
    on: `PUT ${CLASSIFICATION}`,
    operation: 'replaceUserClassification',
    needs: 'users.update',
    body: 'json',
    handle: setClassification,
  },
]
