// What does the org remember of an event? Compact facts; the System Log renders them when somebody reads.

/** Who did something, or what it was done to. */
export interface LogParty {
  id: string
  type: string
  alternateId: string
  displayName: string
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
}

/** The newest events, oldest first; bounded. */
export interface EventLog {
  append(event: Omit<LogEvent, 'sequence'>): void
  /** Events with sequence > after, oldest first. */
  read(after?: number): Iterable<LogEvent>
  /** Events with sequence < before, newest first. */
  readBack(before?: number): Iterable<LogEvent>
  readonly newest: number
  snapshot(): unknown
  restore(snapshot: unknown): void
}

/** Makes an empty log that keeps the newest `capacity` events. */
export function createEventLog(capacity = 100_000): EventLog {
  let events: LogEvent[] = []
  let start = 0
  let sequence = 0
  const compact = () => {
    // Shifting one by one would cost O(n) an event: drop in lumps.
    if (start > capacity) {
      events = events.slice(start)
      start = 0
    }
  }
  return {
    append(event) {
      sequence += 1
      events.push({ ...event, sequence })
      if (events.length - start > capacity) start += 1
      compact()
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
    get newest() {
      return sequence
    },
    snapshot: () => ({ events: events.slice(start), sequence }),
    restore(snapshot) {
      const kept = snapshot as { events: LogEvent[]; sequence: number }
      events = kept.events.slice()
      start = 0
      sequence = kept.sequence
    },
  }
}
