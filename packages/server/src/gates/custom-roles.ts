// What does a custom role let its holder do, and to what? Okta's names of permissions, in the words that the operations
// use. A table by operation is not public: this one is made of Okta's descriptions of its permissions.
import type { RolePermission } from '../entities/custom-role.ts'
import { holds, type SetResource } from '../entities/resource-set.ts'
import type { Permission } from './permissions.ts'

/** A custom role as somebody holds it: what it permits, on which resources. */
export interface CustomGrant {
  permissions: ReadonlySet<string>
  /** Those of its permissions that are limited to some attributes. */
  conditioned?: readonly RolePermission[]
  resources: readonly SetResource[]
}

/** A kind of resource that permissions are about. */
export type Family =
  | 'users'
  | 'groups'
  | 'apps'
  | 'authorization_servers'
  | 'identity_providers'
  | 'policies'
  | 'realms'
  | 'devices'
  | 'event_hooks'
  | 'inline_hooks'
  | 'customizations'
  | 'iam'

/** Something that a permission allows. */
interface Allowed {
  needs: Permission
  on: Family
  /** The only operations, where the permission is narrower than our word. */
  only?: readonly string[]
  /** Where the operations stand, in the same case. */
  under?: string
}

/** The operation that is asked for. */
export type AskedRoute = { operation?: string; template: string }

const BRANDS = '/api/v1/brands'
const readUsers: Allowed = { needs: 'users.read', on: 'users' }
const readGroups: Allowed = { needs: 'groups.read', on: 'groups' }
const readApps: readonly Allowed[] = [
  { needs: 'apps.read', on: 'apps' },
  { needs: 'appSchemas.read', on: 'apps' },
]
const createUsers: readonly Allowed[] = [
  { needs: 'users.create', on: 'users' },
  { needs: 'users.create', on: 'groups' },
]
const moveUsers: Allowed = { needs: 'groups.members', on: 'users' }
const giveUsersApps: Allowed = { needs: 'apps.assign', on: 'users' }
const giveGroupsApps: Allowed = { needs: 'apps.assign', on: 'groups' }
const lifecycle = (...only: string[]): readonly Allowed[] => [
  readUsers,
  { needs: 'users.lifecycle', on: 'users', only },
]
const credentials = (...only: string[]): readonly Allowed[] => [
  readUsers,
  { needs: 'users.credentials', on: 'users', only },
]
// What one permission lets read, and another read and manage.
type Word =
  | 'authServers'
  | 'devices'
  | 'eventHooks'
  | 'idps'
  | 'inlineHooks'
  | 'org'
  | 'policies'
  | 'realms'
  | 'risk'
  | 'tokens'
const readAndManage = (word: Word, on: Family, under?: string): readonly Allowed[] => [
  { needs: `${word}.read`, on, under },
  { needs: `${word}.manage`, on, under },
]

