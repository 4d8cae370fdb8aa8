// What does the System Log have on the failed call? Its events carry the x-okta-request-id of the answer as
// transaction id. Most refused calls leave none; sign-ins, token requests, limits and addresses do.
import { isRecord } from '../evidence.ts'
import type { Facts } from '../facts.ts'
import { momentOf, type Question, recordsIn, silence, textAt } from './question.ts'

const HOUR_MS = 3_600_000
const RETENTION_MS = 90 * 24 * HOUR_MS
const MOST_EVENTS = 20
// Old ids are those of Apache's mod_unique_id, new ones 32 hexadecimal digits, documented ones `req…`.
const REQUEST_ID = /^[A-Za-z0-9@_-]{8,100}$/

// Refusals for the body, the object or its state leave no event: the log holds events, not requests.
const LEAVES_NONE = /^E00000(?!(?:04|05|06|11|47|64|69)$)|^E0000[1-9]/

export const logOfCall: Question = {
  name: 'logOfCall',
  async ask({ facts }, org) {
    const id = requestIdOf(facts)
    if (id === undefined || !REQUEST_ID.test(id)) return undefined
    if (LEAVES_NONE.test(facts.code ?? '')) return undefined
    if (facts.events.some((event) => event.details.includes(id))) return undefined
    const moment = momentOf(facts)
    if (moment !== undefined && facts.nowSeconds !== undefined && facts.nowSeconds * 1000 - moment > RETENTION_MS) {
      org.gap({
        what: 'The System Log of that time.',
        why: 'The call is more than 90 days old, and the log keeps no more.',
        send: 'A fresh failure of the same call.',
      })
      return undefined
    }
    const answer = await org.get(
      ['api', 'v1', 'logs'],
      {
        filter: `transaction.id eq "${id}" or debugContext.debugData.requestId eq "${id}"`,
        ...(moment !== undefined && {
          since: new Date(moment - HOUR_MS).toISOString(),
          until: new Date(moment + HOUR_MS).toISOString(),
        }),
        limit: String(MOST_EVENTS),
      },
      ({ body }) => {
        const events = recordsIn(body, MOST_EVENTS)
        if (events.length === 0) return 'No event; Okta writes none for most refused calls.'
        return `${events.length === 1 ? '1 event' : `${events.length} events`}: ${events.map(nameOf).join('; ')}.`
      },
    )
    if (answer?.status !== 200) return undefined
    const events = recordsIn(answer.body, MOST_EVENTS)
    return { learnt: { request: answer.request, events: events.length }, events }
  },
  // The events stand among those of the evidence, where all rules look.
  speak: () => silence,
}

/** The id of the request, which is the transaction id of its events. */
export function requestIdOf(facts: Facts): string | undefined {
  return (
    facts.header('x-okta-request-id') ??
    facts.told.map(({ text }) => /\brequest ?id: ([A-Za-z0-9@_-]{8,100})$/i.exec(text)?.[1]).find((id) => id)
  )
}

/** An event in a few words. */
export function nameOf(event: unknown): string {
  const outcome = isRecord(event) ? event.outcome : undefined
  return [textAt(event, 'eventType'), textAt(outcome, 'result'), textAt(outcome, 'reason')]
    .filter((word) => word !== undefined)
    .join(' ')
}
