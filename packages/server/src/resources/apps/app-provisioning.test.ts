// What does an app provision, and which attributes do its users have?
import { beforeEach, describe, expect, test } from 'vitest'
import { groupPushMappings } from '../../entities/app-relations.ts'
import { groups } from '../../entities/group.ts'
import { type AppOrg, appOrg, bookmark, org2org, payroll } from './testing.ts'

let t: AppOrg

beforeEach(async () => {
  t = await appOrg()
})

describe('the connection of an app', () => {
  const connectionOf = async (app: object) => `/api/v1/apps/${await t.make(app)}/connections/default`

  test('that takes a token is off until it has one', async () => {
    const at = await connectionOf({ label: 'Other org', ...org2org })
    const before = await t.call(`GET ${at}`)
    expect(before.json).toMatchObject({
      authScheme: 'TOKEN',
      status: 'DISABLED',
      baseUrl: 'https://other.example.com',
      profile: { authScheme: 'TOKEN' },
      _links: { activate: { hints: { allow: ['POST'] } } },
    })
    const profile = { authScheme: 'TOKEN' }
    for (const [request, body] of [
      [`POST ${at}/lifecycle/activate`],
      [`POST ${at}?activate=true`, { profile }],
    ] as const) {
      expect(await t.refusal(request, body)).toEqual({
        status: 400,
        code: 'E0000001',
        summary: 'Api validation failed: credential',
        causes: ['Verification failed: Invalid URL. Not authorized.'],
        cause: 'E0000001/connection-without-token',
      })
    }
    expect((await t.call(`GET ${at}`)).json).toEqual(before.json)
    expect((await t.call(`POST ${at}/lifecycle/deactivate`)).status).toBe(204)
    expect((await t.call(`GET ${at}`)).json).toEqual(before.json)

    await t.call(`POST ${at}`, { profile: { ...profile, token: 'a-secret-token' } })
    expect((await t.call(`POST ${at}/lifecycle/activate`)).status).toBe(204)
    expect((await t.call(`GET ${at}`)).json).toMatchObject({ status: 'ENABLED', _links: { deactivate: {} } })
  })

  test('that goes by OAuth says so in its profile only', async () => {
    const app = { label: 'Chat', name: 'slack', signOnMode: 'SAML_2_0', settings: { app: { domain: 'chat' } } }
    const { json } = await t.call(`GET ${await connectionOf(app)}`)
    expect(json).toMatchObject({ status: 'DISABLED', profile: { authScheme: 'OAUTH2' } })
    expect(json).not.toHaveProperty('authScheme')
  })

  test('that nobody is provisioned by is unknown, whatever is done with it', async () => {
    const at = await connectionOf(bookmark)
    const unknown = { profile: { authScheme: 'UNKNOWN' }, status: 'UNKNOWN' }
    expect((await t.call(`GET ${at}`)).json).toEqual(unknown)
    expect((await t.call(`POST ${at}/lifecycle/activate`)).status).toBe(204)
    expect((await t.call(`POST ${at}?activate=true`, { profile: unknown.profile })).json).toEqual(unknown)
    expect((await t.call(`GET ${at}`)).json).toEqual(unknown)
  })
})

