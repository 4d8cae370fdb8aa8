import { beforeEach, describe, expect, test } from 'vitest'
import { type TestOrg, testOrg } from '../testing.ts'
import type { RoleType } from './permissions.ts'

const closed = 'E0000006/super-admin-required'

let t: TestOrg

beforeEach(async () => {
  t = await testOrg()
})

/** What becomes of a request: `done`, or status and private cause. */
async function tried(request: string, body?: unknown, token?: string): Promise<string> {
  const { status, json } = await t.call(request, body, token === undefined ? {} : { token })
  if (status < 300) return 'done'
  expect([status, json.errorCode]).toEqual([403, 'E0000006'])
  return t.lastCause() ?? ''
}

const person = (login: string, groupIds?: string[]) => ({
  profile: { firstName: 'Grace', lastName: 'Hopper', login, email: login },
  credentials: { password: { value: 'Correct-Horse-9' } },
  groupIds,
})

async function group(name: string, role?: RoleType): Promise<string> {
  const { id } = (await t.call('POST /api/v1/groups', { profile: { name } })).json
  if (role) expect((await t.call(`POST /api/v1/groups/${id}/roles`, { type: role })).status).toBe(201)
  return id
}

/** An administrator with a custom role on all users, groups and apps. */
async function custom(...permissions: string[]) {
  const made = await t.makeAdmin('custom@example.com')
  const words = { label: 'Custom', description: 'Custom' }
  const role = (await t.call('POST /api/v1/iam/roles', { ...words, permissions })).json.id
  const resources = ['users', 'groups', 'apps'].map((place) => `http://127.0.0.1/api/v1/${place}`)
  const set = (await t.call('POST /api/v1/iam/resource-sets', { ...words, resources })).json.id
  const body = { type: 'CUSTOM', role, 'resource-set': set }
  expect((await t.call(`POST /api/v1/users/${made.userId}/roles`, body)).status).toBe(201)
  return made
}

