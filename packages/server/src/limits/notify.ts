// Do administrators hear of a limit by mail? Okta writes to them about the org's own limits: of warnings and bursts once
// a day a bucket, of violations once an hour (documented).
import { roleAssignments } from '../entities/role-assignment.ts'
import { users } from '../entities/user.ts'
import type { Org } from '../org.ts'
import type { RateEvent } from './rate-event.ts'

const HOUR_MS = 60 * 60 * 1000
const quietMs: Partial<Record<RateEvent['type'], number>> = {
  'system.org.rate_limit.warning': 24 * HOUR_MS,
  'system.org.rate_limit.burst': 24 * HOUR_MS,
  'system.org.rate_limit.violation': HOUR_MS,
}

/** Writes mails about limits. */
export interface RateMails {
  send(event: RateEvent, pattern: string): void
  /** Forgets what was sent. */
  reset(): void
}

/** Makes the mails of one org. */
export function createRateMails(org: Org): RateMails {
  const sentAt = new Map<string, number>()
  return {
    send(event, pattern) {
      const quiet = quietMs[event.type]
      if (quiet === undefined || event.scope !== 'ORG' || !org.settings.rateLimits.notifyAdmins) return
      const key = `${event.type} ${event.bucketId}`
      const now = org.clock.now()
      const last = sentAt.get(key)
      if (last !== undefined && now >= last && now - last < quiet) return
      sentAt.set(key, now)
      // The call that used up the limit does not wait for the mail about it.
      mail(org, event, pattern).catch((error: unknown) => org.onFault(error))
    },
    reset: () => sentAt.clear(),
  }
}

async function mail(org: Org, event: RateEvent, pattern: string): Promise<void> {
  const word = event.type.slice(event.type.lastIndexOf('.') + 1)
  const text = `Rate limit ${word}: ${pattern} reached ${event.threshold} calls in ${event.timeSpanSeconds} seconds.`
  const at = org.clock.now()
  for (const role of await org.state.find(roleAssignments, 'type', 'SUPER_ADMIN')) {
    if (role.value.holder !== 'USER') continue
    const address = (await org.state.load(users, role.value.holderId))?.value.profile.email
    if (typeof address === 'string') org.inbox.add({ at, to: address, channel: 'email', about: 'rate-limit', text })
  }
}
