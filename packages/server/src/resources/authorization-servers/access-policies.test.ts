// Which policies and rules may a server have?
import { describe, expect, it } from 'vitest'
import { eventsOf, type TestOrg, testOrg } from '../../testing.ts'
import { policy, refused, rule, SERVERS, withServer } from './testing.ts'

describe('policies and rules', () => {
  const placesOf = async (t: TestOrg, path: string) =>
    (await t.call(`GET ${path}`)).json.map((one: { name: string; priority: number }) => [one.name, one.priority])

  it('of the server default let everybody in', async () => {
    const t = await testOrg()
    const [one] = (await t.call(`GET ${SERVERS}/default/policies`)).json
    expect(one).toMatchObject({ name: 'Default Policy', conditions: { clients: { include: ['ALL_CLIENTS'] } } })
    const [first] = (await t.call(`GET ${SERVERS}/default/policies/${one.id}/rules`)).json
    expect(first.conditions).toMatchObject({
      scopes: { include: ['*'] },
      people: { groups: { include: ['EVERYONE'] } },
    })
    const { t: other, server } = await withServer()
    expect((await other.call(`GET ${server}/policies`)).json).toEqual([])
  })

  it('keep their places without gaps, whoever comes, moves and goes', async () => {
    const { t, server } = await withServer()
    const at = `${server}/policies`
    const add = async (name: string, priority?: number) =>
      (await t.call(`POST ${at}`, { ...policy, name, priority })).json
    const a = await add('A')
    await add('B')
    expect((await add('C', 1)).priority).toBe(1)
    expect((await add('D', 99)).priority).toBe(4)
    expect(await placesOf(t, at)).toEqual([
      ['C', 1],
      ['A', 2],
      ['B', 3],
      ['D', 4],
    ])
    expect((await t.call(`PUT ${at}/${a.id}`, { ...policy, name: 'A', priority: 4 })).json.priority).toBe(4)
    expect(await placesOf(t, at)).toEqual([
      ['C', 1],
      ['B', 2],
      ['D', 3],
      ['A', 4],
    ])
    expect((await t.call(`PUT ${at}/${a.id}`, { ...policy, name: 'A2' })).json.priority).toBe(4)
    const [, b] = (await t.call(`GET ${at}`)).json
    expect((await t.call(`DELETE ${at}/${b.id}`)).status).toBe(204)
    expect(await placesOf(t, at)).toEqual([
      ['C', 1],
      ['D', 2],
      ['A2', 3],
    ])
  })

  it('are made at one moment and get places of their own', async () => {
    const { t, server } = await withServer()
    const at = `${server}/policies`
    await Promise.all(['A', 'B', 'C', 'D'].map((name) => t.call(`POST ${at}`, { ...policy, name, priority: 1 })))
    const places = (await placesOf(t, at)).map(([, place]: [string, number]) => place)
    expect(places).toEqual([1, 2, 3, 4])
  })

  it('live as policies do', async () => {
    const { t, server } = await withServer()
    const { json } = await t.call(`POST ${server}/policies`, policy)
    const at = `${server}/policies/${json.id}`
    expect((await t.call(`POST ${at}/lifecycle/deactivate`)).status).toBe(204)
    expect((await t.call(`GET ${at}`)).json.status).toBe('INACTIVE')
    // A replacement that says nothing of the status leaves it.
    expect((await t.call(`PUT ${at}`, policy)).json.status).toBe('INACTIVE')
    expect((await t.call(`POST ${at}/lifecycle/activate`)).status).toBe(204)
    const made = await t.call(`POST ${at}/rules`, rule)
    expect(made.status).toBe(201)
    expect(made.json).toMatchObject({
      id: expect.stringMatching(/^0pr/),
      priority: 1,
      system: false,
      actions: {
        token: { accessTokenLifetimeMinutes: 60, refreshTokenLifetimeMinutes: 0, refreshTokenWindowMinutes: 10_080 },
      },
    })
    const one = `${at}/rules/${made.json.id}`
    expect((await t.call(`GET ${one}`)).json).toEqual(made.json)
    const changed = { ...rule, name: 'Bots', actions: { token: { accessTokenLifetimeMinutes: 5 } } }
    expect((await t.call(`PUT ${one}`, changed)).json).toMatchObject({
      name: 'Bots',
      actions: { token: { accessTokenLifetimeMinutes: 5 } },
    })
    expect((await t.call(`POST ${one}/lifecycle/deactivate`)).status).toBe(204)
    expect((await t.call(`GET ${one}`)).json).toMatchObject({ status: 'INACTIVE', _links: { activate: {} } })
    expect((await t.call(`POST ${one}/lifecycle/activate`)).status).toBe(204)
    expect((await t.call(`DELETE ${one}`)).status).toBe(204)
    expect((await t.call(`DELETE ${at}`)).status).toBe(204)
    expect(eventsOf(t).slice(1)).toEqual([
      'policy.lifecycle.create',
      'policy.lifecycle.deactivate',
      'policy.lifecycle.update',
      'policy.lifecycle.activate',
      'policy.rule.add',
      'policy.rule.update',
      'policy.rule.deactivate',
      'policy.rule.activate',
      'policy.rule.delete',
      'policy.lifecycle.delete',
    ])
  })

  it.each<[string, object, string]>([
    ['without a description', { ...policy, description: '' }, 'E0000001/required-field-missing'],
    ['of another type', { ...policy, type: 'PASSWORD' }, 'E0000001/value-invalid'],
    ['without clients', { ...policy, conditions: {} }, 'E0000001/required-field-missing'],
    [
      'with clients as text',
      { ...policy, conditions: { clients: { include: 'ALL_CLIENTS' } } },
      'E0000003/body-unreadable-shape',
    ],
    ['with a place below one', { ...policy, priority: 0 }, 'E0000001/value-invalid'],
  ])('%s no policy is made', async (_what, body, cause) => {
    const { t, server } = await withServer()
    expect((await refused(t, `POST ${server}/policies`, body)).slice(0, 2)).toEqual([400, cause])
    expect((await t.call(`GET ${server}/policies`)).json).toEqual([])
  })

  const people = { groups: { include: ['EVERYONE'] } }
  const token = (lifetimes: object) => ({ ...rule, actions: { token: lifetimes } })
  it.each<[string, object, string]>([
    ['without conditions', { ...rule, conditions: undefined }, 'E0000001/required-field-missing'],
    [
      'for people, with nobody named',
      { ...rule, conditions: { grantTypes: { include: ['password'] } } },
      'E0000001/value-invalid',
    ],
    [
      'with an unknown grant',
      { ...rule, conditions: { people, grantTypes: { include: ['client-credentials'] } } },
      'E0000001/value-invalid',
    ],
    ['with access for a minute', token({ accessTokenLifetimeMinutes: 1 }), 'E0000001/value-invalid'],
    ['with access for two days', token({ accessTokenLifetimeMinutes: 2880 }), 'E0000001/value-invalid'],
    ['with refresh shorter than access', token({ refreshTokenLifetimeMinutes: 10 }), 'E0000001/value-invalid'],
    ['with a window of nothing', token({ refreshTokenWindowMinutes: 0 }), 'E0000001/value-invalid'],
    [
      'with people as a list',
      { ...rule, conditions: { ...rule.conditions, people: [] } },
      'E0000003/body-unreadable-shape',
    ],
    [
      'with a number as a scope',
      { ...rule, conditions: { scopes: { include: [1] }, people } },
      'E0000003/body-unreadable-shape',
    ],
  ])('%s no rule is made', async (_what, body, cause) => {
    const { t, server } = await withServer()
    const at = `${server}/policies/${(await t.call(`POST ${server}/policies`, policy)).json.id}/rules`
    expect((await refused(t, `POST ${at}`, body)).slice(0, 2)).toEqual([400, cause])
    expect((await t.call(`GET ${at}`)).json).toEqual([])
  })

  it('say of a misspelt grant what Okta says: that people are missing', async () => {
    const { t, server } = await withServer()
    const at = `${server}/policies/${(await t.call(`POST ${server}/policies`, policy)).json.id}/rules`
    const wrong = { ...rule, conditions: { grantTypes: { include: ['client-credentials'] } } }
    const answer = await t.call(`POST ${at}`, wrong)
    expect(answer.json.errorSummary).toBe('Api validation failed: conditions.people')
    expect(answer.json.errorCauses[0].errorSummary).toContain('[authorization_code, implicit, password]')
  })
})
