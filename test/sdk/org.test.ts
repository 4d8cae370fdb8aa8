// Does the official Node SDK work on the org itself: settings, limits, features, brands, mails, sessions?

import { createOrg, type RunningOrg } from '@errorg/server'
import { Client } from '@okta/okta-sdk-nodejs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
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

describe('the org', () => {
  test('is read, updated and replaced', async () => {
    const api = counted(client.orgSettingApi)
    const first = await api.getOrgSettings!()
    expect(first).toMatchObject({ status: 'ACTIVE', companyName: 'errorg' })
    const updated = await api.updateOrgSettings!({ OrgSetting: { supportPhoneNumber: '1234567890' } })
    expect(updated.supportPhoneNumber).toBe('1234567890')
    const replaced = await api.replaceOrgSettings!({ OrgSetting: { companyName: 'Analytical Engines' } })
    expect(replaced.companyName).toBe('Analytical Engines')
    expect((await api.getOrgSettings!()).id).toBe(first.id)
    expect((await api.getWellknownOrgMetadata!()).id).toBe(first.id)
  })

  test('takes a logo', async () => {
    const api = counted(client.orgSettingApi)
    await api.uploadOrgLogo!({ file: { data: Buffer.from('GIF89a'), name: 'logo.gif' } })
    const { status, errorCode } = await refusal(
      api.uploadOrgLogo!({ file: { data: Buffer.from('hello'), name: 'logo.gif' } }),
    )
    expect([status, errorCode]).toEqual([400, 'E0000001'])
  })

  test('has contacts', async () => {
    const api = counted(client.orgSettingApi)
    const types = await listOf<{ contactType: string }>(api.getOrgContactTypes!())
    expect(types.map((type) => type.contactType)).toEqual(['BILLING', 'TECHNICAL'])
    expect((await api.getOrgContactUser!({ contactType: 'BILLING' })).userId).toBe(org.admin.id)
    const contact = { contactType: 'TECHNICAL', orgContactUser: { userId: org.admin.id } }
    expect((await api.replaceOrgContactUser!(contact)).userId).toBe(org.admin.id)
    const nobody = { contactType: 'TECHNICAL', orgContactUser: { userId: '00unobody' } }
    expect(await refusal(api.replaceOrgContactUser!(nobody))).toMatchObject({ status: 404, errorCode: 'E0000007' })
  })

  test('has switches', async () => {
    const api = counted(client.orgSettingApi)
    expect((await api.getOrgPreferences!()).showEndUserFooter).toBe(true)
    expect((await api.updateOrgHideOktaUIFooter!()).showEndUserFooter).toBe(false)
    expect((await api.updateOrgShowOktaUIFooter!()).showEndUserFooter).toBe(true)
    expect((await api.optOutUsersFromOktaCommunicationEmails!()).optOutEmailUsers).toBe(true)
    expect((await api.getOktaCommunicationSettings!()).optOutEmailUsers).toBe(true)
    expect((await api.optInUsersToOktaCommunicationEmails!()).optOutEmailUsers).toBe(false)
    const adminApp = { autoAssignAdminAppSetting: { autoAssignAdminAppSetting: false } }
    await api.updateAutoAssignAdminAppSetting!(adminApp)
    expect((await api.getAutoAssignAdminAppSetting!()).autoAssignAdminAppSetting).toBe(false)
    await api.assignClientPrivilegesSetting!({ clientPrivilegesSetting: { clientPrivilegesSetting: true } })
    expect((await api.getClientPrivilegesSetting!()).clientPrivilegesSetting).toBe(true)
    await api.updateThirdPartyAdminSetting!({ thirdPartyAdminSetting: { thirdPartyAdmin: true } })
    expect((await api.getThirdPartyAdminSetting!()).thirdPartyAdmin).toBe(true)
  })

  test('lets in whom it wants', async () => {
    const api = counted(client.orgSettingApi)
    // To the SDK these three answer with nothing: it reads no body from operations that are about to go.
    await api.grantOktaSupport!()
    const granted = await api.getOrgOktaSupportSettings!()
    expect(granted.support).toBe('ENABLED')
    await api.extendOktaSupport!()
    const extended = await api.getOrgOktaSupportSettings!()
    expect(+new Date(extended.expiration) - +new Date(granted.expiration)).toBe(24 * 3_600_000)
    await api.revokeOktaSupport!()
    expect((await api.getOrgOktaSupportSettings!()).support).toBe('DISABLED')
    expect((await api.listOktaSupportCases!()).supportCases).toEqual([])
    const noCase = { caseNumber: '1', oktaSupportCase: { impersonation: { status: 'ENABLED' } } }
    expect(await refusal(api.updateOktaSupportCase!(noCase))).toMatchObject({ status: 404, errorCode: 'E0000007' })
    const orgAerialConsent = { accountId: '0200bs0617vvhv2v675mch1cukp' }
    expect(await refusal(api.getAerialConsent!())).toMatchObject({ status: 404 })
    expect((await api.grantAerialConsent!({ orgAerialConsent })).accountId).toBe(orgAerialConsent.accountId)
    expect(await refusal(api.grantAerialConsent!({ orgAerialConsent }))).toMatchObject({
      status: 400,
      causes: ['The org already has a consent grant added to Aerial.'],
    })
    await api.revokeAerialConsent!({ orgAerialConsent })
  })
})

