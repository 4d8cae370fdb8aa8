// Whatever is written about administration (roles, sets, bindings, realms, notes on users, tokens): Okta's refusals or
// success, never a fault of the server, and after a refusal everything is as before.
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { bends, bent } from '../../bent-bodies.ts'
import { type TestOrg, testOrg } from '../../testing.ts'

let t: TestOrg
let places: Record<string, string>

const bodies = {
  role: { label: 'Readers', description: 'They read', permissions: ['okta.users.read', 'okta.groups.read'] },
  set: { label: 'People', description: 'All', resources: ['/api/v1/users', 'orn:okta:idp::apps'] },
  realm: { profile: { name: 'Partners', realmType: 'PARTNER', domains: ['partner.example', 'x.example'] } },
  assignment: {
    name: 'First',
    priority: 7,
    domains: ['partner.example'],
    conditions: { expression: { value: 'user.profile.department == "Sales"' } },
    actions: { assignUserToRealm: { realmId: '{realm}' } },
  },
  conditions: { conditions: { include: { 'okta:ResourceAttribute/User/Profile': ['city', 'state'] } } },
  exclusion: { conditions: { Exclude: { 'okta:ORN': ['orn:okta:idp::apps:slack'] } } },
}

beforeAll(async () => {
  t = await testOrg()
  const make = async (request: string, body?: unknown) => {
    const { status, json } = await t.call(filled(request), body && JSON.parse(filled(JSON.stringify(body))))
    expect(status, JSON.stringify(json)).toBeLessThan(300)
    return json
  }
  const ada = await t.makeAdmin('ada@example.com', 'APP_ADMIN')
  const bob = await t.makeAdmin('bob@example.com')
  places = { user: bob.userId, admin: ada.userId, token: bob.tokenId }
  places.group = (await make('POST /api/v1/groups', { profile: { name: 'Engineers' } })).id
  places.role = (await make('POST /api/v1/iam/roles', bodies.role)).id
  places.set = (await make('POST /api/v1/iam/resource-sets', bodies.set)).id
  const { resources } = (await t.call(`GET /api/v1/iam/resource-sets/${places.set}/resources`)).json
  places.resource = resources[1].id
  await make('POST /api/v1/iam/resource-sets/{set}/bindings', { role: '{role}', members: ['/api/v1/users/{admin}'] })
  places.realm = (await make('POST /api/v1/realms', bodies.realm)).id
  places.assignment = (await make('POST /api/v1/realm-assignments', bodies.assignment)).id
  places.zone = (await t.call('GET /api/v1/zones')).json[0].id
})