describe('a group that makes administrators', () => {
  const managers = ['okta.groups.manage', 'okta.groups.members.manage', 'okta.users.manage']

  test.each<[string, boolean]>([
    ['GROUP_MEMBERSHIP_ADMIN', false],
    ['USER_ADMIN', true],
    ['ORG_ADMIN', true],
    ['CUSTOM', true],
  ])('is not changed by %s', async (role, mayManage) => {
    const ada = role === 'CUSTOM' ? await custom(...managers) : await t.makeAdmin('ada@example.com', role as RoleType)
    const admins = await group('Admins', 'HELP_DESK_ADMIN')
    const plain = await group('Plain')
    const mine = (request: string, body?: unknown) => tried(request, body, ada.token)
    const { adminId } = t
    for (const [request, body] of [
      [`PUT /api/v1/groups/${admins}/users/${ada.userId}`],
      [`DELETE /api/v1/groups/${admins}/users/${adminId}`],
      ...(mayManage
        ? [
            ['POST /api/v1/users?activate=true', person('new@example.com', [admins])],
            ['POST /api/v1/users?activate=true', person('new@example.com', [plain, admins])],
            [`POST /api/v1/groups/${admins}/owners`, { id: ada.userId, type: 'USER' }],
            [`DELETE /api/v1/groups/${admins}/owners/${adminId}`],
            [`PUT /api/v1/groups/${admins}`, { profile: { name: 'Mine' } }],
            ...(role === 'USER_ADMIN' ? [] : [[`DELETE /api/v1/groups/${admins}`]]),
          ]
        : []),
    ] as [string, unknown?][]) {
      expect([request, await mine(request, body)]).toEqual([request, closed])
    }
    expect(await mine(`PUT /api/v1/groups/${plain}/users/${ada.userId}`)).toBe('done')
    expect((await t.call(`GET /api/v1/groups/${admins}/users`)).json).toEqual([])
    expect((await t.call('GET /api/v1/users?q=new@example.com')).json).toEqual([])
    expect(await tried(`PUT /api/v1/groups/${admins}/users/${ada.userId}`)).toBe('done')
    expect(await tried('POST /api/v1/users?activate=true', person('new@example.com', [admins]))).toBe('done')
  })

  test('is not what strangers enroll into, unless a super admin says so', async () => {
    const ada = await t.makeAdmin('ada@example.com', 'ORG_ADMIN')
    const [admins, plain] = [await group('Admins', 'HELP_DESK_ADMIN'), await group('Plain')]
    const made = await t.call('POST /api/v1/policies', { type: 'PROFILE_ENROLLMENT', name: 'Enroll' })
    const rules = `/api/v1/policies/${made.json.id}/rules`
    const [first] = (await t.call(`GET ${rules}`)).json
    const into = (...targetGroupIds: string[]) => ({
      name: first.name,
      type: 'PROFILE_ENROLLMENT',
      actions: { profileEnrollment: { access: 'ALLOW', unknownUserAction: 'REGISTER', targetGroupIds } },
    })
    expect(await tried(`PUT ${rules}/${first.id}`, into(admins), ada.token)).toBe(closed)
    expect(await tried(`POST ${rules}`, { ...into(admins), name: 'More' }, ada.token)).toBe(closed)
    expect(await tried(`PUT ${rules}/${first.id}`, into(plain), ada.token)).toBe('done')
    expect(await tried(`PUT ${rules}/${first.id}`, into(admins))).toBe('done')
  })

  test('is neither filled by a push nor deleted with it', async () => {
    const ada = await t.makeAdmin('ada@example.com', 'APP_ADMIN')
    const app = { name: 'zendesk', label: 'Desk', signOnMode: 'SAML_2_0', settings: { app: { companySubDomain: 'x' } } }
    const { id } = (await t.call('POST /api/v1/apps', app)).json
    const mappings = `/api/v1/apps/${id}/group-push/mappings`
    const [one, two] = [await group('One'), await group('Two')]
    const pushed = { sourceGroupId: one, targetGroupName: 'Pushed', status: 'INACTIVE' }
    const mapping = (await t.call(`POST ${mappings}`, pushed)).json
    expect(mapping.targetGroupId).toEqual(expect.any(String))
    expect(await tried(`POST /api/v1/groups/${mapping.targetGroupId}/roles`, { type: 'HELP_DESK_ADMIN' })).toBe('done')
    const more = { sourceGroupId: two, targetGroupId: mapping.targetGroupId }
    const drop = `DELETE ${mappings}/${mapping.id}?deleteTargetGroup=true`
    expect(await tried(`POST ${mappings}`, more, ada.token)).toBe(closed)
    expect(await tried(drop, undefined, ada.token)).toBe(closed)
    expect(await tried(drop)).toBe('done')
    expect((await t.call(`GET /api/v1/groups/${mapping.targetGroupId}`)).status).toBe(404)
  })
})

const service = (label: string) => ({
  name: 'oidc_client',
  label,
  signOnMode: 'OPENID_CONNECT',
  credentials: { oauthClient: { token_endpoint_auth_method: 'client_secret_basic' } },
  settings: {
    oauthClient: { application_type: 'service', grant_types: ['client_credentials'], response_types: ['token'] },
  },
})

