import { expect, test } from 'vitest'
import { serverClaims } from '../entities/auth-server.ts'
import { put } from '../state/state.ts'
import { claimsOf, oauthOrg } from './testing.ts'

test('claims are made of attributes that administrators added', async () => {
  const t = await oauthOrg()
  const properties = {
    shoeSize: { title: 'Shoe size', type: 'integer' },
    skills: { title: 'Skills', type: 'array', items: { type: 'string' } },
    team: { title: 'Team', type: 'string' },
  }
  await t.call('POST /api/v1/meta/schemas/user/default', { definitions: { custom: { properties } } })
  const userId = await t.addUser('ada@example.com')
  await t.call(`POST /api/v1/users/${userId}`, { profile: { shoeSize: 38, skills: ['chess', 'go'] } })
  for (const name of Object.keys(properties)) {
    await t.org.state.change([
      put(serverClaims, t.org.ids.next('ocl'), {
        serverId: 'default',
        name,
        status: 'ACTIVE',
        claimType: 'IDENTITY',
        valueType: 'EXPRESSION',
        value: `user.${name}`,
        groupFilterType: null,
        conditions: { scopes: [] },
        alwaysIncludeInToken: true,
        system: false,
      }),
    ])
  }
  const client = await t.addClient({ grantTypes: ['implicit'], responseTypes: ['id_token'] })
  const answer = await t.authorize(
    {
      client_id: client.clientId,
      redirect_uri: 'https://app.example.com/cb',
      response_type: 'id_token',
      scope: 'openid',
      state: 's',
      nonce: 'n',
    },
    { sid: await t.signIn(userId), server: 'default' },
  )
  const token = new URLSearchParams(new URL(answer.headers.get('location')!).hash.slice(1)).get('id_token')!
  expect(claimsOf(token)).toMatchObject({ shoeSize: 38, skills: ['chess', 'go'] })
  expect(claimsOf(token)).not.toHaveProperty('team')
})
