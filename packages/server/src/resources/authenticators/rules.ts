// Which authenticators may be made, changed, switched on and off?
import { X509Certificate } from 'node:crypto'
import type { Contract } from '@errorg/errors'
import { E0000001, E0000003, E0000060 } from '@errorg/errors/codes'
import {
  type Aaguid,
  type Authenticator,
  type AuthenticatorKey,
  type AuthenticatorMethod,
  authenticatorKinds,
} from '../../entities/authenticator.ts'
import { fail } from '../../fail.ts'
import { failWithNewer } from '../../fail-newer.ts'
import {
  checkFields,
  type FieldFault,
  isBlank,
  isObject,
  type JsonObject,
  objectBody,
  objectMember,
  refuseFaults,
} from '../../fields.ts'
import type { Stored } from '../../state/state.ts'
import { authenticatorFields, settingFields } from './schema.ts'

/** What a body says about an authenticator. */
export type AuthenticatorParts = Pick<Authenticator, 'key' | 'name' | 'settings' | 'provider'>

/** Reads a body; `old` is the authenticator that is replaced. */
export function readAuthenticator(body: unknown, old?: Authenticator): AuthenticatorParts {
  const said = objectBody(body)
  // A replacement may leave out which kind it is: Okta's own SDK sends a name alone.
  const sent = old && isBlank(said.key) ? { ...said, key: old.key } : said
  const faults = checkFields(sent, authenticatorFields)
  const settings = objectMember(sent, 'settings')
  if (settings) faults.push(...checkFields(settings, settingFields))
  refuseFaults(faults)
  const key = readKey(sent, old)
  const provider = objectMember(sent, 'provider') ?? old?.provider
  mustHaveProvider(key, provider)
  return {
    key,
    name: String(sent.name),
    ...((settings ?? old?.settings) && { settings: settings ?? old?.settings }),
    ...(provider && { provider }),
  }
}

// The words of a kind that Okta does not offer are those of its Java class (recorded).
const CATALOG = 'com.okta.services.factors.iface.dto.AuthenticatorCatalog'

function readKey(sent: JsonObject, old: Authenticator | undefined): AuthenticatorKey {
  const key = String(sent.key)
  const known = Object.hasOwn(authenticatorKinds, key) && (old === undefined || old.key === key)
  const type = known ? authenticatorKinds[key as AuthenticatorKey].type : undefined
  const fits = sent.type === undefined || sent.type === null || sent.type === type
  if (known && fits) return key as AuthenticatorKey
  return fail(E0000001, 'authenticator-key-unknown', { class: CATALOG })
}

function mustHaveProvider(key: AuthenticatorKey, provider: JsonObject | undefined): void {
  const kind = authenticatorKinds[key]
  if (!('provider' in kind)) return
  const faults: FieldFault[] = []
  if (!provider) faults.push({ field: 'provider', says: 'The field cannot be left blank', kind: 'missing' })
  else {
    const configuration = objectMember(provider, 'configuration')
    if (provider.type !== undefined && typeof provider.type !== 'string') fail(E0000003, 'body-unreadable-shape')
    if (!configuration) {
      faults.push({ field: 'provider.configuration', says: 'The field cannot be left blank', kind: 'missing' })
    }
    if (key === 'duo') {
      for (const name of ['host', 'integrationKey', 'secretKey']) {
        const isThere = typeof configuration?.[name] === 'string' && configuration[name] !== ''
        // A change may leave out what is never shown.
        if (!isThere && name === 'host') {
          faults.push({
            field: `provider.configuration.${name}`,
            says: 'The field cannot be left blank',
            kind: 'missing',
          })
        }
      }
    }
  }
  refuseFaults(faults)
}

/** Of most kinds an org has one. */
export function mayAdd(key: AuthenticatorKey, existing: Stored<Authenticator> | undefined): void {
  if (!existing) return
  // Okta's sentence for it says "already active", and would not be true of one that is switched off.
  if (existing.value.status === 'INACTIVE') fail(E0000001, 'authenticator-switched-off', { key })
  failWithNewer(
    'E0000157',
    'authenticator-key-taken',
    'factors',
    {
      kind: 'duplicate-object',
      says: 'The org has an authenticator of this kind already.',
      fix: ['List the authenticators, and change or activate the one with this key.'],
      sources: [{ mark: 'documented', where: "Okta's list of error codes" }],
    },
    { detail: key },
  )
}

/** Text messages and calls need somebody who sends them. */
export function mustHaveTelephony(key: AuthenticatorKey, hasHook: boolean): void {
  if (key !== 'phone_number' || hasHook) return
  failWithNewer('E0000226', 'telephony-hook-missing', 'factors', {
    kind: 'object-state-forbids-operation',
    says: 'The org has no active inline hook that sends messages, and the phone authenticator needs one.',
    fix: [
      'Make an inline hook of type com.okta.telephony.provider: POST /api/v1/inlineHooks.',
      'Activate it, then send the same call again.',
    ],
    sources: [{ mark: 'recorded', where: 'okta/okta-sdk-python tests/integration/cassettes/test_authenticator_it' }],
  })
}

