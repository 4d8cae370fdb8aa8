// Does the call change a group, in a way that is closed for groups which Okta or an app keeps?

import { isRecord } from './evidence.ts'
import { type Facts, toldThat } from './facts.ts'
import type { Said } from './sentences.ts'

/** How a group was to be changed. */
export type GroupChange = 'profile' | 'members' | 'deletion'

/** What the call changes of a group; undefined where it changes none. */
export function changesGroup({ method, path }: Pick<Facts, 'method' | 'path'>): GroupChange | undefined {
  if (path === undefined || method === 'GET' || method === 'HEAD') return undefined
  if (/^\/api\/v1\/groups\/[^/]+\/users\/[^/]+$/.test(path)) return 'members'
  if (!/^\/api\/v1\/groups\/(?!rules$)[^/]+$/.test(path)) return undefined
  return method === 'DELETE' ? 'deletion' : 'profile'
}

/** Whether groups of this type refuse the change. Those of an app may be deleted (documented). */
export function isClosedTo(type: string, change: GroupChange): boolean {
  return type === 'BUILT_IN' || (type === 'APP_GROUP' && change !== 'deletion')
}

/** Where the evidence names the group of the call as one that is closed to it. */
export function closedGroupNamed(facts: Facts): Said | undefined {
  const change = changesGroup(facts)
  if (change === undefined) return undefined
  const told = toldThat(facts, /\b(?:BUILT_IN|APP_GROUP)\b|\bgroups?\b.{0,40}\bEveryone\b|\bEveryone\b.{0,20}\bgroup\b/)
  const type = told && /\b(?:BUILT_IN|APP_GROUP)\b/.exec(told.text)?.[0]
  if (told && isClosedTo(type ?? 'BUILT_IN', change)) return told
  const said = facts.said.find(({ text }) => /\bEveryone\b|\bBUILT_IN\b/.test(text))
  if (said) return said
  const profile = isRecord(facts.requestBody) ? facts.requestBody.profile : undefined
  if (isRecord(profile) && profile.name === 'Everyone') return { place: 'requestBody.profile.name', text: 'Everyone' }
  const event = facts.events.find(({ details }) => /\bUserGroup\b/.test(details) && /\bEveryone\b/.test(details))
  return event && { place: `${event.place}.target`, text: 'Everyone' }
}
