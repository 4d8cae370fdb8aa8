// How do the hooks of a seed become state? By the rules for requests; only nobody has to be asked for verification.
import type { HookSeeds } from '../control/hook-seed.ts'
import type { SeedInput } from '../control/schemas.ts'
import { eventHooks, inlineHooks } from '../entities/hook.ts'
import type { Org } from '../org.ts'
import { readEventHook } from '../resources/event-hooks/rules.ts'
import { readNewHook } from '../resources/inline-hooks/rules.ts'
import { put } from '../state/state.ts'
import type { SeedDraft } from './draft.ts'

type Seed = NonNullable<HookSeeds['eventHooks']>[number] | NonNullable<HookSeeds['inlineHooks']>[number]

/** Works out what is to be written. */
export async function seedHooks(org: Org, seed: SeedInput, draft: SeedDraft): Promise<void> {
  const moments = { createdAt: draft.now, lastUpdatedAt: draft.now }
  for (const [i, hook] of (seed.eventHooks ?? []).entries()) {
    const path = `eventHooks[${i}]`
    const events = { type: 'EVENT_TYPE', items: hook.events }
    const parts = draft.judged(path, () => readEventHook({ name: hook.name, events, channel: channelOf(hook) }))
    const state = { status: 'ACTIVE', verificationStatus: 'VERIFIED', createdBy: org.fixed.orgId } as const
    const value = { ...parts, ...state, ...moments }
    const id = await draft.idOf(eventHooks, 'who', hook.id, path)
    await draft.claim(eventHooks, value, `${path}.name`, hook.name)
    draft.writes.push(put(eventHooks, id, value))
  }
  for (const [i, hook] of (seed.inlineHooks ?? []).entries()) {
    const path = `inlineHooks[${i}]`
    const body = { name: hook.name, type: hook.type, version: '1.0.0', channel: channelOf(hook) }
    const value = { ...draft.judged(path, () => readNewHook(body)), status: 'ACTIVE' as const, ...moments }
    const id = await draft.idOf(inlineHooks, 'cal', hook.id, path)
    await draft.claim(inlineHooks, value, `${path}.name`, hook.name)
    draft.writes.push(put(inlineHooks, id, value))
  }
  if (seed.eventHooks) draft.afterwards.push(() => org.deliveries.refresh())
}

function channelOf({ url, headers = {}, secret }: Seed): object {
  const authScheme = secret === undefined ? null : { type: 'HEADER', key: 'Authorization', value: secret }
  const list = Object.entries(headers).map(([key, value]) => ({ key, value }))
  return { type: 'HTTP', version: '1.0.0', config: { uri: url, headers: list, authScheme } }
}
