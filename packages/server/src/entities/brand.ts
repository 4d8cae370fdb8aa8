// What is a brand, as the org keeps it: its name, its theme, its pages and its mails?
import type { Ids } from '../ids.ts'
import { type Collection, put, type Write } from '../state/state.ts'

/** Colours and pictures of a brand; each brand has one theme. */
export interface Theme {
  id: string
  primaryColorHex: string
  primaryColorContrastHex: string
  secondaryColorHex: string
  secondaryColorContrastHex: string
  signInPageTouchPointVariant: string
  endUserDashboardTouchPointVariant: string
  errorPageTouchPointVariant: string
  emailTemplateTouchPointVariant: string
  loadingPageTouchPointVariant: string
  /** Ids of pictures that were uploaded; absent: Okta's. */
  logo?: string
  favicon?: string
  backgroundImage?: string
}

/** A brand. */
export interface Brand {
  name: string
  /** The brand of the org's own address. It came with the org and stays. */
  isDefault: boolean
  agreeToCustomPrivacyPolicy: boolean
  customPrivacyPolicyUrl: string | null
  removePoweredByOkta: boolean
  locale?: string
  /** The domain that its mails come from. */
  emailDomainId?: string
  defaultApp: Readonly<Record<string, string | null>>
  theme: Theme
  /** Who gets the mails of a template, where that was changed. */
  recipients: Readonly<Record<string, string>>
  /** Content of well-known URIs, by the last part of their path. */
  wellKnown: Readonly<Record<string, unknown>>
  /** Pages that were changed, by `sign-in/customized`, `error/preview` … */
  pages: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

/** All brands. */
export const brands: Collection<Brand> = {
  name: 'brand',
  unique: (brand) => [`name:${brand.name.toLowerCase()}`],
}

/** A mail in words of one's own, in one language. Moments are in ms since 1970. */
export interface EmailCustomization {
  brandId: string
  template: string
  language: string
  /** The one that is sent to users whose language has none; each template that was changed has exactly one. */
  isDefault: boolean
  subject: string
  body: string
  createdAt: number
  lastUpdatedAt: number
}

/** The key of a brand's template. */
export const templateKey = (brandId: string, template: string): string => `${brandId}:${template}`

/** All of them. */
export const emailCustomizations: Collection<EmailCustomization> = {
  name: 'emailCustomization',
  unique: ({ brandId, template, language }) => [`${templateKey(brandId, template)}:${language}`],
  indexes: { template: ({ brandId, template }) => templateKey(brandId, template), brand: ({ brandId }) => brandId },
}

/** The theme that a brand begins with. */
export function newTheme(id: string): Theme {
  return {
    id,
    primaryColorHex: '#1662dd',
    primaryColorContrastHex: '#ffffff',
    secondaryColorHex: '#ebebed',
    secondaryColorContrastHex: '#000000',
    signInPageTouchPointVariant: 'OKTA_DEFAULT',
    endUserDashboardTouchPointVariant: 'OKTA_DEFAULT',
    errorPageTouchPointVariant: 'OKTA_DEFAULT',
    emailTemplateTouchPointVariant: 'OKTA_DEFAULT',
    loadingPageTouchPointVariant: 'OKTA_DEFAULT',
  }
}

/** A brand of this name, as new ones are. */
export function newBrand(name: string, themeId: string): Brand {
  return {
    name,
    isDefault: false,
    agreeToCustomPrivacyPolicy: false,
    customPrivacyPolicyUrl: null,
    removePoweredByOkta: false,
    defaultApp: { appInstanceId: null, appLinkName: null, classicApplicationUri: null },
    theme: newTheme(themeId),
    recipients: {},
    wellKnown: {},
    pages: {},
  }
}

/** The brand that every org comes with. */
export function firstBrand(ids: Ids): Write {
  return put(brands, ids.next('bnd'), { ...newBrand('Okta Default', ids.next('thd')), isDefault: true, locale: 'en' })
}
