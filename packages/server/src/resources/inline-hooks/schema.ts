// What does an inline hook look like on the wire?
import { isoDate } from '../../clock.ts'
import { type InlineHook, inlineHookTypes } from '../../entities/hook.ts'
import type { FieldTable } from '../../fields.ts'
import { channelFields, showChannel } from '../../hooks/channel.ts'
import type { Org } from '../../org.ts'
import type { Stored } from '../../state/state.ts'

// Recorded: Okta takes 1.0.1 and 1.0.2 as well as the documented 1.0.0.
const version = { test: (text: string) => /^\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(text), says: 'Must be a version number' }

/** Rules of the members of a body; the type is asked for only when a hook is made. */
export const inlineHookFields: FieldTable = {
  name: { type: 'string', required: true, max: 255 },
  version: { type: 'string', required: true, form: version },
  channel: { type: 'object', required: true, fields: channelFields(['HTTP', 'OAUTH']) },
}

/** Rules of a body that makes one. */
export const newInlineHookFields: FieldTable = {
  ...inlineHookFields,
  type: { type: 'string', required: true, oneOf: inlineHookTypes },
}

/** An inline hook as Okta shows it; the keys are those of recorded answers. */
export function showInlineHook(org: Org, { id, value }: Stored<InlineHook>): Record<string, unknown> {
  const self = `${org.baseUrl}/api/v1/inlineHooks/${id}`
  const post = (step: string) => ({ href: `${self}/${step}`, hints: { allow: ['POST'] } })
  return {
    id,
    status: value.status,
    name: value.name,
    type: value.type,
    version: value.version,
    channel: showChannel(value.channel),
    created: isoDate(value.createdAt),
    lastUpdated: isoDate(value.lastUpdatedAt),
    _links:
      value.status === 'ACTIVE'
        ? { self: { href: self }, execute: post('execute'), deactivate: post('lifecycle/deactivate') }
        : {
            self: { href: self },
            activate: post('lifecycle/activate'),
            delete: { href: self, hints: { allow: ['DELETE'] } },
          },
  }
}
