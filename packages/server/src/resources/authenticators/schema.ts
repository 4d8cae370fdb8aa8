// What do authenticators and their methods look like on the wire?
import { X509Certificate } from 'node:crypto'
import { isoDate } from '../../clock.ts'
import {
  type Aaguid,
  type Authenticator,
  type AuthenticatorMethod,
  authenticatorKinds,
} from '../../entities/authenticator.ts'
import type { FieldTable } from '../../fields.ts'
import type { Org } from '../../org.ts'
import type { Stored } from '../../state/state.ts'

/** What may be sent for one. */
export const authenticatorFields: FieldTable = {
  key: { type: 'string', required: true, max: 64 },
  name: { type: 'string', required: true, max: 255 },
  description: { type: 'string', max: 1024 },
  settings: { type: 'object' },
  provider: { type: 'object' },
}

const ALLOWED_FOR = ['any', 'none', 'recovery', 'sso'] as const

/** What `settings` may say, of any kind. */
export const settingFields: FieldTable = {
  allowedFor: { type: 'string', oneOf: ALLOWED_FOR },
  tokenLifetimeInMinutes: { type: 'integer', min: 1, max: 1440 },
  userVerification: { type: 'string', oneOf: ['DISCOURAGED', 'PREFERRED', 'REQUIRED'] },
  appInstanceId: { type: 'string', max: 64 },
  compliance: { type: 'object', fields: { fips: { type: 'string', oneOf: ['OPTIONAL', 'REQUIRED'] } } },
  channelBinding: {
    type: 'object',
    fields: {
      style: { type: 'string', oneOf: ['NUMBER_CHALLENGE'] },
      required: { type: 'string', oneOf: ['ALWAYS', 'HIGH_RISK_ONLY', 'NEVER'] },
    },
  },
}

/** An authenticator as Okta shows it. Secrets of its provider stay inside. */
export function showAuthenticator(org: Org, { id, value }: Stored<Authenticator>): Record<string, unknown> {
  const self = `${org.baseUrl}/api/v1/authenticators/${id}`
  return {
    type: authenticatorKinds[value.key].type,
    id,
    key: value.key,
    status: value.status,
    name: value.name,
    created: isoDate(value.createdAt),
    lastUpdated: isoDate(value.lastUpdatedAt),
    ...(value.settings && { settings: value.settings }),
    ...(value.provider && { provider: withoutSecrets(value.provider) }),
    _links: {
      self: { href: self, hints: { allow: ['GET', 'PUT'] } },
      methods: { href: `${self}/methods`, hints: { allow: ['GET'] } },
      ...(value.key === 'webauthn' && { aaguids: { href: `${self}/aaguids`, hints: { allow: ['GET', 'POST'] } } }),
      ...switchLink(self, value.status, value.key === 'okta_password'),
    },
  }
}

/** A method as Okta shows it. */
export function showMethod(
  org: Org,
  { id, value }: Stored<Authenticator>,
  method: AuthenticatorMethod,
): Record<string, unknown> {
  const self = `${org.baseUrl}/api/v1/authenticators/${id}/methods/${method.type}`
  return {
    type: method.type,
    status: method.status,
    ...(method.settings && { settings: method.settings }),
    ...(method.verifiableProperties && { verifiableProperties: method.verifiableProperties }),
    _links: {
      self: { href: self, hints: { allow: ['GET', 'PUT'] } },
      ...(method.settings?.rpId !== undefined && {
        'verify-rp-id-domain': { href: `${self}/verify-rp-id-domain`, hints: { allow: ['POST'] } },
      }),
      ...switchLink(self, method.status, value.methods.length === 1),
    },
  }
}

// What cannot be switched off is not offered.
function switchLink(self: string, status: 'ACTIVE' | 'INACTIVE', isFixed: boolean): Record<string, unknown> {
  const next = status === 'ACTIVE' ? 'deactivate' : 'activate'
  return isFixed && status === 'ACTIVE'
    ? {}
    : { [next]: { href: `${self}/lifecycle/${next}`, hints: { allow: ['POST'] } } }
}

const SECRETS: ReadonlySet<string> = new Set(['secretKey', 'sharedSecret', 'passCode'])

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, part]) => (SECRETS.has(name) ? [] : [[name, withoutSecrets(part)]])),
  )
}

/** A model of security key as Okta shows it. */
export function showAaguid(org: Org, authenticatorId: string, model: Aaguid): Record<string, unknown> {
  const self = `${org.baseUrl}/api/v1/authenticators/${authenticatorId}/aaguids/${model.aaguid}`
  return {
    aaguid: model.aaguid,
    name: model.name,
    authenticatorCharacteristics: model.characteristics,
    attestationRootCertificates: model.rootCertificates.map((x5c) => {
      const certificate = new X509Certificate(Buffer.from(x5c, 'base64'))
      return {
        x5c,
        'x5t#S256': Buffer.from(certificate.fingerprint256.replaceAll(':', ''), 'hex').toString('base64url'),
        iss: certificate.issuer,
        exp: isoDate(Date.parse(certificate.validTo)),
      }
    }),
    _links: { self: { href: self, hints: { allow: ['GET', 'PUT', 'PATCH', 'DELETE'] } } },
  }
}
