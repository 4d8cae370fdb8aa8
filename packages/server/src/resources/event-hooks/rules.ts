// Is this an event hook that can be, and what may be done with it?
import { E0000001 } from '@errorg/errors/codes'
import type { EventHook } from '../../entities/hook.ts'
import { fail } from '../../fail.ts'
import {
  checkFields,
  hasLoneOrWide,
  type JsonObject,
  objectBody,
  objectMember,
  refuseBlank,
  refuseFaults,
  refuseValue,
  textList,
} from '../../fields.ts'
import { readChannel } from '../../hooks/channel.ts'
import { readEventFilter } from '../../hooks/event-filter.ts'
import { hookableEvents } from '../../hooks/event-types.ts'
import { eventHookFields, filterFields } from './schema.ts'

/** What a body says about an event hook. */
export type EventHookParts = Pick<EventHook, 'name' | 'description' | 'events' | 'filters' | 'channel'>

// Far more than a person subscribes to.
const MOST_EVENTS = 500

/** Reads a body that makes or replaces an event hook; `old` is the one that is replaced. */
export function readEventHook(body: unknown, old?: EventHook): EventHookParts {
  const hook = objectBody(body)
  refuseFaults(checkFields(hook, eventHookFields))
  const subscription = hook.events as JsonObject
  const events = readEvents(subscription.items)
  return {
    name: String(hook.name),
    description: hook.description === undefined || hook.description === null ? null : String(hook.description),
    events,
    filters: readFilters(objectMember(subscription, 'filter'), events),
    channel: readChannel(hook.channel as JsonObject, old?.channel),
  }
}

function readEvents(items: unknown): string[] {
  const list = textList(items)
  if (list.length === 0) refuseBlank('items')
  if (list.length > MOST_EVENTS) refuseValue('items', `must not have more than ${MOST_EVENTS} elements`)
  const names = [...new Set(list)]
  const unknown = names.filter((name) => !hookableEvents.has(name))
  if (unknown.length > 0) fail(E0000001, 'hook-events-unknown', { events: shown(unknown) })
  return names
}

const shown = (names: readonly string[]): string =>
  names
    .slice(0, 10)
    .map((name) => (hasLoneOrWide(name) ? name.toWellFormed() : name).slice(0, 100))
    .join(', ')

function readFilters(filter: JsonObject | undefined, events: readonly string[]): EventHook['filters'] {
  if (!filter || Object.keys(filter).length === 0) return null
  refuseFaults(checkFields(filter, filterFields), 'filter')
  return (filter.eventFilterMap as JsonObject[]).map((entry) => {
    const event = String(entry.event)
    const expression = String((entry.condition as JsonObject).expression)
    if (!events.includes(event) || !readEventFilter(expression)) {
      fail(E0000001, 'event-filter-unreadable', { event: event.slice(0, 100), expression: expression.slice(0, 200) })
    }
    return { event, expression }
  })
}
