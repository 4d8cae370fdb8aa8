import { beforeEach, describe, expect, it } from 'vitest'
import { causesOf, type TestOrg, testOrg } from '../../testing.ts'

const SERVERS = '/api/v1/authorizationServers'

let t: TestOrg
let ids: string[]
beforeEach(async () => {
  t = await testOrg({ settings: { contract: 'current' } })
  ids = []
  for (const name of ['Payments', 'Ships', 'Cranes']) {
    const body = { name, description: name, audiences: [`api://${name}`] }
    ids.push((await t.call(`POST ${SERVERS}`, body)).json.id)
  }
})

const trusts = async (query = '?trusted=true') => {
  const { json } = await t.call(`GET ${SERVERS}/${ids[0]}/associatedServers${query}`)
  return json.map(({ name }: { name: string }) => name)
}
const trust = (...trusted: unknown[]) => t.call(`POST ${SERVERS}/${ids[0]}/associatedServers`, { trusted })

describe('servers that a server trusts', () => {
  it('are named, listed apart from the others, and let go', async () => {
    const made = await trust(ids[1], ids[2], ids[1])
    expect(made.status).toBe(200)
    expect(made.json).toEqual([
      (await t.call(`GET ${SERVERS}/${ids[1]}`)).json,
      (await t.call(`GET ${SERVERS}/${ids[2]}`)).json,
    ])
    expect([await trusts(), await trusts(''), await trusts('?trusted=false')]).toEqual([
      ['Ships', 'Cranes'],
      ['Ships', 'Cranes'],
      ['default'],
    ])
    expect([await trusts('?q=api://cr'), await trusts('?limit=1')]).toEqual([['Cranes'], ['Ships']])
    expect((await trust(ids[2])).status).toBe(200)
    const one = `${SERVERS}/${ids[0]}/associatedServers/${ids[2]}`
    expect((await t.call(`DELETE ${one}`)).status).toBe(204)
    expect((await t.call(`DELETE ${one}`)).json.errorCode).toBe('E0000007')
    expect([await trusts(), await trusts('?trusted=false')]).toEqual([['Ships'], ['Cranes', 'default']])
  })

  it('trust goes one way, and goes with either server', async () => {
    await trust(ids[1])
    expect((await t.call(`GET ${SERVERS}/${ids[1]}/associatedServers`)).json).toEqual([])
    await t.call(`DELETE ${SERVERS}/${ids[1]}`)
    expect(await trusts()).toEqual([])
  })

  it('are other servers that are there', async () => {
    expect(causesOf((await trust()).json)).toEqual(['trusted: The field cannot be left blank'])
    expect(causesOf((await trust(ids[0])).json)).toEqual(['trusted: must not contain the authorization server itself'])
    expect((await trust(ids[1], 'ausnobody')).json).toMatchObject({
      errorCode: 'E0000007',
      errorSummary: 'Not found: Resource not found: ausnobody (AuthorizationServer)',
    })
    await trust(7)
    expect(t.lastCause()).toBe('E0000003/body-unreadable-shape')
    expect(await trusts()).toEqual([])
  })
})
