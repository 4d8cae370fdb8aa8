// How are apps listed, changed and deleted, and who reaches which?
import { beforeEach, describe, expect, test } from 'vitest'
import { appUsers, clientSecrets, scopeGrants } from '../../entities/app.ts'
import { orgFetch } from '../../http/fetch.ts'
import { eventsOf } from '../../testing.ts'
import { type AppOrg, appOrg, bookmark, oauth, service, web, wiki } from './testing.ts'

let t: AppOrg

beforeEach(async () => {
  t = await appOrg()
})

describe('listing apps', () => {
  test('q, filter, pages and cursors', async () => {
    const ids = [await t.make(bookmark), await t.make({ ...bookmark, label: 'Travel' }), await t.make(oauth(web))]
    const list = async (query: string) =>
      (await t.call(`GET /api/v1/apps?${query}`)).json.map((app: { id: string }) => app.id)
    // Okta's own apps are older than all others.
    const okta = (await list('')).slice(0, -3)
    expect(await list('')).toEqual([...okta, ...ids])
    expect(await list('q=tra')).toEqual([ids[1]])
    expect(await list('q=oidc')).toEqual([ids[2]])
    expect(await list('filter=name eq "bookmark"')).toEqual(ids.slice(0, 2))
    await t.call(`POST /api/v1/apps/${ids[0]}/lifecycle/deactivate`)
    expect(await list('filter=status eq "ACTIVE"&q=hand')).toEqual([])
    expect(await list(`filter=id eq "${ids[1]}"`)).toEqual([ids[1]])
    const first = await t.call(`GET /api/v1/apps?limit=${okta.length + 2}`)
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')![1]!
    expect(await list(new URL(next).search.slice(1))).toEqual([ids[2]])
  })

  test('what the list does not take is refused', async () => {
    expect(await t.refusal('GET /api/v1/apps?after=00u1testcursorvalue')).toMatchObject({
      status: 400,
      code: 'E0000029',
      causes: ['Invalid cursor.'],
    })
    expect(await t.refusal('GET /api/v1/apps?filter=label eq "x"')).toMatchObject({ status: 400, code: 'E0000031' })
    expect(await t.refusal('GET /api/v1/apps?filter=status eq ACTIVE')).toMatchObject({ status: 400, code: 'E0000031' })
    expect(await t.refusal('GET /api/v1/apps?expand=users')).toMatchObject({
      status: 400,
      summary: expect.any(String),
      causes: ['Expand query is malformed.'],
      cause: 'E0000001/expand-malformed',
    })
  })

  test('apps of a user, with the assignment beside each', async () => {
    const wiki = await t.make(oauth(web))
    await t.make(bookmark)
    const user = await t.makeUser('ada@example.com')
    await t.call(`POST /api/v1/apps/${wiki}/users`, { id: user })
    const { json } = await t.call(`GET /api/v1/apps?filter=user.id eq "${user}"&expand=user/${user}`)
    expect(json).toMatchObject([{ id: wiki, _embedded: { user: { id: user, scope: 'USER' } } }])
  })

  test('an unknown app is an AppInstance that is not found', async () => {
    t.org.changeSettings({ contract: 'current' })
    for (const id of ['0oaNone', '%2e%2e%2f', 'a%00b', 'x'.repeat(300)]) {
      const found = await t.refusal(`GET /api/v1/apps/${id}`)
      expect(found).toMatchObject({ status: 404, code: 'E0000007' })
      expect(found.summary).toMatch(/\(AppInstance\)$/)
    }
  })
})

