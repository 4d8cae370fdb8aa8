// How do the tests of this folder get a server and its parts, and what do they see of a refusal?
import { type TestOrg, testOrg } from '../../testing.ts'

/** Where authorization servers are. */
export const SERVERS = '/api/v1/authorizationServers'

/** A server with nothing wrong. */
export const payments = { name: 'Payments', description: 'Money', audiences: ['api://payments'] }

/** An access policy with nothing wrong. */
export const policy = {
  type: 'OAUTH_AUTHORIZATION_POLICY',
  name: 'Partners',
  description: 'All partners',
  conditions: { clients: { include: ['ALL_CLIENTS'] } },
}

/** A rule with nothing wrong. */
export const rule = {
  type: 'RESOURCE_ACCESS',
  name: 'Machines',
  conditions: { grantTypes: { include: ['client_credentials'] }, scopes: { include: ['*'] } },
}

/** A claim with nothing wrong. */
export const claim = { name: 'team', claimType: 'RESOURCE', valueType: 'EXPRESSION', value: 'user.department' }

/** An org with one server more. */
export async function withServer() {
  const t = await testOrg()
  const made = await t.call(`POST ${SERVERS}`, payments)
  if (made.status !== 201) throw new Error(made.text)
  return { t, server: `${SERVERS}/${made.json.id}`, id: String(made.json.id), made: made.json }
}

/** How a call is refused: status, private cause, causes. */
export async function refused(t: TestOrg, request: string, body?: unknown) {
  const answer = await t.call(request, body)
  return [
    answer.status,
    t.lastCause(),
    answer.json.errorCauses.map((one: { errorSummary: string }) => one.errorSummary),
  ]
}