/** What is written: a request with holes, its body, and where its effect is read. */
const writes: readonly (readonly [request: string, body: unknown, seen: string])[] = [
  ['POST /api/v1/iam/roles', { ...bodies.role, label: 'More' }, '/api/v1/iam/roles'],
  ['PUT /api/v1/iam/roles/{role}', { label: 'Readers', description: 'Still' }, '/api/v1/iam/roles'],
  [
    'POST /api/v1/iam/roles/{role}/permissions/okta.users.manage',
    bodies.conditions,
    '/api/v1/iam/roles/{role}/permissions',
  ],
  [
    'PUT /api/v1/iam/roles/{role}/permissions/okta.users.read',
    bodies.conditions,
    '/api/v1/iam/roles/{role}/permissions',
  ],
  ['POST /api/v1/iam/resource-sets', { ...bodies.set, label: 'More' }, '/api/v1/iam/resource-sets'],
  ['PUT /api/v1/iam/resource-sets/{set}', { label: 'People', description: 'x' }, '/api/v1/iam/resource-sets'],
  [
    'PATCH /api/v1/iam/resource-sets/{set}/resources',
    { additions: ['/api/v1/groups/{group}', '/api/v1/groups'] },
    '/api/v1/iam/resource-sets/{set}/resources',
  ],
  [
    'POST /api/v1/iam/resource-sets/{set}/resources',
    { resourceOrnOrUrl: '/api/v1/apps', ...bodies.exclusion },
    '/api/v1/iam/resource-sets/{set}/resources',
  ],
  [
    'PUT /api/v1/iam/resource-sets/{set}/resources/{resource}',
    bodies.exclusion,
    '/api/v1/iam/resource-sets/{set}/resources',
  ],
  [
    'POST /api/v1/iam/resource-sets/{set}/bindings',
    { role: '{role}', members: ['/api/v1/groups/{group}'] },
    '/api/v1/iam/resource-sets/{set}/bindings/{role}/members',
  ],
  [
    'PATCH /api/v1/iam/resource-sets/{set}/bindings/{role}/members',
    { additions: ['/api/v1/users/{user}'] },
    '/api/v1/iam/resource-sets/{set}/bindings/{role}/members',
  ],
  [
    'POST /api/v1/users/{user}/roles',
    { type: 'CUSTOM', role: '{role}', 'resource-set': '{set}' },
    '/api/v1/users/{user}/roles',
  ],
  ['POST /api/v1/groups/{group}/roles', { type: 'REPORT_ADMIN' }, '/api/v1/groups/{group}/roles'],
  ['POST /api/v1/realms', { profile: { name: 'More', domains: ['a.example'] } }, '/api/v1/realms'],
  ['PUT /api/v1/realms/{realm}', bodies.realm, '/api/v1/realms'],
  ['POST /api/v1/realm-assignments', { ...bodies.assignment, priority: 9 }, '/api/v1/realm-assignments'],
  ['PUT /api/v1/realm-assignments/{assignment}', bodies.assignment, '/api/v1/realm-assignments'],
  [
    'POST /api/v1/realm-assignments/operations',
    { assignmentId: '{assignment}' },
    '/api/v1/realm-assignments/operations',
  ],
  ['PUT /api/v1/users/{user}/risk', { riskLevel: 'HIGH', riskReason: 'Seen' }, '/api/v1/users/{user}/risk'],
  ['PUT /api/v1/users/{user}/classification', { type: 'LITE' }, '/api/v1/users/{user}/classification'],
  [
    'PUT /api/v1/api-tokens/{token}',
    { name: 'ci', clientName: 'Okta API', userId: '{user}', network: { connection: 'ZONE', include: ['{zone}'] } },
    '/api/v1/api-tokens/{token}',
  ],
  ['POST /api/v1/users/{user}', { realmId: '{realm}' }, '/api/v1/users/{user}'],
]

const words = ['/api/v1/users', 'https://', 'orn:okta:idp::apps:', '/api/v1/groups/%00', '*', '((', 'ALL', 'CUSTOM']

const filled = (text: string) => text.replace(/\{(\w+)\}/g, (hole, name: string) => places[name] ?? hole)

test('any body is taken or refused in order, and a refusal changes nothing', async () => {
  let refused = 0
  let taken = 0
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...writes), bends(words), async ([request, body, seen], changes) => {
      const sent = changes.reduce<unknown>(bent, JSON.parse(filled(JSON.stringify(body))))
      const before = await t.call(`GET ${filled(seen)}`)
      const { status, json, text } = await t.call(filled(request), JSON.stringify(sent) ?? 'null')
      expect(status, `${request} ${JSON.stringify(sent)} ${text}`).toBeLessThan(500)
      if (status < 300) {
        taken += 1
        return
      }
      refused += 1
      expect(Object.keys(json)).toEqual(['errorCode', 'errorSummary', 'errorLink', 'errorId', 'errorCauses'])
      expect(json.errorSummary).not.toMatch(/\{\w+\}/)
      const after = await t.call(`GET ${filled(seen)}`)
      expect(after.text).toBe(before.text)
    }),
    { numRuns: 600 },
  )
  expect(refused).toBeGreaterThan(200)
  expect(taken).toBeGreaterThan(20)
})