const allowedBy: Readonly<Record<string, readonly Allowed[]>> = {
  'okta.users.manage': [
    readUsers,
    ...createUsers,
    { needs: 'users.update', on: 'users' },
    { needs: 'users.lifecycle', on: 'users' },
    { needs: 'users.credentials', on: 'users' },
    { needs: 'users.delete', on: 'users' },
    moveUsers,
    giveUsersApps,
  ],
  'okta.users.create': createUsers,
  'okta.users.read': [readUsers],
  'okta.users.userprofile.manage': [readUsers, { needs: 'users.update', on: 'users' }],
  'okta.users.credentials.manage': [readUsers, { needs: 'users.credentials', on: 'users' }],
  'okta.users.credentials.resetFactors': credentials('resetFactors', 'unenrollFactor', 'listFactors', 'getFactor'),
  'okta.users.credentials.resetPassword': credentials('resetPassword', 'forgotPassword'),
  'okta.users.credentials.expirePassword': credentials('expirePassword', 'expirePasswordWithTempPassword'),
  'okta.users.credentials.manageTemporaryAccessCode': [readUsers],
  'okta.users.lifecycle.manage': [
    readUsers,
    { needs: 'users.lifecycle', on: 'users' },
    { needs: 'users.delete', on: 'users' },
    { needs: 'users.credentials', on: 'users', only: ['unlockUser', 'revokeUserSessions'] },
  ],
  'okta.users.lifecycle.activate': lifecycle('activateUser', 'reactivateUser'),
  'okta.users.lifecycle.deactivate': lifecycle('deactivateUser'),
  'okta.users.lifecycle.suspend': lifecycle('suspendUser'),
  'okta.users.lifecycle.unsuspend': lifecycle('unsuspendUser'),
  'okta.users.lifecycle.delete': [readUsers, { needs: 'users.delete', on: 'users' }],
  'okta.users.lifecycle.unlock': credentials('unlockUser'),
  'okta.users.lifecycle.clearSessions': credentials('revokeUserSessions'),
  'okta.users.groupMembership.manage': [readUsers, moveUsers],
  'okta.users.appAssignment.manage': [readUsers, giveUsersApps],
  'okta.users.apitokens.read': [{ needs: 'tokens.read', on: 'users' }],
  'okta.users.apitokens.manage': readAndManage('tokens', 'users'),
  'okta.users.risk.read': [{ needs: 'risk.read', on: 'users' }],
  'okta.users.risk.manage': readAndManage('risk', 'users'),

  'okta.groups.manage': [
    readGroups,
    { needs: 'groups.manage', on: 'groups' },
    { needs: 'groups.lifecycle', on: 'groups' },
    { needs: 'groups.members', on: 'groups' },
    giveGroupsApps,
  ],
  'okta.groups.create': [{ needs: 'groups.lifecycle', on: 'groups', only: ['addGroup'] }],
  'okta.groups.read': [readGroups],
  'okta.groups.members.manage': [readGroups, { needs: 'groups.members', on: 'groups' }],
  'okta.groups.appAssignment.manage': [readGroups, giveGroupsApps],

  'okta.apps.manage': [
    ...readApps,
    { needs: 'apps.manage', on: 'apps' },
    { needs: 'appSchemas.manage', on: 'apps' },
    { needs: 'apps.assign', on: 'apps' },
  ],
  'okta.apps.read': readApps,
  'okta.apps.assignment.manage': [...readApps, { needs: 'apps.assign', on: 'apps' }],
  'okta.apps.clientCredentials.read': [
    ...readApps,
    { needs: 'apps.manage', on: 'apps', only: ['listOAuth2ClientSecrets', 'getOAuth2ClientSecret'] },
  ],
  'okta.apps.manageFirstPartyApps': [],

  'okta.authzServers.read': [{ needs: 'authServers.read', on: 'authorization_servers' }],
  'okta.authzServers.manage': readAndManage('authServers', 'authorization_servers'),
  'okta.identityProviders.read': [{ needs: 'idps.read', on: 'identity_providers' }],
  'okta.identityProviders.manage': readAndManage('idps', 'identity_providers'),
  'okta.policies.read': [{ needs: 'policies.read', on: 'policies' }],
  'okta.policies.manage': readAndManage('policies', 'policies'),
  'okta.realms.read': [{ needs: 'realms.read', on: 'realms' }],
  'okta.realms.manage': readAndManage('realms', 'realms'),
  'okta.iam.read': [{ needs: 'roles.read', on: 'iam' }],
  'okta.devices.read': [{ needs: 'devices.read', on: 'devices' }],
  'okta.devices.manage': readAndManage('devices', 'devices'),
  'okta.devices.lifecycle.manage': [{ needs: 'devices.manage', on: 'devices' }],
  'okta.devices.lifecycle.activate': [{ needs: 'devices.manage', on: 'devices', only: ['activateDevice'] }],
  'okta.devices.lifecycle.deactivate': [{ needs: 'devices.manage', on: 'devices', only: ['deactivateDevice'] }],
  'okta.devices.lifecycle.suspend': [{ needs: 'devices.manage', on: 'devices', only: ['suspendDevice'] }],
  'okta.devices.lifecycle.unsuspend': [{ needs: 'devices.manage', on: 'devices', only: ['unsuspendDevice'] }],
  'okta.devices.lifecycle.delete': [{ needs: 'devices.manage', on: 'devices', only: ['deleteDevice'] }],

  'okta.eventHooks.read': [{ needs: 'eventHooks.read', on: 'event_hooks' }],
  'okta.eventHooks.manage': readAndManage('eventHooks', 'event_hooks'),
  'okta.inlineHooks.read': [{ needs: 'inlineHooks.read', on: 'inline_hooks' }],
  'okta.inlineHooks.manage': readAndManage('inlineHooks', 'inline_hooks'),
  'okta.customizations.read': [{ needs: 'org.read', on: 'customizations', under: BRANDS }],
  'okta.customizations.manage': readAndManage('org', 'customizations', BRANDS),

  // Roles take these, and no operation here asks for them.
  'okta.profilesources.import.run': [],
  'okta.support.cases.manage': [],
  'okta.agents.read': [],
  'okta.agents.view': [],
  'okta.agents.manage': [],
  'okta.agents.register': [],
  'okta.directories.read': [],
  'okta.directories.manage': [],
  'okta.workflows.read': [],
  'okta.workflows.invoke': [],
  'okta.workflows.flows.read': [],
  'okta.workflows.flows.invoke': [],
  'okta.workflows.flows.manage': [],
  'okta.governance.accessCertifications.manage': [],
  'okta.governance.accessRequests.manage': [],
}

