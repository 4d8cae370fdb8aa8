import { expect, test } from 'vitest'
import { testOrg } from '../../testing.ts'

test('an org that no agent connects to lists no pools, to those who may see its settings', async () => {
  const t = await testOrg()
  const { status, json } = await t.call('GET /api/v1/agentPools?poolType=AD&limitPerPoolType=5')
  expect([status, json]).toEqual([200, []])
  const { token } = await t.makeAdmin('help@test.example', 'HELP_DESK_ADMIN')
  const refused = await t.call('GET /api/v1/agentPools', undefined, { token })
  expect([refused.status, refused.json.errorCode]).toEqual([403, 'E0000006'])
})
