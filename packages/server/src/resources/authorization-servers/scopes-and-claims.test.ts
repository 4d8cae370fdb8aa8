// Which scopes and claims may a server have?
import { describe, expect, it } from 'vitest'
import { eventsOf } from '../../testing.ts'
import { claim, refused, withServer } from './testing.ts'

describe('a scope', () => {
  it('is made, read, replaced and deleted; those of OpenID Connect are there', async () => {
    const { t, server } = await withServer()
    const made = await t.call(`POST ${server}/scopes`, { name: 'payments:read', consent: 'REQUIRED', displayName: '' })
    expect(made.status).toBe(201)
    expect(made.json).toMatchObject({
      id: expect.stringMatching(/^scp/),
      consent: 'REQUIRED',
      metadataPublish: 'NO_CLIENTS',
      system: false,
      default: false,
      displayName: null,
    })
    const scope = `${server}/scopes/${made.json.id}`
    expect((await t.call(`GET ${scope}`)).json).toEqual(made.json)
    const replaced = await t.call(`PUT ${scope}`, { name: 'payments:write', metadataPublish: 'ALL_CLIENTS' })
    expect(replaced.json).toMatchObject({ name: 'payments:write', consent: 'REQUIRED', metadataPublish: 'ALL_CLIENTS' })
    const list = await t.call(`GET ${server}/scopes`)
    expect(list.json.map((one: { name: string }) => one.name)).toEqual([
      'openid',
      'profile',
      'email',
      'address',
      'phone',
      'offline_access',
      'device_sso',
      'payments:write',
    ])
    expect((await t.call(`GET ${server}/scopes?q=pay`)).json).toEqual([replaced.json])
    const filter = encodeURIComponent('name eq "payments:write"')
    expect((await t.call(`GET ${server}/scopes?filter=${filter}`)).json).toEqual([replaced.json])
    expect((await t.call(`GET ${server}/scopes?filter=name`)).json.errorCode).toBe('E0000031')
    expect((await t.call(`DELETE ${scope}`)).status).toBe(204)
    expect((await t.call(`GET ${scope}`)).status).toBe(404)
    expect(eventsOf(t).slice(1)).toEqual(['oauth2.scope.created', 'oauth2.scope.updated', 'oauth2.scope.deleted'])
  })

  it('is there once, and those that came with the server stay', async () => {
    const { t, server } = await withServer()
    const [openId] = (await t.call(`GET ${server}/scopes?q=openid`)).json
    expect((await refused(t, `POST ${server}/scopes`, { name: 'openid' }))[1]).toBe(
      'E0000001/authorization-server-part-name-taken',
    )
    expect((await refused(t, `DELETE ${server}/scopes/${openId.id}`))[1]).toBe(
      'E0000001/authorization-server-part-is-system',
    )
    expect((await refused(t, `PUT ${server}/scopes/${openId.id}`, { name: 'other' }))[1]).toBe('E0000001/value-invalid')
    expect((await t.call(`PUT ${server}/scopes/${openId.id}`, { name: 'openid', consent: 'REQUIRED' })).status).toBe(
      200,
    )
  })

  it.each(['okta.users.read', 'two words', 'quo"te', 'back\\slash', '\u00e9', '', 'x'.repeat(256)])(
    'is not called %j',
    async (name) => {
      const { t, server } = await withServer()
      expect((await refused(t, `POST ${server}/scopes`, { name })).slice(0, 1)).toEqual([400])
    },
  )

  it('that needs no consent cannot be optional', async () => {
    const { t, server } = await withServer()
    const body = { name: 'payments.read', optional: true }
    const refusal = [400, 'E0000001/value-invalid', ['optional: A scope without consent cannot be optional']]
    expect(await refused(t, `POST ${server}/scopes`, body)).toEqual(refusal)
    for (const consent of ['REQUIRED', 'FLEXIBLE']) {
      const made = await t.call(`POST ${server}/scopes`, { ...body, name: consent, consent })
      expect([made.status, made.json.optional]).toEqual([201, true])
      const change = { ...made.json, consent: 'IMPLICIT' }
      expect(await refused(t, `PUT ${server}/scopes/${made.json.id}`, change)).toEqual(refusal)
    }
  })
})

