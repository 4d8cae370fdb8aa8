// Which identity providers may be made, changed and removed?
import { E0000001, E0000003 } from '@errorg/errors/codes'
import type { IdpType } from '../../entities/idp.ts'
import { type Idp, idpProtocols } from '../../entities/idp.ts'
import { fail } from '../../fail.ts'
import {
  checkFields,
  type FieldFault,
  isObject,
  type JsonObject,
  objectBody,
  objectMember,
  refuseFaults,
} from '../../fields.ts'
import {
  idpFields,
  idpTypeOf,
  knownEndpoints,
  ownAddresses,
  policyWords,
  protocolRules,
  protocolUrls,
  protocolWords,
} from './schema.ts'

/** What a body says about a provider. */
export type IdpParts = Pick<Idp, 'type' | 'name' | 'issuerMode' | 'protocol' | 'policy' | 'properties'>

/** Reads a body; `old` is the provider that is replaced, `id` its id. */
export function readIdp(body: unknown, id: string, old?: Idp): IdpParts {
  const sent = objectBody(body)
  const type = idpTypeOf(sent.type) ?? (sent.type === undefined || sent.type === null ? old?.type : undefined)
  if (type === undefined) {
    if (sent.type === undefined || sent.type === null) refuseFaults([missing('type')])
    // A word that the model does not know cannot be bound.
    return fail(E0000003, 'body-unreadable-shape')
  }
  const protocol = objectMember(sent, 'protocol')
  const policy = objectMember(sent, 'policy') ?? {}
  const properties = objectMember(sent, 'properties')
  const faults = checkFields(sent, idpFields)
  if (old && old.type !== type) faults.push(invalid('type', 'The type of an identity provider cannot be changed'))
  if (!protocol) faults.push(missing('protocol'))
  else faults.push(...protocolFaults(type, protocol))
  faults.push(...policyFaults(type, policy))
  refuseFaults(faults)
  return {
    type,
    name: String(sent.name),
    issuerMode: readIssuerMode(sent.issuerMode, old),
    protocol: completeProtocol(type, protocol!, id),
    policy: completePolicy(policy),
    ...(properties && { properties }),
  }
}

const missing = (field: string): FieldFault => ({ field, says: 'The field cannot be left blank', kind: 'missing' })
const invalid = (field: string, says = 'The field has an invalid value'): FieldFault => ({
  field,
  says,
  kind: 'invalid',
})

function readIssuerMode(value: unknown, old: Idp | undefined): Idp['issuerMode'] {
  if (value === undefined || value === null) return old?.issuerMode ?? 'DYNAMIC'
  return value === 'ORG_URL' || value === 'CUSTOM_URL' || value === 'DYNAMIC'
    ? value
    : fail(E0000003, 'body-unreadable-shape')
}

function protocolFaults(type: IdpType, protocol: JsonObject): FieldFault[] {
  const speaks = idpProtocols[type]
  const rules = protocolRules[speaks]
  const faults: FieldFault[] = []
  if (protocol.type === undefined || protocol.type === null) faults.push(missing('protocol.type'))
  else if (protocol.type !== speaks) {
    if (!Object.hasOwn(protocolRules, String(protocol.type))) fail(E0000003, 'body-unreadable-shape')
    // What follows belongs to another protocol: its fields would only be told one by one.
    return [invalid('protocol.type', `The protocol of identity providers of type ${type} is ${speaks}`)]
  }
  const needs = [...rules.needs, ...(type === 'OIDC' || type === 'OKTA_INTEGRATION' ? ownAddresses : [])]
  for (const path of needs) if (isBlank(at(protocol, path))) faults.push(missing(`protocol.${path}`))
  for (const part of ['endpoints', 'credentials'] as const) {
    for (const name of Object.keys(objectMember(protocol, part) ?? {})) {
      if (!rules[part].includes(name)) faults.push(invalid(`protocol.${part}.${name}`, `Not a part of ${speaks}`))
    }
  }
  kidsIn(protocol)
  for (const path of protocolUrls) faults.push(...urlFaults(`protocol.${path}`, at(protocol, path)))
  return [...faults, ...wordFaults('protocol', protocol, protocolWords), ...scopeFaults(type, protocol.scopes)]
}