describe('limits', () => {
  test('have settings', async () => {
    const api = counted(client.rateLimitSettingsApi)
    const perClientRateLimitSettings = {
      defaultMode: 'PREVIEW',
      useCaseModeOverrides: { LOGIN_PAGE: 'ENFORCE', OAUTH2_AUTHORIZE: 'DISABLE' },
    }
    expect((await api.getRateLimitSettingsPerClient!()).defaultMode).toBe('ENFORCE')
    expect(await api.replaceRateLimitSettingsPerClient!({ perClientRateLimitSettings })).toMatchObject(
      perClientRateLimitSettings,
    )
    await api.replaceRateLimitSettingsWarningThreshold!({ rateLimitWarningThreshold: { warningThreshold: 75 } })
    expect((await api.getRateLimitSettingsWarningThreshold!()).warningThreshold).toBe(75)
    const off = { RateLimitAdminNotifications: { notificationsEnabled: false } }
    await api.replaceRateLimitSettingsAdminNotifications!(off)
    expect((await api.getRateLimitSettingsAdminNotifications!()).notificationsEnabled).toBe(false)
    const tooHigh = { rateLimitWarningThreshold: { warningThreshold: 91 } }
    expect(await refusal(api.replaceRateLimitSettingsWarningThreshold!(tooHigh))).toMatchObject({
      status: 400,
      causes: ['warningThreshold: must be between 30 and 90'],
    })
  })

  test('are shared between tokens', async () => {
    const api = counted(client.principalRateLimitApi)
    const [{ id: principalId }] = (await listOf<{ id: string }>(counted(client.apiTokenApi).listApiTokens!())) as [
      { id: string },
    ]
    const entity = { principalId, principalType: 'SSWS_TOKEN', defaultPercentage: 40, defaultConcurrencyPercentage: 60 }
    const made = await api.createPrincipalRateLimitEntity!({ entity })
    expect(made).toMatchObject(entity)
    expect(await refusal(api.createPrincipalRateLimitEntity!({ entity }))).toMatchObject({
      errorSummary: 'Api validation failed: principalRateLimitMediated',
      causes: [],
    })
    const filter = 'principalType eq "SSWS_TOKEN"'
    const rows = await listOf<{ id: string }>(api.listPrincipalRateLimitEntities!({ filter }))
    expect(rows.map((row) => row.id)).toEqual([made.id])
    const replacement = { principalRateLimitId: made.id, entity: { ...entity, defaultPercentage: 70 } }
    expect((await api.replacePrincipalRateLimitEntity!(replacement)).defaultPercentage).toBe(70)
    expect((await api.getPrincipalRateLimitEntity!({ principalRateLimitId: made.id })).defaultPercentage).toBe(70)
  })
})

