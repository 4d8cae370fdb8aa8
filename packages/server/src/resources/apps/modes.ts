// Which fields does an app need for the way its users sign in, and how is it called when nobody names it?
import type { SignOnMode } from '../../entities/app.ts'
import { checkFields, type FieldFault, type FieldTable, type JsonObject, objectMember } from '../../fields.ts'

/** All sign-on modes. */
export const signOnModes: readonly SignOnMode[] = [
  'OPENID_CONNECT',
  'SAML_2_0',
  'SAML_1_1',
  'BOOKMARK',
  'AUTO_LOGIN',
  'BASIC_AUTH',
  'BROWSER_PLUGIN',
  'SECURE_PASSWORD_STORE',
  'WS_FEDERATION',
]

// The apps that Okta's API makes without the catalogue.
const namesOf: Readonly<Partial<Record<SignOnMode, string>>> = {
  OPENID_CONNECT: 'oidc_client',
  BOOKMARK: 'bookmark',
  BASIC_AUTH: 'template_basic_auth',
  BROWSER_PLUGIN: 'template_swa',
  SECURE_PASSWORD_STORE: 'template_sps',
  WS_FEDERATION: 'template_wsfed',
}

const modesOf: Readonly<Record<string, SignOnMode>> = {
  oidc_client: 'OPENID_CONNECT',
  bookmark: 'BOOKMARK',
  template_basic_auth: 'BASIC_AUTH',
  template_swa: 'BROWSER_PLUGIN',
  template_swa3field: 'BROWSER_PLUGIN',
  template_sps: 'SECURE_PASSWORD_STORE',
  template_wsfed: 'WS_FEDERATION',
}

/** The name of an app that says only how its users sign in; undefined for one made with the wizard. */
export function nameOfMode(mode: SignOnMode): string | undefined {
  return namesOf[mode]
}

/** How users sign in to an app of which only the name is said: apps of the catalogue are filled in. */
export function modeOfName(name: string): SignOnMode {
  return modesOf[name] ?? 'AUTO_LOGIN'
}

/**
 * Why an app of this name cannot have this mode; undefined when it can. The apps that are made without the catalogue have
 * one mode each. Of other names nothing is known: Okta's catalogue is not public, so they have whatever mode they say.
 */
export function whyNotMode(name: string, mode: SignOnMode): string | undefined {
  const only = Object.hasOwn(modesOf, name) ? modesOf[name] : undefined
  return only === undefined || only === mode ? undefined : `The app '${name}' supports only the sign-on mode ${only}`
}

/** Was the app made with the App Integration Wizard? Its definition is its own. */
export function isWizardApp(name: string, mode: SignOnMode): boolean {
  return /^[a-z0-9-]+_.+_\d+$/.test(name) && (mode === 'SAML_2_0' || mode === 'SAML_1_1' || mode === 'AUTO_LOGIN')
}

const text = { type: 'string', required: true, max: 1024 } as const
const url = { ...text, form: { test: isHttpUrl, says: 'The field must be an absolute http or https URL' } }
const urlIfSent = { ...url, required: false }
const flag = { type: 'boolean' } as const

const appFields: Readonly<Record<string, FieldTable>> = {
  bookmark: { url },
  template_basic_auth: { url, authURL: url },
  template_swa: { url, usernameField: text, passwordField: text, buttonField: text },
  template_swa3field: {
    targetURL: url,
    userNameSelector: text,
    passwordSelector: text,
    buttonSelector: text,
    extraFieldSelector: text,
    extraFieldValue: text,
  },
  template_sps: { url, usernameField: text, passwordField: text },
  template_wsfed: { siteURL: url, wReplyURL: url },
}

// What the apps of the catalogue need whose settings are published (OpenAPI, schemas of OINApplication). Not okta_org2org:
// the official Node SDK leaves its settings out, and Okta's own tests make such apps with it.
const catalogueFields: Readonly<Record<string, FieldTable>> = {
  google: { domain: text },
  office365: { domain: text, msftTenant: text },
  salesforce: {
    instanceType: { ...text, oneOf: ['SANDBOX', 'PRODUCTION', 'GOVERNMENT'] },
    integrationType: { ...text, oneOf: ['STANDARD', 'PORTAL', 'COMMUNITY'] },
  },
  slack: { domain: text },
  trendmicroapexoneservice: { baseURL: url },
  zoomus: { subDomain: text },
}