describe('changing an app', () => {
  test('a replaced client keeps its id and secret', async () => {
    const made = (await t.call('POST /api/v1/apps', oauth(web))).json
    const body = oauth({ ...web, redirect_uris: ['https://new.example.com/cb'] })
    const { status, json } = await t.call(`PUT /api/v1/apps/${made.id}`, { ...body, label: 'Wiki 2' })
    expect(status).toBe(200)
    expect(json).toMatchObject({ label: 'Wiki 2', created: made.created })
    expect(json.credentials.oauthClient).toEqual(made.credentials.oauthClient)
    expect(json.settings.oauthClient.redirect_uris).toEqual(['https://new.example.com/cb'])
    expect(eventsOf(t).at(-1)).toBe('application.lifecycle.update')
  })

  test('a client that stops using a secret loses it, and gets one when it needs one', async () => {
    const id = await t.make(oauth(web))
    const native = { ...web, application_type: 'native' }
    await t.call(`PUT /api/v1/apps/${id}`, oauth(native, { token_endpoint_auth_method: 'none' }))
    expect(await t.org.state.find(clientSecrets, 'app', id)).toEqual([])
    const { json } = await t.call(
      `PUT /api/v1/apps/${id}`,
      oauth(native, { token_endpoint_auth_method: 'client_secret_post' }),
    )
    expect(json.credentials.oauthClient.client_secret).toMatch(/^\w{64}$/)
  })

  test('a secret of the caller replaces the active one', async () => {
    const id = await t.make(oauth(web))
    await t.call(`PUT /api/v1/apps/${id}`, oauth(web, { client_secret: 'a-secret-of-my-own' }))
    const secrets = (await t.call(`GET /api/v1/apps/${id}/credentials/secrets`)).json
    expect(secrets.map((secret: { client_secret: string }) => secret.client_secret)).toEqual(['a-secret-of-my-own'])
  })

  test('what is fixed at creation stays', async () => {
    const id = await t.make(bookmark)
    const body = { ...bookmark, name: undefined, signOnMode: 'SAML_2_0' }
    expect(await t.refusal(`PUT /api/v1/apps/${id}`, body)).toMatchObject({
      status: 403,
      cause: 'E0000039/setting-fixed-at-creation',
    })
    expect(await t.refusal(`PUT /api/v1/apps/${id}`, { ...bookmark, name: 'template_swa' })).toMatchObject({
      cause: 'E0000039/setting-fixed-at-creation',
    })
    const wiki = await t.make(oauth(web))
    const found = await t.refusal(`PUT /api/v1/apps/${wiki}`, oauth(web, { client_id: 'another-id' }))
    expect(found.causes).toEqual(["client_id: 'client_id' cannot be changed."])
  })

  test('a push status that is no word of the list is E0000037', async () => {
    const id = await t.make(bookmark)
    const body = { ...bookmark, credentials: { userNameTemplate: { template: 'x', type: 'CUSTOM', pushStatus: '' } } }
    expect(await t.refusal(`PUT /api/v1/apps/${id}`, body)).toMatchObject({
      status: 400,
      cause: 'E0000037/word-not-in-list',
    })
  })

  test('an inactive app of the wizard that fills in forms cannot be replaced (recorded)', async () => {
    const body = { label: 'Tool', signOnMode: 'AUTO_LOGIN', settings: { signOn: { loginUrl: 'https://a.example' } } }
    const id = await t.make(body)
    expect((await t.call(`PUT /api/v1/apps/${id}`, body)).status).toBe(200)
    await t.call(`POST /api/v1/apps/${id}/lifecycle/deactivate`)
    expect(await t.refusal(`PUT /api/v1/apps/${id}`, body)).toMatchObject({
      status: 400,
      causes: ['This operation on app metadata is not yet supported: No active instances.'],
      cause: 'E0000024/app-has-no-active-instance',
    })
  })

  test('a shared password is never shown, and stays when its empty picture is sent back', async () => {
    const settings = { app: { url: 'https://a.example', usernameField: 'u', passwordField: 'p', buttonField: 'b' } }
    const credentials = {
      scheme: 'SHARED_USERNAME_AND_PASSWORD',
      userName: 'all',
      password: { value: 'Shared-Secret-1' },
    }
    const body = { label: 'Tool', signOnMode: 'BROWSER_PLUGIN', settings, credentials }
    const { json, text } = await t.call('POST /api/v1/apps', body)
    expect(json.credentials.password).toEqual({})
    expect(text).not.toContain('Shared-Secret-1')
    const again = await t.call(`PUT /api/v1/apps/${json.id}`, {
      ...body,
      credentials: { ...credentials, password: {} },
    })
    expect(again.json.credentials.password).toEqual({})
  })

  test('lifecycle: an active app cannot be deleted, an inactive one takes everything with it', async () => {
    const id = await t.make(oauth(web))
    const user = await t.makeUser('ada@example.com')
    await t.call(`POST /api/v1/apps/${id}/users`, { id: user })
    await t.call(`POST /api/v1/apps/${id}/grants`, { issuer: t.org.baseUrl, scopeId: 'okta.users.read' })
    await t.call(`POST /oauth2/v1/clients/${id}/roles`, { type: 'READ_ONLY_ADMIN' })
    expect(await t.refusal(`DELETE /api/v1/apps/${id}`)).toMatchObject({
      status: 403,
      causes: ['The application must be deactivated before deletion.'],
      cause: 'E0000056/app-still-active',
    })
    expect((await t.call(`POST /api/v1/apps/${id}/lifecycle/deactivate`)).json).toEqual({})
    expect((await t.call(`POST /api/v1/apps/${id}/lifecycle/deactivate`)).status).toBe(200)
    expect((await t.call(`GET /api/v1/apps/${id}`)).json).toMatchObject({
      status: 'INACTIVE',
      _links: { activate: { href: expect.stringMatching(/activate$/) } },
    })
    expect((await t.call(`DELETE /api/v1/apps/${id}`)).status).toBe(204)
    expect((await t.call(`GET /api/v1/apps/${id}`)).status).toBe(404)
    for (const collection of [appUsers, clientSecrets, scopeGrants]) {
      expect(await t.org.state.find(collection as never, 'app', id)).toEqual([])
    }
    expect((await t.call(`GET /oauth2/v1/clients/${id}/roles`)).status).toBe(404)
  })

  test('only a super admin changes a client that holds a role', async () => {
    const id = await t.make(oauth(service))
    const { token } = await t.makeAdmin('apps@example.com', 'APP_ADMIN')
    const put = (body: object) => t.call(`PUT /api/v1/apps/${id}`, body, { token })
    expect((await put({ ...oauth(service), label: 'Job' })).status).toBe(200)
    await t.call(`POST /oauth2/v1/clients/${id}/roles`, { type: 'READ_ONLY_ADMIN' })
    expect((await put({ ...oauth(service), label: 'Job 2' })).status).toBe(403)
    expect(t.lastCause()).toBe('E0000006/super-admin-required')
  })
})

