// How does a request find its brand, theme or mail?
import { E0000007 } from '@errorg/errors/codes'
import { type Brand, brands, type EmailCustomization, emailCustomizations, templateKey } from '../../entities/brand.ts'
import { fail } from '../../fail.ts'
import type { Exchange } from '../../http/exchange.ts'
import type { Org } from '../../org.ts'
import type { Stored } from '../../state/state.ts'

/** The brand that the path names, or E0000007. */
export async function loadBrand(org: Org, x: Exchange): Promise<Stored<Brand>> {
  const id = x.params.brandId!
  return (await org.state.load(brands, id)) ?? fail(E0000007, 'resource-missing', { id, type: 'Brand' })
}

/** The brand whose theme the path names. */
export async function loadThemed(org: Org, x: Exchange): Promise<Stored<Brand>> {
  const brand = await loadBrand(org, x)
  const id = x.params.themeId!
  return brand.value.theme.id === id ? brand : fail(E0000007, 'resource-missing', { id, type: 'Theme' })
}

/** The mails of a template in somebody's own words, by id. */
export async function listCustomized(
  org: Org,
  brandId: string,
  template: string,
): Promise<Stored<EmailCustomization>[]> {
  return await org.state.find(emailCustomizations, 'template', templateKey(brandId, template))
}

/** The mail that the path names; it must belong to the brand and the template. */
export async function loadCustomized(
  org: Org,
  x: Exchange,
  brandId: string,
  template: string,
): Promise<Stored<EmailCustomization>> {
  const id = x.params.customizationId!
  const found = await org.state.load(emailCustomizations, id)
  if (found?.value.brandId === brandId && found.value.template === template) return found
  return fail(E0000007, 'resource-missing', { id, type: 'OrgCustomizedEmailTemplate' })
}

/** The values of `expand`. */
export function expandOf(x: Exchange): string[] {
  return x.query.getAll('expand').flatMap((value) => value.split(','))
}
