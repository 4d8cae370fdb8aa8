// Which operations does the API have on the access policies of an authorization server?
import { authServers, type ServerPolicy, serverPolicies } from '../../entities/auth-server.ts'
import { created, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { listAnswer } from '../../lists/page.ts'
import { mustExist } from '../../must-exist.ts'
import type { Org } from '../../org.ts'
import { put, remove, type Stored } from '../../state/state.ts'
import { mayDeletePart, readPolicy } from './rules.ts'
import { showPolicy } from './schema.ts'
import { holdOrder, inPlace, loadPolicy, loadServer, placeAmong, ruleRemovals } from './store.ts'

const policiesOf = (org: Org, serverId: string) => inPlace(org, serverPolicies, 'server', serverId)

/** Lists policies in their order. */
export async function listPolicies(org: Org, x: Exchange) {
  const server = await loadServer(org, x)
  const rows = await policiesOf(org, server.id)
  return listAnswer(
    org,
    x,
    rows.map((row) => showPolicy(org, row)),
  )
}

/** Makes a policy at the place that it asks for. */
export async function addPolicy(org: Org, x: Exchange) {
  const server = await loadServer(org, x)
  const { priority: wish, ...parts } = readPolicy(x.body)
  await mustHaveClients(org, parts)
  const stored = {
    id: org.ids.next('00p'),
    version: 0,
    value: { ...parts, serverId: server.id, system: false, priority: 0, createdAt: x.now, lastUpdatedAt: x.now },
  }
  const { writes, placed } = placeAmong(serverPolicies, await policiesOf(org, server.id), { stored, isNew: true, wish })
  await org.state.change([...writes, holdOrder(authServers, server)])
  note(org, x, 'create', 'Create policy', stored)
  return created(showPolicy(org, placed!))
}

/** Shows a policy. */
export async function getPolicy(org: Org, x: Exchange) {
  return ok(showPolicy(org, await loadPolicy(org, x)))
}

/** Replaces a policy. */
export async function replacePolicy(org: Org, x: Exchange) {
  const server = await loadServer(org, x)
  const policy = await loadPolicy(org, x)
  const { priority: wish, ...parts } = readPolicy(x.body, policy.value)
  await mustHaveClients(org, parts)
  const stored = { ...policy, value: { ...policy.value, ...parts, lastUpdatedAt: x.now } }
  const others = await policiesOf(org, policy.value.serverId)
  const { writes, placed } = placeAmong(serverPolicies, others, { stored, isNew: false, wish })
  await org.state.change([...writes, holdOrder(authServers, server)])
  note(org, x, 'update', 'Update policy', stored)
  return ok(showPolicy(org, placed!))
}

async function mustHaveClients(org: Org, { clients }: Pick<ServerPolicy, 'clients'>): Promise<void> {
  await mustExist(org, [{ field: 'conditions.clients.include', what: 'client', ids: clients }])
}

/** Deletes a policy with its rules. */
export async function dropPolicy(org: Org, x: Exchange) {
  const server = await loadServer(org, x)
  const policy = await loadPolicy(org, x)
  mayDeletePart('policy', policy.id, policy.value)
  const others = (await policiesOf(org, policy.value.serverId)).filter((other) => other.id !== policy.id)
  await org.state.change([
    remove(serverPolicies, policy),
    ...(await ruleRemovals(org, policy.id)),
    ...placeAmong(serverPolicies, others).writes,
    holdOrder(authServers, server),
  ])
  note(org, x, 'delete', 'Delete policy', policy)
  return noContent()
}

/** Switches a policy on. */
export const activatePolicy = (org: Org, x: Exchange) => switchTo(org, x, 'ACTIVE')

/** Switches a policy off: nobody asks it any more. */
export const deactivatePolicy = (org: Org, x: Exchange) => switchTo(org, x, 'INACTIVE')

async function switchTo(org: Org, x: Exchange, status: ServerPolicy['status']) {
  const policy = await loadPolicy(org, x)
  if (policy.value.status === status) return noContent()
  await org.state.change([put(serverPolicies, policy.id, { ...policy.value, status, lastUpdatedAt: x.now }, policy)])
  if (status === 'ACTIVE') note(org, x, 'activate', 'Activate policy', policy)
  else note(org, x, 'deactivate', 'Deactivate policy', policy)
  return noContent()
}

function note(org: Org, x: Exchange, what: string, displayMessage: string, { id, value }: Stored<ServerPolicy>): void {
  const detailEntry = { policyType: 'OauthAuthorizationPolicy' }
  org.log(x, {
    eventType: `policy.lifecycle.${what}`,
    displayMessage,
    targets: [{ id, type: 'PolicyEntity', alternateId: 'unknown', displayName: value.name, detailEntry }],
  })
}