describe('a claim', () => {
  it('is made, read, replaced and deleted', async () => {
    const { t, server } = await withServer()
    const made = await t.call(`POST ${server}/claims`, { ...claim, alwaysIncludeInToken: false })
    expect(made.status).toBe(201)
    expect(made.json).toMatchObject({
      ...claim,
      status: 'ACTIVE',
      conditions: { scopes: [] },
      system: false,
      // Access tokens have no "only when asked for".
      alwaysIncludeInToken: true,
    })
    const one = `${server}/claims/${made.json.id}`
    const replaced = await t.call(`PUT ${one}`, {
      name: 'groups',
      claimType: 'IDENTITY',
      valueType: 'GROUPS',
      group_filter_type: 'REGEX',
      value: '.*',
      alwaysIncludeInToken: false,
      conditions: { scopes: ['profile'] },
    })
    expect(replaced.json).toMatchObject({ group_filter_type: 'REGEX', alwaysIncludeInToken: false })
    for (const [request, value] of [
      [`POST ${server}/claims`, '(('],
      [`PUT ${one}`, 'user.'],
    ] as const) {
      const body = { ...claim, name: 'broken', valueType: 'EXPRESSION', group_filter_type: null, value }
      expect((await refused(t, request, body)).slice(0, 2)).toEqual([400, 'E0000001/claim-expression-unreadable'])
    }
    expect((await t.call(`GET ${one}`)).json).toEqual(replaced.json)
    expect((await t.call(`DELETE ${one}`)).status).toBe(204)
    expect(eventsOf(t).slice(1)).toEqual(['oauth2.claim.created', 'oauth2.claim.updated', 'oauth2.claim.deleted'])
  })

  it('of OpenID Connect has no value, may change its scopes, and stays', async () => {
    const { t, server } = await withServer()
    const claims = (await t.call(`GET ${server}/claims`)).json as { id: string; name: string }[]
    const address = claims.find((one) => one.name === 'address')!
    expect(address).toMatchObject({ valueType: 'SYSTEM', claimType: 'IDENTITY', system: true })
    expect(address).not.toHaveProperty('value')
    const body = { ...address, status: 'INACTIVE', conditions: { scopes: ['profile'] } }
    expect((await t.call(`PUT ${server}/claims/${address.id}`, body)).json).toMatchObject({
      status: 'INACTIVE',
      conditions: { scopes: ['profile'] },
      system: true,
    })
    expect((await refused(t, `DELETE ${server}/claims/${address.id}`))[1]).toBe(
      'E0000001/authorization-server-part-is-system',
    )
    expect(claims.find((one) => one.name === 'sub')).toMatchObject({ claimType: 'RESOURCE', system: true })
  })

  it.each<[string, object, string]>([
    ['of a reserved name', { ...claim, name: 'iss' }, 'E0000001/value-invalid'],
    ['of a taken name', { ...claim, name: 'sub' }, 'E0000001/authorization-server-part-name-taken'],
    ['without a value', { ...claim, value: '' }, 'E0000001/required-field-missing'],
    ['with a system value', { ...claim, valueType: 'SYSTEM' }, 'E0000001/value-invalid'],
    ['of groups without a filter', { ...claim, valueType: 'GROUPS' }, 'E0000001/required-field-missing'],
    ['with an unknown filter', { ...claim, valueType: 'GROUPS', group_filter_type: 'X' }, 'E0000001/value-invalid'],
    ['of an unknown type', { ...claim, claimType: 'X' }, 'E0000001/value-invalid'],
    ['with scopes as text', { ...claim, conditions: { scopes: 'profile' } }, 'E0000003/body-unreadable-shape'],
  ])('%s is refused', async (_what, body, cause) => {
    const { t, server } = await withServer()
    expect((await refused(t, `POST ${server}/claims`, body)).slice(0, 2)).toEqual([400, cause])
  })
})
