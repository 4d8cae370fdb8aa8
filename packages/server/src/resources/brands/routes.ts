// Which operations does the API have on brands?
import { E0000007 } from '@errorg/errors/codes'
import { apps } from '../../entities/app.ts'
import { type Brand, brands, emailCustomizations, newBrand, type Theme } from '../../entities/brand.ts'
import { customDomains, emailDomains } from '../../entities/domain.ts'
import { pictureUrl, replacePicture } from '../../entities/picture.ts'
import { fail } from '../../fail.ts'
import { MULTIPART } from '../../gates/body.ts'
import { created, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { cutPage, pageAnswer, readPage } from '../../lists/page.ts'
import type { Org } from '../../org.ts'
import type { Handle, RouteRow } from '../../routes.ts'
import { showCustom } from '../../shapes/domain.ts'
import { put, remove, type Stored, type Write } from '../../state/state.ts'
import { type PictureForm, readPicture } from '../../upload.ts'
import {
  addCustomization,
  dropCustomization,
  dropCustomizations,
  getCustomization,
  getDefaultContent,
  getRecipients,
  getTemplate,
  listCustomizations,
  listTemplates,
  previewCustomization,
  previewDefaultContent,
  replaceCustomization,
  replaceRecipients,
  sendTest,
} from './mails.ts'
import {
  brandParty,
  dropChanged,
  getChanged,
  getDefault,
  getRoot,
  getSignOut,
  listWidgetVersions,
  type PageKind,
  replaceChanged,
  replaceSignOut,
} from './pages.ts'
import { mayDelete, nameIsFree, readBrand, readName, readTheme } from './rules.ts'
import { showBrand, showTheme } from './schema.ts'
import { expandOf, loadBrand, loadThemed } from './store.ts'
import { getAllUris, getUri, getUriContent, publicUri, replaceUriContent } from './well-known.ts'

const BRANDS = '/api/v1/brands'
const ONE = `${BRANDS}/:brandId`
const THEMES = `${ONE}/themes`
const THEME = `${THEMES}/:themeId`
const MAILS = `${ONE}/templates/email`
const MAIL = `${MAILS}/:templateName`
const pages = { standard: 20, most: 200, prefix: 'bnd' }

async function list(org: Org, x: Exchange) {
  const { limit, after } = readPage(org, x, pages)
  const q = x.query.get('q')?.toLowerCase() ?? ''
  const rows = (await org.state.scan(brands, { after })).filter(({ value }) => value.name.toLowerCase().includes(q))
  const embed = expandOf(x)
  return pageAnswer(org, x, cutPage(rows, limit), async (row) =>
    showBrand(org, row, { embed, domains: embed.includes('domains') ? await domainsOf(org, row.id) : [] }),
  )
}

async function add(org: Org, x: Exchange) {
  const name = readName(x.body)
  nameIsFree(await org.state.holder(brands, `name:${name.toLowerCase()}`))
  const brand = { id: org.ids.next('bnd'), version: 0, value: newBrand(name, org.ids.next('thd')) }
  await org.state.change([put(brands, brand.id, brand.value)])
  logBrand(org, x, 'create', brand)
  return created(showBrand(org, brand))
}

async function get(org: Org, x: Exchange) {
  const brand = await loadBrand(org, x)
  return ok(showBrand(org, brand, { alone: true, embed: expandOf(x), domains: await domainsOf(org, brand.id) }))
}

async function replace(org: Org, x: Exchange) {
  const old = await loadBrand(org, x)
  const value = readBrand(x.body, old.value)
  nameIsFree(await org.state.holder(brands, `name:${value.name.toLowerCase()}`), old.id)
  const appId = value.defaultApp.appInstanceId
  if (appId && !(await org.state.load(apps, appId))) {
    fail(E0000007, 'resource-missing', { id: appId, type: 'AppInstance' })
  }
  const domainId = value.emailDomainId
  const domain = domainId === undefined ? undefined : await org.state.load(emailDomains, domainId)
  if (domainId !== undefined && (!domain || domain.value.validationStatus === 'DELETED')) {
    fail(E0000007, 'resource-missing', { id: domainId, type: 'EmailDomain' })
  }
  await org.state.change([put(brands, old.id, value, old)])
  logBrand(org, x, 'update', { ...old, value })
  return ok(showBrand(org, { ...old, value }, { alone: true }))
}

async function drop(org: Org, x: Exchange) {
  const brand = await loadBrand(org, x)
  const domains = await org.state.find(customDomains, 'brand', brand.id, { limit: 1 })
  const senders = await org.state.find(emailDomains, 'brand', brand.id, { limit: 1 })
  mayDelete(brand.value, domains.length + senders.length)
  const mails = await org.state.find(emailCustomizations, 'brand', brand.id)
  const { logo, favicon, backgroundImage } = brand.value.theme
  const drops = [logo, favicon, backgroundImage].map((id) => replacePicture(org.state, id, undefined))
  await org.state.change([
    remove(brands, brand),
    ...mails.map((row) => remove(emailCustomizations, row)),
    ...(await Promise.all(drops)).flat(),
  ])
  logBrand(org, x, 'delete', brand)
  return noContent()
}

function logBrand(org: Org, x: Exchange, what: 'create' | 'update' | 'delete', brand: Stored<Brand>): void {
  org.log(x, {
    eventType: `system.brand.${what}`,
    displayMessage: `${what.charAt(0).toUpperCase()}${what.slice(1)} brand`,
    targets: [brandParty(brand)],
  })
}

async function listDomains(org: Org, x: Exchange) {
  return ok({ domains: await domainsOf(org, (await loadBrand(org, x)).id) })
}

async function domainsOf(org: Org, brandId: string) {
  return (await org.state.find(customDomains, 'brand', brandId)).map((row) => showCustom(org, row))
}

async function listThemes(org: Org, x: Exchange) {
  return ok([showTheme(org, await loadBrand(org, x))])
}

async function getTheme(org: Org, x: Exchange) {
  return ok(showTheme(org, await loadThemed(org, x)))
}

async function replaceTheme(org: Org, x: Exchange) {
  const brand = await loadThemed(org, x)
  return ok(showTheme(org, await saveTheme(org, x, brand, readTheme(x.body, brand.value.theme))))
}

type Picture = 'logo' | 'favicon' | 'backgroundImage'

const upload =
  (picture: Picture, forms: readonly PictureForm[], status: number): Handle =>
  async (org, x) => {
    const brand = await loadThemed(org, x)
    const next = { id: org.ids.next('fs0'), ...readPicture(x, forms) }
    const { theme } = brand.value
    const writes = await replacePicture(org.state, theme[picture], next)
    await saveTheme(org, x, brand, { ...theme, [picture]: next.id }, writes)
    return { status, body: { url: pictureUrl(org, next.id) } }
  }

const dropPicture =
  (picture: Picture): Handle =>
  async (org, x) => {
    const brand = await loadThemed(org, x)
    const { [picture]: dropped, ...rest } = brand.value.theme
    if (dropped === undefined) return noContent()
    await saveTheme(org, x, brand, rest as Theme, await replacePicture(org.state, dropped, undefined))
    return noContent()
  }

async function saveTheme(
  org: Org,
  x: Exchange,
  brand: Stored<Brand>,
  theme: Theme,
  writes: readonly Write[] = [],
): Promise<Stored<Brand>> {
  const next = { ...brand, value: { ...brand.value, theme } }
  await org.state.change([put(brands, brand.id, next.value, brand), ...writes])
  org.log(x, {
    eventType: 'system.theme.update',
    displayMessage: 'Update theme',
    targets: [{ id: theme.id, type: 'Theme', alternateId: 'unknown', displayName: brand.value.name }],
  })
  return next
}

const reads = (on: string, operation: string, handle: Handle): RouteRow => ({
  on: `GET ${on}`,
  operation,
  needs: 'org.read',
  handle,
})

const writes = (on: string, operation: string, handle: Handle): RouteRow => ({
  on,
  operation,
  needs: 'org.manage',
  body: on.startsWith('PUT') ? 'json' : undefined,
  handle,
})

const uploads = (on: string, operation: string, handle: Handle): RouteRow => ({
  ...writes(`POST ${on}`, operation, handle),
  body: 'bytes',
  takes: [MULTIPART],
})

function pageRoutes(kind: PageKind, name: string): RouteRow[] {
  const base = `${ONE}/pages/${kind}`
  return [
    reads(base, `get${name}`, getRoot(kind)),
    reads(`${base}/default`, `getDefault${name}`, getDefault(kind)),
    ...(['customized', 'preview'] as const).flatMap((state) => {
      const word = state === 'preview' ? 'Preview' : 'Customized'
      return [
        reads(`${base}/${state}`, `get${word}${name}`, getChanged(kind, state)),
        writes(`PUT ${base}/${state}`, `replace${word}${name}`, replaceChanged(kind, state)),
        writes(`DELETE ${base}/${state}`, `delete${word}${name}`, dropChanged(kind, state)),
      ]
    }),
  ]
}

// Content at well-known URIs is a feature that an org has to switch on (recorded as E0000015).
const uris = (row: RouteRow): RouteRow => ({ ...row, feature: 'WELL_KNOWN_URIS' })

const open = (name: string, operation: string): RouteRow => ({
  on: `GET /.well-known/${name}`,
  operation,
  needs: 'anyone',
  handle: publicUri(name),
})

/** Rows of the route table. */
export const brandRoutes: readonly RouteRow[] = [
  reads(BRANDS, 'listBrands', list),
  { ...writes(`POST ${BRANDS}`, 'createBrand', add), body: 'json' },
  reads(ONE, 'getBrand', get),
  writes(`PUT ${ONE}`, 'replaceBrand', replace),
  writes(`DELETE ${ONE}`, 'deleteBrand', drop),
  reads(`${ONE}/domains`, 'listBrandDomains', listDomains),
  reads(THEMES, 'listBrandThemes', listThemes),
  reads(THEME, 'getBrandTheme', getTheme),
  writes(`PUT ${THEME}`, 'replaceBrandTheme', replaceTheme),
  uploads(`${THEME}/logo`, 'uploadBrandThemeLogo', upload('logo', ['PNG', 'JPG', 'GIF'], 200)),
  writes(`DELETE ${THEME}/logo`, 'deleteBrandThemeLogo', dropPicture('logo')),
  uploads(`${THEME}/favicon`, 'uploadBrandThemeFavicon', upload('favicon', ['PNG', 'ICO'], 201)),
  writes(`DELETE ${THEME}/favicon`, 'deleteBrandThemeFavicon', dropPicture('favicon')),
  uploads(
    `${THEME}/background-image`,
    'uploadBrandThemeBackgroundImage',
    upload('backgroundImage', ['PNG', 'JPG', 'GIF'], 201),
  ),
  writes(`DELETE ${THEME}/background-image`, 'deleteBrandThemeBackgroundImage', dropPicture('backgroundImage')),
  ...pageRoutes('sign-in', 'SignInPage'),
  ...pageRoutes('error', 'ErrorPage'),
  reads(`${ONE}/pages/sign-in/widget-versions`, 'listAllSignInWidgetVersions', listWidgetVersions),
  reads(`${ONE}/pages/sign-out/customized`, 'getSignOutPageSettings', getSignOut),
  writes(`PUT ${ONE}/pages/sign-out/customized`, 'replaceSignOutPageSettings', replaceSignOut),
  reads(MAILS, 'listEmailTemplates', listTemplates),
  reads(MAIL, 'getEmailTemplate', getTemplate),
  reads(`${MAIL}/customizations`, 'listEmailCustomizations', listCustomizations),
  { ...writes(`POST ${MAIL}/customizations`, 'createEmailCustomization', addCustomization), body: 'json' },
  writes(`DELETE ${MAIL}/customizations`, 'deleteAllCustomizations', dropCustomizations),
  reads(`${MAIL}/customizations/:customizationId`, 'getEmailCustomization', getCustomization),
  writes(`PUT ${MAIL}/customizations/:customizationId`, 'replaceEmailCustomization', replaceCustomization),
  writes(`DELETE ${MAIL}/customizations/:customizationId`, 'deleteEmailCustomization', dropCustomization),
  reads(`${MAIL}/customizations/:customizationId/preview`, 'getCustomizationPreview', previewCustomization),
  reads(`${MAIL}/default-content`, 'getEmailDefaultContent', getDefaultContent),
  reads(`${MAIL}/default-content/preview`, 'getEmailDefaultPreview', previewDefaultContent),
  reads(`${MAIL}/settings`, 'getEmailSettings', getRecipients),
  writes(`PUT ${MAIL}/settings`, 'replaceEmailSettings', replaceRecipients),
  { ...writes(`POST ${MAIL}/test`, 'sendTestEmail', sendTest), needs: 'org.read' },
  uris(reads(`${ONE}/well-known-uris`, 'getAllWellKnownURIs', getAllUris)),
  uris(reads(`${ONE}/well-known-uris/:path`, 'getRootBrandWellKnownURI', getUri)),
  uris(reads(`${ONE}/well-known-uris/:path/customized`, 'getBrandWellKnownURI', getUriContent)),
  uris(writes(`PUT ${ONE}/well-known-uris/:path/customized`, 'replaceBrandWellKnownURI', replaceUriContent)),
  open('apple-app-site-association', 'getAppleAppSiteAssociationWellKnownURI'),
  open('assetlinks.json', 'getAssetLinksWellKnownURI'),
  open('webauthn', 'getWebAuthnWellKnownURI'),
]
