import { afterEach, beforeEach, expect, test } from 'vitest'
import { createOrg } from '../create-org.ts'
import { type HookServer, hookServer } from '../hooks/testing.ts'

let server: HookServer
beforeEach(async () => {
  server = await hookServer()
})
afterEach(() => server.close())

const url = () => server.url

test('a seeded event hook is told what happens, without a verification, also after a reset', async () => {
  const org = await createOrg({
    seed: {
      eventHooks: [
        {
          name: 'Audit',
          url: url(),
          events: ['group.lifecycle.create'],
          secret: 'abc',
          headers: { 'x-team': 'audit' },
        },
      ],
    },
  })
  for (const round of [1, 2]) {
    await org.fetch('/api/v1/groups', {
      method: 'POST',
      headers: { authorization: `SSWS ${org.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ profile: { name: 'Pilots' } }),
    })
    await server.count(round)
    await org.reset()
  }
  expect(server.arrived.map(({ method, headers }) => [method, headers.authorization, headers['x-team']])).toEqual([
    ['POST', 'abc', 'audit'],
    ['POST', 'abc', 'audit'],
  ])
  await org.close()
})

test('a seeded inline hook has the id that it was given', async () => {
  const id = 'cal00000000000000001'
  const org = await createOrg({
    seed: { inlineHooks: [{ id, name: 'Payroll', type: 'com.okta.oauth2.tokens.transform', url: url() }] },
  })
  const answer = await org.fetch(`/api/v1/inlineHooks/${id}`, { headers: { authorization: `SSWS ${org.token}` } })
  expect(await answer.json()).toMatchObject({
    id,
    name: 'Payroll',
    status: 'ACTIVE',
    channel: { config: { uri: url() } },
  })
})

test.each([
  [
    { eventHooks: [{ name: 'A', url: 'https://x.example.com', events: ['no.such.event'] }] },
    'eventHooks[0]: events: Invalid list of events provided: no.such.event',
  ],
  [
    { inlineHooks: [{ name: 'A', url: 'http://x.example.com', type: 'com.okta.import.transform' as const }] },
    'inlineHooks[0]: uri: The URL must begin with https:// and be reachable by Okta',
  ],
  [
    {
      eventHooks: [
        { name: 'A', url: 'https://x.example.com', events: ['user.session.start'] },
        { name: 'a', url: 'https://x.example.com', events: ['user.session.start'] },
      ],
    },
    'eventHooks[1].name: "a" is there already',
  ],
])('what no request could make is refused: %#', async (seed, says) => {
  await expect(createOrg({ seed })).rejects.toThrow(says)
})
