// How do event hooks get their events? Besides the request that caused an event: it waits for nobody. Events that happen
// close to each other go together; what cannot be delivered in two tries is lost, and the System Log says so.
import { randomUUID } from 'node:crypto'
import { isoDate } from '../clock.ts'
import { type EventHook, eventHooks } from '../entities/hook.ts'
import { ExpressionFault } from '../expression/index.ts'
import type { LogEvent } from '../log/event.ts'
import type { Org } from '../org.ts'
import { showEvent } from '../resources/logs/schema.ts'
import type { Stored } from '../state/state.ts'
import { headersOf } from './channel.ts'
import { type EventFilter, readEventFilter } from './event-filter.ts'

/** The deliveries of one org. */
export interface Deliveries {
  /** Ids of the hooks that want events of this type. */
  hooksFor(eventType: string): readonly string[]
  /** Takes an event for these hooks; returns at once. */
  offer(event: LogEvent, hookIds: readonly string[]): void
  /** Looks again which hooks there are; called after each change of one. */
  refresh(): Promise<void>
  /** Drops what waits. */
  forget(): void
  /** Resolves when nothing waits and nothing is on its way. */
  settled(): Promise<void>
}

// What waits for one hook; more is lost.
const MOST_WAITING = 1_000
const MOST_TOGETHER = 100
const DAY_MS = 24 * 60 * 60 * 1000

interface Lane {
  waiting: LogEvent[]
  lost: number
  work: Promise<void> | undefined
}

/** Makes the deliveries of one org. */
export function createDeliveries(org: () => Org): Deliveries {
  let wanted: ReadonlyMap<string, readonly string[]> = new Map()
  let lanes = new Map<string, Lane>()
  let day = noDay
  const told = new WeakSet<LogEvent>()

  // An event counts once, however many hooks want it, and what is left out is never told (documented). Okta logs a
  // warning at 70 per cent, of a type that it has not published: there is none here.
  const isOneTooMany = (event: LogEvent): boolean => {
    const now = org().clock.now()
    if (now >= day.endsAt) day = { endsAt: now + DAY_MS, told: 0 }
    if (told.has(event)) return false
    if (day.told >= org().settings.eventHooks.mostADay) return true
    told.add(event)
    day.told += 1
    return false
  }

  const work = async (hookId: string, lane: Lane): Promise<void> => {
    try {
      // After the request, and after those that come in the same breath: their events go together.
      await new Promise<void>((resolve) => setImmediate(resolve))
      while (lane.waiting.length > 0 && lanes.get(hookId) === lane) await workOff(hookId, lane)
    } catch (error) {
      org().onFault(error)
    } finally {
      // In one step with the look at what waits: an event that comes now begins new work.
      lane.work = undefined
    }
  }

  const workOff = async (hookId: string, lane: Lane): Promise<void> => {
    const hook = await org().state.load(eventHooks, hookId)
    const events = lane.waiting.splice(0, MOST_TOGETHER)
    if (!hook || !isListening(hook.value)) return
    const faults = new Set<string>()
    const passes = filterOf(hook.value, (fault) => faults.add(fault))
    const passing = events.flatMap((event) => {
      const shown = showEvent(event, org().fixed.orgId)
      return passes(shown) && !isOneTooMany(event) ? [shown] : []
    })
    const failure = passing.length === 0 ? undefined : await deliver(org(), hook, passing)
    // The org may have been put back in the meantime: then the hook belongs to a state that is gone.
    if (lanes.get(hookId) !== lane) return
    for (const reason of [...faults, ...(failure === undefined ? [] : [failure])]) logFailure(org(), hook, reason)
    if (lane.lost === 0) return
    logFailure(org(), hook, `More than ${MOST_WAITING} events were waiting: ${lane.lost} of them are lost.`)
    lane.lost = 0
  }

  return {
    hooksFor: (eventType) => wanted.get(eventType) ?? none,
    offer(event, hookIds) {
      for (const hookId of hookIds) {
        let lane = lanes.get(hookId)
        if (!lane) {
          lane = { waiting: [], lost: 0, work: undefined }
          lanes.set(hookId, lane)
        }
        if (lane.waiting.length >= MOST_WAITING) lane.lost += 1
        else lane.waiting.push(event)
        lane.work ??= work(hookId, lane)
      }
    },
    async refresh() {
      const rows = await org().state.scan(eventHooks)
      const next = new Map<string, string[]>()
      for (const { id, value } of rows.filter(({ value }) => isListening(value))) {
        for (const type of value.events) next.set(type, [...(next.get(type) ?? []), id])
      }
      wanted = next
    },
    forget() {
      lanes = new Map()
      day = noDay
    },
    async settled() {
      for (;;) {
        const busy = [...lanes.values()].flatMap((lane) => lane.work ?? [])
        if (busy.length === 0) return
        await Promise.all(busy)
      }
    },
  }
}

const none: readonly string[] = []

// The limit begins anew 24 hours after the first event (documented).
const noDay = { endsAt: 0, told: 0 }

/** Only hooks that are active and verified are told anything (documented). */
function isListening(hook: EventHook): boolean {
  return hook.status === 'ACTIVE' && hook.verificationStatus === 'VERIFIED'
}

// A filter that cannot be worked out for an event lets it not pass, and the others go on.
function filterOf(
  { filters }: EventHook,
  onFault: (reason: string) => void,
): (event: Readonly<Record<string, unknown>>) => boolean {
  const byType = new Map<string, EventFilter | undefined>()
  for (const { event, expression } of filters ?? []) byType.set(event, readEventFilter(expression))
  return (event) => {
    const type = String(event.eventType)
    try {
      return byType.get(type)?.(event) ?? true
    } catch (error) {
      if (!(error instanceof ExpressionFault)) throw error
      onFault(`The filter for ${type} cannot be evaluated, and the event was not sent: ${error.why}.`)
      return false
    }
  }
}

/** Undefined when the server has taken the events, else why not. */
async function deliver(org: Org, { id, value }: Stored<EventHook>, events: readonly unknown[]) {
  const answer = await org.outgoing.callTwice({
    method: 'POST',
    url: value.channel.uri,
    headers: headersOf(value.channel, true),
    body: JSON.stringify({
      eventType: 'com.okta.event_hook',
      eventTypeVersion: '1.0',
      cloudEventsVersion: '0.1',
      source: `${org.baseUrl}/api/v1/eventHooks/${id}`,
      eventId: randomUUID(),
      data: { events },
      eventTime: isoDate(org.clock.now()),
      contentType: 'application/json',
    }),
  })
  if (!answer.ok) return answer.why === 'stopped' ? undefined : `The endpoint could not be called: ${answer.says}.`
  return answer.status >= 200 && answer.status < 300 ? undefined : `The endpoint answered with status ${answer.status}.`
}

// Okta writes an event for what failed, and none for what went well (documented).
function logFailure(org: Org, { id, value }: Stored<EventHook>, reason: string): void {
  org.log(undefined, {
    eventType: 'event_hook.delivery',
    displayMessage: 'Deliver an event hook',
    result: 'FAILURE',
    reason,
    severity: 'WARN',
    targets: [{ id, type: 'EventHook', alternateId: 'unknown', displayName: value.name }],
  })
}
