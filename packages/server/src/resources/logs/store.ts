// Which events are on a page of the System Log, and where does the next one begin?

import type { Place } from '../../lists/cursor.ts'
import type { EventLog, LogEvent } from '../../log/event.ts'
import type { LogQuery } from './rules.ts'

/** A page of events. */
export interface LogPage {
  events: readonly LogEvent[]
  /** Where the next page begins; undefined when there is none. */
  next: Place | undefined
}

/** Reads a page; undefined when the place cannot be one of this log. */
export function readLogPage(log: EventLog, query: LogQuery, place: Place | undefined): LogPage | undefined {
  return query.mode === 'polling' ? poll(log, query, place) : readBounded(log, query, place)
}

/** A place while polling: the last event that was looked at, and since when events count. */
function poll(
  log: EventLog,
  { since, oldest, limit, matches }: LogQuery,
  place: Place | undefined,
): LogPage | undefined {
  const [after = 0, from = since] = (place ?? []) as number[]
  // A place beyond the newest event was given out before the org was put back to an earlier state.
  if (after > log.newest) return undefined
  const events: LogEvent[] = []
  const first = Math.max(from, oldest)
  let last = after
  if (limit > 0) {
    last = log.newest
    for (const event of log.read(after)) {
      if (event.at < first || !matches(event)) continue
      events.push(event)
      if (events.length < limit) continue
      last = event.sequence
      break
    }
  }
  // Also after an empty page: whoever polls goes on from here.
  return { events, next: [last, from] }
}

/** A place in a bounded query: moment and number of the last event of the page, and the bounds of the first page. */
function readBounded(log: EventLog, query: LogQuery, place: Place | undefined): LogPage | undefined {
  const { limit, newestFirst, matches } = query
  const [at, sequence, since = query.since, until = query.until] = (place ?? []) as number[]
  const from = at === undefined || sequence === undefined ? undefined : { at, sequence }
  const events: LogEvent[] = []
  if (limit === 0) return { events, next: undefined }
  for (const event of log.readSpan({ since: Math.max(since, query.oldest), until, newestFirst, from })) {
    if (!matches(event)) continue
    if (events.length === limit) {
      const last = events.at(-1)!
      return { events, next: [last.at, last.sequence, since, until] }
    }
    events.push(event)
  }
  return { events, next: undefined }
}
