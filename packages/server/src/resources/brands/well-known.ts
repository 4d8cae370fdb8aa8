// What stands at the well-known URIs of a brand?
import { brands } from '../../entities/brand.ts'
import { type Exchange, ok } from '../../http/exchange.ts'
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
  const shown = expandOf(x).includes('all')
    ? wellKnownNames.map((name) => [
        name,
        { customized: showContent(org, brand.id, name, brand.value.wellKnown[name]) },
      ])
    : []
  return ok({
    ...(shown.length > 0 && { _embedded: Object.fromEntries(shown) }),
    _links: { self: link(url, 'GET'), ...Object.fromEntries(links) },
  })
}

/** `GET …/well-known-uris/{path}` */
export async function getUri(org: Org, x: Exchange) {
  const brand = await loadBrand(org, x)
  mayHaveUris(brand.value)
  const name = uriOf(x.params.path!)
  const url = `${brandUrl(org, brand.id)}/well-known-uris/${name}`
  return ok({
    representation: brand.value.wellKnown[name] ?? {},
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
  const wellKnown = { ...brand.value.wellKnown, [name]: readRepresentation(x.body) }
  await org.state.change([put(brands, brand.id, { ...brand.value, wellKnown }, brand)])
  return ok(showContent(org, brand.id, name, wellKnown[name]))
}

function showContent(org: Org, brandId: string, name: string, representation: unknown) {
  const self = `${brandUrl(org, brandId)}/well-known-uris/${name}/customized`
  return { representation: representation ?? {}, _links: { self: link(self, 'GET', 'PUT') } }
}
