// Which operations does the API have on notifications: what a role gets, and what its holders have chosen themselves?
import { E0000006, E0000007 } from '@errorg/errors/codes'
import { customRoles } from '../../entities/custom-role.ts'
import { findUser } from '../../entities/find-user.ts'
import { roleAssignments } from '../../entities/role-assignment.ts'
import { type Subscription, subscriptionId, subscriptions } from '../../entities/user-notes.ts'
import { fail } from '../../fail.ts'
import { ownUserId } from '../../gates/own.ts'
import { isRoleType } from '../../gates/permissions.ts'
import { type Exchange, ok } from '../../http/exchange.ts'
import type { Org } from '../../org.ts'
import type { RouteRow } from '../../routes.ts'
import { put } from '../../state/state.ts'

const notifications = [
  'AD_AGENT',
  'AGENT_AUTO_UPDATE_NOTIFICATION',
  'AGENT_AUTO_UPDATE_NOTIFICATION_LDAP',
  'APP_IMPORT',
  'CONNECTOR_AGENT',
  'IWA_AGENT',
  'LDAP_AGENT',
  'OKTA_ANNOUNCEMENT',
  'OKTA_UPDATE',
  'RATELIMIT_NOTIFICATION',
  'REPORT_SUSPICIOUS_ACTIVITY',
  'USER_DEPROVISION',
  'USER_LOCKED_OUT',
] as const

/** Whose notifications they are: a role's, or a user's with the roles that decide where the user has not. */
interface Owner {
  id: string
  url: string
  roles: readonly string[]
}

async function list(org: Org, x: Exchange) {
  const owner = await ownerOf(org, x)
  const statuses = await Promise.all(notifications.map((one) => statusOf(org, owner, one)))
  return ok(notifications.map((one, i) => show(owner, one, statuses[i]!)))
}

async function get(org: Org, x: Exchange) {
  const owner = await ownerOf(org, x)
  const notification = readNotification(x)
  return ok(show(owner, notification, await statusOf(org, owner, notification)))
}

const subscribe = (org: Org, x: Exchange) => set(org, x, 'subscribed')
const unsubscribe = (org: Org, x: Exchange) => set(org, x, 'unsubscribed')

async function set(org: Org, x: Exchange, status: Subscription['status']) {
  const owner = await ownerOf(org, x)
  const notification = readNotification(x)
  const id = subscriptionId(owner.id, notification)
  const old = await org.state.load(subscriptions, id)
  await org.state.change([put(subscriptions, id, { owner: owner.id, notification, status, changedAt: x.now }, old)])
  return { status: 200 }
}

// What was said for a role overrides what its holders have said before. (documented)
async function statusOf(org: Org, owner: Owner, notification: string): Promise<Subscription['status']> {
  const said = (await org.state.load(subscriptions, subscriptionId(owner.id, notification)))?.value
  if (owner.roles.length === 0) return said?.status ?? standard(owner.id)
  const ofRoles = await Promise.all(
    owner.roles.map(async (role) => {
      const row = (await org.state.load(subscriptions, subscriptionId(role, notification)))?.value
      return { status: row?.status ?? standard(role), changedAt: row?.changedAt ?? 0 }
    }),
  )
  const latest = Math.max(...ofRoles.map((role) => role.changedAt))
  if (said && said.changedAt >= latest) return said.status
  return ofRoles.some((role) => role.status === 'subscribed') ? 'subscribed' : 'unsubscribed'
}

// Notifications go to administrators who can do something about them. (inferred: no default is public)
const standard = (role: string): Subscription['status'] =>
  role === 'SUPER_ADMIN' || role === 'ORG_ADMIN' ? 'subscribed' : 'unsubscribed'

function show({ url }: Owner, notificationType: string, status: Subscription['status']): Record<string, unknown> {
  return {
    notificationType,
    channels: ['email'],
    status,
    _links: { self: { href: `${url}/subscriptions/${notificationType}` } },
  }
}

function readNotification(x: Exchange): string {
  const id = x.params.notificationType!
  return notifications.find((one) => one === id) ?? fail(E0000007, 'resource-missing', { id, type: 'NotificationType' })
}

async function ownerOf(org: Org, x: Exchange): Promise<Owner> {
  const { roleRef, userId } = x.params
  if (roleRef !== undefined) {
    const known = isRoleType(roleRef) || (await org.state.load(customRoles, roleRef)) !== undefined
    if (!known) fail(E0000007, 'resource-missing', { id: roleRef, type: 'Role' })
    return { id: roleRef, url: `${org.baseUrl}/api/v1/roles/${roleRef}`, roles: [] }
  }
  const user = await findUser(org, x, userId!)
  if (user.id !== ownUserId(x)) fail(E0000006, 'subscription-not-own')
  const held = await Promise.all(
    [user.id, ...(await org.groupIdsOf(user.id))].map((id) => org.state.find(roleAssignments, 'holder', id)),
  )
  const roles = [...new Set(held.flat().map(({ value }) => value.custom?.roleId ?? value.type))]
  return { id: user.id, url: `${org.baseUrl}/api/v1/users/${user.id}`, roles }
}

const OF_ROLES = '/api/v1/roles/:roleRef/subscriptions'
const OF_USERS = '/api/v1/users/:userId/subscriptions'
const ONE = ':notificationType'

/** Rows of the route table. */
export const subscriptionRoutes: readonly RouteRow[] = [
  { on: `GET ${OF_ROLES}`, operation: 'listSubscriptionsRole', needs: 'roles.read', handle: list },
  { on: `GET ${OF_ROLES}/${ONE}`, operation: 'getSubscriptionsNotificationTypeRole', needs: 'roles.read', handle: get },
  {
    on: `POST ${OF_ROLES}/${ONE}/subscribe`,
    operation: 'subscribeByNotificationTypeRole',
    needs: 'roles.manage',
    handle: subscribe,
  },
  {
    on: `POST ${OF_ROLES}/${ONE}/unsubscribe`,
    operation: 'unsubscribeByNotificationTypeRole',
    needs: 'roles.manage',
    handle: unsubscribe,
  },
  { on: `GET ${OF_USERS}`, operation: 'listSubscriptionsUser', needs: 'self', handle: list },
  { on: `GET ${OF_USERS}/${ONE}`, operation: 'getSubscriptionsNotificationTypeUser', needs: 'self', handle: get },
  {
    on: `POST ${OF_USERS}/${ONE}/subscribe`,
    operation: 'subscribeByNotificationTypeUser',
    needs: 'self',
    handle: subscribe,
  },
  {
    on: `POST ${OF_USERS}/${ONE}/unsubscribe`,
    operation: 'unsubscribeByNotificationTypeUser',
    needs: 'self',
    handle: unsubscribe,
  },
]
