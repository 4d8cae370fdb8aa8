// Which fields of an event may a filter of the System Log use, with which operators, and how are they read? Values come
// straight from the kept facts: a search over the whole log must not render what it passes over.
import { isoDate } from '../../clock.ts'
import type { Operator } from '../../filter/index.ts'
import type { LogEvent } from '../../log/event.ts'
import { mentions } from './keywords.ts'
import { clientIdOf, debugDataOf, hasOutcome, legacyTypeOf, sessionOf, uuidOf, versionOf } from './schema.ts'
import { readUserAgent } from './user-agent.ts'

/** A field that can be filtered. */
export interface LogField {
  operators: readonly Operator[]
  read: (event: LogEvent, orgId: string) => unknown
}

const forText: readonly Operator[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'sw', 'co', 'ew', 'pr']
const forNumbers: readonly Operator[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'pr']
const forBooleans: readonly Operator[] = ['eq', 'ne', 'pr']
// Documented: `co` is refused on these two.
const forUrls: readonly Operator[] = forText.filter((operator) => operator !== 'co')

const text = (read: LogField['read']): LogField => ({ operators: forText, read })
const never = () => null
const nothing = (operators = forText): LogField => ({ operators, read: never })

const places = (prefix: string): Record<string, LogField> => ({
  [`${prefix}.city`]: nothing(),
  [`${prefix}.state`]: nothing(),
  [`${prefix}.country`]: nothing(),
  [`${prefix}.postalCode`]: nothing(),
  [`${prefix}.geolocation.lat`]: nothing(forNumbers),
  [`${prefix}.geolocation.lon`]: nothing(forNumbers),
})

const eachTarget =
  (read: (target: LogEvent['targets'][number]) => unknown): LogField['read'] =>
  (event) =>
    event.targets.map(read)

/** Fields with a name of their own. `published` is left out on purpose: `since` and `until` are for that. */
export const logFields: Readonly<Record<string, LogField>> = {
  uuid: text(uuidOf),
  version: text(() => '0'),
  severity: text((event) => event.severity),
  eventType: text((event) => event.eventType),
  displayMessage: text((event) => event.displayMessage),
  legacyEventType: text(legacyTypeOf),
  'actor.id': text((event) => event.actor.id),
  'actor.type': text((event) => event.actor.type),
  'actor.alternateId': text((event) => event.actor.alternateId),
  'actor.displayName': text((event) => event.actor.displayName),
  'client.id': text(clientIdOf),
  'client.ipAddress': text((event) => event.request?.address),
  'client.zone': text((event) => (event.request ? 'null' : null)),
  'client.device': text((event) => event.request && readUserAgent(event.request.userAgent).device),
  'client.userAgent.rawUserAgent': text((event) => event.request?.userAgent),
  'client.userAgent.os': text((event) => event.request && readUserAgent(event.request.userAgent).os),
  'client.userAgent.browser': text((event) => event.request && readUserAgent(event.request.userAgent).browser),
  ...places('client.geographicalContext'),
  'device.id': nothing(),
  'device.name': nothing(),
  'device.os_platform': nothing(),
  'device.os_version': nothing(),
  'device.managed': nothing(forBooleans),
  'device.registered': nothing(forBooleans),
  'device.device_integrator': nothing(),
  'device.disk_encryption_type': nothing(),
  'device.screen_lock_type': nothing(),
  'device.jailbreak': nothing(forBooleans),
  'device.secure_hardware_present': nothing(forBooleans),
  'outcome.result': text((event) => (hasOutcome(event) ? event.result : null)),
  'outcome.reason': text((event) => (hasOutcome(event) ? event.reason : null)),
  'target.id': text(eachTarget((target) => target.id)),
  'target.type': text(eachTarget((target) => target.type)),
  'target.alternateId': text(eachTarget((target) => target.alternateId)),
  'target.displayName': text(eachTarget((target) => target.displayName)),
  'transaction.id': text((event) => event.request?.requestId),
  'transaction.type': text((event) => (event.request ? 'WEB' : 'JOB')),
  'transaction.detail.requestApiTokenId': text((event) => event.request?.tokenId),
  'debugContext.debugData.url': { operators: forUrls, read: (event) => debugDataOf(event).url },
  'debugContext.debugData.requestUri': { operators: forUrls, read: (event) => debugDataOf(event).requestUri },
  'authenticationContext.authenticationProvider': nothing(),
  'authenticationContext.credentialProvider': nothing(),
  'authenticationContext.credentialType': nothing(),
  'authenticationContext.issuer.id': nothing(),
  'authenticationContext.issuer.type': nothing(),
  'authenticationContext.interface': nothing(),
  'authenticationContext.authenticationStep': { operators: forNumbers, read: () => 0 },
  'authenticationContext.externalSessionId': text(sessionOf),
  'authenticationContext.rootSessionId': text(sessionOf),
  'securityContext.asNumber': nothing(forNumbers),
  'securityContext.asOrg': nothing(),
  'securityContext.isp': nothing(),
  'securityContext.domain': nothing(),
  'securityContext.isProxy': nothing(forBooleans),
  'request.ipChain.ip': text((event) => (event.request ? [event.request.address] : [])),
  'request.ipChain.version': text((event) => (event.request ? [versionOf(event.request.address)] : [])),
  'request.ipChain.source': nothing(),
  ...places('request.ipChain.geographicalContext'),
}

