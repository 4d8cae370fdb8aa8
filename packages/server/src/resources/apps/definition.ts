// Which app does a body describe? Reads what all apps have, with defaults as recorded, and what its sign-on mode adds.
import { E0000001, E0000003, E0000025, E0000037, E0000039, E0000042, E0000043, E0000044 } from '@errorg/errors/codes'
import type { App, SignOnMode } from '../../entities/app.ts'
import { fail } from '../../fail.ts'
import {
  checkFields,
  isBlank,
  type JsonObject,
  objectBody,
  objectMember,
  refuseBlank,
  refuseFaults,
  refuseValue,
} from '../../fields.ts'
import type { Org } from '../../org.ts'
import { type ClientParts, readClient, textsOf } from './client.ts'
import {
  checkSettings,
  isHttpUrl,
  isOfCatalogue,
  isSoldBySeat,
  isWizardApp,
  keepsPasswords,
  modeOfName,
  nameOfMode,
  signOnModes,
  signs,
  whyNotMode,
} from './modes.ts'
import { isOwnedByOkta } from './rules.ts'
import { firstKid, kidsOf } from './signing-keys.ts'

/** What a body says about an app, as far as the body decides it. */
export type Definition = Omit<App, 'status' | 'createdAt' | 'lastUpdatedAt' | 'policyId'>

/** A definition, with the client secret that was sent. */
export interface DefinitionParts {
  app: Definition
  secret: string | undefined
}

/**
 * Reads a body that makes an app (`appId` is its id to be), or one that replaces `old`; with `userNameOpen`, its users may
 * change the name that they have in it.
 */
export function readDefinition(
  org: Org,
  body: unknown,
  { appId, now, old, userNameOpen = false }: { appId: string; now: number; old?: App; userNameOpen?: boolean },
): DefinitionParts {
  const given = objectBody(body)
  refuseFaults(checkFields(given, { label: { type: 'string', required: true, max: 100 } }))
  const label = String(given.label)
  const mode = readMode(given, old)
  const name = readName(given, mode, label, old)
  const misfit = whyNotMode(name, mode)
  if (misfit !== undefined) refuseValue('signOnMode', misfit)
  const settings = objectMember(given, 'settings') ?? {}
  refuseFaults(checkSettings(name, mode, settings), 'settings')
  const client =
    mode === 'OPENID_CONNECT'
      ? readClient(given, { appId, ids: org.ids, now, old, ofCatalogue: name !== 'oidc_client' })
      : undefined
  const profile = objectMember(given, 'profile')
  const licensing = readLicensing(given, name, old)
  return {
    app: {
      name,
      label,
      signOnMode: mode,
      features: textsOf(given.features),
      visibility: readVisibility(given, name, old),
      accessibility: readAccessibility(org, given, { label, old, userNameOpen }),
      settings: withSettings(settings, client),
      credentials: readCredentials(org, given, mode, client, { appId, old }),
      ...(client && { oauth: client.oauth }),
      ...(profile && { profile }),
      ...(licensing && { licensing }),
    },
    secret: client?.secret,
  }
}

function readMode(given: JsonObject, old: App | undefined): SignOnMode {
  const { signOnMode, name } = given
  if (signOnMode === undefined || signOnMode === null) {
    if (old) return old.signOnMode
    if (typeof name === 'string' && name !== '') return modeOfName(name)
    return refuseBlank('signOnMode')
  }
  // A word that the model does not know cannot be bound.
  const mode = signOnModes.find((known) => known === signOnMode) ?? fail(E0000003, 'body-unreadable-shape')
  if (old && mode !== old.signOnMode) fail(E0000039, 'setting-fixed-at-creation', { setting: 'signOnMode' })
  return mode
}

function readName(given: JsonObject, mode: SignOnMode, label: string, old: App | undefined): string {
  const { name } = given
  if (isBlank(name)) return old?.name ?? nameOfMode(mode) ?? wizardName(label)
  if (typeof name !== 'string') return fail(E0000003, 'body-unreadable-shape')
  // Wizard apps are named by the org: what a caller remembers of another org is not a wish to rename.
  if (old && isWizardApp(old.name, mode) && isWizardApp(name, mode)) return old.name
  if (old && name !== old.name) refuseName(old)
  if (!old && isOwnedByOkta(name)) return fail(E0000039, 'app-owned-by-okta', { name })
  if (!/^[\w-]{1,100}$/.test(name)) {
    return refuseValue('name', 'The field has an invalid value')
  }
  return name
}

// An instance stays what it was made of: of the catalogue's apps as of all others.
function refuseName(old: App): void {
  if (isOfCatalogue(old.name, old.signOnMode)) fail(E0000025, 'catalog-version-unknown')
  fail(E0000039, 'setting-fixed-at-creation', { setting: 'name' })
}

// `org_label_1`, letters and digits only, as the wizard does.
function wizardName(label: string): string {
  return `org_${label.toLowerCase().replace(/[^a-z0-9]/g, '') || 'app'}_1`
}

function readVisibility(given: JsonObject, name: string, old: App | undefined): JsonObject {
  const visibility = objectMember(given, 'visibility') ?? {}
  const hide = objectMember(visibility, 'hide') ?? {}
  return {
    autoLaunch: false,
    autoSubmitToolbar: false,
    ...visibility,
    hide: { iOS: false, web: false, ...hide },
    appLinks: objectMember(visibility, 'appLinks') ?? old?.visibility.appLinks ?? { [linkName(name)]: true },
  }
}

function linkName(name: string): string {
  return /^(?:bookmark|template_.*)$/.test(name) ? 'login' : `${name}_link`
}