test('features are listed and switched', async () => {
  const api = counted(client.featureApi)
  const all = await listOf<{ id: string; name: string; status: string }>(api.listFeatures!())
  const base = all.find((feature) => feature.name === 'Custom well-known URIs')!
  const above = all.find((feature) => feature.name === 'Passkeys across domains')!
  expect((await api.getFeature!({ featureId: base.id })).status).toBe('DISABLED')
  const needed = await listOf<{ id: string }>(api.listFeatureDependencies!({ featureId: above.id }))
  expect(needed.map((feature) => feature.id)).toEqual([base.id])
  const needing = await listOf<{ id: string }>(api.listFeatureDependents!({ featureId: base.id }))
  expect(needing.map((feature) => feature.id)).toEqual([above.id])
  const enable = { featureId: above.id, lifecycle: 'ENABLE' }
  expect(await refusal(api.updateFeatureLifecycle!(enable))).toMatchObject({ status: 400, errorCode: 'E0000141' })
  expect((await api.updateFeatureLifecycle!({ ...enable, mode: 'force' })).status).toBe('ENABLED')
  expect(await refusal(api.updateFeatureLifecycle!(enable))).toMatchObject({ status: 405, errorCode: 'E0000022' })
})

describe('brands', () => {
  const makeBrand = () => counted(client.customizationApi).createBrand!({ CreateBrandRequest: { name: 'Harbour' } })

  test('are made, found, replaced and deleted', async () => {
    const api = counted(client.customizationApi)
    const made = await makeBrand()
    expect(made.id).toMatch(/^bnd\w{17}$/)
    const names = async () => (await listOf<{ name: string }>(api.listBrands!())).map((brand) => brand.name)
    expect(await names()).toEqual(['Okta Default', 'Harbour'])
    const brand = { name: 'Port', removePoweredByOkta: true }
    expect(await api.replaceBrand!({ brandId: made.id, brand })).toMatchObject(brand)
    expect((await api.getBrand!({ brandId: made.id })).name).toBe('Port')
    expect((await api.listBrandDomains!({ brandId: made.id })).domains).toEqual([])
    await api.deleteBrand!({ brandId: made.id })
    expect(await refusal(api.getBrand!({ brandId: made.id }))).toMatchObject({ status: 404, errorCode: 'E0000007' })
  })

  test('have a theme', async () => {
    const api = counted(client.customizationApi)
    const { id: brandId } = await makeBrand()
    const [{ id: themeId }] = (await listOf<{ id: string }>(api.listBrandThemes!({ brandId }))) as [{ id: string }]
    const theme = {
      primaryColorHex: '#123456',
      secondaryColorHex: '#abcdef',
      signInPageTouchPointVariant: 'BACKGROUND_IMAGE',
      endUserDashboardTouchPointVariant: 'FULL_THEME',
      errorPageTouchPointVariant: 'OKTA_DEFAULT',
      emailTemplateTouchPointVariant: 'FULL_THEME',
    }
    expect(await api.replaceBrandTheme!({ brandId, themeId, theme })).toMatchObject(theme)
    const at = { brandId, themeId }
    const gif = { data: Buffer.from('GIF89a'), name: 'logo.gif' }
    const png = { data: Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), name: 'icon.png' }
    const { url } = await api.uploadBrandThemeLogo!({ ...at, file: gif })
    await api.uploadBrandThemeBackgroundImage!({ ...at, file: gif })
    await api.uploadBrandThemeFavicon!({ ...at, file: png })
    expect((await api.getBrandTheme!(at)).logo).toBe(url)
    await api.deleteBrandThemeLogo!(at)
    await api.deleteBrandThemeBackgroundImage!(at)
    await api.deleteBrandThemeFavicon!(at)
    expect((await api.getBrandTheme!(at)).backgroundImage ?? null).toBeNull()
  })

  test('have mails', async () => {
    const api = counted(client.customizationApi)
    const { id: brandId } = await makeBrand()
    const at = { brandId, templateName: 'UserActivation' }
    const all = await listOf<{ name: string }>(api.listEmailTemplates!({ brandId, limit: 10 }))
    expect(all.map((template) => template.name)).toContain('UserActivation')
    expect((await api.getEmailTemplate!(at)).name).toBe('UserActivation')
    const instance = { language: 'en', subject: 'Hello', body: '<p>Hi: $activationLink</p>', isDefault: true }
    const made = await api.createEmailCustomization!({ ...at, instance })
    expect(made).toMatchObject(instance)
    const one = { ...at, customizationId: made.id }
    expect((await api.getEmailCustomization!(one)).subject).toBe('Hello')
    expect((await api.getCustomizationPreview!(one)).body).toBe('<p>Hi: $activationLink</p>')
    const changed = { ...instance, subject: 'Good day' }
    expect((await api.replaceEmailCustomization!({ ...one, instance: changed })).subject).toBe('Good day')
    expect(await refusal(api.createEmailCustomization!({ ...at, instance }))).toMatchObject({
      status: 409,
      errorCode: 'E0000183',
    })
    expect(await listOf(api.listEmailCustomizations!(at))).toHaveLength(1)
    await api.sendTestEmail!(at)
    expect(org.inbox.list(org.admin.login)[0]?.text).toContain('Good day')
    await api.deleteEmailCustomization!(one)
    await api.deleteAllCustomizations!(at)
    expect((await api.getEmailDefaultContent!(at)).subject).toContain('Welcome to')
    expect((await api.getEmailDefaultPreview!(at)).subject).toBe('Welcome to errorg')
    await api.replaceEmailSettings!({ ...at, EmailSettings: { recipients: 'NO_USERS' } })
    expect((await api.getEmailSettings!(at)).recipients).toBe('NO_USERS')
    const BouncesRemoveListObj = { emailAddresses: ['nobody@example.com'] }
    expect((await api.bulkRemoveEmailAddressBounces!({ BouncesRemoveListObj })).errors).toHaveLength(1)
  })

  test('have pages', async () => {
    const api = counted(client.customizationApi)
    const { id: brandId } = await makeBrand()
    const at = { brandId }
    expect((await api.getDefaultSignInPage!(at)).pageContent).toContain('<html>')
    expect((await api.getDefaultErrorPage!(at)).pageContent).toContain('<html>')
    const signInPage = {
      pageContent: '<p>ours</p>',
      widgetVersion: '^7',
      widgetCustomizations: { widgetGeneration: 'G3' },
    }
    const errorPage = { pageContent: '<p>sorry</p>' }
    await api.replaceCustomizedSignInPage!({ ...at, SignInPage: signInPage })
    await api.replacePreviewSignInPage!({ ...at, SignInPage: signInPage })
    await api.replaceCustomizedErrorPage!({ ...at, ErrorPage: errorPage })
    await api.replacePreviewErrorPage!({ ...at, ErrorPage: errorPage })
    expect(await api.getCustomizedSignInPage!(at)).toMatchObject(signInPage)
    expect(await api.getPreviewSignInPage!(at)).toMatchObject(signInPage)
    expect(await api.getCustomizedErrorPage!(at)).toMatchObject(errorPage)
    expect(await api.getPreviewErrorPage!(at)).toMatchObject(errorPage)
    expect(await api.getSignInPage!(at)).toBeDefined()
    expect(await api.getErrorPage!(at)).toBeDefined()
    await api.deleteCustomizedSignInPage!(at)
    await api.deletePreviewSignInPage!(at)
    await api.deleteCustomizedErrorPage!(at)
    await api.deletePreviewErrorPage!(at)
    expect(await refusal(api.getCustomizedErrorPage!(at))).toMatchObject({ status: 404, errorCode: 'E0000007' })
    const hostedPage = { type: 'EXTERNALLY_HOSTED', url: 'https://harbour.example' }
    await api.replaceSignOutPageSettings!({ ...at, HostedPage: hostedPage })
    expect(await api.getSignOutPageSettings!(at)).toMatchObject(hostedPage)
    expect(await listOf(api.listAllSignInWidgetVersions!(at))).toContain('*')
  })

  test('have well-known URIs once that is switched on', async () => {
    const api = counted(client.associatedDomainCustomizationsApi)
    const { id: brandId } = await makeBrand()
    expect(await refusal(api.getAllWellKnownURIs!({ brandId }))).toMatchObject({ status: 401, errorCode: 'E0000015' })
    org.settings.change({ features: { WELL_KNOWN_URIS: true } })
    const at = { brandId, uriPath: 'webauthn' }
    const wellKnownURIRequest = { representation: { origins: ['https://harbour.example'] } }
    const written = await api.replaceBrandWellKnownURI!({ ...at, wellKnownURIRequest })
    expect(written).toMatchObject(wellKnownURIRequest)
    expect(await api.getBrandWellKnownURI!(at)).toMatchObject(wellKnownURIRequest)
    expect(await api.getRootBrandWellKnownURI!(at)).toMatchObject({ _links: { self: expect.anything() } })
    expect(await api.getAllWellKnownURIs!({ brandId })).toBeDefined()
    expect(await api.getAppleAppSiteAssociationWellKnownURI!({})).toBeDefined()
    for (const missing of [api.getAssetLinksWellKnownURI!({}), api.getWebAuthnWellKnownURI!({})]) {
      expect(await refusal(missing)).toMatchObject({ status: 404, errorCode: 'E0000007' })
    }
  })
})

