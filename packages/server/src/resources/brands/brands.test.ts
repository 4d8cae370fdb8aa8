// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the variables of mails
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { orgFetch } from '../../http/fetch.ts'
import { type TestOrg, testOrg } from '../../testing.ts'

const BRANDS = '/api/v1/brands'

let t: TestOrg
let standard: { id: string }
let brand: { id: string }
beforeEach(async () => {
  t = await testOrg({ settings: { contract: 'current', features: { WELL_KNOWN_URIS: true } } })
  standard = (await t.call(`GET ${BRANDS}`)).json[0]
  brand = (await t.call(`POST ${BRANDS}`, { name: 'Harbour' })).json
})

const causesOf = (answer: { json: { errorCauses: { errorSummary: string }[] } }) =>
  answer.json.errorCauses.map((cause) => cause.errorSummary)
const codeOf = (answer: { status: number; json: { errorCode: string } }) => [answer.status, answer.json.errorCode]
const eventTypes = () => [...t.org.events.read()].map((event) => event.eventType)

async function form(bytes: Uint8Array<ArrayBuffer> | string, name = 'logo.png') {
  const data = new FormData()
  data.append('file', new Blob([bytes]), name)
  const request = new Request('http://org.test', { method: 'POST', body: data })
  return { body: await request.text(), headers: { 'content-type': request.headers.get('content-type')! } }
}

describe('brands', () => {
  it('begin with one that stays', async () => {
    expect((await t.call(`GET ${BRANDS}/${standard.id}`)).json).toEqual({
      id: expect.stringMatching(/^bnd\w{14}5d7$/),
      name: 'Okta Default',
      isDefault: true,
      agreeToCustomPrivacyPolicy: false,
      removePoweredByOkta: false,
      customPrivacyPolicyUrl: null,
      locale: 'en',
      defaultApp: { appInstanceId: null, appLinkName: null, classicApplicationUri: null },
      _links: {
        self: { href: `http://127.0.0.1${BRANDS}/${standard.id}`, hints: { allow: ['GET', 'PUT'] } },
        themes: { href: `http://127.0.0.1${BRANDS}/${standard.id}/themes`, hints: { allow: ['GET'] } },
      },
    })
    expect(codeOf(await t.call(`DELETE ${BRANDS}/${standard.id}`))).toEqual([409, 'E0000200'])
  })

  it('are made, found, replaced and deleted', async () => {
    expect((await t.call(`GET ${BRANDS}?q=harb`)).json).toMatchObject([{ id: brand.id, name: 'Harbour' }])
    expect((await t.call(`GET ${BRANDS}?limit=1`)).headers.get('link')).toContain('rel="next"')
    expect(codeOf(await t.call(`POST ${BRANDS}`, { name: 'harbour' }))).toEqual([409, 'E0000202'])
    const url = 'https://harbour.example/privacy'
    const refused = await t.call(`PUT ${BRANDS}/${brand.id}`, { name: 'Port', customPrivacyPolicyUrl: url })
    expect(causesOf(refused)).toEqual(['agreeToCustomPrivacyPolicy: A custom privacy policy needs your agreement'])
    const replaced = await t.call(`PUT ${BRANDS}/${brand.id}`, {
      name: 'Port',
      agreeToCustomPrivacyPolicy: true,
      customPrivacyPolicyUrl: url,
      locale: 'pt-BR',
      isDefault: true,
      id: 'bndother',
    })
    expect(replaced.json).toMatchObject({
      id: brand.id,
      name: 'Port',
      customPrivacyPolicyUrl: url,
      isDefault: false,
      locale: 'pt-BR',
    })
    expect((await t.call(`GET ${BRANDS}/${brand.id}?expand=themes`)).json._embedded.themes).toHaveLength(1)
    expect((await t.call(`GET ${BRANDS}/${brand.id}/domains`)).json).toEqual({ domains: [] })
    // A body of 2021: without a name it keeps its own.
    expect((await t.call(`PUT ${BRANDS}/${brand.id}`, { removePoweredByOkta: true })).json).toMatchObject({
      name: 'Port',
      customPrivacyPolicyUrl: null,
      removePoweredByOkta: true,
    })
    expect((await t.call(`DELETE ${BRANDS}/${brand.id}`)).status).toBe(204)
    const missing = await t.call(`GET ${BRANDS}/${brand.id}`)
    expect(missing.json.errorSummary).toBe(`Not found: Resource not found: ${brand.id} (Brand)`)
    for (const what of ['create', 'update', 'delete']) expect(eventTypes()).toContain(`system.brand.${what}`)
  })

  it('name apps and addresses that are there', async () => {
    const app = await t.call(`PUT ${BRANDS}/${brand.id}`, { defaultApp: { appInstanceId: '0oanone' } })
    expect(app.json.errorSummary).toBe('Not found: Resource not found: 0oanone (AppInstance)')
    const domain = await t.call(`PUT ${BRANDS}/${brand.id}`, { emailDomainId: 'OeDnone' })
    expect(domain.json.errorSummary).toBe('Not found: Resource not found: OeDnone (EmailDomain)')
    expect(causesOf(await t.call(`POST ${BRANDS}`, { name: 'DRAPP_DOMAIN_BRAND' }))).toEqual([
      'name: The name is reserved',
    ])
  })
})

