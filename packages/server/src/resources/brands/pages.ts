// Which pages does a brand show: for sign-in, for errors, after signing out?
import { E0000007 } from '@errorg/errors/codes'
import { type Brand, brands } from '../../entities/brand.ts'
import { fail } from '../../fail.ts'
import {
  checkFields,
  type FieldTable,
  isBlank,
  isObject,
  type JsonObject,
  objectBody,
  refuseFaults,
  textList,
} from '../../fields.ts'
import { type Exchange, noContent, ok } from '../../http/exchange.ts'
import type { Org } from '../../org.ts'
import type { Handle } from '../../routes.ts'
import { put, type Stored } from '../../state/state.ts'
import { mayWritePages } from './rules.ts'
import { brandUrl, link } from './schema.ts'
import { expandOf, loadBrand } from './store.ts'

/** A kind of page that can be changed, and looked at before it counts. */
export type PageKind = 'sign-in' | 'error'

const policy: FieldTable = {
  mode: { type: 'string', oneOf: ['enforced', 'report_only'] },
  reportUri: { type: 'string', max: 1024 },
  srcList: { type: 'array', max: 1000 },
}

const tables: Readonly<Record<PageKind, FieldTable>> = {
  error: {
    pageContent: { type: 'string', max: 1_000_000 },
    contentSecurityPolicySetting: { type: 'object', fields: policy },
  },
  'sign-in': {
    pageContent: { type: 'string', max: 1_000_000 },
    contentSecurityPolicySetting: { type: 'object', fields: policy },
    widgetVersion: {
      type: 'string',
      form: {
        test: (text) => /^(?:\*|\^?\d+(?:\.\d+){0,2})$/.test(text),
        says: 'must be a version such as ^7 or 7.30',
      },
    },
    // Reported; in which order Okta looks is not known.
    widgetCustomizations: {
      type: 'object',
      required: true,
      fields: { widgetGeneration: { type: 'string', required: true, oneOf: ['G2', 'G3'] } },
    },
  },
}

const csp = { mode: 'report_only', reportUri: null, srcList: [] }
const html = (title: string, body: string): string =>
  `<!DOCTYPE html><html><head><title>${title}</title></head><body>${body}</body></html>`

const first: Readonly<Record<PageKind, Readonly<Record<string, unknown>>>> = {
  // The title as Okta's own SDK finds it there (okta/okta-sdk-nodejs test/it/custom-pages.ts).
  error: {
    pageContent: html('{{orgName}} - {{errorSummary}}', '<h1>{{errorSummary}}</h1>'),
    contentSecurityPolicySetting: csp,
  },
  'sign-in': {
    pageContent: html('{{pageTitle}}', '<div id="okta-login-container"></div>{{{OktaUtil}}}'),
    widgetVersion: '*',
    widgetCustomizations: { widgetGeneration: 'G2', signInLabel: 'Sign In', usernameLabel: 'Username' },
    contentSecurityPolicySetting: csp,
  },
}

const SIGN_OUT: FieldTable = {
  type: { type: 'string', required: true, oneOf: ['EXTERNALLY_HOSTED', 'OKTA_DEFAULT'] },
  url: { type: 'string', max: 1024 },
}

/** `GET …/pages/{kind}`: links, and the pages themselves where they are asked for. */
export const getRoot =
  (kind: PageKind): Handle =>
  async (org, x) => {
    const brand = await loadBrand(org, x)
    const url = `${brandUrl(org, brand.id)}/pages/${kind}`
    const embed = expandOf(x)
    const embedded = {
      ...(embed.includes('default') && { default: first[kind] }),
      ...(embed.includes('customized') && { customized: pageOf(brand, kind, 'customized') ?? null }),
      ...(embed.includes('customizedUrl') && { customizedUrl: `${url}/customized` }),
      ...(embed.includes('preview') && { preview: pageOf(brand, kind, 'preview') ?? null }),
      ...(embed.includes('previewUrl') && { previewUrl: `${url}/preview` }),
    }
    return ok({
      ...(Object.keys(embedded).length > 0 && { _embedded: embedded }),
      _links: {
        self: link(url, 'GET'),
        default: link(`${url}/default`, 'GET'),
        customized: link(`${url}/customized`, 'GET', 'PUT', 'DELETE'),
        preview: link(`${url}/preview`, 'GET', 'PUT', 'DELETE'),
      },
    })
  }

/** `GET …/pages/{kind}/default` */
export const getDefault =
  (kind: PageKind): Handle =>
  async (org, x) => {
    await loadBrand(org, x)
    return ok(first[kind])
  }

