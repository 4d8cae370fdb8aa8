// Which fields do brands, themes and mails have, and what do they look like on the wire?
import { isoDate } from '../../clock.ts'
import type { Brand, EmailCustomization } from '../../entities/brand.ts'
import type { EmailTemplate } from '../../entities/email-template.ts'
import { pictureUrl } from '../../entities/picture.ts'
import type { FieldRule, FieldTable } from '../../fields.ts'
import type { Org } from '../../org.ts'
import type { Stored } from '../../state/state.ts'

const LANGUAGE = /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/
const language: FieldRule = {
  type: 'string',
  form: { test: (text) => LANGUAGE.test(text), says: 'must be a language tag such as en or pt-BR' },
}
const color: FieldRule = {
  type: 'string',
  form: { test: (text) => /^#[0-9a-fA-F]{6}$/.test(text), says: 'must be a hex color such as #1662dd' },
}
const variant = (...oneOf: string[]): FieldRule => ({ type: 'string', required: true, oneOf })

/** The body that makes a brand. */
export const creationFields: FieldTable = { name: { type: 'string', required: true } }

/** The body that replaces one. Recorded bodies of 2021 had no name yet. */
export const brandFields: FieldTable = {
  name: { type: 'string' },
  agreeToCustomPrivacyPolicy: { type: 'boolean' },
  customPrivacyPolicyUrl: { type: 'string', max: 1024 },
  removePoweredByOkta: { type: 'boolean' },
  locale: language,
  emailDomainId: { type: 'string' },
  defaultApp: {
    type: 'object',
    fields: {
      appInstanceId: { type: 'string' },
      appLinkName: { type: 'string' },
      classicApplicationUri: { type: 'string' },
    },
  },
}

/** The body that replaces a theme. */
export const themeFields: FieldTable = {
  primaryColorHex: { ...color, required: true },
  primaryColorContrastHex: color,
  secondaryColorHex: { ...color, required: true },
  secondaryColorContrastHex: color,
  signInPageTouchPointVariant: variant('OKTA_DEFAULT', 'BACKGROUND_SECONDARY_COLOR', 'BACKGROUND_IMAGE'),
  endUserDashboardTouchPointVariant: variant(
    'OKTA_DEFAULT',
    'WHITE_LOGO_BACKGROUND',
    'FULL_THEME',
    'LOGO_ON_FULL_WHITE_BACKGROUND',
  ),
  errorPageTouchPointVariant: variant('OKTA_DEFAULT', 'BACKGROUND_SECONDARY_COLOR', 'BACKGROUND_IMAGE'),
  emailTemplateTouchPointVariant: variant('OKTA_DEFAULT', 'FULL_THEME'),
  loadingPageTouchPointVariant: { ...variant('OKTA_DEFAULT', 'NONE'), required: false },
}

/** The body of a mail. */
export const customizationFields: FieldTable = {
  language: { ...language, required: true },
  isDefault: { type: 'boolean' },
  subject: { type: 'string', required: true, max: 4096 },
  body: { type: 'string', required: true, max: 100_000 },
}

/** Who gets the mails of a template. */
export const recipientFields: FieldTable = {
  recipients: { type: 'string', required: true, oneOf: ['ALL_USERS', 'ADMINS_ONLY', 'NO_USERS'] },
}

/** A link with the methods it takes. */
export function link(href: string, ...allow: string[]): Record<string, unknown> {
  return { href, hints: { allow } }
}

/** The address of a brand. */
export const brandUrl = (org: Org, id: string): string => `${org.baseUrl}/api/v1/brands/${id}`

/** A brand as Okta shows it; its language only where one brand is asked for (recorded). */
export function showBrand(
  org: Org,
  { id, value }: Stored<Brand>,
  {
    alone = false,
    embed = [],
    domains = [],
  }: { alone?: boolean; embed?: readonly string[]; domains?: readonly unknown[] } = {},
): Record<string, unknown> {
  const self = brandUrl(org, id)
  const embedded: Record<string, unknown> = {
    ...(embed.includes('themes') && { themes: [showTheme(org, { id, value })] }),
    ...(embed.includes('domains') && { domains }),
  }
  return {
    id,
    name: value.name,
    isDefault: value.isDefault,
    agreeToCustomPrivacyPolicy: value.agreeToCustomPrivacyPolicy,
    removePoweredByOkta: value.removePoweredByOkta,
    customPrivacyPolicyUrl: value.customPrivacyPolicyUrl,
    ...(alone && value.locale !== undefined && { locale: value.locale }),
    ...(alone && value.emailDomainId !== undefined && { emailDomainId: value.emailDomainId }),
    defaultApp: value.defaultApp,
    ...(Object.keys(embedded).length > 0 && { _embedded: embedded }),
    _links: {
      self: link(self, 'GET', 'PUT', ...(value.isDefault ? [] : ['DELETE'])),
      themes: link(`${self}/themes`, 'GET'),
    },
  }
}

/** The theme of a brand as Okta shows it. */
export function showTheme(org: Org, { id, value: { theme } }: Pick<Stored<Brand>, 'id' | 'value'>) {
  const self = `${brandUrl(org, id)}/themes/${theme.id}`
  const { id: themeId, logo, favicon, backgroundImage, ...colors } = theme
  return {
    id: themeId,
    logo: seen(org, logo) ?? `${org.baseUrl}/assets/img/logos/okta-logo.png`,
    favicon: seen(org, favicon) ?? `${org.baseUrl}/favicon.ico`,
    backgroundImage: seen(org, backgroundImage) ?? null,
    ...colors,
    _links: {
      self: link(self, 'GET', 'PUT'),
      logo: link(`${self}/logo`, 'POST', 'DELETE'),
      favicon: link(`${self}/favicon`, 'POST', 'DELETE'),
      'background-image': link(`${self}/background-image`, 'POST', 'DELETE'),
    },
  }
}

const seen = (org: Org, id: string | undefined) => (id === undefined ? undefined : pictureUrl(org, id))

/** The address of a mail's template. */
export const templateUrl = (org: Org, brandId: string, template: string): string =>
  `${brandUrl(org, brandId)}/templates/email/${template}`

/** A template as Okta shows it. */
export function showTemplate(
  org: Org,
  brand: Stored<Brand>,
  { name }: EmailTemplate,
  { embed = [], count = 0 }: { embed?: readonly string[]; count?: number } = {},
): Record<string, unknown> {
  const self = templateUrl(org, brand.id, name)
  const embedded: Record<string, unknown> = {
    ...(embed.includes('settings') && { settings: showRecipients(org, brand, name) }),
    ...(embed.includes('customizationCount') && { customizationCount: count }),
  }
  return {
    name,
    ...(Object.keys(embedded).length > 0 && { _embedded: embedded }),
    _links: {
      self: link(self, 'GET'),
      settings: link(`${self}/settings`, 'GET', 'PUT'),
      defaultContent: link(`${self}/default-content`, 'GET'),
      customizations: link(`${self}/customizations`, 'GET', 'POST', 'DELETE'),
      test: link(`${self}/test`, 'POST'),
    },
  }
}

/** Who gets the mails of a template. */
export function showRecipients(org: Org, { id, value }: Stored<Brand>, template: string): Record<string, unknown> {
  const url = templateUrl(org, id, template)
  return {
    recipients: value.recipients[template] ?? 'ALL_USERS',
    _links: { self: link(`${url}/settings`, 'GET', 'PUT'), template: link(url, 'GET') },
  }
}

/** A mail in somebody's own words. */
export function showCustomization(org: Org, { id, value }: Stored<EmailCustomization>): Record<string, unknown> {
  const url = templateUrl(org, value.brandId, value.template)
  const self = `${url}/customizations/${id}`
  return {
    id,
    language: value.language,
    isDefault: value.isDefault,
    subject: value.subject,
    body: value.body,
    created: isoDate(value.createdAt),
    lastUpdated: isoDate(value.lastUpdatedAt),
    _links: {
      self: link(self, 'GET', 'PUT', 'DELETE'),
      template: link(url, 'GET'),
      preview: link(`${self}/preview`, 'GET'),
      test: link(`${url}/test`, 'POST'),
    },
  }
}
