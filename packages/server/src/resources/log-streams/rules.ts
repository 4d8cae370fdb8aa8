// Is this a log stream that can be?
import { E0000001, E0000031 } from '@errorg/errors/codes'
import type { LogStream, LogStreamType } from '../../entities/log-stream.ts'
import { fail } from '../../fail.ts'
import { checkFields, type JsonObject, objectBody, refuseFaults } from '../../fields.ts'
import { bindFilter, fieldsOf, parseFilter } from '../../filter/index.ts'
import type { Stored } from '../../state/state.ts'
import { logStreamFields, settingFields, writtenOnce } from './schema.ts'

/** What a body says about a log stream. Its status and moments are not read. */
export type LogStreamParts = Pick<LogStream, 'type' | 'name' | 'settings'>

/** Reads a body that makes or replaces a log stream; `old` is the one that is replaced. */
export function readLogStream(body: unknown, old?: LogStream): LogStreamParts {
  const stream = objectBody(body)
  refuseFaults(checkFields(stream, logStreamFields))
  const type = String(stream.type) as LogStreamType
  if (old && old.type !== type) fixed('type')
  const sent = stream.settings as JsonObject
  const table = settingFields[type]
  // The token is sent once: a replacement comes without it, and one that brings it is not read (documented).
  const whole = old?.settings.token === undefined ? sent : { ...sent, token: old.settings.token }
  refuseFaults(checkFields(whole, table))
  const settings = Object.fromEntries(Object.keys(table).map((name) => [name, String(whole[name])]))
  for (const name of old ? writtenOnce[type] : []) if (settings[name] !== old!.settings[name]) fixed(name)
  return { type, name: String(stream.name), settings }
}

function fixed(field: string): never {
  return fail(E0000001, 'log-stream-setting-fixed', { field })
}

/** A name may be used once. */
export function nameIsFree(holder: { id: string } | undefined, ownId?: string): void {
  if (holder && holder.id !== ownId) fail(E0000001, 'log-stream-name-taken', { field: 'name' })
}

const readers: Readonly<Record<string, (stream: Stored<LogStream>) => unknown>> = {
  status: (stream) => stream.value.status,
  type: (stream) => stream.value.type,
}

/** Whether a stream matches `filter`: status and type, with `eq` (documented). All do without one. */
export function readStreamFilter(text: string | null): (stream: Stored<LogStream>) => boolean {
  if (text === null || text === '') return () => true
  const parsed = parseFilter(text)
  if (!parsed.ok) return fail(E0000031, 'search-unreadable')
  for (const { field, operator } of fieldsOf(parsed.filter)) {
    if (!Object.hasOwn(readers, field) || operator !== 'eq') return fail(E0000031, 'search-unreadable')
  }
  return bindFilter<Stored<LogStream>>(parsed.filter, (field) => readers[field]!)
}
