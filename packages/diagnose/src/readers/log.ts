// Are these events of the System Log? Takes a list, one event, or one event a line.
import { isRecord } from '../evidence.ts'
import { parseJson } from './json-text.ts'
import { type Reader, type Reading, refuse } from './reader.ts'

export const log: Reader = {
  name: 'log',
  says: 'events of the System Log: a list, one event, or one event a line',
  read: readLog,
}

const MAX_EVENTS = 200

/** True for an object with the outline of a System Log event. */
export function isLogEvent(value: unknown): boolean {
  return (
    isRecord(value) && (typeof value.eventType === 'string' || (isRecord(value.outcome) && 'result' in value.outcome))
  )
}

function readLog(text: string): Reading {
  const whole = parseJson(text.trim())
  const found = whole
    ? Array.isArray(whole.value)
      ? whole.value
      : [whole.value]
    : text
        .split('\n', 2000)
        .map((line) => parseJson(line.trim())?.value)
        .filter((value) => value !== undefined)
  const events = found.filter(isLogEvent)
  if (events.length === 0)
    return refuse(
      'A text without System Log events.',
      'An event has an eventType and an outcome; none was found.',
      'The answer of GET /api/v1/logs, or the JSON that the console shows when an event is expanded.',
    )
  return {
    evidences: [{ logEvents: events.slice(0, MAX_EVENTS) }],
    gaps:
      events.length > MAX_EVENTS
        ? [
            {
              what: `${events.length} events.`,
              why: `Only the first ${MAX_EVENTS} were read.`,
              send: 'The events of one failure: filter by transaction.id, which is the x-okta-request-id of the answer.',
            },
          ]
        : [],
  }
}