/** Maps with free keys: the field is the prefix and any key. */
const freeKeys: readonly (readonly [string, (event: LogEvent, key: string) => unknown])[] = [
  ['debugContext.debugData.', (event, key) => own(debugDataOf(event), key)],
  ['actor.detailEntry.', (event, key) => own(event.actor.detailEntry, key)],
  ['target.detailEntry.', (event, key) => event.targets.map((target) => own(target.detailEntry, key))],
  ['target.changeDetails.from.', (event, key) => event.targets.map((target) => own(target.changeDetails?.from, key))],
  ['target.changeDetails.to.', (event, key) => event.targets.map((target) => own(target.changeDetails?.to, key))],
  ['transaction.detail.', () => undefined],
]

/** The field of this name; undefined when events have none, or when it cannot be filtered. Case counts. */
export function logField(name: string): LogField | undefined {
  if (Object.hasOwn(logFields, name)) return logFields[name]
  for (const [prefix, read] of freeKeys) {
    const key = name.slice(prefix.length)
    if (name.startsWith(prefix) && key !== '') return text((event) => read(event, key))
  }
  return undefined
}

function own(map: Readonly<Record<string, unknown>> | undefined, key: string): unknown {
  return map && Object.hasOwn(map, key) ? map[key] : undefined
}

/** Does `q` find this word in the event? Looks at its texts one by one: most events have none that fits. */
export function mentionedIn(event: LogEvent, orgId: string, word: string): boolean {
  const { request, debug } = event
  return (
    mentions(event.eventType, word) ||
    mentions(event.displayMessage, word) ||
    inParty(event.actor, word) ||
    event.targets.some((target) => inParty(target, word)) ||
    mentions(event.result, word) ||
    mentions(event.reason, word) ||
    mentions(event.severity, word) ||
    mentions(event.sessionId, word) ||
    (debug !== undefined && inValues(debug, word)) ||
    (request !== undefined && inRequest(request, word)) ||
    mentions(legacyTypeOf(event), word) ||
    // These are worked out for each event, which is dear: only for words that can be in them.
    (/^\d{4}-/.test(word) && mentions(isoDate(event.at), word)) ||
    (/^[\da-f-]{4,36}$/.test(word) && mentions(uuidOf(event, orgId), word))
  )
}

function inParty(party: LogEvent['actor'], word: string): boolean {
  return (
    mentions(party.alternateId, word) ||
    mentions(party.displayName, word) ||
    mentions(party.id, word) ||
    mentions(party.type, word) ||
    (party.detailEntry !== undefined && inValues(party.detailEntry, word))
  )
}

function inRequest(request: NonNullable<LogEvent['request']>, word: string): boolean {
  if (mentions(request.target, word) || mentions(request.requestId, word) || mentions(request.address, word))
    return true
  if (mentions(request.userAgent, word) || mentions(request.tokenId, word)) return true
  const { os, browser, device } = readUserAgent(request.userAgent)
  return mentions(os, word) || mentions(browser, word) || mentions(device, word)
}

function inValues(map: Readonly<Record<string, unknown>>, word: string): boolean {
  for (const key in map) {
    const value = map[key]
    if (typeof value === 'string' && mentions(value, word)) return true
  }
  return false
}