/** Does such an app say how many seats were bought, also when nobody has said so? (recorded) */
export function isSoldBySeat(name: string): boolean {
  return name === 'office365'
}

const wordOf = (...oneOf: string[]) => ({ type: 'string', max: 1024, oneOf }) as const

const nameIds = ['1.1:nameid-format:unspecified', '1.1:nameid-format:emailAddress', '1.1:nameid-format:x509SubjectName']
const nameIdsOf2 = ['2.0:nameid-format:persistent', '2.0:nameid-format:transient']

// What an assertion can be, whichever app it is for (OpenAPI, SamlApplicationSettingsSignOn). The context classes are left
// out: the list there is spelled in two ways, and service providers have classes of their own.
const samlFields: FieldTable = {
  signatureAlgorithm: wordOf('RSA_SHA1', 'RSA_SHA256'),
  digestAlgorithm: wordOf('SHA1', 'SHA256'),
  subjectNameIdFormat: wordOf(...[...nameIds, ...nameIdsOf2].map((name) => `urn:oasis:names:tc:SAML:${name}`)),
  ssoAcsUrl: urlIfSent,
  recipient: urlIfSent,
  destination: urlIfSent,
  ssoAcsUrlOverride: urlIfSent,
  recipientOverride: urlIfSent,
  destinationOverride: urlIfSent,
  allowMultipleAcsEndpoints: flag,
  assertionSigned: flag,
  responseSigned: flag,
  honorForceAuthn: flag,
  requestCompressed: flag,
  acsEndpoints: { type: 'array', max: 100, fields: { url } },
  slo: { type: 'object', fields: { enabled: flag, logoutUrl: urlIfSent } },
}

const signOnFields: Readonly<Partial<Record<SignOnMode, FieldTable>>> = {
  SAML_2_0: { ssoAcsUrl: url, recipient: url, destination: url, audience: text },
  SAML_1_1: { ssoAcsUrl: url, recipient: url, destination: url, audience: text },
  AUTO_LOGIN: { loginUrl: url },
}

/** What is missing or wrong in the settings that a sign-on mode needs. */
export function checkSettings(name: string, mode: SignOnMode, settings: JsonObject): FieldFault[] {
  const table = [appFields, catalogueFields].find((tables) => Object.hasOwn(tables, name))?.[name]
  const needed = table ?? (isWizardApp(name, mode) ? signOnFields[mode] : undefined)
  const signOn = objectMember(settings, 'signOn') ?? {}
  const faults = needed ? checkFields(table ? (objectMember(settings, 'app') ?? {}) : signOn, needed) : []
  if (mode !== 'SAML_2_0' && mode !== 'SAML_1_1') return faults
  const judged = new Set(faults.map(({ field }) => field))
  return [...faults, ...checkFields(signOn, samlFields).filter(({ field }) => !judged.has(field)), ...unsigned(signOn)]
}

// "Either (or both) must be TRUE" (documented); the sentence is inferred.
function unsigned({ responseSigned, assertionSigned }: JsonObject): FieldFault[] {
  if (responseSigned !== false || assertionSigned !== false) return []
  return [{ field: 'responseSigned', says: 'Either responseSigned or assertionSigned must be true', kind: 'invalid' }]
}

/** Does the org keep passwords for the users of such apps? */
export function keepsPasswords(mode: SignOnMode): boolean {
  return ['BROWSER_PLUGIN', 'BASIC_AUTH', 'SECURE_PASSWORD_STORE', 'AUTO_LOGIN'].includes(mode)
}

/** Are assertions or tokens signed for such apps? */
export function signs(mode: SignOnMode): boolean {
  return ['OPENID_CONNECT', 'SAML_2_0', 'SAML_1_1', 'WS_FEDERATION'].includes(mode)
}

/** Is this an absolute http or https URL? */
export function isHttpUrl(value: string): boolean {
  return URL.canParse(value) && /^https?:\/\/[^/\s]/.test(value)
}

/** Is this an app of Okta's catalogue? All others are made of a template or with the wizard. */
export function isOfCatalogue(name: string, mode: SignOnMode): boolean {
  return !Object.hasOwn(modesOf, name) && !isWizardApp(name, mode)
}
