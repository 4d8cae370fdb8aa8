// What ties an app to others? Claims for them, connections, trust.
import { beforeEach, describe, expect, test } from 'vitest'
import { type AppOrg, appOrg, bookmark, oauth, service, wiki } from './testing.ts'

const nightlyJob = { ...oauth(service), label: 'Nightly job' }

let t: AppOrg

beforeEach(async () => {
  t = await appOrg()
})

describe('federated claims', () => {
  test('are made, read, replaced, deleted; a name once in an app', async () => {
    const app = await t.make(wiki)
    const at = `/api/v1/apps/${app}/federated-claims`
    const made = await t.call(`POST ${at}`, { name: 'role', expression: 'user.profile.title' })
    expect(made.status).toBe(201)
    expect(made.json).toMatchObject({ name: 'role', expression: 'user.profile.title' })
    expect(made.json.id).toMatch(/^ofc/)
    expect(await t.refusal(`POST ${at}`, { name: 'role', expression: 'x' })).toMatchObject({
      status: 400,
      cause: 'E0000001/federated-claim-name-taken',
    })
    const other = (await t.call(`POST ${at}`, { name: 'city', expression: 'user.profile.city' })).json
    expect(await t.refusal(`PUT ${at}/${other.id}`, { name: 'role', expression: 'x' })).toMatchObject({
      cause: 'E0000001/federated-claim-name-taken',
    })
    expect((await t.call(`GET ${at}`)).json).toEqual([made.json, other])
    const replaced = await t.call(`PUT ${at}/${made.json.id}`, { name: 'role', expression: 'user.profile.city' })
    expect(replaced.json).toEqual({ ...made.json, expression: 'user.profile.city' })
    expect((await t.call(`DELETE ${at}/${made.json.id}`)).status).toBe(204)
    expect(await t.refusal(`GET ${at}/${made.json.id}`)).toMatchObject({
      summary: `Not found: Resource not found: ${made.json.id} (FederatedClaim)`,
    })
    expect(await t.refusal(`POST ${at}`, { name: 'wrong', expression: '(((' })).toMatchObject({
      cause: 'E0000001/claim-expression-unreadable',
      causes: ['expression: Invalid expression'],
    })
    expect(await t.refusal(`PUT ${at}/${other.id}`, { name: 'city', expression: 'user.' })).toMatchObject({
      cause: 'E0000001/claim-expression-unreadable',
    })
    for (const name of ['sub', 'aud']) {
      expect(await t.refusal(`POST ${at}`, { name, expression: 'user.profile.email' })).toMatchObject({
        status: 400,
        summary: 'Api validation failed: name',
        causes: [`name: '${name}' is a reserved claim name`],
      })
    }
    expect(await t.refusal(`POST ${at}`, {})).toMatchObject({
      causes: ['name: The field cannot be left blank', 'expression: The field cannot be left blank'],
    })
    const elsewhere = await t.make({ ...wiki, label: 'Mail' })
    expect(await t.refusal(`GET /api/v1/apps/${elsewhere}/federated-claims/${other.id}`)).toMatchObject({ status: 404 })
  })
})

