// What does the org remember of an event? Compact facts; the System Log renders them when somebody reads.

/** Who did something, or what it was done to. */
export interface LogParty {
  id: string
  type: string
  alternateId: string
  displayName: string
  /** More about it, in Okta's words: `{ policyType: 'OktaSignOn' }`. */
  detailEntry?: Readonly<Record<string, unknown>>
  /** What a change did to it; only targets of changes have it. */
  changeDetails?: { from: Readonly<Record<string, unknown>>; to: Readonly<Record<string, unknown>> }
}

/** How an event ended, in Okta's words. */
export type LogResult = 'SUCCESS' | 'FAILURE' | 'ALLOW' | 'DENY' | 'CHALLENGE' | 'SKIPPED' | 'UNKNOWN'

/** The request an event belongs to. */
export interface LogRequest {
  requestId: string
  method: string
  /** Path without query. */
  path: string
  /** Path and query. */
  target: string
  address: string
  userAgent: string
  /** Id of the API token that was used. */
  tokenId?: string
}

/** An event as it is kept. */
export interface LogEvent {
  /** Grows by one an event; gives the order of persistence. */
  sequence: number
  at: number
  eventType: string
  severity: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR'
  displayMessage: string
  result: LogResult
  reason?: string
  actor: LogParty
  targets: readonly LogParty[]
  request?: LogRequest
  debug?: Readonly<Record<string, string>>
  legacyEventType?: string
  /** The sign-in session it belongs to, by the name that only the log has for it (`102…`). */
  sessionId?: string
}

/** What somebody who logs must say; the org adds time, order, actor and request where they are known. */
export interface LogEntry {
  eventType: string
  displayMessage: string
  result?: LogResult
  reason?: string
  severity?: LogEvent['severity']
  actor?: LogParty
  targets?: readonly LogParty[]
  debug?: Readonly<Record<string, string>>
  legacyEventType?: string
  /** The id of the session; the event gets another name for it. */
  sessionId?: string
}

/** A place in the order of publication. */
export interface LogMoment {
  at: number
  sequence: number
}

/** A stretch of time, both ends included. */
export interface LogSpan {
  since: number
  until: number
  newestFirst?: boolean
  /** Only what comes after this place, in the direction of reading. */
  from?: LogMoment
}

/** The newest events, oldest first; bounded. */
export interface EventLog {
  /** The event as it is kept. */
  append(event: Omit<LogEvent, 'sequence'>): LogEvent
  /** Events with sequence > after, oldest first. */
  read(after?: number): Iterable<LogEvent>
  /** Events with sequence < before, newest first. */
  readBack(before?: number): Iterable<LogEvent>
  /** Events of a stretch of time in the order of their moments, which need not be the order of persistence. */
  readSpan(span: LogSpan): Iterable<LogEvent>
  readonly newest: number
  snapshot(): unknown
  restore(snapshot: unknown): void
}

/** Makes an empty log that keeps the newest `capacity` events. */
export function createEventLog(capacity = 100_000): EventLog {
  let events: LogEvent[] = []
  let start = 0
  let sequence = 0
  // By moment; missing until somebody asks, and again after each lump that was dropped. May still hold events that
  // are already dropped.
  let byMoment: LogEvent[] | undefined
  const compact = () => {
    // Shifting one by one would cost O(n) an event: drop in lumps.
    if (start > capacity) {
      events = events.slice(start)
      start = 0
      byMoment = undefined
    }
  }
  return {
    append(event) {
      sequence += 1
      // Named one by one: the copy that a spread makes has a shape of its own, which is kept with it and costs as much
      // as five requests that read.
      const kept: LogEvent = {
        sequence,
        at: event.at,
        eventType: event.eventType,
        severity: event.severity,
        displayMessage: event.displayMessage,
        result: event.result,
        reason: event.reason,
        actor: event.actor,
        targets: event.targets,
        request: event.request,
        debug: event.debug,
        legacyEventType: event.legacyEventType,
        sessionId: event.sessionId,
      }
      events.push(kept)
      if (byMoment) insertByMoment(byMoment, kept)
      if (events.length - start > capacity) start += 1
      compact()
      return kept
    },
    *read(after = 0) {
      const kept = events
      const oldest = kept[start]?.sequence ?? sequence + 1
      for (let i = start + Math.max(0, after + 1 - oldest); i < kept.length; i++) yield kept[i]!
    },
    *readBack(before = sequence + 1) {
      const kept = events
      const first = start
      const oldest = kept[first]?.sequence ?? sequence + 1
      for (let i = Math.min(kept.length - 1, first + before - 1 - oldest); i >= first; i--) yield kept[i]!
    },
    *readSpan({ since, until, newestFirst, from }) {
      byMoment ??= events.slice(start).sort(compareMoments)
      const list = byMoment
      const oldest = events[start]?.sequence ?? sequence + 1
      let first = placeOf(list, { at: since, sequence: 0 })
      let last = placeOf(list, { at: until, sequence: Number.POSITIVE_INFINITY }) - 1
      if (from && newestFirst) last = Math.min(last, placeOf(list, from) - 1)
      else if (from) first = Math.max(first, placeOf(list, { at: from.at, sequence: from.sequence + 1 }))
      for (let i = newestFirst ? last : first; i >= first && i <= last; i += newestFirst ? -1 : 1) {
        const event = list[i]!
        if (event.sequence >= oldest) yield event
      }
    },
    get newest() {
      return sequence
    },
    snapshot: () => ({ events: events.slice(start), sequence }),
    restore(snapshot) {
      const kept = snapshot as { events: LogEvent[]; sequence: number }
      events = kept.events.slice()
      start = 0
      sequence = kept.sequence
      byMoment = undefined
    },
  }
}

function compareMoments(a: LogMoment, b: LogMoment): number {
  return a.at - b.at || a.sequence - b.sequence
}

/** How many events of a list that is sorted by moment come before a place. */
function placeOf(list: readonly LogEvent[], place: LogMoment): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (compareMoments(list[middle]!, place) < 0) low = middle + 1
    else high = middle
  }
  return low
}

function insertByMoment(list: LogEvent[], event: LogEvent): void {
  const newest = list.at(-1)
  if (!newest || compareMoments(newest, event) < 0) list.push(event)
  else list.splice(placeOf(list, event), 0, event)
}
