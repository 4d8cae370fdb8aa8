// How do an org's settings and the limiter meet? Takes one call from its bucket and says which headers to show.
import type { Exchange, RateHeaders } from '../http/exchange.ts'
import type { LogParty } from '../log/event.ts'
import type { Org } from '../org.ts'
import type { Settings } from '../settings.ts'
import type { Edition } from './buckets.ts'
import { concurrencyLimits, createConcurrency, type Holder } from './concurrency.ts'
import { createKeyedWindows, fixedLimits, type KeyedTake } from './keyed-windows.ts'
import { createLimiter } from './limiter.ts'
import { createRateMails } from './notify.ts'
import type { RateEvent } from './rate-event.ts'

/** What the limiter says to one request. */
export interface LimitVerdict {
  /** Undefined for what is not limited. */
  headers: RateHeaders | undefined
  refused?: 'org' | 'token' | 'client' | 'concurrency'
}

/** The limits of one org. */
export interface OrgLimits {
  take(x: Exchange): LimitVerdict
  /** Counts a sign-in with a user name; undefined while no limits are enforced. */
  takeUsername(name: string): KeyedTake | undefined
  /** Forgets all windows, as after a reset. */
  reset(): void
  snapshot(): unknown
  restore(snapshot: unknown): void
}

/** Makes the limits of one org. Settings are read at each call, so a change of them counts at once. */
export function createOrgLimits(org: Org): OrgLimits {
  const now = () => org.clock.now()
  const limiter = createLimiter({ now })
  const concurrency = createConcurrency({ now, limit: () => concurrencyOf(org.settings.rateLimits) })

  const usernames = createKeyedWindows({ ...fixedLimits.username, now })
  const mails = createRateMails(org)
  const report = (x: Exchange, events: readonly RateEvent[]): void => {
    const pattern = x.route.template.replace(/:(\w+)/g, '{$1}')
    for (const event of events) {
      logRateEvent(org, x, event, pattern)
      mails.send(event, pattern)
    }
  }

  return {
    take(x) {
      const { bucket } = x.route
      if (!bucket) return { headers: undefined }
      const { edition, limits, tokenPercent, warningPercent, clientMode, clientModes } = org.settings.rateLimits
      const enforce = edition !== 'off'
      if (enforce) {
        const holder = holderOf(x, org.settings.rateLimits)
        const entry = concurrency.enter(holder)
        if (!entry.allowed) {
          report(x, entry.events)
          return { headers: { limit: 0, remaining: 0, reset: entry.resetAtSeconds }, refused: 'concurrency' }
        }
        x.onDone.push(() => concurrency.leave(holder))
      }
      const take = limiter.take({
        bucket,
        edition: edition === 'off' ? 'workforce' : edition,
        orgLimits: limits,
        principal: principalOf(x, tokenPercent),
        clientKey: bucket.clientBased ? clientKeyOf(x) : undefined,
        clientMode: bucket.clientBased ? (clientModes[bucket.clientBased] ?? clientMode) : undefined,
        warningPercent,
        enforce,
      })
      if (take.events.length > 0) report(x, take.events)
      const headers = { limit: take.limit, remaining: take.remaining, reset: take.resetAtSeconds }
      if (take.allowed) return { headers }
      return { headers, refused: take.scope === 'org' || take.scope === 'client' ? take.scope : 'token' }
    },
    takeUsername: (name) =>
      org.settings.rateLimits.edition === 'off' ? undefined : usernames.take(name.toLowerCase()),
    reset() {
      usernames.reset()
      limiter.reset()
      concurrency.reset()
      mails.reset()
    },
    snapshot: () => limiter.snapshot(),
    restore(snapshot) {
      // Its windows last a second: nobody will miss them.
      usernames.reset()
      limiter.restore(snapshot as ReturnType<typeof limiter.snapshot>)
      concurrency.reset()
      mails.reset()
    },
  }
}

// An API token or an OAuth client has a share of each bucket; people who come with a session have none.
function principalOf({ caller }: Exchange, standard: number) {
  const percentage = caller?.share?.percentage ?? standard
  if (caller?.tokenId !== undefined) return { id: caller.tokenId, kind: 'SSWS_TOKEN', percentage } as const
  if (caller?.clientId !== undefined) return { id: caller.clientId, kind: 'OAUTH_CLIENT', percentage } as const
  return undefined
}

