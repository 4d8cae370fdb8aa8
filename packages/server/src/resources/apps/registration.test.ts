// Clients that register themselves: the same apps, in the words of RFC 7591.
import { beforeEach, expect, test } from 'vitest'
import { type TestOrg, testOrg } from '../../testing.ts'

const CLIENTS = '/oauth2/v1/clients'
const web = {
  client_name: 'Wiki',
  client_uri: 'https://wiki.example.com',
  application_type: 'web',
  redirect_uris: ['https://wiki.example.com/cb'],
  response_types: ['code'],
  grant_types: ['authorization_code', 'refresh_token'],
  token_endpoint_auth_method: 'client_secret_post',
}

let t: TestOrg
beforeEach(async () => {
  t = await testOrg()
})

test('a client is registered with a secret, shown once, and is an app that asks for consent', async () => {
  const made = await t.call(`POST ${CLIENTS}`, web)
  expect(made.status).toBe(201)
  expect(made.json).toMatchObject({ ...web, client_id_issued_at: 1795168800, client_secret_expires_at: 0 })
  expect(made.json.client_secret).toMatch(/^\S{40}/)
  const { client_secret: _, ...open } = made.json
  expect((await t.call(`GET ${CLIENTS}/${made.json.client_id}`)).json).toEqual(open)
  const app = await t.call(`GET /api/v1/apps/${made.json.client_id}`)
  expect(app.json).toMatchObject({
    label: 'Wiki',
    name: 'oidc_client',
    status: 'ACTIVE',
    settings: { oauthClient: { consent_method: 'REQUIRED', client_uri: web.client_uri } },
  })
})

test('what is left out has a default: a web app with authorization codes', async () => {
  const { json } = await t.call(`POST ${CLIENTS}`, { client_name: 'Wiki', redirect_uris: web.redirect_uris })
  expect(json).toMatchObject({
    application_type: 'web',
    grant_types: ['authorization_code'],
    response_types: ['code'],
    token_endpoint_auth_method: 'client_secret_basic',
  })
})

test('ids and secrets are given by Okta', async () => {
  const { json } = await t.call(`POST ${CLIENTS}`, {
    ...web,
    client_id: 'my-own-client',
    client_secret: 'x'.repeat(40),
  })
  expect(json.client_id).toMatch(/^0oa/)
  expect(json.client_secret).not.toBe('x'.repeat(40))
})

test.each<[string, object, string]>([
  ['no name', { ...web, client_name: '' }, "`client_name`: The field can't be left blank."],
  ['no redirect URI', { ...web, redirect_uris: [] }, "`redirect_uris`: The field can't be left blank."],
  ['a foreign grant', { ...web, grant_types: ['password'] }, "`grant_types`: 'grant_types' [password] is invalid"],
])('%s is refused in the form of OAuth', async (_title, body, says) => {
  const { status, json } = await t.call(`POST ${CLIENTS}`, body)
  expect(status).toBe(400)
  expect(json).toEqual({ error: 'invalid_client_metadata', error_description: expect.stringContaining(says) })
  expect((await t.call(`GET ${CLIENTS}`)).json).toEqual([])
})

test('clients are listed by the beginning of their name, page by page', async () => {
  const ids: string[] = []
  for (const client_name of ['Wiki', 'Mail', 'wikidata'])
    ids.push((await t.call(`POST ${CLIENTS}`, { ...web, client_name })).json.client_id)
  await t.call('POST /api/v1/apps', {
    label: 'Wiki bookmark',
    name: 'bookmark',
    signOnMode: 'BOOKMARK',
    settings: { app: { url: 'https://wiki.example.com' } },
  })
  const list = async (query: string) =>
    (await t.call(`GET ${CLIENTS}?${query}`)).json.map((one: { client_id: string }) => one.client_id)
  expect(await list('')).toEqual(ids)
  expect(await list('q=wiki')).toEqual([ids[0], ids[2]])
  const first = await t.call(`GET ${CLIENTS}?limit=2`)
  const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')![1]!
  expect(await list(new URL(next).search.slice(1))).toEqual([ids[2]])
  expect(JSON.stringify(first.json)).not.toContain('client_secret"')
})

test('a client is replaced as a whole, and keeps its id and secret', async () => {
  const { json } = await t.call(`POST ${CLIENTS}`, web)
  const at = `${CLIENTS}/${json.client_id}`
  const changed = {
    ...web,
    client_id: json.client_id,
    client_name: 'Wiki 2',
    redirect_uris: ['https://wiki.example.com/2'],
  }
  const put = await t.call(`PUT ${at}`, changed)
  expect(put.status).toBe(200)
  expect(put.json).toMatchObject({ ...changed, client_secret: json.client_secret })
  const { client_name: _, ...nameless } = web
  for (const [body, says] of [
    [nameless, "`client_name`: The field can't be left blank."],
    [{ ...web, client_id_issued_at: 1 }, "`client_id_issued_at`: The field can't be set."],
    [{ ...web, client_id: 'other' }, '`client_id`: The field is immutable.'],
  ] as const) {
    expect(await t.call(`PUT ${at}`, body)).toMatchObject({
      status: 400,
      json: { error: 'invalid_client_metadata', error_description: says },
    })
  }
  expect((await t.call(`GET ${at}`)).json.client_name).toBe('Wiki 2')
})

test('a new secret takes the place of all old ones; public clients have none', async () => {
  const { json } = await t.call(`POST ${CLIENTS}`, web)
  const fresh = await t.call(`POST ${CLIENTS}/${json.client_id}/lifecycle/newSecret`)
  expect(fresh.status).toBe(200)
  expect(fresh.json.client_secret).not.toBe(json.client_secret)
  const secrets = await t.call(`GET /api/v1/apps/${json.client_id}/credentials/secrets`)
  expect(secrets.json.map((one: { client_secret: string }) => one.client_secret)).toEqual([fresh.json.client_secret])
  const spa = await t.call(`POST ${CLIENTS}`, {
    ...web,
    application_type: 'browser',
    token_endpoint_auth_method: 'none',
  })
  expect(spa.json).not.toHaveProperty('client_secret')
  const refused = await t.call(`POST ${CLIENTS}/${spa.json.client_id}/lifecycle/newSecret`)
  expect(refused).toMatchObject({ status: 400, json: { error: 'invalid_client_metadata' } })
})

test('a client is deleted at once; an unknown one is a PublicClientApp', async () => {
  const { json } = await t.call(`POST ${CLIENTS}`, web)
  expect((await t.call(`DELETE ${CLIENTS}/${json.client_id}`)).status).toBe(204)
  const gone = await t.call(`GET ${CLIENTS}/${json.client_id}`)
  expect(gone.json.errorSummary).toBe(`Not found: Resource not found: ${json.client_id} (PublicClientApp)`)
  expect(gone.status).toBe(404)
})

test('a token needs the scopes of clients; a role that of apps', async () => {
  const { token } = await t.makeAdmin('reader@example.com', 'READ_ONLY_ADMIN')
  expect((await t.call(`GET ${CLIENTS}`, undefined, { token })).status).toBe(200)
  expect(await t.call(`POST ${CLIENTS}`, web, { token })).toMatchObject({
    status: 403,
    json: { errorCode: 'E0000006' },
  })
})
