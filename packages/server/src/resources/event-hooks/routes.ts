// Which operations does the API have on event hooks?
import { E0000001, E0000007 } from '@errorg/errors/codes'
import { type EventHook, eventHooks } from '../../entities/hook.ts'
import { fail } from '../../fail.ts'
import { mayDelete, mayHaveOneMore, nameIsFree } from '../../hooks/rules.ts'
import { type Exchange, noContent, ok } from '../../http/exchange.ts'
import { listAnswer } from '../../lists/page.ts'
import type { Org } from '../../org.ts'
import type { RouteRow } from '../../routes.ts'
import { put, remove, type Stored } from '../../state/state.ts'
import { readEventHook } from './rules.ts'
import { showEventHook } from './schema.ts'
import { challenge } from './verify.ts'

const HOOKS = '/api/v1/eventHooks'

async function list(org: Org, x: Exchange) {
  const rows = await org.state.scan(eventHooks)
  return listAnswer(
    org,
    x,
    rows.map((hook) => showEventHook(org, hook)),
  )
}

async function add(org: Org, x: Exchange) {
  const parts = readEventHook(x.body)
  await nameIsFree(org, eventHooks, parts.name)
  await mayHaveOneMore(org, eventHooks, 'event hooks')
  const value: EventHook = {
    ...parts,
    status: 'ACTIVE',
    verificationStatus: 'UNVERIFIED',
    createdBy: x.caller!.userId,
    createdAt: x.now,
    lastUpdatedAt: x.now,
  }
  const hook = { id: org.ids.next('who'), version: 0, value }
  await org.state.change([put(eventHooks, hook.id, value)])
  await org.deliveries.refresh()
  note(org, x, 'created', hook)
  return ok(showEventHook(org, hook))
}

async function get(org: Org, x: Exchange) {
  return ok(showEventHook(org, await loadHook(org, x)))
}

async function replace(org: Org, x: Exchange) {
  const hook = await loadHook(org, x)
  const parts = readEventHook(x.body, hook.value)
  await nameIsFree(org, eventHooks, parts.name, hook.id)
  // Documented: another channel has to show anew whose it is.
  const isSame = JSON.stringify(parts.channel) === JSON.stringify(hook.value.channel)
  const verificationStatus = isSame ? hook.value.verificationStatus : 'UNVERIFIED'
  const next = await save(org, hook, { ...hook.value, ...parts, verificationStatus, lastUpdatedAt: x.now })
  note(org, x, 'updated', next)
  return ok(showEventHook(org, next))
}

async function drop(org: Org, x: Exchange) {
  const hook = await loadHook(org, x)
  mayDelete(hook.value)
  await org.state.change([remove(eventHooks, hook)])
  await org.deliveries.refresh()
  note(org, x, 'deleted', hook)
  return noContent()
}

async function verify(org: Org, x: Exchange) {
  const hook = await loadHook(org, x)
  const says = await challenge(org, hook.value)
  if (says !== undefined) {
    note(org, x, 'verified', hook, says)
    fail(E0000001, 'hook-verification-failed', { says })
  }
  const next = await save(org, hook, { ...hook.value, verificationStatus: 'VERIFIED', lastUpdatedAt: x.now })
  note(org, x, 'verified', next)
  return ok(showEventHook(org, next))
}

const activate = (org: Org, x: Exchange) => switchTo(org, x, 'ACTIVE')

const deactivate = (org: Org, x: Exchange) => switchTo(org, x, 'INACTIVE')

// Switching to where a hook is already answers it as it is (recorded for inline hooks).
async function switchTo(org: Org, x: Exchange, status: EventHook['status']) {
  const hook = await loadHook(org, x)
  if (hook.value.status === status) return ok(showEventHook(org, hook))
  const next = await save(org, hook, { ...hook.value, status, lastUpdatedAt: x.now })
  note(org, x, status === 'ACTIVE' ? 'activated' : 'deactivated', next)
  return ok(showEventHook(org, next))
}

async function loadHook(org: Org, x: Exchange): Promise<Stored<EventHook>> {
  const id = x.params.eventHookId!
  // Recorded: Okta's own word for an event hook is Webhook.
  return (await org.state.load(eventHooks, id)) ?? fail(E0000007, 'resource-missing', { id, type: 'Webhook' })
}

async function save(org: Org, hook: Stored<EventHook>, value: EventHook): Promise<Stored<EventHook>> {
  await org.state.change([put(eventHooks, hook.id, value, hook)])
  await org.deliveries.refresh()
  return { ...hook, value }
}

const messages = {
  created: 'Event hook was created',
  updated: 'Event hook was updated',
  activated: 'Event hook was activated',
  deactivated: 'Event hook was deactivated',
  deleted: 'Event hook was deleted',
  verified: 'Event hook was verified',
} as const

function note(
  org: Org,
  x: Exchange,
  what: keyof typeof messages,
  { id, value }: Stored<EventHook>,
  reason?: string,
): void {
  org.log(x, {
    eventType: `event_hook.${what}`,
    displayMessage: messages[what],
    ...(reason !== undefined && { result: 'FAILURE' as const, severity: 'WARN' as const, reason }),
    targets: [{ id, type: 'EventHook', alternateId: 'unknown', displayName: value.name }],
  })
}

const ONE = `${HOOKS}/:eventHookId`
const needs = 'eventHooks.manage'

/** Rows of the route table. */
export const eventHookRoutes: readonly RouteRow[] = [
  { on: `GET ${HOOKS}`, operation: 'listEventHooks', needs: 'eventHooks.read', handle: list },
  { on: `POST ${HOOKS}`, operation: 'createEventHook', needs, body: 'json', handle: add },
  { on: `GET ${ONE}`, operation: 'getEventHook', needs: 'eventHooks.read', handle: get },
  { on: `PUT ${ONE}`, operation: 'replaceEventHook', needs, body: 'json', handle: replace },
  { on: `DELETE ${ONE}`, operation: 'deleteEventHook', needs, handle: drop },
  { on: `POST ${ONE}/lifecycle/activate`, operation: 'activateEventHook', needs, handle: activate },
  { on: `POST ${ONE}/lifecycle/deactivate`, operation: 'deactivateEventHook', needs, handle: deactivate },
  { on: `POST ${ONE}/lifecycle/verify`, operation: 'verifyEventHook', needs, handle: verify },
]