function readAccessibility(
  org: Org,
  given: JsonObject,
  { label, old, userNameOpen }: { label: string; old: App | undefined; userNameOpen: boolean },
): JsonObject {
  const accessibility = objectMember(given, 'accessibility') ?? {}
  const { errorRedirectUrl = null, selfService = false } = accessibility
  if (typeof selfService !== 'boolean' && selfService !== null) fail(E0000003, 'body-unreadable-shape')
  if (selfService === true && org.settings.features.SELF_SERVICE === false) fail(E0000043, 'org-self-service-off')
  // Who chooses the name that the org vouches for could sign in as somebody else.
  if (selfService === true && userNameOpen && old && signs(old.signOnMode)) {
    fail(E0000044, 'username-editable-by-user', { label })
  }
  if (errorRedirectUrl !== null && errorRedirectUrl !== '') {
    if (org.settings.features.CUSTOM_ERROR_PAGE === false) fail(E0000042, 'custom-error-page-off')
    if (typeof errorRedirectUrl !== 'string' || !isHttpUrl(errorRedirectUrl)) fail(E0000042, 'error-url-unreadable')
  }
  return { loginRedirectUrl: null, ...accessibility, selfService: selfService ?? false, errorRedirectUrl }
}

const schemes = [
  'SHARED_USERNAME_AND_PASSWORD',
  'EXTERNAL_PASSWORD_SYNC',
  'EDIT_USERNAME_AND_PASSWORD',
  'EDIT_PASSWORD_ONLY',
  'ADMIN_SETS_CREDENTIALS',
]
const pushStatuses = ['PUSH', 'DONT_PUSH', 'NOT_CONFIGURED']

function readCredentials(
  org: Org,
  given: JsonObject,
  mode: SignOnMode,
  client: ClientParts | undefined,
  { appId, old }: { appId: string; old: App | undefined },
): JsonObject {
  const { oauthClient: _sent, ...credentials } = objectMember(given, 'credentials') ?? {}
  const template = objectMember(credentials, 'userNameTemplate') ?? {}
  const { pushStatus } = template
  if (pushStatus !== undefined && pushStatus !== null && !pushStatuses.includes(pushStatus as string)) {
    fail(E0000037, 'word-not-in-list', {
      message: `pushStatus: '${String(pushStatus).slice(0, 40)}' is not one of [${pushStatuses.join(', ')}]`,
    })
  }
  const { scheme } = credentials
  if (scheme !== undefined && scheme !== null && !schemes.includes(scheme as string))
    fail(E0000003, 'body-unreadable-shape')
  // An empty object is what was shown of a password: it stays.
  const password = objectMember(credentials, 'password')
  const kept = password && password.value === undefined ? old?.credentials.password : password
  const { password: _password, ...others } = credentials
  return {
    ...(keepsPasswords(mode) && { scheme: 'EDIT_USERNAME_AND_PASSWORD', revealPassword: false }),
    ...others,
    ...(kept !== undefined && { password: kept }),
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Okta's own expression, not ours
    userNameTemplate: { template: '${source.login}', type: 'BUILT_IN', ...template },
    signing: signs(mode)
      ? { ...objectMember(credentials, 'signing'), kid: kidOf(org, appId, given, old) }
      : (objectMember(credentials, 'signing') ?? {}),
    ...(client && { oauthClient: client.credentials }),
  }
}

// One of the keys that the app has; when none is named, the one it signs with already. A new app has only its first: what
// a body says there was copied from another app.
function kidOf(org: Org, appId: string, given: JsonObject, old: App | undefined): string {
  const signing = objectMember(objectMember(given, 'credentials') ?? {}, 'signing')
  if (!old) return firstKid(org, appId)
  const known = kidsOf(org, appId, old)
  const wanted = signing?.kid
  if (!isBlank(wanted)) {
    return known.find((kid) => kid === wanted) ?? fail(E0000001, 'signing-key-not-of-app', { kid: shortText(wanted) })
  }
  const kept = (old.credentials.signing as JsonObject | undefined)?.kid
  return known.find((kid) => kid === kept) ?? firstKid(org, appId)
}

const shortText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 100)

// Recorded for Office 365 whatever was sent; other apps keep what they were given.
function readLicensing(given: JsonObject, name: string, old: App | undefined): JsonObject | undefined {
  const licensing = objectMember(given, 'licensing') ?? old?.licensing
  refuseFaults(checkFields(licensing ?? {}, { seatCount: { type: 'integer', min: 0, max: 2 ** 31 - 1 } }))
  return licensing ?? (isSoldBySeat(name) ? { seatCount: 0 } : undefined)
}

function withSettings(settings: JsonObject, client: ClientParts | undefined): JsonObject {
  const { oauthClient: _sent, ...others } = settings
  return {
    manualProvisioning: false,
    implicitAssignment: false,
    ...others,
    app: objectMember(settings, 'app') ?? {},
    ...withSignOn(objectMember(settings, 'signOn')),
    notifications: objectMember(settings, 'notifications') ?? {
      vpn: { network: { connection: 'DISABLED' }, message: null, helpUrl: null },
    },
    notes: { admin: null, enduser: null, ...objectMember(settings, 'notes') },
    ...(client && { oauthClient: client.settings }),
  }
}

// An empty relay state is none (okta/okta-sdk-nodejs test/it/client-create-application.ts).
function withSignOn(signOn: JsonObject | undefined): JsonObject {
  return signOn?.defaultRelayState === '' ? { signOn: { ...signOn, defaultRelayState: null } } : {}
}
