// What may be done with brands, their themes, their mails and their well-known URIs?
import { E0000001, E0000007, E0000022 } from '@errorg/errors/codes'
import type { Brand, EmailCustomization, Theme } from '../../entities/brand.ts'
import { type EmailTemplate, emailTemplates, namesOneOf, neededVariables } from '../../entities/email-template.ts'
import { fail } from '../../fail.ts'
import {
  checkFields,
  type FieldTable,
  isObject,
  type JsonObject,
  objectBody,
  refuseBlank,
  refuseFaults,
} from '../../fields.ts'
import type { Stored } from '../../state/state.ts'
import { failNewer } from './newer.ts'
import { brandFields, creationFields, customizationFields, recipientFields, themeFields } from './schema.ts'

// The name of the brand that Okta keeps for disaster recovery (documented).
const RESERVED = 'drapp_domain_brand'

/** The name of a new brand. */
export function readName(body: unknown): string {
  const name = String(readBody(body, creationFields).name)
  notReserved(name)
  return name
}

function notReserved(name: string): void {
  if (name.toLowerCase() === RESERVED) {
    fail(E0000001, 'value-invalid', { field: 'name', causes: ['name: The name is reserved'] })
  }
}

/** A name may be used once. */
export function nameIsFree(holder: { id: string } | undefined, ownId?: string): void {
  if (holder && holder.id !== ownId) failNewer('brand-name-taken')
}

/** A brand as a body has it. What Okta keeps for itself stays; so does a name that is not sent (recorded). */
export function readBrand(body: unknown, old: Brand): Brand {
  const sent = readBody(body, brandFields)
  const url = textOf(sent.customPrivacyPolicyUrl)
  const name = textOf(sent.name) ?? old.name
  if (name !== old.name) notReserved(name)
  // Documented; the words are inferred.
  if (url !== null && sent.agreeToCustomPrivacyPolicy !== true) {
    fail(E0000001, 'value-invalid', {
      field: 'agreeToCustomPrivacyPolicy',
      causes: ['agreeToCustomPrivacyPolicy: A custom privacy policy needs your agreement'],
    })
  }
  const emailDomainId = textOf(sent.emailDomainId)
  const app = (sent.defaultApp ?? {}) as JsonObject
  const locale = textOf(sent.locale) ?? old.locale
  const { emailDomainId: _replaced, ...kept } = old
  return {
    ...kept,
    name,
    agreeToCustomPrivacyPolicy: sent.agreeToCustomPrivacyPolicy === true,
    customPrivacyPolicyUrl: url,
    removePoweredByOkta: sent.removePoweredByOkta === true,
    ...(locale !== undefined && { locale }),
    ...(emailDomainId !== null && { emailDomainId }),
    defaultApp: {
      appInstanceId: textOf(app.appInstanceId),
      appLinkName: textOf(app.appLinkName),
      classicApplicationUri: textOf(app.classicApplicationUri),
    },
  }
}

/** The brand of the org's own address stays, and so does one that a domain belongs to. */
export function mayDelete(brand: Brand, domains: number): void {
  if (brand.isDefault) failNewer('default-brand-fixed')
  if (domains > 0) failNewer('brand-has-domain')
}

/** A theme as a body has it; pictures stay. */
export function readTheme(body: unknown, old: Theme): Theme {
  const sent = readBody(body, themeFields)
  const said = Object.keys(themeFields).filter((name) => textOf(sent[name]) !== null)
  return { ...old, ...Object.fromEntries(said.map((name) => [name, String(sent[name])])) }
}

/** The template of a name. */
export function templateOf(name: string): EmailTemplate {
  const found = emailTemplates.find((template) => template.name === name)
  return found ?? fail(E0000007, 'resource-missing', { id: name, type: 'EmailTemplate' })
}

/** Who gets the mails of a template. */
export function readRecipients(body: unknown): string {
  return String(readBody(body, recipientFields).recipients)
}