describe('a service app with a role', () => {
  test('keeps its keys, secrets and scopes to super admins', async () => {
    const ada = await t.makeAdmin('ada@example.com', 'APP_ADMIN')
    const [strong, plain] = [await make('Strong'), await make('Plain')]
    expect(await tried(`POST /oauth2/v1/clients/${strong}/roles`, { type: 'ORG_ADMIN' })).toBe('done')
    const key = { kty: 'RSA', e: 'AQAB', n: `${'x'.repeat(341)}A`, kid: 'k', use: 'sig', status: 'INACTIVE' }
    const grant = { issuer: 'http://127.0.0.1', scopeId: 'okta.users.read' }
    const granted = (await t.call(`POST /api/v1/apps/${strong}/grants`, grant)).json.id
    const [secret] = (await t.call(`GET /api/v1/apps/${strong}/credentials/secrets`)).json
    for (const [request, body] of [
      ['POST :app/credentials/jwks', key],
      ['GET :app/credentials/secrets'],
      [`GET :app/credentials/secrets/${secret.id}`],
      ['POST :app/credentials/secrets', {}],
      [`POST :app/credentials/secrets/${secret.id}/lifecycle/deactivate`],
      [`DELETE :app/credentials/secrets/${secret.id}`],
      [`DELETE :app/grants/${granted}`],
      ['DELETE :app/tokens'],
      [`POST /oauth2/v1/clients/${strong}/lifecycle/newSecret`],
      ['PUT :app', service('Mine')],
    ] as [string, unknown?][]) {
      const whole = request.replace(':app', `/api/v1/apps/${strong}`)
      expect([request, await tried(whole, body, ada.token)]).toEqual([request, closed])
    }
    expect((await t.call(`GET /api/v1/apps/${strong}/credentials/secrets`)).json).toEqual([secret])
    expect(await tried(`POST /api/v1/apps/${plain}/credentials/secrets`, {}, ada.token)).toBe('done')
    expect(await tried(`POST /api/v1/apps/${strong}/credentials/jwks`, key)).toBe('done')
    expect(await tried(`GET /api/v1/apps/${strong}/grants`, undefined, ada.token)).toBe('done')
  })

  test('gets scopes from super admins only, as every app does', async () => {
    const ada = await t.makeAdmin('ada@example.com', 'APP_ADMIN')
    const bob = await custom('okta.apps.manage')
    const grants = `POST /api/v1/apps/${await make('Plain')}/grants`
    const grant = { issuer: 'http://127.0.0.1', scopeId: 'okta.users.manage' }
    for (const { token } of [ada, bob]) expect(await tried(grants, grant, token)).toBe(closed)
    expect(await tried(grants, grant)).toBe('done')
  })

  test('is not born when somebody else makes it, whatever the setting', async () => {
    const ada = await t.makeAdmin('ada@example.com', 'APP_ADMIN')
    const bob = await t.makeAdmin('bob@example.com', 'ORG_ADMIN')
    const setting = 'PUT /api/v1/org/settings/clientPrivilegesSetting'
    const on = { clientPrivilegesSetting: true }
    expect(await tried(setting, on, bob.token)).toBe(closed)
    expect(await tried(setting, on)).toBe('done')
    const client = {
      client_name: 'Registered',
      application_type: 'service',
      grant_types: ['client_credentials'],
      response_types: ['token'],
      token_endpoint_auth_method: 'client_secret_basic',
    }
    const rolesOf = async (id: string) =>
      (await t.call(`GET /oauth2/v1/clients/${id}/roles`)).json.map((role: { type: string }) => role.type)
    for (const [token, roles] of [
      [ada.token, []],
      [t.token, ['SUPER_ADMIN']],
    ] as const) {
      const made = (await t.call('POST /api/v1/apps', service('Made'), { token })).json.id
      expect(await rolesOf(made)).toEqual(roles)
      const registered = (await t.call('POST /oauth2/v1/clients', client, { token })).json.client_id
      expect(await rolesOf(registered)).toEqual(roles)
    }
  })

  async function make(label: string): Promise<string> {
    const made = await t.call('POST /api/v1/apps', service(label))
    expect(made.status).toBe(200)
    return made.json.id
  }
})

describe('who changes profiles only', () => {
  const secrets: [string, unknown][] = [
    ['a password', { password: { value: 'Taken-Over-99' } }],
    ['a question', { recovery_question: { question: 'Who?', answer: 'Nobody' } }],
    ['a hash', { password: { hash: { algorithm: 'SHA-1', salt: 'YWJj', value: 'YWJj' } } }],
  ]

  test.each(secrets)('sets no %s', async (what, credentials) => {
    const { token } = await custom('okta.users.userprofile.manage')
    const made = await t.call('POST /api/v1/users?activate=false', { profile: person('grace@example.com').profile })
    const { id, profile } = made.json
    expect(await tried(`POST /api/v1/users/${id}`, { credentials }, token)).toBe('E0000006/role-lacks-permission')
    expect(await tried(`PUT /api/v1/users/${id}`, { profile, credentials }, token)).toBe(
      'E0000006/role-lacks-permission',
    )
    expect(await tried(`POST /api/v1/users/${id}`, { profile: { nickName: 'Amazing' } }, token)).toBe('done')
    if (what !== 'a hash') expect(await tried(`POST /api/v1/users/${id}`, { credentials })).toBe('done')
  })

  test('may send back a question as it was read', async () => {
    const { token } = await custom('okta.users.userprofile.manage')
    const credentials = { recovery_question: { question: 'Who?', answer: 'Nobody' } }
    const made = await t.call('POST /api/v1/users', { ...person('grace@example.com'), credentials })
    expect(made.json.credentials.recovery_question).toEqual({ question: 'Who?' })
    expect(await tried(`PUT /api/v1/users/${made.json.id}`, made.json, token)).toBe('done')
  })

  test('with the right to credentials both are done', async () => {
    const { token } = await custom('okta.users.userprofile.manage', 'okta.users.credentials.manage')
    const { id } = (await t.call('POST /api/v1/users', person('grace@example.com'))).json
    for (const [, credentials] of secrets.slice(0, 2)) {
      expect(await tried(`POST /api/v1/users/${id}`, { credentials }, token)).toBe('done')
    }
  })
})

