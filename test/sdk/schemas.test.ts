// Does the official Node SDK work with schemas, user types, linked objects and enrollment forms, over real HTTP?

import { createOrg, type RunningOrg } from '@errorg/server'
import { Client } from '@okta/okta-sdk-nodejs'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { counted, listOf, refusal, used } from './calls.ts'
import { operations } from './operations.ts'

let org: RunningOrg
let client: Client
beforeAll(async () => {
  org = await createOrg({ passwordCost: 2, contract: 'current' })
  const { url } = await org.listen()
  client = new Client({ orgUrl: url, token: org.token, cacheMiddleware: null })
})
beforeEach(() => org.reset())
afterAll(() => org.close())

const custom = (properties: Record<string, unknown>) => ({
  definitions: { custom: { id: '#custom', type: 'object', properties } },
})
const person = (login: string, more: object = {}) => ({
  profile: { firstName: 'Ada', lastName: 'Byron', email: login, login, ...more },
})

test('attributes of users are added, used, judged and removed', async () => {
  const schemas = counted(client.schemaApi)
  const users = counted(client.userApi)
  const badge = { title: 'Badge', type: 'string', maxLength: 5, unique: true }
  const skills = { title: 'Skills', type: 'array', items: { type: 'string' } }
  const made = await schemas.updateUserProfile!({ schemaId: 'default', userSchema: custom({ badge, skills }) })
  expect(made.definitions.custom.properties.badge).toMatchObject({ ...badge, scope: 'NONE' })
  expect(made.definitions.custom.properties.skills.items).toEqual({ type: 'string' })
  const ada = await users.createUser!({ body: person('ada@sdk.test', { badge: 'A7', skills: ['chess'] }) })
  expect(ada.profile).toMatchObject({ badge: 'A7', skills: ['chess'] })
  const refused = (more: object) => refusal(users.createUser!({ body: person('bob@sdk.test', more) }))
  expect(await refused({ badge: 'A7' })).toMatchObject({
    status: 400,
    errorCode: 'E0000001',
    causes: ['badge: An object with this field already exists in the current organization'],
  })
  expect(await refused({ skills: 'chess' })).toMatchObject({
    errorSummary: 'Api validation failed: newUser',
    causes: ["Invalid value data type for property 'skills'"],
  })
  const found = await listOf<{ id: string }>(users.listUsers!({ search: 'profile.skills eq "chess"' }))
  expect(found.map((user) => user.id)).toEqual([ada.id])
  await schemas.updateUserProfile!({ schemaId: 'default', userSchema: custom({ badge: null, skills: null }) })
  const { definitions } = await schemas.getUserSchema!({ schemaId: 'default' })
  expect(definitions.custom.properties).toEqual({})
  expect((await users.getUser!({ userId: ada.id })).profile.badge).toBeUndefined()
})

test('attributes of groups and of users of an app', async () => {
  const schemas = counted(client.schemaApi)
  const code = { title: 'Code', type: 'integer' }
  const group = await schemas.updateGroupSchema!({ GroupSchema: custom({ code }) })
  expect(group.definitions.custom.properties.code).toMatchObject(code)
  expect((await schemas.getGroupSchema!()).definitions.base.required).toEqual(['name'])
  const app = await client.applicationApi.createApplication!({
    application: {
      name: 'bookmark',
      label: 'Wiki',
      signOnMode: 'BOOKMARK',
      settings: { app: { url: 'https://a.test' } },
    },
  })
  const appInstanceId = app.id
  const role = { title: 'Role', type: 'string', maxLength: 10 }
  const changed = await schemas.updateApplicationUserProfile!({ appInstanceId, body: custom({ role }) })
  expect(changed.definitions.custom.properties.role).toMatchObject(role)
  const read = await schemas.getApplicationUserSchema!({ appInstanceId })
  expect(read.definitions.custom).toEqual(changed.definitions.custom)
  // The SDK's name for `enum`. Version 8.1 sends each text as an object of its letters, and Okta's sentence shows it.
  const choice = { title: 'Choice', type: 'string', _enum: ['go'] }
  const spelt = await refusal(schemas.updateApplicationUserProfile!({ appInstanceId, body: custom({ choice }) }))
  expect(spelt.errorSummary).toBe(
    'The enum constraint com.fasterxml.jackson.databind.node.ObjectNode {"0":"g","1":"o"} is not valid for the given property type java.lang.String.',
  )
  const missing = await refusal(schemas.getApplicationUserSchema!({ appInstanceId: '0oanone' }))
  expect(missing).toMatchObject({ status: 404, errorCode: 'E0000007' })
})

