// Okta's description of its API names the standard roles of some operations (`x-okta-iam-admin-roles`): does the role gate
// let in those, the super admin, and nobody else? That the table has all of them is read off ../shared, if it is there.
import { existsSync, readFileSync } from 'node:fs'
import { operations } from '@errorg/errors/operations'
import { beforeAll, describe, expect, test } from 'vitest'
import { type TestOrg, testOrg } from '../testing.ts'
import { type RoleType, roleLabels } from './permissions.ts'

const profileEditors: readonly RoleType[] = ['API_ACCESS_MANAGEMENT_ADMIN', 'APP_ADMIN', 'ORG_ADMIN']

const lists: Readonly<Record<string, readonly RoleType[]>> = {
  getApplicationUserSchema: [...profileEditors, 'READ_ONLY_ADMIN', 'MOBILE_ADMIN'],
  updateApplicationUserProfile: ['API_ACCESS_MANAGEMENT_ADMIN', 'APP_ADMIN'],
  getGroupSchema: profileEditors,
  updateGroupSchema: profileEditors,
  listLinkedObjectDefinitions: profileEditors,
  createLinkedObjectDefinition: profileEditors,
  deleteLinkedObjectDefinition: profileEditors,
  getUserSchema: profileEditors,
  updateUserProfile: profileEditors,
  listLogStreamSchemas: [],
  getLogStreamSchema: [],
  getAerialConsent: [],
  grantAerialConsent: [],
  revokeAerialConsent: [],
  getOrgOktaSupportSettings: [],
  updateOktaSupportCase: [],
  extendOktaSupport: [],
  grantOktaSupport: [],
  revokeOktaSupport: [],
  listOktaManagedUserAccounts: [],
  createOktaManagedUserAccount: [],
  getOktaManagedUserAccount: [],
  updateOktaManagedUserAccount: [],
  deleteOktaManagedUserAccount: [],
}

const description = `${import.meta.dirname}/../../../../../shared/openapi/management.yaml`

test.skipIf(!existsSync(description))('the table is what the description says', () => {
  const found: Record<string, string[]> = {}
  let roles: string[] | undefined
  for (const line of readFileSync(description, 'utf8').split('\n')) {
    if (line === '      x-okta-iam-admin-roles:') roles = []
    const role = /^ {8}- ([A-Z_]+)$/.exec(line)?.[1]
    const operation = /^ {6}operationId: (\w+)$/.exec(line)?.[1]
    if (role !== undefined) roles?.push(role)
    if (operation !== undefined) {
      if (roles) found[operation] = roles.filter((one) => one !== 'SUPER_ADMIN').sort()
      roles = undefined
    }
  }
  const ours = Object.entries(lists).map(([operation, allowed]) => [operation, [...allowed].sort()])
  expect(found).toEqual(Object.fromEntries(ours))
})

describe('who is let in', () => {
  let t: TestOrg
  const tokens: [RoleType, string][] = []

  beforeAll(async () => {
    t = await testOrg()
    for (const role of Object.keys(roleLabels) as RoleType[]) {
      const { token } = await t.makeAdmin(`${role.toLowerCase()}@example.com`, role)
      tokens.push([role, token])
    }
  })

  const byId = new Map(operations.map((operation) => [operation.id, operation]))

  // To accounts of privileged access, nobody is let in: they are not built.
  const built = Object.entries(lists).filter(([id]) => !/ManagedUserAccounts?$/.test(id))

  // Little comes of the calls: they name things that are not there, or send nothing.
  test.each(built)('%s', async (id, wanted) => {
    const { method, path } = byId.get(id)!
    const request = `${method} ${path.replace('{schemaId}', 'default').replace(/\{\w+\}/g, 'none')}`
    const found: RoleType[] = []
    for (const [role, token] of tokens) {
      const answer = await t.call(request, method === 'GET' ? undefined : {}, { token })
      if (answer.json?.errorCode !== 'E0000006') found.push(role)
    }
    expect(found.sort()).toEqual([...wanted, 'SUPER_ADMIN'].sort())
  })

  test('who manages API access has the schemas and mappings of OIDC apps alone', async () => {
    const token = new Map(tokens).get('API_ACCESS_MANAGEMENT_ADMIN')!
    const settings = { app: { requestIntegration: false, url: 'https://x.example.com' } }
    const bookmark = { name: 'bookmark', label: 'Wiki', signOnMode: 'BOOKMARK', settings }
    const client = {
      name: 'oidc_client',
      label: 'Mobile',
      signOnMode: 'OPENID_CONNECT',
      credentials: { oauthClient: { token_endpoint_auth_method: 'none' } },
      settings: {
        oauthClient: {
          application_type: 'browser',
          redirect_uris: ['https://x.example.com/cb'],
          grant_types: ['authorization_code'],
          response_types: ['code'],
        },
      },
    }
    const shown: Record<string, unknown> = {}
    for (const body of [bookmark, client]) {
      const { id } = (await t.call('POST /api/v1/apps', body)).json
      const schema = `/api/v1/meta/schemas/apps/${id}/default`
      const answers = [
        await t.call(`GET ${schema}`, undefined, { token }),
        await t.call(`POST ${schema}`, { definitions: { custom: { properties: {} } } }, { token }),
      ]
      const mappings = (await t.call(`GET /api/v1/mappings?sourceId=${id}`, undefined, { token })).json
      shown[body.name] = [...answers.map(({ status }) => status), mappings.length]
    }
    expect(shown).toEqual({ bookmark: [403, 403, 0], oidc_client: [200, 200, 1] })
  })
})
