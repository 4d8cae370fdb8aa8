import { describe, expect, test } from 'vitest'
import { type TestOrg, testOrg } from '../testing.ts'
import { isRoleType, mayDo, type RoleType, roleLabels } from './permissions.ts'

// Roles as columns, a sample of operations as rows; `x` is allowed. An allowed call may fail later for want of the
// thing it names: what counts is that it is not E0000006.
const columns = [
  'SUPER_ADMIN',
  'ORG_ADMIN',
  'USER_ADMIN',
  'GROUP_MEMBERSHIP_ADMIN',
  'HELP_DESK_ADMIN',
  'APP_ADMIN',
  'API_ACCESS_MANAGEMENT_ADMIN',
  'READ_ONLY_ADMIN',
  'REPORT_ADMIN',
  'MOBILE_ADMIN',
  'WORKFLOWS_ADMIN',
  'ACCESS_CERTIFICATIONS_ADMIN',
  'ACCESS_REQUESTS_ADMIN',
] as const satisfies readonly RoleType[]

const group = { profile: { name: 'Engineers' } }
const zone = { type: 'IP', name: 'Office', gateways: [{ type: 'CIDR', value: '198.51.100.0/24' }] }
const type = { name: 'contractor', displayName: 'Contractor' }

const policy = { type: 'OKTA_SIGN_ON', name: 'Strict', conditions: null }
const server = { name: 'Payments', audiences: ['api://payments'] }

const table: [request: string, body: unknown, allowed: string][] = [
  //                                                        S O U G H A A R R M W A A
  ['GET /api/v1/groups', undefined, /*                   */ 'x x x x x x x x x x . . .'],
  ['GET /api/v1/groups/00gNone/users', undefined, /*     */ 'x x x x x x x x x x . . .'],
  ['POST /api/v1/groups', group, /*                      */ 'x x . . . . . . . . . . .'],
  ['PUT /api/v1/groups/00gNone', group, /*               */ 'x x x . . . . . . . . . .'],
  ['DELETE /api/v1/groups/00gNone', undefined, /*        */ 'x x . . . . . . . . . . .'],
  ['PUT /api/v1/groups/00gNone/users/me', undefined, /*  */ 'x x x x . . . . . . . . .'],
  ['POST /api/v1/groups/00gNone/owners', {}, /*          */ 'x x x . . . . . . . . . .'],
  ['GET /api/v1/users/00uNone/roles', undefined, /*      */ 'x . . . . . . . . . . . .'],
  ['POST /api/v1/users/00uNone/roles', {}, /*            */ 'x . . . . . . . . . . . .'],
  ['DELETE /api/v1/groups/00gNone/roles/x', undefined, /**/ 'x . . . . . . . . . . . .'],
  ['GET /api/v1/api-tokens', undefined, /*               */ 'x x . . . . . x . . . . .'],
  ['DELETE /api/v1/api-tokens/00TNone', undefined, /*    */ 'x . . . . . . . . . . . .'],
  ['GET /api/v1/zones', undefined, /*                    */ 'x x . . . . . x . x . . .'],
  ['POST /api/v1/zones', zone, /*                        */ 'x x . . . . . . . . . . .'],
  ['GET /api/v1/meta/types/user', undefined, /*          */ 'x x x . . x x x . . . . .'],
  ['POST /api/v1/meta/types/user', type, /*              */ 'x x . . . . . . . . . . .'],
  ['GET /api/v1/authorizationServers', undefined, /*     */ 'x x . . . . x x . . . . .'],
  ['POST /api/v1/authorizationServers', server, /*       */ 'x . . . . . x . . . . . .'],
  ['GET /api/v1/policies?type=PASSWORD', undefined, /*   */ 'x x . . . x . x . . . . .'],
  ['POST /api/v1/policies', policy, /*                   */ 'x x . . . . . . . . . . .'],
  ['GET /api/v1/sessions/102None', undefined, /*         */ 'x x . . . . . . . . . . .'],
  ['GET /api/v1/users', undefined, /*                    */ 'x x x x x x x x x x . . .'],
  ['POST /api/v1/users/00uNone/lifecycle/suspend', undefined, 'x x x . . . . . . . . . .'],
  ['DELETE /api/v1/users/00uNone', undefined, /*         */ 'x x x . . . . . . . . . .'],
  //                                                        S O U G H A A R R M W A A
  ['GET /api/v1/apps', undefined, /*                     */ 'x . . . . x . x . x . . .'],
  ['POST /api/v1/apps', {}, /*                           */ 'x . . . . x . . . . . . .'],
  ['DELETE /api/v1/apps/0oaNone', undefined, /*          */ 'x . . . . x . . . . . . .'],
  ['GET /api/v1/apps/0oaNone/credentials/secrets', undefined, 'x . . . . x . . . . . . .'],
  ['POST /api/v1/apps/0oaNone/grants', {}, /*            */ 'x . . . . . . . . . . . .'],
  ['POST /api/v1/apps/0oaNone/users', {}, /*             */ 'x . . . . x . . . . . . .'],
  ['PUT /api/v1/apps/0oaNone/groups/00gNone', {}, /*     */ 'x . . . . x . . . . . . .'],
  ['POST /oauth2/v1/clients/0oaNone/roles', {}, /*       */ 'x . . . . . . . . . . . .'],
  ['GET /api/v1/logs', undefined, /*                     */ 'x x . . . x x x x x . . .'],
]

async function allowed(it: TestOrg, request: string, body: unknown, token: string): Promise<string> {
  const answer = await it.call(request, body, { token })
  expect([request, answer.status < 500]).toEqual([request, true])
  return answer.json?.errorCode === 'E0000006' ? '.' : 'x'
}

describe('role and operation', () => {
  test.each(table)('%s', async (request, body, wanted) => {
    const found: string[] = []
    for (const role of columns) {
      // A fresh org each: what one role makes must not stand in the next one's way.
      const it = await testOrg()
      const { token } = await it.makeAdmin('somebody@example.com', role)
      found.push(await allowed(it, request, body, token))
    }
    expect(found.join(' ')).toBe(wanted)
  })

  test('nobody may do anything without a role but what is open to every caller', async () => {
    const it = await testOrg()
    const { token } = await it.makeAdmin('somebody@example.com')
    for (const [request, body] of table)
      expect([request, await allowed(it, request, body, token)]).toEqual([request, '.'])
    expect((await it.call('DELETE /api/v1/api-tokens/current', undefined, { token })).status).toBe(204)
  })

  test('roles add up', async () => {
    expect(mayDo(['REPORT_ADMIN'], 'groups.members')).toBe(false)
    expect(mayDo(['REPORT_ADMIN', 'GROUP_MEMBERSHIP_ADMIN'], 'groups.members')).toBe(true)
    expect(mayDo(['REPORT_ADMIN', 'GROUP_MEMBERSHIP_ADMIN'], 'logs.read')).toBe(true)
    expect(mayDo([], 'groups.read')).toBe(false)
  })

  test('the table has every role, and only those are roles', () => {
    expect([...columns].sort()).toEqual(Object.keys(roleLabels).sort())
    for (const word of ['KING', 'constructor', '__proto__', 7, undefined]) expect(isRoleType(word)).toBe(false)
  })
})