/** `GET …/pages/{kind}/customized` and `/preview` */
export const getChanged =
  (kind: PageKind, state: PageState): Handle =>
  async (org, x) => {
    const brand = await loadBrand(org, x)
    // The name of the type is inferred.
    return ok(pageOf(brand, kind, state) ?? fail(E0000007, 'resource-missing', { id: brand.id, type: 'CustomPage' }))
  }

/** `PUT …/pages/{kind}/customized` and `/preview` */
export const replaceChanged =
  (kind: PageKind, state: PageState): Handle =>
  async (org, x) => {
    const brand = await loadBrand(org, x)
    mayWritePages(brand.value)
    const sent = objectBody(x.body)
    refuseFaults(checkFields(sent, tables[kind]))
    const page = { ...first[kind], ...readPage(sent) }
    await savePages(org, brand, { ...brand.value.pages, [`${kind}/${state}`]: page })
    if (state === 'customized') logPage(org, x, brand, kind, 'update')
    return ok(page)
  }

// What is no text is read as one, as everywhere; what kind of value a customization takes is left to the widget.
function readPage(sent: JsonObject): Record<string, unknown> {
  const { pageContent, widgetVersion, widgetCustomizations, contentSecurityPolicySetting: policy } = sent
  const page: Record<string, unknown> = {}
  if (!isBlank(pageContent)) page.pageContent = String(pageContent)
  if (!isBlank(widgetVersion)) page.widgetVersion = String(widgetVersion)
  if (isObject(widgetCustomizations)) page.widgetCustomizations = widgetCustomizations
  if (isObject(policy)) {
    page.contentSecurityPolicySetting = {
      mode: isBlank(policy.mode) ? csp.mode : String(policy.mode),
      reportUri: isBlank(policy.reportUri) ? null : String(policy.reportUri),
      srcList: isBlank(policy.srcList) ? [] : textList(policy.srcList),
    }
  }
  return page
}

/** `DELETE …/pages/{kind}/customized` and `/preview` */
export const dropChanged =
  (kind: PageKind, state: PageState): Handle =>
  async (org, x) => {
    const brand = await loadBrand(org, x)
    mayWritePages(brand.value)
    const { [`${kind}/${state}`]: dropped, ...rest } = brand.value.pages
    if (dropped) {
      await savePages(org, brand, rest)
      if (state === 'customized') logPage(org, x, brand, kind, 'delete')
    }
    return noContent()
  }

/** `GET …/pages/sign-out/customized` */
export async function getSignOut(org: Org, x: Exchange) {
  const brand = await loadBrand(org, x)
  return ok(brand.value.pages['sign-out'] ?? { type: 'OKTA_DEFAULT', url: null })
}

/** `PUT …/pages/sign-out/customized` */
export async function replaceSignOut(org: Org, x: Exchange) {
  const brand = await loadBrand(org, x)
  const sent = objectBody(x.body)
  const isOurs = sent.type !== 'EXTERNALLY_HOSTED'
  refuseFaults(checkFields(sent, isOurs ? SIGN_OUT : { ...SIGN_OUT, url: { ...SIGN_OUT.url!, required: true } }))
  const page = { type: String(sent.type), url: isOurs ? null : String(sent.url) }
  await savePages(org, brand, { ...brand.value.pages, 'sign-out': page })
  org.log(x, {
    eventType: 'system.custom_signout.update',
    displayMessage: 'Custom sign-out page updated',
    targets: [brandParty(brand)],
  })
  return ok(page)
}

/** `GET …/pages/sign-in/widget-versions` */
export async function listWidgetVersions(org: Org, x: Exchange) {
  await loadBrand(org, x)
  return ok(['*', '^7', '7.30', '^6', '6.9', '^5', '5.16'])
}

/** A brand as an event shows it. */
export const brandParty = ({ id, value }: Pick<Stored<Brand>, 'id' | 'value'>) => ({
  id,
  type: 'Brand',
  alternateId: 'unknown',
  displayName: value.name,
})

type PageState = 'customized' | 'preview'

const pageOf = (brand: Stored<Brand>, kind: PageKind, state: PageState) => brand.value.pages[`${kind}/${state}`]

async function savePages(org: Org, brand: Stored<Brand>, pages: Brand['pages']): Promise<void> {
  await org.state.change([put(brands, brand.id, { ...brand.value, pages }, brand)])
}

function logPage(org: Org, x: Exchange, brand: Stored<Brand>, kind: PageKind, what: 'update' | 'delete'): void {
  const name = kind === 'error' ? 'error' : 'signin'
  org.log(x, {
    eventType: `system.custom_${name}.${what}`,
    displayMessage: `Custom ${kind} page ${what}d`,
    targets: [brandParty(brand)],
  })
}