describe('what an administrator who is limited to some apps reaches', () => {
  async function limitedTo(...targets: string[]): Promise<string> {
    const { userId, token } = await t.makeAdmin('apps@example.com', 'APP_ADMIN')
    const role = (await t.call(`GET /api/v1/users/${userId}/roles`)).json[0].id
    for (const target of targets) {
      const { status } = await t.call(`PUT /api/v1/users/${userId}/roles/${role}/targets/catalog/apps/${target}`)
      expect(status).toBe(204)
    }
    return token
  }

  test('one app, read and changed; others neither', async () => {
    const [wiki, handbook] = [await t.make(oauth(web)), await t.make(bookmark)]
    const token = await limitedTo(`bookmark/${handbook}`)
    const list = await t.call('GET /api/v1/apps', undefined, { token })
    expect(list.json.map((app: { id: string }) => app.id)).toEqual([handbook])
    expect((await t.call(`PUT /api/v1/apps/${handbook}`, { ...bookmark, label: 'New' }, { token })).status).toBe(200)
    expect(await t.refusal(`GET /api/v1/apps/${wiki}`, undefined, { token })).toMatchObject({
      status: 403,
      cause: 'E0000006/role-lacks-permission',
    })
    expect(await t.refusal(`POST /api/v1/apps/${wiki}/users`, { id: t.adminId }, { token })).toMatchObject({
      status: 403,
    })
    expect(await t.refusal('POST /api/v1/apps', bookmark, { token })).toMatchObject({ status: 403 })
  })

  test('all apps of a name, new ones as well', async () => {
    const wiki = await t.make(oauth(web))
    const token = await limitedTo('bookmark')
    expect((await t.call('POST /api/v1/apps', bookmark, { token })).status).toBe(200)
    expect(await t.refusal(`DELETE /api/v1/apps/${wiki}`, undefined, { token })).toMatchObject({ status: 403 })
  })

  test('a role whose only app is deleted reaches nothing', async () => {
    const handbook = await t.make(bookmark)
    const token = await limitedTo(`bookmark/${handbook}`)
    const other = await t.make(bookmark)
    await t.call(`POST /api/v1/apps/${handbook}/lifecycle/deactivate`)
    await t.call(`DELETE /api/v1/apps/${handbook}`)
    expect(await t.refusal(`GET /api/v1/apps/${other}`, undefined, { token })).toMatchObject({ status: 403 })
  })
})

