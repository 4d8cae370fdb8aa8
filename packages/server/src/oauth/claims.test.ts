import { describe, expect, it } from 'vitest'
import { apps } from '../entities/app.ts'
import { type ServerClaim, serverClaims } from '../entities/auth-server.ts'
import { users } from '../entities/user.ts'
import { put } from '../state/state.ts'
import { customClaims } from './claims.ts'
import { loadServer } from './servers.ts'
import { type OAuthOrg, oauthOrg } from './testing.ts'

type Said = Pick<ServerClaim, 'value'> & Partial<ServerClaim>

/** The claims of an access token for Ada, who is in the group Engineers, as an administrator defined them. */
async function claimsFor(
  said: Record<string, Said>,
  withUser = true,
  prepare?: (t: OAuthOrg, userId: string) => Promise<void>,
): Promise<Record<string, unknown>> {
  const t = await oauthOrg()
  const { org } = t
  const { clientId } = await t.addClient()
  const userId = await t.addUser('ada@example.com')
  const group = (await t.call('POST /api/v1/groups', { profile: { name: 'Engineers' } })).json.id
  await t.call(`PUT /api/v1/groups/${group}/users/${userId}`)
  await prepare?.(t, userId)
  const writes = Object.entries(said).map(([name, claim]) =>
    put(serverClaims, org.ids.next('ocl'), {
      serverId: 'default',
      name,
      status: 'ACTIVE',
      claimType: 'RESOURCE',
      valueType: 'EXPRESSION',
      groupFilterType: null,
      conditions: { scopes: [] },
      alwaysIncludeInToken: true,
      system: false,
      ...claim,
    } satisfies ServerClaim),
  )
  await org.state.change(writes)
  const parties = {
    server: (await loadServer(org, 'default'))!,
    app: (await org.state.load(apps, clientId))!,
    scopes: ['openid'],
    ...(withUser && { user: (await org.state.load(users, userId))! }),
  }
  return await customClaims(org, parties, 'access')
}

const groupsBy = (groupFilterType: ServerClaim['groupFilterType'], value: string): Said => ({
  valueType: 'GROUPS',
  groupFilterType,
  value,
})

describe('claims of an administrator', () => {
  it('are worked out from the user, the groups, the app and its profile', async () => {
    expect(
      await claimsFor({
        login: { value: 'String.substringBefore(user.login, "@")' },
        team: { value: 'isMemberOfGroupName("Engineers") ? "build" : "other"' },
        teams: { value: 'Groups.startsWith("OKTA", "Eng", 10)' },
        given: { value: 'appuser.given_name' },
        state: { value: 'user.getInternalProperty("status")' },
        app: { value: 'app.clientId == app.id' },
        org: { value: 'org.name' },
        none: { value: 'user.nickName' },
      }),
    ).toEqual({
      sub: 'ada@example.com',
      login: 'ada',
      team: 'build',
      teams: ['Engineers'],
      given: 'Ada',
      state: 'ACTIVE',
      app: true,
      org: 'org',
    })
  })

  it('name whom the user is linked to', async () => {
    const side = (name: string) => ({ name, title: name, type: 'USER' })
    const define = { primary: side('manager'), associated: side('report') }
    const manager = { value: 'user.getLinkedObject("manager").login' }
    const claims = claimsFor({ manager, country: { value: 'Iso3166Convert.toAlpha3("de")' } }, true, async (t, id) => {
      expect((await t.call('POST /api/v1/meta/schemas/user/linkedObjects', define)).status).toBe(201)
      const grace = await t.addUser('grace@example.com')
      expect((await t.call(`PUT /api/v1/users/${id}/linkedObjects/manager/${grace}`)).status).toBe(204)
    })
    expect(await claims).toMatchObject({ manager: 'grace@example.com', country: 'DEU' })
  })

  it('are texts of whatever a map holds, and never an error of ours', async () => {
    const value = 'String.len({toString: 1}) + ({valueOf: 1} + "a")'
    expect(await claimsFor({ odd: { value } })).toMatchObject({ odd: '12{valueOf=1}a' })
  })

  it('of a client alone have no user', async () => {
    const { sub, ...rest } = await claimsFor({ who: { value: 'user == null ? "nobody" : user.login' } }, false)
    expect(sub).toMatch(/^0oa/)
    expect(rest).toEqual({ who: 'nobody' })
  })

  it('on groups take those that fit', async () => {
    expect(
      await claimsFor({
        regex: groupsBy('REGEX', 'Eng.*|Sales'),
        slow: groupsBy('REGEX', '(E+)+x'),
        unreadable: groupsBy('REGEX', '('),
        equals: groupsBy('EQUALS', 'Engineers'),
        starts: groupsBy('STARTS_WITH', 'Eve'),
        contains: groupsBy('CONTAINS', 'e'),
      }),
    ).toMatchObject({
      regex: ['Engineers'],
      equals: ['Engineers'],
      starts: ['Everyone'],
      contains: ['Everyone', 'Engineers'],
    })
  })

  const tooMuch = Array(60).fill('isMemberOfGroupNameRegex(".?{2000}x")').join(' OR ')
  it.each(['user.', 'nothing.x', 'Convert.toInt(user.login)', tooMuch])(
    'refuse the token when %s has no value',
    async (value) => {
      await expect(claimsFor({ wrong: { value } })).rejects.toThrow('server_error/claim-not-evaluable')
    },
  )
})