test('domains are made, verified, given to brands and deleted', async () => {
  const api = counted(client.customDomainApi)
  const mail = counted(client.emailDomainApi)
  const { id: brandId } = await counted(client.customizationApi).createBrand!({
    CreateBrandRequest: { name: 'Harbour' },
  })
  const domain = { domain: 'login.harbour.example', certificateSourceType: 'OKTA_MANAGED' }
  const { id: domainId } = await api.createCustomDomain!({ domain })
  expect((await api.replaceCustomDomain!({ domainId, UpdateDomain: { brandId } })).brandId).toBe(brandId)
  expect((await api.verifyDomain!({ domainId })).validationStatus).toBe('FAILED_TO_VERIFY')
  const certificate = { type: 'PEM', certificate: 'none', privateKey: 'none' }
  expect(await refusal(api.upsertCertificate!({ domainId, certificate }))).toMatchObject({ errorCode: 'E0000165' })
  org.settings.change({ domains: { verified: ['login.harbour.example', 'harbour.example'] } })
  expect((await api.verifyDomain!({ domainId })).validationStatus).toBe('COMPLETED')
  expect((await api.getCustomDomain!({ domainId })).domain).toBe(domain.domain)
  expect((await api.listCustomDomains!()).domains).toHaveLength(1)
  await api.deleteCustomDomain!({ domainId })

  const emailDomain = { domain: 'harbour.example', brandId, displayName: 'Harbour', userName: 'noreply' }
  const { id: emailDomainId } = await mail.createEmailDomain!({ emailDomain })
  expect((await mail.verifyEmailDomain!({ emailDomainId })).validationStatus).toBe('VERIFIED')
  const updateEmailDomain = { displayName: 'Port', userName: 'port' }
  expect(await mail.replaceEmailDomain!({ emailDomainId, updateEmailDomain })).toMatchObject(updateEmailDomain)
  expect((await mail.getEmailDomain!({ emailDomainId })).userName).toBe('port')
  expect(await listOf(mail.listEmailDomains!())).toHaveLength(1)
  await mail.deleteEmailDomain!({ emailDomainId })
  expect((await mail.getEmailDomain!({ emailDomainId })).validationStatus).toBe('DELETED')
  expect(await refusal(mail.getEmailDomain!({ emailDomainId: 'OeDnone' }))).toMatchObject({ errorCode: 'E0000198' })
})

