// Which parts of a seed become state, and in which order? What others name comes before them.
import { seedApiTokens } from './api-tokens.ts'
import { seedApps } from './apps.ts'
import { seedAuthServers } from './auth-servers.ts'
import { seedCustomRoles } from './custom-roles.ts'
import { seedDevices } from './devices.ts'
import type { SeedRoom } from './draft.ts'
import { seedGroupRules } from './group-rules.ts'
import { seedGroups } from './groups.ts'
import { seedHooks } from './hooks.ts'
import { seedMemberships } from './memberships.ts'
import { seedTrustedOrigins } from './trusted-origins.ts'
import { seedUsers } from './users.ts'
import { seedZones } from './zones.ts'

/** The parts, each with the same question: what is to be written for what the seed says of you? */
export const seedRooms: readonly SeedRoom[] = [
  // Tokens name zones.
  seedZones,
  // All that follows names groups and users; groups and users name each other, so who is in which comes after both.
  seedGroups,
  seedUsers,
  seedMemberships,
  seedApiTokens,
  seedAuthServers,
  seedApps,
  seedGroupRules,
  seedCustomRoles,
  seedHooks,
  seedTrustedOrigins,
  seedDevices,
]