function scopeFaults(type: IdpType, scopes: unknown): FieldFault[] {
  if (scopes === undefined || scopes === null) return []
  if (!Array.isArray(scopes) || !scopes.every((scope) => typeof scope === 'string')) {
    return fail(E0000003, 'body-unreadable-shape')
  }
  if (scopes.length > 100 || !scopes.every((scope) => /^[\x21\x23-\x5b\x5d-\x7e]{1,256}$/.test(scope))) {
    return [invalid('protocol.scopes')]
  }
  return type === 'OIDC' && scopes.length > 0 && !scopes.includes('openid')
    ? [invalid('protocol.scopes', 'The scope openid is required')]
    : []
}

const mostText = 1024

function urlFaults(field: string, value: unknown): FieldFault[] {
  if (isBlank(value)) return []
  if (typeof value !== 'string') return fail(E0000003, 'body-unreadable-shape')
  const fits = value.length <= mostText && /^https?:\/\/[^\s/?#]+/.test(value) && URL.canParse(value)
  return fits ? [] : [invalid(field)]
}

function wordFaults(root: string, value: JsonObject, words: typeof policyWords): FieldFault[] {
  return Object.entries(words).flatMap(([path, known]) => {
    const word = at(value, path)
    return isBlank(word) || known.includes(word as string) ? [] : [invalid(`${root}.${path}`)]
  })
}

function policyFaults(type: IdpType, policy: JsonObject): FieldFault[] {
  const faults = wordFaults('policy', policy, policyWords)
  const groups = at(policy, 'provisioning.groups.action')
  if ((groups === 'APPEND' || groups === 'SYNC') && type !== 'SAML2') {
    faults.push(invalid('policy.provisioning.groups.action', `Not supported for identity providers of type ${type}`))
  }
  if (at(policy, 'subject.matchType') === 'CUSTOM_ATTRIBUTE' && isBlank(at(policy, 'subject.matchAttribute'))) {
    faults.push(missing('policy.subject.matchAttribute'))
  }
  const skew = policy.maxClockSkew
  if (!isBlank(skew) && (!Number.isInteger(skew) || (skew as number) < 0 || (skew as number) > 2 ** 31 - 1)) {
    faults.push(invalid('policy.maxClockSkew'))
  }
  for (const path of ['subject.filter', 'subject.matchAttribute', 'subject.userNameTemplate.template']) {
    const text = at(policy, path)
    if (isBlank(text)) continue
    if (typeof text !== 'string') return fail(E0000003, 'body-unreadable-shape')
    if (text.length > mostText) faults.push(invalid(`policy.${path}`))
  }
  for (const path of ['mapAMRClaims', 'trustClaims', 'provisioning.profileMaster']) {
    const flag = at(policy, path)
    if (!isBlank(flag) && typeof flag !== 'boolean') return fail(E0000003, 'body-unreadable-shape')
  }
  groupIdsIn(policy)
  groupsFilledBy(policy)
  return faults
}

/** The groups that a policy names. */
export function groupIdsIn(policy: JsonObject): string[] {
  return [ASSIGNED, 'accountLink.filter.groups.include'].flatMap((path) => idsAt(policy, path))
}

/**
 * The groups that the policy may put users into. What the filter holds are ids (documented) or names of groups at the
 * provider, which nothing here has.
 */
export function groupsFilledBy(policy: JsonObject): string[] {
  return [ASSIGNED, FILTERED].flatMap((path) => idsAt(policy, path))
}

const ASSIGNED = 'provisioning.groups.assignments'
const FILTERED = 'provisioning.groups.filter'

function idsAt(policy: JsonObject, path: string): string[] {
  const ids = at(policy, path)
  if (isBlank(ids)) return []
  const fits = Array.isArray(ids) && ids.length <= 1_000 && ids.every((id) => typeof id === 'string')
  return fits ? (ids as string[]) : fail(E0000003, 'body-unreadable-shape')
}

/** The keys of the key store that a protocol names. */
export function kidsIn(protocol: JsonObject): string[] {
  const kid = at(protocol, 'credentials.trust.kid')
  const more = at(protocol, 'credentials.trust.additionalKids')
  const all = [...(isBlank(kid) ? [] : [kid]), ...(isBlank(more) ? [] : Array.isArray(more) ? more : [more])]
  return all.every((one) => typeof one === 'string') ? (all as string[]) : fail(E0000003, 'body-unreadable-shape')
}

// A member on the way that is no object cannot be bound.
function at(value: JsonObject, path: string): unknown {
  let part: unknown = value
  for (const name of path.split('.')) {
    if (part === undefined || part === null) return undefined
    if (!isObject(part)) return fail(E0000003, 'body-unreadable-shape')
    part = Object.hasOwn(part, name) ? part[name] : undefined
  }
  return part
}

const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

function completeProtocol(type: IdpType, protocol: JsonObject, id: string): JsonObject {
  const known = knownEndpoints[type]
  const sent = (protocol.endpoints ?? {}) as JsonObject
  const credentials = (protocol.credentials ?? {}) as JsonObject
  if (idpProtocols[type] === 'SAML2') {
    const trust = credentials.trust as JsonObject
    return {
      ...protocol,
      endpoints: { ...sent, acs: sent.acs ?? { binding: 'HTTP-POST', type: 'INSTANCE' } },
      credentials: { ...credentials, trust: { audience: audienceOf(id), ...trust } },
    }
  }
  if (!known) return protocol
  return {
    ...protocol,
    endpoints: {
      authorization: { url: known.authorization, binding: 'HTTP-REDIRECT' },
      token: { url: known.token, binding: 'HTTP-POST' },
      ...sent,
    },
  }
}

const audienceOf = (id: string): string => `https://www.okta.com/saml2/service-provider/sp${id.slice(3)}`

function completePolicy(policy: JsonObject): JsonObject {
  const part = (name: string) => (policy[name] ?? {}) as JsonObject
  return {
    ...policy,
    provisioning: {
      action: 'AUTO',
      profileMaster: false,
      groups: { action: 'NONE' },
      conditions: { deprovisioned: { action: 'NONE' }, suspended: { action: 'NONE' } },
      ...part('provisioning'),
    },
    accountLink: { filter: null, action: 'AUTO', ...part('accountLink') },
    subject: {
      userNameTemplate: { template: 'idpuser.email' },
      filter: null,
      matchType: 'USERNAME',
      matchAttribute: null,
      ...part('subject'),
    },
    mapAMRClaims: policy.mapAMRClaims ?? false,
    trustClaims: policy.trustClaims ?? false,
    maxClockSkew: policy.maxClockSkew ?? 0,
  }
}

/** Two providers of a type have two names. */
export function nameIsFree(holder: { id: string } | undefined, ownId?: string): void {
  if (holder && holder.id !== ownId) fail(E0000001, 'idp-name-taken', { field: 'name' })
}

/** Keys of the key store that the provider is to be believed by must be there. */
export function mustBeKnown(kid: string, isKnown: boolean): void {
  if (!isKnown) fail(E0000001, 'idp-key-unknown', { kid })
}

/** Groups that new users are put into must be there. */
export function mustHaveGroup(id: string, isThere: boolean): void {
  if (!isThere) {
    fail(E0000001, 'value-invalid', {
      field: 'policy.provisioning.groups.assignments',
      causes: [`assignments: The group ${id.slice(0, 60)} does not exist`],
    })
  }
}

/** A routing rule that is active sends people there. */
export function mayLeave(name: string, rules: readonly string[]): void {
  if (rules.length > 0) fail(E0000001, 'idp-in-routing-rule', { name, rules: rules.join(', ') })
}