describe('the theme of a brand', () => {
  const colors = {
    primaryColorHex: '#123456',
    secondaryColorHex: '#abcdef',
    signInPageTouchPointVariant: 'BACKGROUND_IMAGE',
    endUserDashboardTouchPointVariant: 'FULL_THEME',
    errorPageTouchPointVariant: 'OKTA_DEFAULT',
    emailTemplateTouchPointVariant: 'FULL_THEME',
  }

  it('is read and replaced; pictures come and go', async () => {
    const [theme] = (await t.call(`GET ${BRANDS}/${brand.id}/themes`)).json
    const url = `${BRANDS}/${brand.id}/themes/${theme.id}`
    expect((await t.call(`GET ${url}`)).json).toEqual(theme)
    expect((await t.call(`PUT ${url}`, colors)).json).toMatchObject({
      ...colors,
      id: theme.id,
      loadingPageTouchPointVariant: 'OKTA_DEFAULT',
    })
    const logo = await form('GIF89a')
    const uploaded = await t.call(`POST ${url}/logo`, logo.body, { headers: logo.headers })
    expect(uploaded.status).toBe(200)
    expect((await t.call(`GET ${url}`)).json.logo).toBe(uploaded.json.url)
    const seen = () => orgFetch(t.org, uploaded.json.url)
    expect(await (await seen()).text()).toBe('GIF89a')
    expect((await t.call(`POST ${url}/background-image`, logo.body, { headers: logo.headers })).status).toBe(201)
    const icon = await t.call(`POST ${url}/favicon`, logo.body, { headers: logo.headers })
    expect(causesOf(icon)).toEqual(['file: The file must be a PNG, ICO image'])
    expect(codeOf(await t.call(`POST ${url}/logo`, { file: 'GIF89a' }))).toEqual([404, 'E0000012'])
    expect((await t.call(`DELETE ${url}/logo`)).status).toBe(204)
    expect([(await seen()).status, t.lastCause()]).toEqual([404, 'edge: no picture has this id'])
    expect((await t.call(`DELETE ${url}/favicon`)).status).toBe(204)
    expect((await t.call(`GET ${url}`)).json.logo).toBe(theme.logo)
    expect(eventTypes()).toContain('system.theme.update')
    const other = await t.call(`GET ${BRANDS}/${standard.id}/themes/${theme.id}`)
    expect(other.json.errorSummary).toBe(`Not found: Resource not found: ${theme.id} (Theme)`)
  })

  it('has colors and known variants', async () => {
    const [theme] = (await t.call(`GET ${BRANDS}/${brand.id}/themes`)).json
    const refused = await t.call(`PUT ${BRANDS}/${brand.id}/themes/${theme.id}`, {
      ...colors,
      primaryColorHex: 'red',
      emailTemplateTouchPointVariant: 'LOUD',
    })
    expect(causesOf(refused)).toEqual([
      'primaryColorHex: must be a hex color such as #1662dd',
      'emailTemplateTouchPointVariant: The field has an invalid value',
    ])
  })
})