describe('a super admin', () => {
  test('is out of reach of custom roles: status, tokens', async () => {
    const sam = await t.makeAdmin('sam@example.com', 'SUPER_ADMIN')
    const other = await t.makeAdmin('other@example.com')
    const { token } = await custom('okta.users.lifecycle.manage', 'okta.users.apitokens.manage')
    expect(await tried(`GET /api/v1/api-tokens/${sam.tokenId}`, undefined, token)).toBe('done')
    for (const request of [
      `DELETE /api/v1/api-tokens/${sam.tokenId}`,
      `POST /api/v1/users/${sam.userId}/lifecycle/deactivate`,
      `POST /api/v1/users/${sam.userId}/lifecycle/suspend`,
      `DELETE /api/v1/users/${sam.userId}`,
    ]) {
      expect([request, await tried(request, undefined, token)]).toEqual([request, closed])
    }
    expect(await tried(`DELETE /api/v1/api-tokens/${other.tokenId}`, undefined, token)).toBe('done')
    expect(await tried(`POST /api/v1/users/${other.userId}/lifecycle/deactivate`, undefined, token)).toBe('done')
    expect(await tried(`DELETE /api/v1/api-tokens/${sam.tokenId}`)).toBe('done')
  })

  test('is suspended by standard roles, as Okta says', async () => {
    const sam = await t.makeAdmin('sam@example.com', 'SUPER_ADMIN')
    const { token } = await t.makeAdmin('ada@example.com', 'ORG_ADMIN')
    expect(await tried(`POST /api/v1/users/${sam.userId}/lifecycle/suspend`, undefined, token)).toBe('done')
  })
})

