// What does an event of the System Log look like on the wire? Keys and their order are those of recorded events
// (elastic/integrations, test-okta-system-events.log); newer keys follow the published schema.
import { isIPv6 } from 'node:net'
import { redactText } from '@errorg/errors/wire'
import { isoDate } from '../../clock.ts'
import type { LogEvent, LogParty } from '../../log/event.ts'
import { readUserAgent } from './user-agent.ts'

/** An event as Okta shows it. `orgId` makes ids of events differ between orgs. */
export function showEvent(event: LogEvent, orgId: string): Record<string, unknown> {
  const { request } = event
  const agent = request && readUserAgent(request.userAgent)
  return {
    actor: { ...showParty(event.actor), detailEntry: event.actor.detailEntry ?? null },
    client: {
      userAgent: request ? { rawUserAgent: request.userAgent, os: agent!.os, browser: agent!.browser } : null,
      // Recorded: the word "null" when the address is in no zone.
      zone: request ? 'null' : null,
      device: agent?.device ?? null,
      id: clientIdOf(event),
      ipAddress: request?.address ?? null,
      // Nobody can say where a private address is; Okta leaves it out then.
      geographicalContext: null,
    },
    device: null,
    authenticationContext: {
      authenticationProvider: null,
      credentialProvider: null,
      credentialType: null,
      issuer: null,
      interface: null,
      authenticationStep: 0,
      rootSessionId: sessionOf(event),
      externalSessionId: sessionOf(event),
    },
    displayMessage: event.displayMessage,
    eventType: event.eventType,
    outcome: hasOutcome(event) ? { result: event.result, reason: event.reason ?? null } : null,
    published: isoDate(event.at),
    securityContext: { asNumber: null, asOrg: null, isp: null, domain: null, isProxy: null },
    severity: event.severity,
    debugContext: { debugData: debugDataOf(event) },
    legacyEventType: legacyTypeOf(event),
    transaction: {
      type: request ? 'WEB' : 'JOB',
      id: request?.requestId ?? null,
      detail: request?.tokenId === undefined ? {} : { requestApiTokenId: request.tokenId },
    },
    uuid: uuidOf(event, orgId),
    version: '0',
    request: {
      ipChain: request
        ? [{ ip: request.address, geographicalContext: null, version: versionOf(request.address), source: null }]
        : [],
    },
    target: event.targets.length === 0 ? null : event.targets.map(showTarget),
  }
}

function showParty(party: LogParty) {
  return { id: party.id, type: party.type, alternateId: party.alternateId, displayName: party.displayName }
}

function showTarget(party: LogParty): Record<string, unknown> {
  const shown = { ...showParty(party), detailEntry: party.detailEntry ?? null }
  return party.changeDetails ? { ...shown, changeDetails: party.changeDetails } : shown
}

/** For OAuth the client; the agent behind an API token has no id here. */
export function clientIdOf(event: LogEvent): string | null {
  return event.actor.type === 'PublicClientApp' ? event.actor.id : null
}

/** Recorded: "unknown" where there is no session. */
export function sessionOf(event: LogEvent): string {
  return event.sessionId ?? 'unknown'
}

/** Recorded: the concurrency event has no outcome at all. */
export function hasOutcome(event: LogEvent): boolean {
  return event.eventType !== 'core.concurrency.org.limit.violation'
}

/** `V4` or `V6`. */
export function versionOf(address: string): string {
  return isIPv6(address) ? 'V6' : 'V4'
}

// Names of the removed Events API that recorded events still carry; `login_failed` by analogy.
const legacyTypes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'user.session.start': { SUCCESS: 'core.user_auth.login_success', FAILURE: 'core.user_auth.login_failed' },
  'user.session.end': { SUCCESS: 'core.user_auth.logout_success' },
}

/** The name that the event had in the Events API. */
export function legacyTypeOf(event: LogEvent): string | null {
  return event.legacyEventType ?? legacyTypes[event.eventType]?.[event.result] ?? null
}

/** The map of debug values: what every request gives, and what the event adds. */
export function debugDataOf(event: LogEvent): Readonly<Record<string, string>> {
  const { request, debug } = event
  if (!request) return debug ?? {}
  // Recorded: `url` has its question mark also without a query.
  const url = request.target.includes('?') ? request.target : `${request.target}?`
  return { requestId: request.requestId, requestUri: withoutSecrets(request.path), url: withoutSecrets(url), ...debug }
}

// Who may read the log may not act as those whose tokens went by in a URL. Most targets cannot hold a secret, and a
// filter asks for thousands: only what has a value with a name, a mailed token's path, a long word or a session's id is looked at.
function withoutSecrets(target: string): string {
  return /[=%]|\/(?:tokens|reset[-_]password|welcome|recovery)\/|[\w-]{40}|102[\w-]{22}/.test(target)
    ? redactText(target)
    : target
}

const GREGORIAN_MS = 12_219_292_800_000

/**
 * The event's uuid, of version 1 as recorded ones are: time, then what tells events of one moment and orgs apart.
 * Worked out from the event, so that nothing has to be kept for it.
 */
export function uuidOf(event: LogEvent, orgId: string): string {
  const ticks = BigInt(Math.trunc(event.at) + GREGORIAN_MS) * 10_000n + BigInt(event.sequence % 10_000)
  const time = ticks.toString(16).padStart(15, '0').slice(-15)
  const turn = (0x8000 | (Math.floor(event.sequence / 10_000) & 0x3fff)).toString(16)
  return `${time.slice(7)}-${time.slice(3, 7)}-1${time.slice(0, 3)}-${turn}-${nodeOf(orgId)}`
}

/** 48 bits of an org's id, with the bit that says: no network card. */
function nodeOf(orgId: string): string {
  let high = 0x811c9dc5
  let low = 0
  for (let i = 0; i < orgId.length; i++) {
    high = Math.imul(high ^ orgId.charCodeAt(i), 0x01000193) >>> 0
    low = (low * 31 + orgId.charCodeAt(i)) & 0xffff
  }
  const node = (((high >>> 24) | 1).toString(16).padStart(2, '0') +
    (high & 0xffffff).toString(16).padStart(6, '0')) as string
  return node + low.toString(16).padStart(4, '0')
}
