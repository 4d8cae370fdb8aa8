import { expect, test } from 'vitest'
import { testOrg } from '../../testing.ts'

test('the default schema has the 31 base properties in the recorded shape', async () => {
  const t = await testOrg()
  const { status, json } = await t.call('GET /api/v1/meta/schemas/user/default')
  expect(status).toBe(200)
  expect(Object.keys(json).sort()).toEqual(
    [
      '$schema',
      '_links',
      'created',
      'definitions',
      'description',
      'id',
      'lastUpdated',
      'name',
      'properties',
      'title',
      'type',
    ].sort(),
  )
  const { base, custom } = json.definitions
  expect(Object.keys(base.properties)).toHaveLength(31)
  expect(base.required).toEqual(['login', 'firstName', 'lastName', 'email'])
  expect(base.properties.firstName).toEqual({
    title: 'First name',
    type: 'string',
    required: true,
    minLength: 1,
    maxLength: 50,
    mutability: 'READ_WRITE',
    scope: 'NONE',
    permissions: [{ principal: 'SELF', action: 'READ_WRITE' }],
    master: { type: 'PROFILE_MASTER' },
  })
  expect(custom).toEqual({ id: '#custom', type: 'object', properties: {}, required: [] })
})

test('it is found by the id that users link to, and not by others', async () => {
  const t = await testOrg()
  const me = (await t.call('GET /api/v1/users/me')).json
  const byLink = await t.call(`GET ${me._links.schema.href.slice(t.org.baseUrl.length)}`)
  expect(byLink.json).toEqual((await t.call('GET /api/v1/meta/schemas/user/default')).json)
  for (const id of ['oscnone', t.org.fixed.defaultTypeId, 'x']) {
    const refused = await t.call(`GET /api/v1/meta/schemas/user/${id}`)
    expect([refused.status, refused.json.errorCode, t.lastCause()]).toEqual([
      404,
      'E0000007',
      'E0000007/resource-missing',
    ])
  }
})

test('who may not see types may not see schemas', async () => {
  const t = await testOrg()
  const desk = await t.makeAdmin('desk@example.com', 'HELP_DESK_ADMIN')
  const refused = await t.call('GET /api/v1/meta/schemas/user/default', undefined, { token: desk.token })
  expect([refused.status, t.lastCause()]).toEqual([403, 'E0000006/role-lacks-permission'])
})