/** Is this a permission that a custom role can have? */
export function isPermissionName(name: string): boolean {
  return Object.hasOwn(allowedBy, name)
}

/** Does the permission take conditions on attributes? Okta names these. (documented) */
export const takesConditions: ReadonlySet<string> = new Set([
  'okta.users.read',
  'okta.users.manage',
  'okta.users.create',
  'okta.users.userprofile.manage',
])

const families: Readonly<Record<string, Family>> = {
  users: 'users',
  tokens: 'users',
  risk: 'users',
  groups: 'groups',
  apps: 'apps',
  appSchemas: 'apps',
  authServers: 'authorization_servers',
  idps: 'identity_providers',
  policies: 'policies',
  realms: 'realms',
  devices: 'devices',
  eventHooks: 'event_hooks',
  inlineHooks: 'inline_hooks',
  org: 'customizations',
  roles: 'iam',
}

/** What an operation that needs this is about; undefined where no custom role helps. */
export function familyOf(needs: Permission): Family | undefined {
  const [word = ''] = needs.split('.')
  return Object.hasOwn(families, word) ? families[word] : undefined
}

/** Names, as sets of resources have them, of one thing of a family, or of all of it. */
export function namesIn(family: Exclude<Family, 'users' | 'groups' | 'apps'>, id?: string): readonly string[] {
  if (family === 'iam') return ['iam:contained_resources']
  const all = `${family === 'realms' || family === 'devices' ? 'directory' : 'idp'}:${family}`
  return id === undefined ? [all] : [all, `${all}:${id}`]
}

/** Does the role permit this on this kind of resource, wherever its set reaches? */
export function permits(grant: CustomGrant, needs: string, on: Family, asked: AskedRoute | undefined): boolean {
  for (const name of grant.permissions) {
    if (allowedBy[name]?.some((one) => one.needs === needs && one.on === on && isFor(one, asked))) return true
  }
  return false
}

/** Says of each attribute, by name, whether it is allowed. */
export type Attributes = (name: string) => boolean

/** No condition keeps an administrator from seeing these. (documented) */
export const alwaysSeen: ReadonlySet<string> = new Set(['firstName', 'lastName', 'login', 'email', 'mobilePhone'])

/** The attributes of users for which the role permits this; undefined: all. */
export function attributesOf(
  grant: CustomGrant,
  needs: 'users.read' | 'users.create' | 'users.update',
): Attributes | undefined {
  const { conditioned } = grant
  if (!conditioned) return undefined
  // What takes no conditions, such as the right to reset passwords, says nothing of attributes. (inferred)
  const names = [...takesConditions].filter(
    (name) => grant.permissions.has(name) && allowedBy[name]?.some((one) => one.needs === needs && one.on === 'users'),
  )
  const limits = names.map((name) => conditioned.find((one) => one.name === name)?.conditions)
  if (limits.length === 0 || limits.includes(undefined)) return undefined
  return (name) => (needs === 'users.read' && alwaysSeen.has(name)) || limits.some((limit) => takes(limit!, name))
}

const PROFILE = 'okta:ResourceAttribute/User/Profile'

function takes({ include, exclude }: NonNullable<RolePermission['conditions']>, name: string): boolean {
  return include?.[PROFILE]?.includes(name) ?? !exclude?.[PROFILE]?.includes(name)
}

function isFor({ only, under }: Allowed, asked: AskedRoute | undefined): boolean {
  if (only && (asked?.operation === undefined || !only.includes(asked.operation))) return false
  return under === undefined || asked?.template.startsWith(under) === true
}

/** Does the role permit this on something that goes by one of these names? */
export function permitsOn(
  grant: CustomGrant,
  needs: string,
  on: Family,
  asked: AskedRoute | undefined,
  names: readonly string[],
): boolean {
  return permits(grant, needs, on, asked) && holds(grant.resources, names)
}
