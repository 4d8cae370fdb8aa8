// What does an event hook look like on the wire?
import { isoDate } from '../../clock.ts'
import type { EventHook } from '../../entities/hook.ts'
import type { FieldTable } from '../../fields.ts'
import { channelFields, showChannel } from '../../hooks/channel.ts'
import type { Org } from '../../org.ts'
import type { Stored } from '../../state/state.ts'

/** Rules of the members of a body. */
export const eventHookFields: FieldTable = {
  name: { type: 'string', required: true, max: 255 },
  description: { type: 'string', max: 1000 },
  events: {
    type: 'object',
    required: true,
    fields: {
      type: { type: 'string', required: true, oneOf: ['EVENT_TYPE'] },
      items: { type: 'array', required: true },
    },
  },
  channel: { type: 'object', required: true, fields: channelFields(['HTTP']) },
}

/** Rules of a filter. */
export const filterFields: FieldTable = {
  type: { type: 'string', oneOf: ['EXPRESSION_LANGUAGE'] },
  eventFilterMap: {
    type: 'array',
    required: true,
    fields: {
      event: { type: 'string', required: true },
      condition: {
        type: 'object',
        required: true,
        fields: { expression: { type: 'string', required: true, max: 1024 } },
      },
    },
  },
}

/** An event hook as Okta shows it; the keys are those of recorded answers. */
export function showEventHook(org: Org, { id, value }: Stored<EventHook>): Record<string, unknown> {
  const self = `${org.baseUrl}/api/v1/eventHooks/${id}`
  const post = (step: string) => ({ href: `${self}/lifecycle/${step}`, hints: { allow: ['POST'] } })
  const isActive = value.status === 'ACTIVE'
  return {
    id,
    status: value.status,
    verificationStatus: value.verificationStatus,
    name: value.name,
    description: value.description,
    created: isoDate(value.createdAt),
    createdBy: value.createdBy,
    lastUpdated: isoDate(value.lastUpdatedAt),
    events: { type: 'EVENT_TYPE', items: value.events, filter: showFilter(value) },
    channel: showChannel(value.channel),
    _links: {
      self: { href: self },
      verify: post('verify'),
      ...(isActive ? { deactivate: post('deactivate') } : { activate: post('activate') }),
    },
  }
}

function showFilter({ filters }: EventHook) {
  if (filters === null) return null
  return {
    type: 'EXPRESSION_LANGUAGE',
    eventFilterMap: filters.map(({ event, expression }) => ({ event, condition: { version: null, expression } })),
  }
}
