// With which keys does the org sign for an app? The operations on key credentials, and the SAML metadata that shows
// the certificate of one.
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { E0000001, E0000007 } from '@errorg/errors/codes'
import { isoDate } from '../../clock.ts'
import { type App, type AppSigningKey, apps } from '../../entities/app.ts'
import { fail } from '../../fail.ts'
import type { JsonObject } from '../../fields.ts'
import { type Answer, created, type Exchange, ok } from '../../http/exchange.ts'
import { listAnswer } from '../../lists/page.ts'
import type { Org } from '../../org.ts'
import { put, type Stored } from '../../state/state.ts'
import { selfSigned } from './certificate.ts'
import { logApp } from './events.ts'
import { signs } from './modes.ts'
import { loadApp } from './store.ts'

const YEAR_MS = 365 * 86_400_000

// The keyring keeps apps apart from authorization servers by this.
const owner = (appId: string): string => `app:${appId}`

/** The name of the key that an app begins with; the key itself is made when somebody looks at it. */
export function firstKid(org: Org, appId: string): string {
  return org.keyring.kid(owner(appId), 0)
}

/** The names of all keys of an app. */
export function kidsOf(org: Org, appId: string, app: App): string[] {
  return keysOf(app).map((key) => org.keyring.kid(owner(appId), key.n))
}

function keysOf(app: App): readonly AppSigningKey[] {
  const first = { n: 0, createdAt: app.createdAt, expiresAt: app.createdAt + 10 * YEAR_MS }
  return [first, ...(app.signingKeys ?? [])]
}

/** `GET /apps/{id}/credentials/keys` */
export async function listSigningKeys(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadApp(org, x)
  if (!signs(app.value.signOnMode)) return listAnswer(org, x, [], undefined)
  const rows = []
  for (const key of keysOf(app.value)) rows.push(await showKey(org, app, key))
  return listAnswer(org, x, rows, undefined)
}

/** `GET /apps/{id}/credentials/keys/{keyId}` */
export async function getSigningKey(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadApp(org, x)
  return ok(await showKey(org, app, loadKey(org, app, x.params.keyId!)))
}

/** `POST /apps/{id}/credentials/keys/generate` */
export async function generateSigningKey(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadApp(org, x)
  const text = x.query.get('validityYears') ?? ''
  const years = Number(text)
  if (!/^\d{1,2}$/.test(text) || years < 2 || years > 10) {
    fail(E0000001, 'value-invalid', {
      field: 'generateKey',
      causes: ['validityYears: Validity years out of range. It should be 2 - 10 years'],
    })
  }
  const keys = keysOf(app.value)
  const key = { n: keys.length, createdAt: x.now, expiresAt: x.now + years * YEAR_MS }
  const value = { ...app.value, signingKeys: [...(app.value.signingKeys ?? []), key] }
  await org.state.change([put(apps, app.id, value, app)])
  logApp(org, x, 'app.keys.generate', app)
  return created(await showKey(org, { ...app, value }, key))
}

/** `GET /apps/{id}/sso/saml/metadata` */
export async function showMetadata(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadApp(org, x)
  const signing = app.value.credentials.signing as JsonObject | undefined
  const kid = x.query.get('kid') || String(signing?.kid ?? '')
  const { x5c } = await showKey(org, app, loadKey(org, app, kid))
  const external = `exk${app.id.slice(3)}`
  const place = `${org.baseUrl}/app/${app.value.name}/${external}/sso/saml`
  const bindings = ['HTTP-POST', 'HTTP-Redirect'].map(
    (binding) =>
      `<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:${binding}" Location="${xmlText(place)}"/>`,
  )
  const formats = ['emailAddress', 'unspecified'].map(
    (format) => `<md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:${format}</md:NameIDFormat>`,
  )
  const text = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<md:EntityDescriptor entityID="http://www.okta.com/${external}" xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">`,
    '<md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">',
    '<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data>',
    `<ds:X509Certificate>${x5c[0]}</ds:X509Certificate>`,
    '</ds:X509Data></ds:KeyInfo></md:KeyDescriptor>',
    ...formats,
    ...bindings,
    '</md:IDPSSODescriptor></md:EntityDescriptor>',
  ].join('')
  return { status: 200, text, headers: [['content-type', 'application/xml']] }
}

function loadKey(org: Org, app: Stored<App>, kid: string): AppSigningKey {
  const key = signs(app.value.signOnMode)
    ? keysOf(app.value).find((one) => org.keyring.kid(owner(app.id), one.n) === kid)
    : undefined
  return key ?? fail(E0000007, 'resource-missing', { id: kid, type: 'JsonWebKey' })
}

async function showKey(org: Org, app: Stored<App>, key: AppSigningKey) {
  const { kid, privatePem, publicJwk } = await org.keyring.make(owner(app.id), key.n)
  const der = selfSigned(createPrivateKey(privatePem), {
    organization: 'Okta',
    unit: 'SSOProvider',
    commonName: org.fixed.orgId,
    // Positive and the key's own.
    serial: Buffer.concat([Buffer.of(1), Buffer.from(kid).subarray(0, 8)]),
    notBefore: key.createdAt,
    notAfter: key.expiresAt,
  })
  return {
    kty: 'RSA',
    created: isoDate(key.createdAt),
    lastUpdated: isoDate(key.createdAt),
    expiresAt: isoDate(key.expiresAt),
    kid,
    use: 'sig',
    x5c: [der.toString('base64')],
    'x5t#S256': Buffer.from(new X509Certificate(der).fingerprint256.replaceAll(':', ''), 'hex').toString('base64url'),
    e: publicJwk.e,
    n: publicJwk.n,
  }
}

function xmlText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
