import { expect, test } from 'vitest'
import { testOrg } from '../testing.ts'
import { applySeed } from './apply.ts'

const size = { title: 'Size', type: 'integer' }
const ada = { login: 'ada@example.com' }

test('users of a seed have the attributes that it brings', async () => {
  const t = await testOrg()
  const badge = { title: 'Badge', type: 'string', unique: true }
  const { users } = await applySeed(t.org, {
    userAttributes: { size, badge },
    users: [{ ...ada, profile: { size: 38, badge: '7' } }],
  })
  expect((await t.call(`GET /api/v1/users/${users[0]!.id}`)).json.profile).toMatchObject({ size: 38, badge: '7' })
  const { json } = await t.call('GET /api/v1/meta/schemas/user/default')
  expect(json.definitions.custom.properties).toMatchObject({ size, badge })
  await expect(
    applySeed(t.org, { users: [{ login: 'bob@example.com', profile: { badge: '7' } }] }),
  ).rejects.toMatchObject({ path: 'users[0].login' })
})

test.each([
  [{ userAttributes: { size: { type: 'integer' } } }, 'userAttributes', 'size: title: The field cannot be left blank'],
  [
    { userAttributes: { size: { title: 'A', type: 'array' } } },
    'userAttributes',
    'Items not present for array property: size.',
  ],
  [
    { userAttributes: { size }, users: [{ ...ada, profile: { size: '38' } }] },
    'users[0].profile.size',
    "Invalid value data type for property 'size'",
  ],
  [
    { userAttributes: { size: { ...size, required: true } }, users: [ada] },
    'users[0].size',
    'The field cannot be left blank',
  ],
])('seed %# is refused with its place, and nothing is written', async (seed, path, says) => {
  const t = await testOrg()
  const before = await t.org.state.snapshot()
  await expect(applySeed(t.org, seed)).rejects.toMatchObject({ path, says })
  expect(await t.org.state.snapshot()).toEqual(before)
})

test('an attribute that is there already is not brought again', async () => {
  const t = await testOrg()
  await applySeed(t.org, { userAttributes: { size } })
  await expect(applySeed(t.org, { userAttributes: { size } })).rejects.toMatchObject({
    path: 'userAttributes.size',
    says: 'is there already',
  })
})
