// Do the caller's administrator roles allow this operation?
import { E0000006 } from '@errorg/errors/codes'
import { fail } from '../fail.ts'
import { familyOf } from './custom-roles.ts'
import type { Gate } from './gate.ts'
import { namesCaller } from './own.ts'
import { mayDo, type Permission } from './permissions.ts'
import { customPermits, mayDoEverywhere, reachPath } from './reach.ts'

const superAdminsOnly: ReadonlySet<Permission> = new Set<Permission>(['roles.read', 'roles.manage', 'grants.manage'])

/** Compares the caller's roles, as they are now, with what the operation needs. */
export const roleGate: Gate = {
  name: 'role',
  stage: 'handler',
  pass(org, x) {
    const { needs } = x.route
    if (needs === 'anyone' || !x.caller) return
    // Nothing is open to a service app by itself: a scope says what it may ask for, a role what it may do.
    const { clientId, userId, roles } = x.caller
    if (clientId === userId && roles.length === 0) return fail(E0000006, 'client-has-no-role', { clientId })
    if (needs === 'self') return
    if (mayDoEverywhere(x.caller, needs) || (x.route.ownToo && namesCaller(x))) return
    // What is left reaches some things only: a standard role its targets, a custom one its set of resources.
    if (mayDo(roles, needs) || customPermits(x, x.caller, needs)) return reachPath(org, x, familyOf(needs)!)
    if (superAdminsOnly.has(needs)) fail(E0000006, 'super-admin-required', { needs })
    fail(E0000006, 'role-lacks-permission', { needs, roles: x.caller.roles.join(', ') })
  },
}
