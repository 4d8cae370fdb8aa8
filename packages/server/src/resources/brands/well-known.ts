// What stands at the well-known URIs of a brand?
import { E0000007 } from '@errorg/errors/codes'
import { brands } from '../../entities/brand.ts'
import { fail } from '../../fail.ts'
import { type Answer, type Exchange, ok } from '../../http/exchange.ts'
import type { Org } from '../../org.ts'
import { put } from '../../state/state.ts'
import { mayHaveUris, mayWriteUri, readRepresentation, uriOf, wellKnownNames } from './rules.ts'
import { brandUrl, link } from './schema.ts'
import { expandOf, loadBrand } from './store.ts'

/** `GET …/well-known-uris` */
export async function getAllUris(org: Org, x: Exchange) {
  const brand = await loadBrand(org, x)
  mayHaveUris(brand.value)
  const url = `${brandUrl(org, brand.id)}/well-known-uris`
  const links = wellKnownNames.map((name) => [name, link(`${url}/${name}`, 'GET', 'PUT')])
  const embed = expandOf(x)
  const shown = wellKnownNames
    .filter((name) => embed.includes('all') || embed.includes(name))
    .map((name) => [name, { customized: showContent(org, brand.id, name, brand.value.wellKnown[name]) }])
  return ok({
    ...(shown.length > 0 && { _embedded: Object.fromEntries(shown) }),
    _links: { self: link(url, 'GET'), ...Object.fromEntries(links) },
  })
}

/** `GET …/well-known-uris/{path}`: links, and the content where it is asked for (documented). */
export async function getUri(org: Org, x: Exchange) {
  const brand = await loadBrand(org, x)
  mayHaveUris(brand.value)
  const name = uriOf(x.params.path!)
  const url = `${brandUrl(org, brand.id)}/well-known-uris/${name}`
  const customized = showContent(org, brand.id, name, brand.value.wellKnown[name])
  return ok({
    ...(expandOf(x).includes('customized') && { _embedded: { customized } }),
    _links: { self: link(url, 'GET'), customized: link(`${url}/customized`, 'GET', 'PUT') },
  })
}

/** `GET …/well-known-uris/{path}/customized` */
export async function getUriContent(org: Org, x: Exchange) {
  const brand = await loadBrand(org, x)
  mayHaveUris(brand.value)
  const name = uriOf(x.params.path!)
  return ok(showContent(org, brand.id, name, brand.value.wellKnown[name]))
}

/** `PUT …/well-known-uris/{path}/customized` */
export async function replaceUriContent(org: Org, x: Exchange) {
  const brand = await loadBrand(org, x)
  mayWriteUri(brand.value)
  const name = uriOf(x.params.path!)
  const wellKnown = { ...brand.value.wellKnown, [name]: readRepresentation(name, x.body) }
  await org.state.change([put(brands, brand.id, { ...brand.value, wellKnown }, brand)])
  return ok(showContent(org, brand.id, name, wellKnown[name]))
}

function showContent(org: Org, brandId: string, name: string, representation: unknown) {
  const self = `${brandUrl(org, brandId)}/well-known-uris/${name}/customized`
  return { representation: representation ?? null, _links: { self: link(self, 'GET', 'PUT') } }
}

// The apps that Okta adds for Okta Verify (documented); nobody can change them.
const OKTA_APPS = ['B7F62B65BN.com.okta.mobile', 'B7F62B65BN.com.okta.mobile.auth-service-extension']

/**
 * `GET /.well-known/{path}` without credentials: what the default brand has there, which is what Okta adds and nothing
 * else, as nobody can write it (reported).
 */
export const publicUri = (name: string) => async (): Promise<Answer> => {
  if (name === 'apple-app-site-association') return ok({ authsrv: { apps: OKTA_APPS } })
  // The name of the type is inferred.
  return fail(E0000007, 'resource-missing', { id: name, type: 'WellKnownURI' })
}
