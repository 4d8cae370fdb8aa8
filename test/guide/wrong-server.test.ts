// The guide's fourth cause of a 401: keys of one authorization server, tokens of the other. Tokens and keys are those of
// a real org; each mistake gets a cause of its own.
import { judgeToken } from '@errorg/diagnose'
import type { Contract } from '@errorg/errors'
import { describe, expect, test } from 'vitest'
import { makeWorld, type World } from './world.ts'

const contracts: readonly Contract[] = ['reference', 'current']

async function tokens(world: World): Promise<{ custom: string; own: string }> {
  await world.call(`POST /api/v1/apps/${world.web.id}/users`, { id: world.userId, scope: 'USER' })
  const custom = await world.userTokens('openid', '/default')
  const own = await world.userTokens('openid')
  return { custom: custom.json.access_token, own: own.json.access_token }
}

describe.each(contracts)('a verifier with the keys of the wrong server, in the %s contract', (contract) => {
  test('three mistakes have three causes, and the right keys none', async () => {
    const world = await makeWorld(contract)
    const { custom, own } = await tokens(world)
    const now = world.org.clock.now()
    const keys = async (path: string) => ({
      jwks: (await world.call(`GET ${path}`)).json,
      jwksFrom: world.org.url + path,
    })
    const causes = async (jwt: string, path: string) => {
      const { findings } = await judgeToken(jwt, { now, ...(await keys(path)) })
      return findings.map((finding) => `${finding.kind}/${finding.cause}`)
    }
    expect((await causes(custom, '/oauth2/v1/keys'))[0]).toBe('wrong-authorization-server/token-from-custom-server')
    expect((await causes(own, '/oauth2/default/v1/keys'))[0]).toBe('wrong-authorization-server/token-from-org-server')
    // Its own keys are published for ID tokens alone.
    expect((await causes(own, '/oauth2/v1/keys'))[0]).toBe(
      'org-as-token-not-verifiable/org-access-token-checked-locally',
    )
    expect(await causes(custom, '/oauth2/default/v1/keys')).toEqual([])
  })
})