describe('limits, provisioning and attributes', () => {
  test('an org may have only so many apps', async () => {
    t.org.changeSettings({ apps: { most: 1 } })
    await t.make(bookmark)
    expect(await t.refusal('POST /api/v1/apps', bookmark)).toMatchObject({
      status: 400,
      causes: ['Cannot create application instance. Maximum number of instances has been reached.'],
      cause: 'E0000001/app-limit-reached',
    })
  })

  test('features exist once an app of the catalogue has a connection', async () => {
    const app = await t.make({ label: 'Other org', ...org2org })
    const at = `/api/v1/apps/${app}`
    expect(await t.refusal(`GET ${at}/features`)).toMatchObject({
      status: 400,
      cause: 'E0000001/app-has-no-provisioning',
    })
    const profile = { authScheme: 'TOKEN', token: 'a-secret-token' }
    const set = await t.call(`POST ${at}/connections/default`, { baseUrl: 'https://b.example', profile })
    expect(set.json).toMatchObject({ status: 'DISABLED', baseUrl: 'https://b.example' })
    expect(set.text).not.toContain('a-secret-token')
    expect((await t.call(`POST ${at}/connections/default/lifecycle/activate`)).status).toBe(204)
    expect((await t.call(`GET ${at}/features`)).json).toMatchObject([
      { name: 'USER_PROVISIONING', capabilities: { create: { lifecycleCreate: { status: 'DISABLED' } } } },
      { name: 'INBOUND_PROVISIONING' },
    ])
    await t.call(`PUT ${at}/features/USER_PROVISIONING`, { create: { lifecycleCreate: { status: 'ENABLED' } } })
    const { capabilities } = (await t.call(`GET ${at}/features/USER_PROVISIONING`)).json
    expect(capabilities).toMatchObject({
      create: { lifecycleCreate: { status: 'ENABLED' } },
      update: { profile: { status: 'DISABLED' } },
    })
    expect((await t.call(`GET ${at}`)).json.features).toEqual(['PUSH_NEW_USERS'])
    for (const [wrong, says] of [
      [{ create: { lifecycleCreate: { status: 'MAYBE' } } }, 'status: The field has an invalid value'],
      [{ update: { password: { seed: 'x' } } }, 'seed: The field has an invalid value'],
    ] as const) {
      expect(await t.refusal(`PUT ${at}/features/USER_PROVISIONING`, wrong)).toMatchObject({
        status: 400,
        causes: [says],
      })
    }
    const exact = { importRules: { userCreateAndMatch: { exactMatchCriteria: 'x' } } }
    expect((await t.call(`PUT ${at}/features/INBOUND_PROVISIONING`, exact)).status).toBe(400)
    expect((await t.call(`PUT ${at}/features/USER_PROVISIONING`, { create: 'x' })).json.errorCode).toBe('E0000003')
    const update = { profile: { status: 'ENABLED' }, password: { status: 'ENABLED' } }
    const off = { create: { lifecycleCreate: { status: 'DISABLED' } }, update }
    await t.call(`PUT ${at}/features/USER_PROVISIONING`, off)
    expect((await t.call(`GET ${at}`)).json.features).toEqual(['PUSH_PROFILE_UPDATES', 'PUSH_PASSWORD_UPDATES'])
    // A replaced app stays connected.
    await t.call(`PUT ${at}`, { label: 'Other org 2', ...org2org })
    expect((await t.call(`GET ${at}/features`)).status).toBe(200)
    await t.call(`POST ${at}/connections/default/lifecycle/deactivate`)
    expect((await t.call(`GET ${at}/features`)).status).toBe(400)
  })

  test('unknown apps, unknown features, apps that cannot be provisioned', async () => {
    expect(await t.refusal('GET /api/v1/apps/0oaNone/features')).toMatchObject({ status: 404, code: 'E0000007' })
    const app = await t.make(bookmark)
    const profile = { authScheme: 'TOKEN', token: 'x' }
    expect(await t.refusal(`POST /api/v1/apps/${app}/connections/default?activate=true`, { profile })).toMatchObject({
      status: 400,
      cause: 'E0000001/app-has-no-provisioning',
      causes: ['Provisioning is not supported.'],
    })
    // A connection that connects nothing is taken (recorded).
    const nothing = { profile: { authScheme: 'UNKNOWN' } }
    const taken = await t.call(`POST /api/v1/apps/${app}/connections/default?activate=true`, nothing)
    expect(taken.status).toBe(200)
    expect(await t.refusal(`GET /api/v1/apps/${app}/features`)).toMatchObject({
      cause: 'E0000001/app-has-no-provisioning',
    })
    t.org.changeSettings({ contract: 'current' })
    const found = await t.refusal(`GET /api/v1/apps/${app}/features/INVALID_FEATURE`)
    expect(found.summary).toBe('Not found: Resource not found: INVALID_FEATURE (PublicAppFeatureSetName)')
    expect(
      await t.refusal(`POST /api/v1/apps/${app}/connections/default`, { profile: { authScheme: 'NTLM' } }),
    ).toMatchObject({
      status: 400,
    })
  })

  test("attributes of an app's users come and go; those of scope SYSTEM are nobody's", async () => {
    const app = await t.make(bookmark)
    const at = `/api/v1/meta/schemas/apps/${app}/default`
    const custom = (properties: object) => ({ definitions: { custom: { properties } } })
    const badge = { title: 'Badge', type: 'string', scope: 'SYSTEM' }
    const team = { title: 'Team', type: 'string', required: true }
    const { json } = await t.call(`POST ${at}`, custom({ badge, team }))
    expect(json.definitions.custom).toMatchObject({ properties: { badge, team }, required: ['team'] })
    expect((await t.call(`GET ${at}`)).json).toEqual(json)
    expect(await t.refusal(`POST /api/v1/apps/${app}/users`, { id: t.adminId, profile: { badge: '7' } })).toMatchObject(
      {
        code: 'E0000081',
        cause: 'E0000081/attribute-reserved',
      },
    )
    await t.call(`POST ${at}`, custom({ badge: null }))
    expect(Object.keys((await t.call(`GET ${at}`)).json.definitions.custom.properties)).toEqual(['team'])
    for (const [profile, says] of [
      [{ badge: '7' }, "Property 'badge' not found"],
      [{}, 'team: The field cannot be left blank'],
      [{ team: ['a'] }, "Invalid value data type for property 'team'"],
    ] as const) {
      expect(await t.refusal(`POST /api/v1/apps/${app}/users`, { id: t.adminId, profile })).toMatchObject({
        code: 'E0000001',
        causes: [says],
      })
    }
    const profile = { team: 'a' }
    expect((await t.call(`POST /api/v1/apps/${app}/users`, { id: t.adminId, profile })).json.profile).toEqual(profile)
    for (const wrong of [custom({ '1x': team }), custom({ x: { title: 'X', type: 'date' } })]) {
      expect(await t.refusal(`POST ${at}`, wrong)).toMatchObject({ status: 400, code: 'E0000001' })
    }
    expect(await t.refusal(`POST ${at}`, custom({ x: 'string' }))).toMatchObject({ status: 400, code: 'E0000003' })
  })
})

