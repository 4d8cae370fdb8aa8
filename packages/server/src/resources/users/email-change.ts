// How does a user get another address? Mail goes to the new one, and the attribute changes when the link in it is opened
// (documented; where the link leads and how long it works is inferred).
import { E0000112 } from '@errorg/errors/codes'
import { type User, users } from '../../entities/user.ts'
import { type EmailChange, emailChanges } from '../../entities/user-notes.ts'
import { fail } from '../../fail.ts'
import type { JsonObject } from '../../fields.ts'
import { rulesFollowUser } from '../../group-rules/due.ts'
import type { Answer, Exchange } from '../../http/exchange.ts'
import { userParty } from '../../log/parties.ts'
import type { Org } from '../../org.ts'
import { isAbsent } from '../../profile-values.ts'
import { put, remove, type Write } from '../../state/state.ts'
import { hashToken } from '../../token-hash.ts'
import { failNewer } from './newer.ts'

const LIFE_MS = 7 * 24 * 3_600_000

const attributes = ['email', 'secondEmail'] as const
type Attribute = (typeof attributes)[number]

/** The addresses that must be verified before they change; one that goes needs no mail. */
export function addressesToVerify(wanted: JsonObject, changed: readonly string[]): readonly Attribute[] {
  return attributes.filter((name) => changed.includes(name) && !isAbsent(wanted[name]))
}

/** A profile in which these attributes are as they were. */
export function withValuesOf(before: JsonObject, profile: JsonObject, names: readonly string[]): JsonObject {
  if (names.length === 0) return profile
  return { ...profile, ...Object.fromEntries(names.map((name) => [name, before[name] ?? null])) }
}

/** What is kept of the wanted addresses, and the mails that go out when that is done. */
export async function beginEmailChanges(
  org: Org,
  x: Exchange,
  userId: string,
  wanted: JsonObject,
  names: readonly Attribute[],
): Promise<{ writes: Write[]; mail(): void }> {
  const begun: { token: string; address: string; write: Write }[] = []
  for (const attribute of names) {
    const token = org.ids.secret(20)
    const address = String(wanted[attribute])
    const change: EmailChange = { userId, attribute, address, key: hashToken(token), expiresAt: x.now + LIFE_MS }
    const id = `${userId}:${attribute}`
    begun.push({ token, address, write: put(emailChanges, id, change, await org.state.load(emailChanges, id)) })
  }
  return {
    writes: begun.map(({ write }) => write),
    mail() {
      for (const { token, address } of begun) {
        const link = `${org.baseUrl}/email/verify/${token}`
        const text = `You asked for this address to be yours. Open the link to confirm it; it works once, for seven days. ${link}`
        org.inbox.add({ at: x.now, to: address, channel: 'email', about: 'email-change', code: token, link, text })
      }
    },
  }
}

/** `GET /email/verify/{token}`: where the link in the mail leads. */
export async function verifyEmail(org: Org, x: Exchange): Promise<Answer> {
  const change = await org.state.holder(emailChanges, `key:${hashToken(x.params.token!)}`)
  const user = change && (await org.state.load(users, change.value.userId))
  const isGone = user?.value.status === 'DEPROVISIONED'
  if (!change || !user || isGone || change.value.expiresAt <= x.now) return failNewer('link-used')
  if (user.value.transitioningTo) fail(E0000112, 'user-still-activating', { id: user.id })
  const { attribute, address } = change.value
  const profile = { ...user.value.profile, [attribute]: address }
  const value: User = { ...user.value, profile, lastUpdatedAt: x.now }
  await org.state.change([put(users, user.id, value, user), remove(emailChanges, change)])
  const party = userParty({ id: user.id, value })
  for (const [eventType, displayMessage] of [
    ['user.account.update_profile', 'Update user profile for Okta'],
    eventsOf[attribute],
  ] as const) {
    org.log(x, { eventType, displayMessage, actor: party, targets: [party], debug: { changedAttributes: attribute } })
  }
  rulesFollowUser(org, user.id)
  return {
    status: 200,
    text: '<!DOCTYPE html><html lang="en"><title>Address confirmed</title><p>Your address is confirmed.</p></html>',
    headers: [['content-type', 'text/html; charset=utf-8']],
  }
}

const eventsOf = {
  email: ['user.account.update_primary_email', 'Update primary email for Okta'],
  secondEmail: ['user.account.update_secondary_email', 'Update secondary email for Okta'],
} as const