test('no pools of agents', async () => {
  expect(await listOf(counted(client.agentPoolsApi).listAgentPools!())).toEqual([])
})

test('text messages have templates', async () => {
  const api = counted(client.templateApi)
  const code = '$' + '{code}'
  const smsTemplate = {
    name: 'Custom',
    type: 'SMS_VERIFY_CODE',
    template: code,
    translations: { fr: `Code : ${code}` },
  }
  const { id: templateId } = await api.createSmsTemplate!({ smsTemplate })
  const updated = await api.updateSmsTemplate!({ templateId, smsTemplate: { translations: { de: code } } })
  expect(updated.translations).toEqual({ fr: `Code : ${code}`, de: code })
  expect(await listOf(api.listSmsTemplates!({ templateType: 'SMS_VERIFY_CODE' }))).toHaveLength(2)
  const bare = { name: 'Bare', type: 'SMS_VERIFY_CODE', template: code }
  expect((await api.replaceSmsTemplate!({ templateId, smsTemplate: bare })).translations).toBeUndefined()
  expect((await api.getSmsTemplate!({ templateId })).name).toBe('Bare')
  await api.deleteSmsTemplate!({ templateId })
  expect(await refusal(api.getSmsTemplate!({ templateId }))).toMatchObject({ status: 404, errorCode: 'E0000007' })
})

