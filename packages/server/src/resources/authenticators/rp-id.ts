// Which domain do passkeys belong to, and is it the org's to use?
import { E0000003 } from '@errorg/errors/codes'
import type { AuthenticatorMethod } from '../../entities/authenticator.ts'
import { customDomains, isInDns } from '../../entities/domain.ts'
import { fail } from '../../fail.ts'
import { checkFields, isObject, type JsonObject, objectMember, refuseFaults, refuseValue } from '../../fields.ts'
import type { Org } from '../../org.ts'

const FIELD = 'settings.rpId'

/** A changed method with its domain as Okta keeps it: what was found out about it is not the sender's to say. */
export async function withRpId(
  org: Org,
  next: AuthenticatorMethod,
  old: AuthenticatorMethod,
): Promise<AuthenticatorMethod> {
  const sent = objectMember(next.settings ?? {}, 'rpId')
  if (!sent || next.type !== 'webauthn') return next
  const before = rpIdOf(old)
  const name = nameOf(sent)
  const isSame = name === before?.domain?.name
  const domain = isSame ? before?.domain : name === undefined ? undefined : await newDomain(org, name)
  const enabled = sent.enabled ?? false
  if (typeof enabled !== 'boolean') return fail(E0000003, 'body-unreadable-shape')
  // Both documented; the sentences are inferred.
  if (before?.enabled && enabled && name !== before.domain?.name) {
    refuseValue(`${FIELD}.domain`, 'cannot be changed while the RP ID is enabled')
  }
  if (enabled && domain?.validationStatus !== 'VERIFIED') {
    refuseValue(`${FIELD}.enabled`, 'needs a verified domain')
  }
  return { ...next, settings: { ...next.settings, rpId: { enabled, ...(domain && { domain }) } } }
}

/** The method after its domain was looked up; DNS is what the settings of the org say. */
export function verifiedRpId(org: Org, method: AuthenticatorMethod): AuthenticatorMethod {
  const rpId = rpIdOf(method)
  if (!rpId?.domain) return refuseValue(FIELD, 'has no domain to verify')
  const { dnsRecord, ...rest } = rpId.domain
  const isVerified = isInDns(org.settings.domains.verified, rest.name) || rest.validationStatus === 'VERIFIED'
  // The record is shown until the name is verified (documented).
  const domain = isVerified
    ? { ...rest, validationStatus: 'VERIFIED' }
    : { ...rest, validationStatus: 'ERROR', ...(dnsRecord && { dnsRecord }) }
  return { ...method, settings: { ...method.settings, rpId: { ...rpId, domain } } }
}

interface RpId {
  enabled: boolean
  domain?: { name: string; validationStatus: string; dnsRecord?: JsonObject }
}

const rpIdOf = ({ settings }: AuthenticatorMethod): RpId | undefined =>
  isObject(settings?.rpId) ? (settings.rpId as unknown as RpId) : undefined

function nameOf(rpId: JsonObject): string | undefined {
  const domain = objectMember(rpId, 'domain')
  if (!domain) return undefined
  const form = {
    test: (text: string) => /^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/i.test(text),
    says: 'must be a domain name',
  }
  const faults = checkFields(domain, { name: { type: 'string', required: true, max: 253, form } })
  refuseFaults(faults.map((fault) => ({ ...fault, field: `${FIELD}.domain.${fault.field}` })))
  return String(domain.name)
}

// The org's own host and its custom domains are known to be its own (documented).
async function newDomain(org: Org, name: string): Promise<RpId['domain']> {
  const own = new URL(org.baseUrl).hostname === name.toLowerCase()
  const custom = await org.state.holder(customDomains, `name:${name.toLowerCase()}`)
  if (own || (custom && ['VERIFIED', 'COMPLETED'].includes(custom.value.validationStatus))) {
    return { name, validationStatus: 'VERIFIED' }
  }
  const dnsRecord = { recordType: 'TXT', fqdn: `_oktaverification.${name}`, verificationValue: org.ids.secret(32) }
  return { name, validationStatus: 'NOT_STARTED', dnsRecord }
}
