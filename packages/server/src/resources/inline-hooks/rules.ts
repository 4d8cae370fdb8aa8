// Is this an inline hook that can be, and what may be done with it?
import { E0000001 } from '@errorg/errors/codes'
import type { InlineHook, InlineHookType } from '../../entities/hook.ts'
import { fail } from '../../fail.ts'
import { checkFields, type JsonObject, objectBody, refuseFaults, refuseValue } from '../../fields.ts'
import { readChannel } from '../../hooks/channel.ts'
import { inlineHookFields, newInlineHookFields } from './schema.ts'

/** What a body says about an inline hook. Its status is not read: a new one is active (documented). */
export type InlineHookParts = Pick<InlineHook, 'name' | 'type' | 'version' | 'channel'>

/** Reads a body that makes an inline hook. */
export function readNewHook(body: unknown): InlineHookParts {
  const hook = objectBody(body)
  refuseFaults(checkFields(hook, newInlineHookFields))
  return { ...partsOf(hook), type: String(hook.type) as InlineHookType }
}

/** Reads a body that replaces an inline hook. Its type stays (documented). */
export function readHook(body: unknown, old: InlineHook): InlineHookParts {
  const hook = objectBody(body)
  refuseFaults(checkFields(hook, inlineHookFields))
  const { type } = hook
  if (type !== undefined && type !== null && type !== old.type) {
    refuseValue('type', 'The type of an inline hook cannot be changed')
  }
  return { ...partsOf(hook, old), type: old.type }
}

function partsOf(hook: JsonObject, old?: InlineHook): Omit<InlineHookParts, 'type'> {
  return {
    name: String(hook.name),
    version: String(hook.version),
    channel: readChannel(hook.channel as JsonObject, old?.channel),
  }
}

/** What is switched off asks nobody (documented). */
export function mayExecute(hook: InlineHook): void {
  if (hook.status !== 'ACTIVE') fail(E0000001, 'hook-not-active', { name: hook.name })
}