describe('an administrator', () => {
  const lives = ['STAGED', 'PROVISIONED', 'DEPROVISIONED'] as const

  /** An administrator in this status, by a role of its own or by a group. */
  async function administrator(status: (typeof lives)[number], by: 'user' | 'group') {
    const made = await t.call(`POST /api/v1/users?activate=${status !== 'STAGED'}`, {
      profile: person('grace@example.com').profile,
    })
    const { id } = made.json
    if (status === 'DEPROVISIONED') await t.call(`POST /api/v1/users/${id}/lifecycle/deactivate`)
    expect((await t.call(`GET /api/v1/users/${id}`)).json.status).toBe(status)
    if (by === 'user') expect(await tried(`POST /api/v1/users/${id}/roles`, { type: 'SUPER_ADMIN' })).toBe('done')
    else expect(await tried(`PUT /api/v1/groups/${await group('Admins', 'SUPER_ADMIN')}/users/${id}`)).toBe('done')
    return id as string
  }

  // Nobody gives a role to a deactivated user; a group that the user is still in may have one.
  test.each(
    lives.flatMap((status) => [
      ...(status === 'DEPROVISIONED' ? [] : [[status, 'user'] as const]),
      [status, 'group'] as const,
    ]),
  )('who is %s, by a role of the %s, is activated by mail only', async (status, by) => {
    const id = await administrator(status, by)
    const { token } = await t.makeAdmin('ada@example.com', 'USER_ADMIN')
    const action = status === 'PROVISIONED' ? 'reactivate' : 'activate'
    const at = `POST /api/v1/users/${id}/lifecycle/${action}`
    const before = (await t.call(`GET /api/v1/users/${id}`)).json
    expect(await tried(`${at}?sendEmail=false`, undefined, token)).toBe(closed)
    if (action === 'reactivate') expect(await tried(at, undefined, token)).toBe(closed)
    expect((await t.call(`GET /api/v1/users/${id}`)).json).toEqual(before)
    const mailed = await t.call(`${at}?sendEmail=true`, undefined, { token })
    expect([mailed.status, mailed.json]).toEqual([200, {}])
    expect((await t.call(`POST /api/v1/users/${id}/lifecycle/reactivate`)).json.activationToken).toEqual(
      expect.any(String),
    )
  })

  test('a token is shown to nobody who may activate and not set passwords', async () => {
    const { token } = await custom('okta.users.lifecycle.activate')
    const { id } = (await t.call('POST /api/v1/users?activate=false', { profile: person('grace@example.com').profile }))
      .json
    const at = `POST /api/v1/users/${id}/lifecycle/activate`
    expect(await tried(`${at}?sendEmail=false`, undefined, token)).toBe('E0000006/role-lacks-permission')
    expect(await tried(at, undefined, token)).toBe('done')
  })

  test.each(['USER_ADMIN', 'HELP_DESK_ADMIN', 'ORG_ADMIN', 'CUSTOM'])(
    '%s takes over nobody by a group',
    async (role) => {
      const ada =
        role === 'CUSTOM' ? await custom('okta.users.manage') : await t.makeAdmin('ada@example.com', role as RoleType)
      const admins = await group('Admins')
      const { id } = (await t.call('POST /api/v1/users', person('grace@example.com', [admins]))).json
      const mine = (request: string, body?: unknown) =>
        tried(request.replace(':one', `/api/v1/users/${id}`), body, ada.token)
      const reset = 'POST :one/lifecycle/reset_password?sendEmail=false'
      expect(await mine(reset)).toBe('done')
      await t.call(`POST /api/v1/users/${id}`, { credentials: { password: { value: 'Correct-Horse-9' } } })
      expect(await tried(`POST /api/v1/groups/${admins}/roles`, { type: 'REPORT_ADMIN' })).toBe('done')
      for (const [request, body] of [
        [reset],
        ['POST :one/lifecycle/expire_password_with_temp_password'],
        ['POST :one/lifecycle/reset_factors'],
        ['POST :one/lifecycle/unlock'],
        ['POST :one/credentials/forgot_password?sendEmail=false'],
        ...(role === 'HELP_DESK_ADMIN'
          ? []
          : [
              ['POST :one', { credentials: { password: { value: 'Taken-Over-99' } } }],
              ['POST :one', { profile: { email: 'ada@example.com' } }],
              ['POST :one/lifecycle/deactivate'],
              ['DELETE :one'],
            ]),
      ] as [string, unknown?][])
        expect([request, await mine(request, body)]).toEqual([request, closed])
      expect(await mine('DELETE :one/sessions')).toBe(role === 'CUSTOM' ? closed : 'done')
    },
  )

  test('is none any more after having been deactivated, but by a group', async () => {
    const sam = await t.makeAdmin('sam@example.com', 'ORG_ADMIN')
    const admins = await group('Admins', 'REPORT_ADMIN')
    await t.call(`PUT /api/v1/groups/${admins}/users/${sam.userId}`)
    for (const action of ['deactivate', 'activate'])
      expect(await tried(`POST /api/v1/users/${sam.userId}/lifecycle/${action}`)).toBe('done')
    expect((await t.call(`GET /api/v1/users/${sam.userId}/roles`)).json).toMatchObject([
      { type: 'REPORT_ADMIN', assignmentType: 'GROUP' },
    ])
    expect(await t.org.rolesOf(sam.userId)).toEqual(['REPORT_ADMIN'])
  })

  test('is signed out by those whom the comparison of roles names', async () => {
    const sam = await t.makeAdmin('sam@example.com', 'SUPER_ADMIN')
    const out = `DELETE /api/v1/users/${sam.userId}/sessions`
    for (const role of ['ORG_ADMIN', 'USER_ADMIN', 'HELP_DESK_ADMIN'] as const) {
      const { token } = await t.makeAdmin(`${role}@example.com`, role)
      expect([role, await tried(out, undefined, token)]).toEqual([role, 'done'])
    }
    expect(await tried(out, undefined, (await custom('okta.users.lifecycle.clearSessions')).token)).toBe(closed)
  })
})