/**
 * The password cannot be switched off. The reference has a code for what an object does not support; today's orgs
 * answer a message key that nobody has translated (recorded).
 */
export function mayDeactivate(contract: Contract, { key }: Authenticator): void {
  if (key !== 'okta_password') return
  if (contract === 'reference') fail(E0000060, 'operation-not-supported')
  fail(E0000001, 'authenticator-must-stay-active')
}

/** Policies that ask users to enroll it hold it. */
export function mustNotBeEnrolled({ key }: Authenticator, policyNames: readonly string[]): void {
  if (policyNames.length === 0) return
  const detail =
    key === 'okta_verify'
      ? `${IN_POLICIES} Additionally, if disabling Okta Verify when Fastpass is active, the "Device state" must not be set to "registered" in app assurance policies.`
      : IN_POLICIES
  failWithNewer(
    'E0000148',
    'authenticator-in-enrollment-policy',
    'factors',
    {
      kind: 'object-state-forbids-operation',
      says: 'Authenticator enrollment policies ask users to set up this authenticator.',
      fix: [
        'Set it to NOT_ALLOWED in the policies that the cause names: PUT /api/v1/policies/{id}, settings.authenticators.',
        'Then send the same call again.',
      ],
      sources: [{ mark: 'recorded', where: 'okta/terraform-provider-okta TestAccResourceOktaAuthenticator_OTP_crud' }],
    },
    { detail, causes: [`Authenticator Enrollment Policies: ${policyNames.join(', ')}`] },
  )
}

const IN_POLICIES = 'To continue, disable the authenticator in these policies.'

/** A changed method; its type is that of the path. */
export function readMethod(body: unknown, old: AuthenticatorMethod): AuthenticatorMethod {
  const sent = objectBody(body)
  // The type says what the rest is. Okta cannot bind another method's object to this path (recorded), and refuses one
  // that says nothing (okta/okta-sdk-nodejs test/it/authenticators-errors.ts; the code is inferred).
  if (sent.type !== old.type) return fail(E0000003, 'body-unreadable-shape')
  refuseFaults(checkFields(sent, { status: { type: 'string', oneOf: ['ACTIVE', 'INACTIVE'] } }))
  const settings = objectMember(sent, 'settings') ?? old.settings
  const properties = sent.verifiableProperties ?? old.verifiableProperties
  if (properties !== undefined && !Array.isArray(properties)) return fail(E0000003, 'body-unreadable-shape')
  return {
    type: old.type,
    status: sent.status === 'ACTIVE' || sent.status === 'INACTIVE' ? sent.status : old.status,
    ...(settings && { settings }),
    ...(properties !== undefined && { verifiableProperties: properties as unknown[] }),
  }
}

const FORM = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * A model of security key from a body; in a change (`old`) the AAGUID stays, in a patch what is absent too. A new one
 * needs a name, which the published description forgot (okta/okta-sdk-dotnet AuthenticatorApiTests: the SDK cannot make
 * one; okta/okta-sdk-nodejs test/it/authenticators-errors.ts: 400).
 */
export function readAaguid(body: unknown, old?: Aaguid, isPatch = false): Aaguid {
  const sent = objectBody(body)
  const faults = checkFields(sent, {
    name: { type: 'string', required: old === undefined, max: 255 },
    aaguid: { type: 'string', max: 64 },
  })
  const aaguid = old?.aaguid ?? String(sent.aaguid ?? '').toLowerCase()
  if (!FORM.test(aaguid)) faults.push({ field: 'aaguid', says: 'The field has an invalid value', kind: 'invalid' })
  refuseFaults(faults)
  const characteristics = objectMember(sent, 'authenticatorCharacteristics')
  const certificates = sent.attestationRootCertificates
  return {
    aaguid,
    name: isBlank(sent.name) && old ? old.name : String(sent.name),
    rootCertificates:
      certificates === undefined || certificates === null
        ? isPatch && old
          ? old.rootCertificates
          : []
        : readCertificates(certificates),
    characteristics: characteristics
      ? readFlags(characteristics)
      : isPatch && old
        ? old.characteristics
        : readFlags({}),
  }
}

function readCertificates(list: unknown): string[] {
  if (!Array.isArray(list)) return fail(E0000003, 'body-unreadable-shape')
  return list.map((one) => {
    if (!isObject(one) || typeof one.x5c !== 'string') return fail(E0000003, 'body-unreadable-shape')
    try {
      return new X509Certificate(Buffer.from(one.x5c.replace(/\s/g, ''), 'base64')).raw.toString('base64')
    } catch {
      return fail(E0000001, 'value-invalid', { field: 'x5c', causes: ['x5c: The certificate cannot be parsed'] })
    }
  })
}

function readFlags(sent: JsonObject): Aaguid['characteristics'] {
  return Object.fromEntries(
    ['platformAttached', 'fipsCompliant', 'hardwareProtected'].map((name) => {
      const flag = sent[name] ?? false
      return [name, typeof flag === 'boolean' ? flag : fail(E0000003, 'body-unreadable-shape')]
    }),
  )
}