describe('a logo', () => {
  const png = Buffer.from('89504e470d0a1a0a0000000d', 'hex')
  const upload = async (app: string, bytes: Buffer, field = 'file', fileName = 'logo.png') => {
    const form = Buffer.concat([
      Buffer.from(`--b\r\nContent-Disposition: form-data; name="${field}"; filename="${fileName}"\r\n\r\n`),
      bytes,
      Buffer.from('\r\n--b--\r\n'),
    ])
    const response = await orgFetch(t.org, `http://org.test/api/v1/apps/${app}/logo`, {
      method: 'POST',
      headers: {
        authorization: `SSWS ${t.token}`,
        accept: 'application/json',
        'content-type': 'multipart/form-data; boundary=b',
      },
      body: form,
    })
    return { status: response.status, text: await response.text(), cause: t.lastCause() }
  }

  test('is uploaded as a form, and takes the place of the one before', async () => {
    const app = await t.make(bookmark)
    const logoOf = async () => (await t.call(`GET /api/v1/apps/${app}`)).json._links.logo[0]
    const before = await logoOf()
    expect(await upload(app, png)).toMatchObject({ status: 201, text: '' })
    const first = await logoOf()
    const seen = await orgFetch(t.org, first.href)
    expect([seen.status, seen.headers.get('content-type')]).toEqual([200, 'image/png'])
    expect(Buffer.from(await seen.arrayBuffer())).toEqual(png)
    expect(first.href).not.toBe(before.href)
    expect(await upload(app, Buffer.from('<?xml version="1.0"?>\n<svg/>'))).toMatchObject({ status: 201 })
    expect(await logoOf()).toMatchObject({ type: 'image/svg+xml' })
    const second = (await logoOf()).href
    expect(second).not.toBe(first.href)
    // An SVG could be a page with a script: it is handed over as a file, and runs nothing.
    const { headers } = await orgFetch(t.org, second)
    expect(headers.get('content-disposition')).toContain('attachment')
    expect(headers.get('content-security-policy')).toContain('sandbox')
    expect(headers.get('x-content-type-options')).toContain('nosniff')
    expect((await orgFetch(t.org, first.href)).status).toBe(404)
    await t.call(`POST /api/v1/apps/${app}/lifecycle/deactivate`)
    expect((await t.call(`DELETE /api/v1/apps/${app}`)).status).toBe(204)
    expect((await orgFetch(t.org, second)).status).toBe(404)
  })

  test('is refused in another form, or when it is no picture', async () => {
    const app = await t.make(bookmark)
    expect(await t.refusal(`POST /api/v1/apps/${app}/logo`, { file: 'x' })).toMatchObject({
      status: 404,
      cause: 'E0000012/upload-not-multipart',
      summary: 'Unsupported media type',
    })
    expect(await upload(app, png, 'logo')).toMatchObject({ status: 400, cause: 'E0000001/required-field-missing' })
    expect(await upload(app, Buffer.alloc(0))).toMatchObject({ cause: 'E0000001/required-field-missing' })
    expect(await upload(app, Buffer.from('<html/>'))).toMatchObject({ cause: 'E0000001/value-invalid' })
    expect(await upload(app, Buffer.concat([png, Buffer.alloc(1_000_000)]))).toMatchObject({
      cause: 'E0000001/value-invalid',
    })
    expect((await t.call(`GET /api/v1/apps/${app}`)).json._links.logo[0].href).toContain('default')
  })
})

describe('what goes with an app', () => {
  test('its claims, connections and trust mappings, from both sides', async () => {
    const app = await t.make(wiki)
    const other = await t.make({ ...wiki, label: 'Mail' })
    await t.call(`POST /api/v1/apps/${app}/federated-claims`, { name: 'role', expression: 'x' })
    for (const [from, to] of [
      [app, other],
      [other, app],
      [app, app],
    ]) {
      await t.call(`POST /api/v1/apps/${from}/cwo/connections`, { resourceAppInstanceId: to })
      await t.call(`POST /api/v1/apps/${from}/interclient-allowed-apps`, { id: to })
    }
    await t.call(`POST /api/v1/apps/${app}/lifecycle/deactivate`)
    expect((await t.call(`DELETE /api/v1/apps/${app}`)).status).toBe(204)
    expect((await t.call(`GET /api/v1/apps/${other}/cwo/connections`)).json).toEqual([])
    expect((await t.call(`GET /api/v1/apps/${other}/interclient-allowed-apps`)).json).toEqual([])
  })
})

describe("Okta's own apps", () => {
  test('are in every org, listed, and changed by nobody', async () => {
    const { json } = await t.call('GET /api/v1/apps?filter=name eq "saasure"')
    const id = json[0].id
    expect(json[0].label).toBe('Okta Admin Console')
    const refused = { status: 403, cause: 'E0000039/app-owned-by-okta' }
    expect(await t.refusal(`PUT /api/v1/apps/${id}`, bookmark)).toMatchObject(refused)
    expect(await t.refusal(`DELETE /api/v1/apps/${id}`)).toMatchObject(refused)
    for (const step of ['deactivate', 'activate'])
      expect(await t.refusal(`POST /api/v1/apps/${id}/lifecycle/${step}`)).toMatchObject(refused)
    expect(await t.refusal(`POST /api/v1/apps/${id}/credentials/csrs`, {})).toMatchObject(refused)
    expect(await t.refusal('POST /api/v1/apps', { ...bookmark, name: 'okta_enduser' })).toMatchObject(refused)
  })

  test('take no place among as many as the org may have', async () => {
    t.org.changeSettings({ apps: { most: 1 } })
    await t.make(bookmark)
    expect(await t.refusal('POST /api/v1/apps', bookmark)).toMatchObject({ cause: 'E0000001/app-limit-reached' })
  })
})