// Okta documents a share of the requests under way too, but not whether one counts that nobody has set: here only
// those count that were (inferred).
function holderOf({ caller }: Exchange, limits: Settings['rateLimits']): Holder | undefined {
  if (!caller?.share) return undefined
  const { principalId: id, principalType: kind, concurrencyPercentage } = caller.share
  return { id, kind, limit: Math.max(1, Math.floor((concurrencyOf(limits) * concurrencyPercentage) / 100)) }
}

// Documented: client id, address and device cookie together; programs have no cookie and share one place.
function clientKeyOf(x: Exchange): string {
  const device = /(?:^|;)\s*DT=([^;]*)/i.exec(String(x.incoming.headers.cookie ?? ''))?.[1] ?? ''
  return `${x.query.get('client_id') ?? ''} ${x.address} ${device}`
}

function concurrencyOf(limits: Settings['rateLimits']): number {
  return limits.concurrency ?? concurrencyLimits[limits.edition === 'off' ? 'workforce' : (limits.edition as Edition)]
}

const messages: Readonly<Record<RateEvent['type'], string>> = {
  'system.org.rate_limit.warning': 'Rate limit warning',
  'system.org.rate_limit.burst': 'Rate limit burst',
  'system.org.rate_limit.violation': 'Rate limit violation',
  'system.operation.rate_limit.violation': 'Operation rate limit violation',
  'system.client.rate_limit.violation': 'Client rate limit violation',
  'system.client.rate_limit.notification': 'Client rate limit notification',
  'core.concurrency.org.limit.violation': 'Concurrency limit violation',
  'system.client.concurrency_rate_limit.violation': 'Client concurrency rate limit violation',
  'system.operation.concurrency_limit.violation': 'Operation concurrency limit violation',
}

function logRateEvent(org: Org, x: Exchange, event: RateEvent, pattern: string): void {
  const target: LogParty = { id: pattern, type: 'URL Pattern', alternateId: 'unknown', displayName: pattern }
  const isOperation = event.type.startsWith('system.operation.')
  org.log(x, {
    eventType: event.type,
    displayMessage: messages[event.type],
    severity: event.type.endsWith('violation') ? 'WARN' : 'INFO',
    result: isOperation ? 'DENY' : 'UNKNOWN',
    // Formed after the documented "… by an individual user".
    reason: isOperation
      ? `Too many requests attempted by an ${principals[event.scope] ?? 'individual user'}`
      : undefined,
    targets: [target],
    debug: { ...debugOf(event), ...(isOperation && operationOf(event)), urlPattern: pattern },
  })
}

const principals: Partial<Record<RateEvent['scope'], string>> = {
  SSWS_TOKEN: 'API token',
  OAUTH_CLIENT: 'OAuth 2.0 client',
}

// The keys of Okta's page on System Log events for rate limits.
function debugOf(event: RateEvent): Record<string, string> {
  const debug: Record<string, string> = {
    threshold: String(event.threshold),
    timeSpan: String(event.timeSpanSeconds),
    timeUnit: 'SECONDS',
    rateLimitSecondsToReset: String(event.secondsToReset),
    rateLimitScopeType: event.scope,
  }
  if (event.bucketId !== undefined) debug.rateLimitBucketUuid = event.bucketId
  if (event.warningPercent !== undefined) debug.warningPercent = String(event.warningPercent)
  if (event.baseThreshold !== undefined) {
    debug.baseThreshold = String(event.baseThreshold)
    debug.burstThreshold = String(event.threshold)
  }
  return debug
}

// Violations of an operation say the same once more, under names of their own.
function operationOf(event: RateEvent): Record<string, string> {
  return {
    operationRateLimitType: event.scope.toLowerCase(),
    operationRateLimitScopeType: event.scope === 'USER' ? 'user' : 'org',
    operationRateLimitThreshold: String(event.threshold),
    operationRateLimitTimeSpan: String(event.timeSpanSeconds),
    operationRateLimitTimeUnit: 'SECONDS',
    operationRateLimitSecondsToReset: String(event.secondsToReset),
  }
}