test('user types have schemas of their own', async () => {
  const types = counted(client.userTypeApi)
  const type = await types.createUserType!({ userType: { name: 'contractor', displayName: 'Contractor' } })
  expect((await types.getUserType!({ typeId: type.id })).name).toBe('contractor')
  await types.updateUserType!({ typeId: type.id, userType: { displayName: 'External' } })
  const replaced = await types.replaceUserType!({
    typeId: type.id,
    userType: { name: 'contractor', displayName: 'Guest', description: 'Comes and goes' },
  })
  expect(replaced).toMatchObject({ displayName: 'Guest', description: 'Comes and goes' })
  const schemaId = type._links.schema.href.split('/').at(-1)
  const userSchema = custom({ agency: { title: 'Agency', type: 'string' } })
  const changed = await counted(client.schemaApi).updateUserProfile!({ schemaId, userSchema })
  expect(changed.definitions.custom.properties.agency.title).toBe('Agency')
  await types.deleteUserType!({ typeId: type.id })
  expect(await listOf(types.listUserTypes!())).toHaveLength(1)
})

test('users are linked', async () => {
  const links = counted(client.linkedObjectApi)
  const users = counted(client.userApi)
  const linkedObject = {
    primary: { name: 'manager', title: 'Manager', description: 'Who leads', type: 'USER' },
    associated: { name: 'subordinate', title: 'Subordinate', description: 'Who is led', type: 'USER' },
  }
  expect(await links.createLinkedObjectDefinition!({ linkedObject })).toMatchObject(linkedObject)
  expect(await refusal(links.createLinkedObjectDefinition!({ linkedObject }))).toMatchObject({
    status: 409,
    errorCode: 'E0000127',
  })
  const jane = await users.createUser!({ body: person('jane@sdk.test') })
  const joe = await users.createUser!({ body: person('joe@sdk.test') })
  const at = { associatedUserId: joe.id, primaryRelationshipName: 'manager', primaryUserId: jane.id }
  await users.setLinkedObjectForUser!(at)
  const idsOf = async (userId: string, relationshipName: string) =>
    (
      await listOf<{ _links: { self: { href: string } } }>(
        users.listLinkedObjectsForUser!({ userId, relationshipName }),
      )
    ).map((one) => one._links.self.href.split('/').at(-1))
  expect(await idsOf(joe.id, 'manager')).toEqual([jane.id])
  expect(await idsOf(jane.id, 'subordinate')).toEqual([joe.id])
  await users.deleteLinkedObjectForUser!({ userId: joe.id, relationshipName: 'manager' })
  expect(await idsOf(joe.id, 'manager')).toEqual([])
  expect(await listOf(links.listLinkedObjectDefinitions!())).toHaveLength(1)
  await links.deleteLinkedObjectDefinition!({ linkedObjectName: 'subordinate' })
  expect(await refusal(links.getLinkedObjectDefinition!({ linkedObjectName: 'manager' }))).toMatchObject({
    status: 404,
    errorSummary: 'Not found: Resource not found: manager (LinkedObjectProperty)',
  })
})

test('forms are laid out', async () => {
  const forms = counted(client.uiSchemaApi)
  const uiSchema = {
    type: 'Group',
    label: 'Welcome',
    buttonLabel: 'Join',
    elements: [{ type: 'Control', scope: '#/properties/email', label: 'E-mail', options: { format: 'text' } }],
  }
  const made = await forms.createUISchema!({ uischemabody: { uiSchema } })
  expect(made.uiSchema).toEqual(uiSchema)
  const changed = { ...uiSchema, label: 'Hello', elements: [] }
  await forms.replaceUISchemas!({ id: made.id, updateUISchemaBody: { uiSchema: changed } })
  expect((await forms.getUISchema!({ id: made.id })).uiSchema).toMatchObject({ label: 'Hello', elements: [] })
  expect(await listOf(forms.listUISchemas!())).toHaveLength(1)
  await forms.deleteUISchemas!({ id: made.id })
  expect(await refusal(forms.getUISchema!({ id: made.id }))).toMatchObject({
    status: 404,
    errorSummary: `Not found: Resource not found: ${made.id} (UISchemaEntity)`,
  })
})

test('these operations were used, and no list claims others', () => {
  expect([...used].sort()).toEqual([...operations.schemas].sort())
})