describe('mails', () => {
  const MAIL = () => `${BRANDS}/${brand.id}/templates/email/UserActivation`
  const words = (language: string, more: object = {}) => ({
    language,
    subject: 'Welcome, ${user.profile.firstName}',
    body: '<p>${activationLink} ${unknown}</p>',
    ...more,
  })
  const add = (language: string, more?: object) => t.call(`POST ${MAIL()}/customizations`, words(language, more))

  it('keep the link that they are sent for', async () => {
    const without = await add('en', { body: '<p>Welcome</p>' })
    expect([without.status, t.lastCause(), causesOf(without)]).toEqual([
      400,
      'E0000001/email-variable-missing',
      ['Invalid email text'],
    ])
    expect((await t.call(`GET ${MAIL()}/customizations`)).json).toEqual([])
    const made = await add('en', { body: '$activationLink' })
    expect(made.status).toBe(201)
    const url = `${MAIL()}/customizations/${made.json.id}`
    expect((await t.call(`PUT ${url}`, words('en', { body: '$activationLinks' }))).status).toBe(400)
    expect((await t.call(`PUT ${url}`, words('en', { body: 'https://a.example?t=${activationToken}' }))).status).toBe(
      200,
    )
    // A mail that leads nowhere needs nothing.
    const changed = MAIL().replace('UserActivation', 'PasswordChanged')
    expect((await t.call(`POST ${changed}/customizations`, words('en', { body: 'Changed' }))).status).toBe(201)
  })

  it('are listed in pages and read', async () => {
    const first = await t.call(
      `GET ${BRANDS}/${brand.id}/templates/email?limit=3&expand=settings&expand=customizationCount`,
    )
    expect(first.json).toHaveLength(3)
    expect(first.json[0]).toMatchObject({
      name: 'ADForgotPassword',
      _embedded: { settings: { recipients: 'ALL_USERS' }, customizationCount: 0 },
    })
    const next = /<http:\/\/[^/]+([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')![1]!
    expect((await t.call(`GET ${next}`)).json[0].name).toBe('ADUserActivation')
    expect((await t.call(`GET ${MAIL()}`)).json.name).toBe('UserActivation')
    const missing = await t.call(`GET ${BRANDS}/${brand.id}/templates/email/Nope`)
    expect(missing.json.errorSummary).toBe('Not found: Resource not found: Nope (EmailTemplate)')
  })

  it("in words of one's own have one default and one a language", async () => {
    const en = await add('en', { isDefault: false })
    expect([en.status, en.json.isDefault]).toEqual([201, true])
    const de = await add('de')
    expect(de.json.isDefault).toBe(false)
    expect(codeOf(await add('de'))).toEqual([409, 'E0000183'])
    expect(codeOf(await add('fr', { isDefault: true }))).toEqual([409, 'E0000182'])
    const one = (id: string) => `${MAIL()}/customizations/${id}`
    expect(codeOf(await t.call(`PUT ${one(de.json.id)}`, words('en')))).toEqual([409, 'E0000183'])
    expect(codeOf(await t.call(`PUT ${one(de.json.id)}`, words('de', { isDefault: true })))).toEqual([409, 'E0000182'])
    expect(codeOf(await t.call(`PUT ${one(en.json.id)}`, words('en', { isDefault: false })))).toEqual([409, 'E0000185'])
    t.clock.advance(60)
    const changed = await t.call(`PUT ${one(en.json.id)}`, words('en', { subject: 'Hi' }))
    expect(changed.json).toMatchObject({ isDefault: true, subject: 'Hi', lastUpdated: '2026-11-20T10:01:00.000Z' })
    expect(
      (await t.call(`GET ${MAIL()}/customizations`)).json.map((row: { language: string }) => row.language),
    ).toEqual(['en', 'de'])
    expect(codeOf(await t.call(`DELETE ${one(en.json.id)}`))).toEqual([409, 'E0000184'])
    expect((await t.call(`DELETE ${one(de.json.id)}`)).status).toBe(204)
    // Alone it may go, and that it is gone already is no fault.
    for (const _time of [1, 2]) expect((await t.call(`DELETE ${one(en.json.id)}`)).status).toBe(204)
    const gone = await t.call(`GET ${one(en.json.id)}`)
    expect(gone.json.errorSummary).toBe(`Not found: Resource not found: ${en.json.id} (OrgCustomizedEmailTemplate)`)
    for (const what of ['create', 'update', 'delete']) expect(eventTypes()).toContain(`system.email.template.${what}`)
  })

  it('are looked at, sent to try them, and put back', async () => {
    const { id } = (await add('en')).json
    const preview = await t.call(`GET ${MAIL()}/customizations/${id}/preview`)
    expect(preview.json).toMatchObject({
      subject: 'Welcome, Test',
      body: '<p>http://127.0.0.1/welcome/preview ${unknown}</p>',
    })
    expect((await t.call(`POST ${MAIL()}/test`)).status).toBe(204)
    expect(t.org.inbox.list('admin@example.com')[0]).toMatchObject({
      about: 'test',
      text: expect.stringContaining('Welcome, Test'),
    })
    expect((await t.call(`DELETE ${MAIL()}/customizations`)).status).toBe(204)
    expect((await t.call(`GET ${MAIL()}/default-content`)).json.subject).toBe('Welcome to ${org.name}')
    expect((await t.call(`GET ${MAIL()}/default-content/preview`)).json.subject).toBe('Welcome to errorg')
    expect((await t.call(`PUT ${MAIL()}/settings`, { recipients: 'ADMINS_ONLY' })).json.recipients).toBe('ADMINS_ONLY')
    expect((await t.call(`GET ${MAIL()}/settings`)).json.recipients).toBe('ADMINS_ONLY')
    expect(causesOf(await t.call(`PUT ${MAIL()}/settings`, { recipients: 'ME' }))).toEqual([
      'recipients: The field has an invalid value',
    ])
  })

  it('go with their brand', async () => {
    const { id } = (await add('en')).json
    await t.call(`DELETE ${BRANDS}/${brand.id}`)
    brand = (await t.call(`POST ${BRANDS}`, { name: 'Harbour' })).json
    expect((await t.call(`GET ${MAIL()}/customizations/${id}`)).status).toBe(404)
    expect((await add('en')).status).toBe(201)
  })
})

describe('pages', () => {
  const page = (pageContent: unknown) => ({ pageContent, widgetCustomizations: { widgetGeneration: 'G2' } })

  it('an error page says whose it is and what went wrong, in its title too', async () => {
    const { json } = await t.call(`GET ${BRANDS}/${brand.id}/pages/error/default`)
    expect(json.pageContent).toContain('<title>{{orgName}} - {{errorSummary}}</title>')
  })

  it.each(['sign-in', 'error'])('%s: the default, one of your own, one to look at', async (kind) => {
    const url = `${BRANDS}/${brand.id}/pages/${kind}`
    const first = await t.call(`GET ${url}/default`)
    expect(first.json.pageContent).toContain('<!DOCTYPE html>')
    expect((await t.call(`GET ${url}/customized`)).json.errorCode).toBe('E0000007')
    const own = await t.call(`PUT ${url}/customized`, page('<p>ours</p>'))
    expect(own.json).toMatchObject({
      pageContent: '<p>ours</p>',
      contentSecurityPolicySetting: first.json.contentSecurityPolicySetting,
    })
    expect((await t.call(`GET ${url}/customized`)).json).toEqual(own.json)
    await t.call(`PUT ${url}/preview`, page('<p>perhaps</p>'))
    const root = await t.call(`GET ${url}?expand=default,customized,preview,customizedUrl,previewUrl`)
    expect(root.json._embedded).toMatchObject({
      customized: own.json,
      preview: { pageContent: '<p>perhaps</p>' },
      customizedUrl: expect.stringMatching(/customized$/),
      previewUrl: expect.stringMatching(/preview$/),
    })
    expect((await t.call(`DELETE ${url}/customized`)).status).toBe(204)
    expect((await t.call(`GET ${url}/customized`)).status).toBe(404)
    expect((await t.call(`GET ${url}/preview`)).status).toBe(200)
    const name = kind === 'error' ? 'error' : 'signin'
    expect(eventTypes().filter((type) => type.startsWith('system.custom_'))).toEqual([
      `system.custom_${name}.update`,
      `system.custom_${name}.delete`,
    ])
  })

  it.each(['sign-in', 'error'])('%s: are texts, whatever is sent', async (kind) => {
    const url = `${BRANDS}/${brand.id}/pages/${kind}/customized`
    const contentSecurityPolicySetting = { mode: 'enforced', reportUri: 7, srcList: ['https://a.example'], more: {} }
    const written = await t.call(`PUT ${url}`, { ...page(5), contentSecurityPolicySetting })
    expect(written.json).toMatchObject({
      pageContent: '5',
      contentSecurityPolicySetting: { mode: 'enforced', reportUri: '7', srcList: ['https://a.example'] },
    })
    expect(written.json.contentSecurityPolicySetting).not.toHaveProperty('more')
    expect((await t.call(`GET ${url}`)).json).toEqual(written.json)
    for (const body of [
      { pageContent: { html: '<p>' } },
      { pageContent: ['<p>'] },
      { contentSecurityPolicySetting: 'none' },
      { contentSecurityPolicySetting: { srcList: [5] } },
      { contentSecurityPolicySetting: { srcList: [{ a: 1 }] } },
    ]) {
      expect(codeOf(await t.call(`PUT ${url}`, { ...page('a'), ...body }))).toEqual([400, 'E0000003'])
    }
    expect((await t.call(`GET ${url}`)).json).toEqual(written.json)
  })

  it.each(['sign-in', 'error'])('%s: are those of Okta for the default brand', async (kind) => {
    for (const state of ['customized', 'preview']) {
      const url = `${BRANDS}/${standard.id}/pages/${kind}/${state}`
      for (const call of [t.call(`PUT ${url}`, page('<p>ours</p>')), t.call(`DELETE ${url}`)]) {
        const { status, json } = await call
        expect([status, json.errorCode, json.errorSummary]).toEqual([
          403,
          'E0000213',
          'Cannot update page content for the default brand.',
        ])
      }
      expect((await t.call(`GET ${url}`)).status).toBe(404)
    }
  })

  it('to sign in say which generation of the widget they are made for', async () => {
    const url = `${BRANDS}/${brand.id}/pages/sign-in/customized`
    const refused = [
      await t.call(`PUT ${url}`, { pageContent: '<p>ours</p>' }),
      await t.call(`PUT ${url}`, { pageContent: '<p>ours</p>', widgetCustomizations: { signInLabel: 'Go' } }),
      await t.call(`PUT ${url}`, { widgetCustomizations: { widgetGeneration: 'G1' } }),
    ]
    expect(refused.map(causesOf)).toEqual([
      ['widgetCustomizations: The field cannot be left blank'],
      ['widgetGeneration: The field cannot be left blank'],
      ['widgetGeneration: The field has an invalid value'],
    ])
  })

  it('after signing out may be elsewhere', async () => {
    const url = `${BRANDS}/${brand.id}/pages/sign-out/customized`
    expect((await t.call(`GET ${url}`)).json.type).toBe('OKTA_DEFAULT')
    expect(causesOf(await t.call(`PUT ${url}`, { type: 'EXTERNALLY_HOSTED' }))).toEqual([
      'url: The field cannot be left blank',
    ])
    const page = { type: 'EXTERNALLY_HOSTED', url: 'https://harbour.example' }
    expect((await t.call(`PUT ${url}`, page)).json).toEqual(page)
    expect((await t.call(`GET ${url}`)).json).toEqual(page)
    expect((await t.call(`GET ${BRANDS}/${brand.id}/pages/sign-in/widget-versions`)).json).toContain('*')
  })
})

describe('well-known URIs', () => {
  it('are kept for brands but the default one', async () => {
    const url = (id: string) => `${BRANDS}/${id}/well-known-uris`
    const refused = await t.call(`GET ${url(standard.id)}`)
    expect([...codeOf(refused), t.lastCause()]).toEqual([405, 'E0000022', 'E0000022/default-brand-lacks-it'])
    const written = await t.call(`PUT ${url(standard.id)}/webauthn/customized`, { representation: {} })
    expect(codeOf(written)).toEqual([405, 'E0000257'])
    const content = { representation: { origins: ['https://harbour.example'] } }
    expect((await t.call(`PUT ${url(brand.id)}/webauthn/customized`, content)).json).toMatchObject(content)
    expect((await t.call(`GET ${url(brand.id)}/webauthn/customized`)).json).toMatchObject(content)
    expect(Object.keys((await t.call(`GET ${url(brand.id)}/webauthn`)).json)).toEqual(['_links'])
    const root = await t.call(`GET ${url(brand.id)}/webauthn?expand=customized`)
    expect(root.json._embedded.customized).toMatchObject(content)
    const one = await t.call(`GET ${url(brand.id)}?expand=webauthn`)
    expect(one.json._embedded).toEqual({ webauthn: { customized: expect.objectContaining(content) } })
    const all = await t.call(`GET ${url(brand.id)}?expand=all`)
    expect(Object.keys(all.json._embedded)).toEqual(['apple-app-site-association', 'assetlinks.json', 'webauthn'])
    expect(all.json._embedded['assetlinks.json'].customized.representation).toBeNull()
    await t.call(`PUT ${url(brand.id)}/webauthn/customized`, { representation: null })
    expect((await t.call(`GET ${url(brand.id)}/webauthn/customized`)).json.representation).toBeNull()
  })

  it('have the content that belongs there, and no other path', async () => {
    const url = `${BRANDS}/${brand.id}/well-known-uris`
    const told = async (name: string, representation: unknown) => {
      const answer = await t.call(`PUT ${url}/${name}/customized`, { representation })
      return answer.status === 200 ? 200 : [answer.json.errorSummary, ...causesOf(answer)]
    }
    const refusal = (says: string) => ['Api validation failed: representation', says]
    expect(await told('webauthn', [])).toEqual(refusal('Content must be a JSON object.'))
    expect(await told('webauthn', { rpId: 'a' })).toEqual(refusal('Content must only contain `origins`.'))
    expect(await told('webauthn', { origins: [5] })).toEqual(refusal('The `origins` must be an array of strings.'))
    expect(await told('assetlinks.json', {})).toEqual(refusal('Content must be a JSON array of objects.'))
    expect(await told('assetlinks.json', [5])).toEqual(refusal('Content must be a JSON array of objects.'))
    expect(await told('assetlinks.json', [{ relation: [] }])).toBe(200)
    expect(await told('apple-app-site-association', { authsrv: {} })).toEqual(
      refusal('Content must not include any `authsrv` customization.'),
    )
    expect(await told('apple-app-site-association', { a: 'x'.repeat(102_400) })).toEqual([
      'Api validation failed: request',
      'Content must be less than 100KB.',
    ])
    expect(causesOf(await t.call(`GET ${url}/robots.txt`))).toEqual([
      'The specified path is not supported. Valid values: [apple-app-site-association, assetlinks.json, webauthn].',
    ])
  })

  it('are served to everybody as the default brand has them: what Okta adds, and nothing else', async () => {
    await t.call(`PUT ${BRANDS}/${brand.id}/well-known-uris/webauthn/customized`, { representation: { origins: [] } })
    const read = (name: string) => t.call(`GET /.well-known/${name}`, undefined, { token: null })
    expect((await read('apple-app-site-association')).json.authsrv.apps).toContain('B7F62B65BN.com.okta.mobile')
    expect(codeOf(await read('assetlinks.json'))).toEqual([404, 'E0000007'])
    expect(codeOf(await read('webauthn'))).toEqual([404, 'E0000007'])
  })
})

it('takes any value without a fault, and keeps what it had when it refuses', async () => {
  const mail = `${BRANDS}/${brand.id}/templates/email/UserActivation`
  const { id } = (await t.call(`POST ${mail}/customizations`, { language: 'en', subject: 'a', body: 'b' })).json
  const [theme] = (await t.call(`GET ${BRANDS}/${brand.id}/themes`)).json
  const paths = [
    `${BRANDS}/${brand.id}`,
    `${BRANDS}/${brand.id}/themes/${theme.id}`,
    `${mail}/customizations/${id}`,
    `${mail}/settings`,
    `${BRANDS}/${brand.id}/pages/sign-in/preview`,
    `${BRANDS}/${brand.id}/pages/sign-out/customized`,
    `${BRANDS}/${brand.id}/well-known-uris/webauthn/customized`,
  ]
  const odd = fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }), fc.constant('x'.repeat(5000)), fc.integer())
  const names = [
    'name',
    'defaultApp',
    'locale',
    'primaryColorHex',
    'language',
    'subject',
    'body',
    'isDefault',
    'recipients',
    'type',
    'url',
    'pageContent',
    'contentSecurityPolicySetting',
    'widgetVersion',
    'representation',
    'customPrivacyPolicyUrl',
  ]
  const sent = fc.oneof(odd, fc.record(Object.fromEntries(names.map((name) => [name, odd])), { requiredKeys: [] }))
  const read = async (path: string) => {
    const { errorId: _id, ...json } = (await t.call(`GET ${path}`)).json
    return json
  }
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), sent, async (path, body) => {
      const before = await read(path)
      const answer = await t.call(`PUT ${path}`, JSON.stringify(body))
      expect(answer.status).toBeLessThan(500)
      if (answer.status === 200) return
      expect(answer.json.errorCode).toMatch(/^E0000(001|003|007|202|183|185)$/)
      expect(await read(path)).toEqual(before)
    }),
    { numRuns: 250 },
  )
})
