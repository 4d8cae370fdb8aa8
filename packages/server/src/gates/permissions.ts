// What may an administrator do? A hand-written table of roles and permissions, from Okta's comparison of its standard
// administrator roles (help.okta.com); by operation, roles are public for two dozen only (role-lists.test.ts). The
// operations name what they need in their routes.

/** What an operation needs of an administrator. */
export type Permission =
  | 'users.read'
  | 'users.create'
  /** Profile, type and credentials that are set with the profile. */
  | 'users.update'
  /** Activate, deactivate, suspend, unsuspend. */
  | 'users.lifecycle'
  /** Passwords, recovery, factors, unlock, sessions. */
  | 'users.credentials'
  | 'users.delete'
  | 'groups.read'
  /** Groups themselves and their owners. */
  | 'groups.manage'
  /** Which groups there are. */
  | 'groups.lifecycle'
  /** Who belongs to a group. */
  | 'groups.members'
  | 'groupRules.read'
  | 'groupRules.manage'
  /** Which attribute of an app's users comes from which one of Okta's, and the other way. */
  | 'mappings.read'
  | 'mappings.manage'
  | 'roles.read'
  | 'roles.manage'
  /** Realms and the rules that put users into them. */
  | 'realms.read'
  | 'realms.manage'
  /** How endangered a user is held to be. */
  | 'risk.read'
  | 'risk.manage'
  | 'tokens.read'
  | 'tokens.manage'
  | 'zones.read'
  | 'zones.manage'
  /** User types, and the forms that people fill in. */
  | 'types.read'
  | 'types.manage'
  /** Schemas of users' and groups' profiles, and which links there are between users. */
  | 'schemas.read'
  | 'schemas.manage'
  /** Schemas of the profiles of an app's users. */
  | 'appSchemas.read'
  | 'appSchemas.manage'
  /** Authorization servers with their policies, scopes, claims and keys. */
  | 'authServers.read'
  | 'authServers.manage'
  | 'apps.read'
  /** Apps themselves, their secrets and keys. */
  | 'apps.manage'
  /** Which `okta.*` scopes an app has. Only super admins grant them (documented). */
  | 'grants.manage'
  /** Who may use an app. */
  | 'apps.assign'
  /** Sign-on, password and app sign-in policies with their rules. */
  | 'policies.read'
  | 'policies.manage'
  /** Sessions by their id. */
  | 'sessions.manage'
  /** Identity providers with their keys and linked users. */
  | 'idps.read'
  | 'idps.manage'
  /** Trusted origins, authenticators, behaviours, device assurance, protection against attacks. */
  | 'security.read'
  | 'security.manage'
  | 'devices.read'
  /** Activate, suspend, deactivate, delete. */
  | 'devices.manage'
  /** Only super admins have these four and the next two (help.okta.com). */
  | 'eventHooks.read'
  | 'eventHooks.manage'
  /** With the keys of hooks. */
  | 'inlineHooks.read'
  | 'inlineHooks.manage'
  | 'logStreams.read'
  | 'logStreams.manage'
  | 'logs.read'
  | 'org.read'
  | 'org.manage'
  /** Who may come in from outside: Okta's support, Aerial accounts. The super admin's alone. */
  | 'support.manage'

/** Okta's standard administrator roles, as they are named on the wire. */
export type RoleType =
  | 'SUPER_ADMIN'
  | 'ORG_ADMIN'
  | 'APP_ADMIN'
  | 'USER_ADMIN'
  | 'GROUP_MEMBERSHIP_ADMIN'
  | 'HELP_DESK_ADMIN'
  | 'API_ACCESS_MANAGEMENT_ADMIN'
  | 'REPORT_ADMIN'
  | 'READ_ONLY_ADMIN'
  | 'MOBILE_ADMIN'
  | 'WORKFLOWS_ADMIN'
  | 'ACCESS_CERTIFICATIONS_ADMIN'
  | 'ACCESS_REQUESTS_ADMIN'

/** What somebody holds: a standard role, or one that the org has made (`CUSTOM`). */
export type HeldRoleType = RoleType | 'CUSTOM'

/** The label that Okta shows for each role. */
export const roleLabels: Readonly<Record<RoleType, string>> = {
  SUPER_ADMIN: 'Super Administrator',
  ORG_ADMIN: 'Organization Administrator',
  APP_ADMIN: 'Application Administrator',
  USER_ADMIN: 'Group Administrator',
  GROUP_MEMBERSHIP_ADMIN: 'Group Membership Administrator',
  HELP_DESK_ADMIN: 'Help Desk Administrator',
  API_ACCESS_MANAGEMENT_ADMIN: 'API Access Management Administrator',
  REPORT_ADMIN: 'Report Administrator',
  READ_ONLY_ADMIN: 'Read Only Administrator',
  MOBILE_ADMIN: 'Mobile Administrator',
  WORKFLOWS_ADMIN: 'Workflows Administrator',
  ACCESS_CERTIFICATIONS_ADMIN: 'Access Certifications Administrator',
  ACCESS_REQUESTS_ADMIN: 'Access Requests Administrator',
}