describe('connections across apps', () => {
  test('are made, filtered, switched and deleted, from both ends', async () => {
    const asks = await t.make(wiki)
    const asked = await t.make(bookmark)
    const at = `/api/v1/apps/${asks}/cwo/connections`
    const made = await t.call(`POST ${at}`, { resourceAppInstanceId: asked })
    expect(made.status).toBe(201)
    expect(made.json).toMatchObject({
      requestingAppInstanceId: asks,
      resourceAppInstanceId: asked,
      status: 'ACTIVE',
    })
    const list = async (place: string) => (await t.call(`GET ${place}`)).json.map((one: { id: string }) => one.id)
    const own = (await t.call(`POST ${at}`, { resourceAppInstanceId: asks, status: 'INACTIVE' })).json
    const ids = [made.json.id, own.id]
    expect(await list(at)).toEqual(ids)
    expect(await list(`/api/v1/apps/${asked}/cwo/connections`)).toEqual([ids[0]])
    expect(await list(`${at}?limit=-1`)).toEqual(ids)
    expect(await list(`${at}?limit=0`)).toEqual([])
    expect(await list(`${at}?status=INACTIVE`)).toEqual([ids[1]])
    expect(await list(`${at}?resourceAppId=${asked}`)).toEqual([ids[0]])
    expect(await list(`${at}?requestingAppId=${asked}`)).toEqual([])
    expect(await list(`${at}?resourceAppName=BOOK`)).toEqual([ids[0]])
    const first = await t.call(`GET ${at}?limit=1`)
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')![1]!
    expect(await list(new URL(next).pathname + new URL(next).search)).toEqual([ids[1]])
    const patched = await t.call(`PATCH ${at}/${ids[0]}`, { status: 'INACTIVE' })
    expect(patched.json).toEqual({ ...made.json, status: 'INACTIVE' })
    await t.call(`POST /api/v1/apps/${asked}/lifecycle/deactivate`)
    expect(await list(`${at}?activeAppsOnly=true`)).toEqual([ids[1]])
    expect((await t.call(`DELETE /api/v1/apps/${asked}/cwo/connections/${ids[0]}`)).status).toBe(204)
    // To delete what is not there is no fault, to read it is.
    expect((await t.call(`DELETE ${at}/${ids[0]}`)).status).toBe(204)
    expect(await t.refusal(`GET ${at}/${ids[0]}`)).toMatchObject({
      summary: `Not found: Resource not found: ${ids[0]} (Connection)`,
    })
  })

  test('need two apps that people sign in to, and stand once', async () => {
    const app = await t.make(wiki)
    const job = await t.make(nightlyJob)
    const at = `/api/v1/apps/${app}/cwo/connections`
    const refused = { status: 403, cause: 'E0000013/app-not-enabled-as-client', summary: 'Invalid client app id' }
    expect(await t.refusal(`POST ${at}`, { resourceAppInstanceId: job })).toMatchObject(refused)
    expect(await t.refusal(`POST /api/v1/apps/${job}/cwo/connections`, { resourceAppInstanceId: app })).toMatchObject(
      refused,
    )
    await t.call(`POST ${at}`, { resourceAppInstanceId: app })
    expect(await t.refusal(`POST ${at}`, { resourceAppInstanceId: app })).toMatchObject({
      cause: 'E0000001/connection-exists',
    })
    expect(await t.refusal(`POST ${at}`, {})).toMatchObject({ cause: 'E0000001/required-field-missing' })
    expect(await t.refusal(`POST ${at}`, { resourceAppInstanceId: '0oanone' })).toMatchObject({ status: 404 })
    const [{ id }] = (await t.call(`GET ${at}`)).json
    expect(await t.refusal(`PATCH ${at}/${id}`, { status: 'PAUSED' })).toMatchObject({
      cause: 'E0000001/value-invalid',
    })
    expect(await t.refusal(`GET ${at}?status=PAUSED`)).toMatchObject({ cause: 'E0000001/value-invalid' })
  })
})

describe('apps that trust each other', () => {
  test('five at most may take users over to an app with OpenID Connect or SAML', async () => {
    const target = await t.make(wiki)
    const at = `/api/v1/apps/${target}/interclient-allowed-apps`
    const allowed: string[] = []
    for (const n of [1, 2, 3, 4, 5]) {
      const id = await t.make({ ...bookmark, label: `Handbook ${n}` })
      const { status, json } = await t.call(`POST ${at}`, { id })
      expect(status).toBe(201)
      expect(json).toMatchObject({ appInstanceId: target, trustedAppInstanceId: id, lastUpdatedBy: t.adminId })
      allowed.push(id)
    }
    const again = await t.call(`POST ${at}`, { id: allowed[0] })
    expect(again.status).toBe(201)
    expect((await t.call(`GET ${at}`)).json).toEqual(allowed)
    const sixth = await t.make({ ...bookmark, label: 'Handbook 6' })
    expect(await t.refusal(`POST ${at}`, { id: sixth })).toMatchObject({
      cause: 'E0000001/trust-mappings-full',
      causes: ['The target application cannot have more than 5 trusted apps.'],
    })
    expect((await t.call(`GET /api/v1/apps/${allowed[0]}/interclient-target-apps`)).json).toEqual([target])
    expect((await t.call(`DELETE ${at}/${allowed[0]}`)).status).toBe(204)
    expect(await t.refusal(`DELETE ${at}/${allowed[0]}`)).toMatchObject({ status: 404 })
    expect(await t.refusal(`POST /api/v1/apps/${sixth}/interclient-allowed-apps`, { id: target })).toMatchObject({
      cause: 'E0000001/trust-target-type-wrong',
    })
    expect(await t.refusal(`POST ${at}`, {})).toMatchObject({ cause: 'E0000001/required-field-missing' })
  })
})