describe('groups that are pushed', () => {
  test('get a group of the app; a mapping is switched off before it goes, with that group if so wished', async () => {
    const app = await t.make(payroll)
    const group = await t.makeGroup('Engineers')
    const at = `/api/v1/apps/${app}/group-push/mappings`
    expect((await t.call(`GET ${at}?sourceGroupId=${group}`)).json).toEqual([])
    const made = await t.call(`POST ${at}`, { sourceGroupId: group, targetGroupName: 'Staff', status: 'ACTIVE' })
    expect(made.status).toBe(200)
    expect(made.json.id).toMatch(/^gPm/)
    const target = await t.call(`GET /api/v1/groups/${made.json.targetGroupId}`)
    expect(target.json).toMatchObject({ type: 'APP_GROUP', profile: { name: 'Staff' } })
    expect(t.lastEvent()).toMatchObject({ eventType: 'application.provision.group_push.mapping.created' })
    expect(await t.refusal(`POST ${at}`, { sourceGroupId: group, targetGroupName: 'Others' })).toMatchObject({
      status: 400,
      cause: 'E0000027/group-already-pushed',
      summary: 'Bad group push request.',
    })
    const others = await t.makeGroup('Testers')
    const shared = await t.call(`POST ${at}`, { sourceGroupId: others, targetGroupName: 'staff' })
    expect(shared.json.targetGroupId).toBe(made.json.targetGroupId)
    expect((await t.call(`GET ${at}?status=ACTIVE&lastUpdated=2026-11-20T10:00:00Z`)).json).toHaveLength(2)
    expect((await t.call(`GET ${at}?lastUpdated=2026-11-20T10:00:01Z`)).json).toEqual([])
    expect(await t.refusal(`DELETE ${at}/${made.json.id}?deleteTargetGroup=true`)).toMatchObject({
      status: 400,
      cause: 'E0000001/push-mapping-still-active',
    })
    for (const { id } of [made.json, shared.json]) {
      await t.call(`PATCH ${at}/${id}`, { status: 'INACTIVE' })
      expect(t.lastEvent()).toMatchObject({ eventType: 'application.provision.group_push.deactivate_mapping' })
      const gone = await t.call(`DELETE ${at}/${id}?deleteTargetGroup=true`)
      expect([gone.status, gone.text]).toEqual([200, ''])
      // The group goes with the last mapping that points to it.
      expect((await t.call(`GET /api/v1/groups/${made.json.targetGroupId}`)).status).toBe(
        id === made.json.id ? 200 : 404,
      )
    }
    expect(await t.refusal(`GET ${at}/${made.json.id}`)).toMatchObject({
      summary: `Not found: Resource not found: ${made.json.id} (GroupPushMapping)`,
    })
  })

  test('need an app that takes groups', async () => {
    const at0 = 'https://intranet.example.com'
    const signOn = { ssoAcsUrl: at0, recipient: at0, destination: at0, audience: at0 }
    const app = await t.make({ label: 'Intranet', signOnMode: 'SAML_2_0', settings: { signOn } })
    const body = { sourceGroupId: await t.makeGroup('Engineers'), targetGroupName: 'Engineers' }
    const at = `POST /api/v1/apps/${app}/group-push/mappings`
    t.org.changeSettings({ contract: 'current' })
    expect(await t.refusal(at, body)).toMatchObject({
      status: 400,
      cause: 'E0000027/push-not-possible',
      summary: 'Group push bad request : Group push is not supported by this application.',
    })
    await t.call(`POST /api/v1/apps/${app}/connections/default?activate=true`, {
      profile: { authScheme: 'TOKEN', token: 'x' },
    })
    expect((await t.call(at, body)).status).toBe(200)
  })

  test('are named in full, with one target', async () => {
    const app = await t.make(payroll)
    const group = await t.makeGroup('Engineers')
    const at = `POST /api/v1/apps/${app}/group-push/mappings`
    const either = 'targetGroupId: Either targetGroupId or targetGroupName must be provided, but not both'
    expect(await t.refusal(at, { status: 'ERROR' })).toMatchObject({
      causes: ['sourceGroupId: The field cannot be left blank', 'status: The field has an invalid value', either],
    })
    expect(await t.refusal(at, { sourceGroupId: group, targetGroupName: 'x', targetGroupId: group })).toMatchObject({
      causes: [either],
    })
    expect(await t.refusal(at, { sourceGroupId: group, targetGroupId: group })).toMatchObject({
      causes: ['targetGroupId: The group must be a group of the application'],
    })
    expect(await t.refusal(at, { sourceGroupId: '00gnone', targetGroupName: 'x' })).toMatchObject({
      summary: 'Not found: Resource not found: 00gnone (UserGroup)',
    })
    expect(
      await t.refusal(at, { sourceGroupId: group, targetGroupName: 'x', appConfig: { type: 'ACTIVE_DIRECTORY' } }),
    ).toMatchObject({ status: 400, cause: 'E0000001/required-field-missing' })
  })

  test('leave no mapping behind: neither the group nor the app', async () => {
    const app = await t.make(payroll)
    const [one, two] = [await t.makeGroup('Engineers'), await t.makeGroup('Testers')]
    const at = `/api/v1/apps/${app}/group-push/mappings`
    for (const sourceGroupId of [one, two])
      await t.call(`POST ${at}`, { sourceGroupId, targetGroupName: sourceGroupId })
    await t.call(`DELETE /api/v1/groups/${one}`)
    expect((await t.call(`GET ${at}`)).json).toMatchObject([{ sourceGroupId: two }])
    await t.call(`POST /api/v1/apps/${app}/lifecycle/deactivate`)
    expect((await t.call(`DELETE /api/v1/apps/${app}`)).status).toBe(204)
    expect(await t.org.state.count(groupPushMappings as never)).toBe(0)
    expect((await t.org.state.load(groups, two))?.value.profile.name).toBe('Testers')
  })
})