test('a mail server of its own', async () => {
  const api = counted(client.emailServerApi)
  // The SDK is older than OAuth for mails: it names no way of signing in.
  const server = { alias: 'Harbour', host: 'smtp.harbour.example', port: 587, username: 'noreply', password: 'secret' }
  const { id: emailServerId } = await api.createEmailServer!({ emailServerPost: { ...server, enabled: true } })
  const second = api.createEmailServer!({ emailServerPost: { ...server, enabled: true } })
  expect(await refusal(second)).toMatchObject({ status: 400, errorCode: 'E0000222' })
  const emailServerRequest = { alias: 'Port', enabled: false }
  expect((await api.updateEmailServer!({ emailServerId, emailServerRequest })).alias).toBe('Port')
  expect(await api.getEmailServer!({ emailServerId })).toMatchObject({ host: server.host, port: 587, enabled: false })
  expect((await api.listEmailServers!())['email-servers']).toHaveLength(1)
  await api.deleteEmailServer!({ emailServerId })
  expect(await refusal(api.getEmailServer!({ emailServerId }))).toMatchObject({ status: 404 })
})

test('sessions are made, read, refreshed and ended', async () => {
  const api = counted(client.sessionApi)
  const credentials = { password: { value: 'Correct-Horse-9' } }
  const profile = { firstName: 'Ada', lastName: 'Byron', email: 'ada@sdk.test', login: 'ada@sdk.test' }
  const user = await counted(client.userApi).createUser!({ activate: true, body: { profile, credentials } })
  const signIn = async () => {
    const answer = await fetch(`${org.url}/api/v1/authn`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ username: profile.login, password: credentials.password.value }),
    })
    return ((await answer.json()) as { sessionToken: string }).sessionToken
  }
  const made = await api.createSession!({ createSessionRequest: { sessionToken: await signIn() } })
  expect(made).toMatchObject({ userId: user.id, status: 'ACTIVE' })
  expect((await api.getSession!({ sessionId: made.id })).login).toBe(profile.login)
  expect((await api.refreshSession!({ sessionId: made.id })).id).toBe(made.id)
  await api.revokeSession!({ sessionId: made.id })
  expect(await refusal(api.getSession!({ sessionId: made.id }))).toMatchObject({
    status: 404,
    errorSummary: `Not found: Resource not found: ${made.id} (AppSession)`,
  })
})

test('the operations that this file used are those that it says', () => {
  expect([...used].sort()).toEqual([...operations.org].sort())
})