/** Is this one of the standard roles? */
export function isRoleType(value: unknown): value is RoleType {
  return typeof value === 'string' && Object.hasOwn(roleLabels, value)
}

const reading: Permission[] = [
  'users.read',
  'groups.read',
  'groupRules.read',
  'mappings.read',
  'realms.read',
  'risk.read',
  'zones.read',
  'types.read',
  'authServers.read',
  'policies.read',
  'idps.read',
  'security.read',
  'devices.read',
  'logs.read',
  'org.read',
]

const userWork: Permission[] = [
  'users.read',
  'users.create',
  'users.update',
  'users.lifecycle',
  'users.credentials',
  'users.delete',
  'groups.read',
  'groups.members',
]

const table: Readonly<Record<RoleType, readonly Permission[] | 'everything'>> = {
  // "Add, remove, and view administrators" is the super admin's alone, so nobody else has roles.read.
  SUPER_ADMIN: 'everything',
  ORG_ADMIN: [
    ...userWork,
    ...reading,
    'groups.manage',
    'groups.lifecycle',
    'groupRules.manage',
    'mappings.manage',
    'realms.manage',
    'risk.manage',
    'zones.manage',
    'types.manage',
    'schemas.read',
    'schemas.manage',
    'appSchemas.read',
    'policies.manage',
    'idps.manage',
    'security.manage',
    'devices.manage',
    'sessions.manage',
    'tokens.read',
    'org.manage',
  ],
  APP_ADMIN: [
    'apps.read',
    'apps.manage',
    'apps.assign',
    'policies.read',
    'users.read',
    'groups.read',
    'types.read',
    'schemas.read',
    'schemas.manage',
    'appSchemas.read',
    'appSchemas.manage',
    'mappings.read',
    'mappings.manage',
    'logs.read',
  ],
  // Documented: neither makes groups nor deletes them. Who manages all groups sees the rules; super and org
  // administrators change them.
  USER_ADMIN: [...userWork, 'groups.manage', 'groupRules.read', 'types.read'],
  GROUP_MEMBERSHIP_ADMIN: ['users.read', 'groups.read', 'groups.members'],
  // Unlocks, resets; creates nothing.
  HELP_DESK_ADMIN: ['users.read', 'users.credentials', 'groups.read'],
  // Documented: the System Log too, and of OIDC apps the profile editor and the mappings (reach.ts).
  API_ACCESS_MANAGEMENT_ADMIN: [
    'users.read',
    'groups.read',
    'types.read',
    'authServers.read',
    'authServers.manage',
    'schemas.read',
    'schemas.manage',
    'appSchemas.read',
    'appSchemas.manage',
    'mappings.read',
    'mappings.manage',
    'logs.read',
  ],
  REPORT_ADMIN: ['logs.read', 'users.read', 'groups.read'],
  READ_ONLY_ADMIN: [...reading, 'apps.read', 'appSchemas.read', 'tokens.read'],
  MOBILE_ADMIN: [
    'apps.read',
    'appSchemas.read',
    'users.read',
    'groups.read',
    'zones.read',
    'devices.read',
    'devices.manage',
    'security.read',
    'logs.read',
  ],
  // These three work in products of their own; the core API is closed to them. (inferred)
  WORKFLOWS_ADMIN: [],
  ACCESS_CERTIFICATIONS_ADMIN: [],
  ACCESS_REQUESTS_ADMIN: [],
}

/** Does this role allow this? What a custom role allows depends on what it reaches (custom-roles.ts). */
export function roleAllows(role: HeldRoleType, permission: Permission): boolean {
  if (role === 'CUSTOM') return false
  const allowed = table[role]
  return allowed === 'everything' || allowed.includes(permission)
}

/** May somebody with these roles do this? */
export function mayDo(roles: readonly HeldRoleType[], permission: Permission): boolean {
  return roles.some((role) => roleAllows(role, permission))
}

/** Roles that can be limited to some groups and their members. */
export const takesGroupTargets: ReadonlySet<HeldRoleType> = new Set<HeldRoleType>([
  'USER_ADMIN',
  'HELP_DESK_ADMIN',
  'GROUP_MEMBERSHIP_ADMIN',
])

/** Roles that can be limited at all: those, and the app administrator to apps. */
export const takesTargets: ReadonlySet<HeldRoleType> = new Set<HeldRoleType>([...takesGroupTargets, 'APP_ADMIN'])
