// How do the hooks of a seed become state? By the rules for requests; only nobody has to be asked for verification.
import type { HookSeeds } from '../control/hook-seed.ts'
import { eventHooks, inlineHooks } from '../entities/hook.ts'
import { Failure } from '../fail.ts'
import { wireOfFailure } from '../http/render.ts'
import type { Org } from '../org.ts'
import { readEventHook } from '../resources/event-hooks/rules.ts'
import { readNewHook } from '../resources/inline-hooks/rules.ts'
import { put, type Write } from '../state/state.ts'
import type { SeedTools } from './auth-servers.ts'

type Seed = NonNullable<HookSeeds['eventHooks']>[number] | NonNullable<HookSeeds['inlineHooks']>[number]

/** Works out what is to be written. */
export async function seedHooks(org: Org, seed: HookSeeds, tools: SeedTools): Promise<Write[]> {
  const writes: Write[] = []
  const moments = { createdAt: tools.now, lastUpdatedAt: tools.now }
  for (const [i, hook] of (seed.eventHooks ?? []).entries()) {
    const path = `eventHooks[${i}]`
    const events = { type: 'EVENT_TYPE', items: hook.events }
    const parts = judged(() => readEventHook({ name: hook.name, events, channel: channelOf(hook) }), path, tools)
    const state = { status: 'ACTIVE', verificationStatus: 'VERIFIED', createdBy: org.fixed.orgId } as const
    const value = { ...parts, ...state, ...moments }
    const id = await tools.idOf(eventHooks, 'who', hook.id, path)
    await tools.claim(eventHooks, value, `${path}.name`, hook.name)
    writes.push(put(eventHooks, id, value))
  }
  for (const [i, hook] of (seed.inlineHooks ?? []).entries()) {
    const path = `inlineHooks[${i}]`
    const body = { name: hook.name, type: hook.type, version: '1.0.0', channel: channelOf(hook) }
    const value = { ...judged(() => readNewHook(body), path, tools), status: 'ACTIVE' as const, ...moments }
    const id = await tools.idOf(inlineHooks, 'cal', hook.id, path)
    await tools.claim(inlineHooks, value, `${path}.name`, hook.name)
    writes.push(put(inlineHooks, id, value))
  }
  return writes
}

function channelOf({ url, headers = {}, secret }: Seed): object {
  const authScheme = secret === undefined ? null : { type: 'HEADER', key: 'Authorization', value: secret }
  const list = Object.entries(headers).map(([key, value]) => ({ key, value }))
  return { type: 'HTTP', version: '1.0.0', config: { uri: url, headers: list, authScheme } }
}

function judged<T>(read: () => T, path: string, tools: SeedTools): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const { summary, causes } = wireOfFailure(error, 'current')
    return tools.refuse(path, causes.length > 0 ? causes.join('; ') : summary)
  }
}