/** What a body says of a mail. */
export function readCustomization(
  template: string,
  body: unknown,
): Pick<EmailCustomization, 'language' | 'subject' | 'body'> & { isDefault: boolean | undefined } {
  const sent = readBody(body, customizationFields)
  const needed = neededVariables[template]
  if (needed && !namesOneOf(String(sent.body), needed)) {
    fail(E0000001, 'email-variable-missing')
  }
  return {
    language: String(sent.language),
    subject: String(sent.subject),
    body: String(sent.body),
    isDefault: typeof sent.isDefault === 'boolean' ? sent.isDefault : undefined,
  }
}

/** One mail a language, and one default: the first is it, whatever it says (documented). */
export function mayAdd(
  next: { language: string; isDefault: boolean | undefined },
  others: readonly Stored<EmailCustomization>[],
): boolean {
  if (others.some(({ value }) => value.language === next.language)) failNewer('language-taken')
  if (others.length === 0) return true
  if (next.isDefault === true) failNewer('default-taken')
  return false
}

/** A change leaves one mail a language and one default. */
export function mayChange(
  old: Stored<EmailCustomization>,
  next: { language: string; isDefault: boolean | undefined },
  all: readonly Stored<EmailCustomization>[],
): boolean {
  const others = all.filter(({ id }) => id !== old.id)
  if (others.some(({ value }) => value.language === next.language)) failNewer('language-taken')
  if (old.value.isDefault && next.isDefault === false) failNewer('default-not-cleared')
  if (!old.value.isDefault && next.isDefault === true) failNewer('default-taken')
  return old.value.isDefault
}

/** The default goes last. */
export function mayRemove({ value }: Stored<EmailCustomization>, count: number): void {
  if (value.isDefault && count > 1) failNewer('default-not-deletable')
}

/** The brand of the org's own address shows Okta's pages (reported). */
export function mayWritePages(brand: Brand): void {
  if (brand.isDefault) failNewer('default-brand-page')
}

/** The brand of the org's own address has no well-known URIs (reported). */
export function mayHaveUris(brand: Brand): void {
  if (brand.isDefault) fail(E0000022, 'default-brand-lacks-it')
}

/** The names of well-known URIs. */
export const wellKnownNames: readonly string[] = ['apple-app-site-association', 'assetlinks.json', 'webauthn']

const refuseRequest = (says: string): never => fail(E0000001, 'value-invalid', { field: 'request', causes: [says] })

/** A well-known URI by the last part of its path (the sentence is documented). */
export function uriOf(name: string): string {
  if (wellKnownNames.includes(name)) return name
  return refuseRequest(`The specified path is not supported. Valid values: [${wellKnownNames.join(', ')}].`)
}

const MOST_BYTES = 100 * 1024

/** The content of a well-known URI; null takes it away (reported). The sentences are documented. */
export function readRepresentation(name: string, body: unknown): unknown {
  const { representation } = objectBody(body)
  if (representation === undefined) refuseBlank('representation')
  if (representation === null) return null
  const refuse = (says: string): never => fail(E0000001, 'value-invalid', { field: 'representation', causes: [says] })
  if (name === 'assetlinks.json') {
    if (!Array.isArray(representation) || !representation.every(isObject)) {
      refuse('Content must be a JSON array of objects.')
    }
  } else if (!isObject(representation)) refuse('Content must be a JSON object.')
  else if (name === 'webauthn') {
    const { origins } = representation
    if (Object.keys(representation).join() !== 'origins') refuse('Content must only contain `origins`.')
    if (!Array.isArray(origins) || !origins.every((one) => typeof one === 'string')) {
      refuse('The `origins` must be an array of strings.')
    }
  } else if (Object.hasOwn(representation, 'authsrv')) {
    refuse('Content must not include any `authsrv` customization.')
  }
  if (JSON.stringify(representation).length >= MOST_BYTES) refuseRequest('Content must be less than 100KB.')
  return representation
}

/** Nor can they be written there, which has a code of its own (documented). */
export function mayWriteUri(brand: Brand): void {
  if (brand.isDefault) failNewer('default-brand-uri')
}

function readBody(body: unknown, table: FieldTable): JsonObject {
  const object = objectBody(body)
  refuseFaults(checkFields(object, table))
  return object
}

const textOf = (value: unknown): string | null =>
  value === undefined || value === null || value === '' ? null : String(value)
