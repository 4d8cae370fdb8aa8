// What is an org? State, clock, names, limits, log and settings of one tenant; two orgs share nothing.
import { randomBytes } from 'node:crypto'
import { type Clock, createClock } from './clock.ts'
import { firstAuthenticators } from './entities/authenticator.ts'
import { firstBrand } from './entities/brand.ts'
import { firstApps } from './entities/first-apps.ts'
import { firstPolicies } from './entities/first-policies.ts'
import { type Group, groups, memberships } from './entities/group.ts'
import { firstRealm } from './entities/realm.ts'
import { workflowsSet } from './entities/resource-set.ts'
import { type UserType, userTypes } from './entities/user-type.ts'
import { systemZones, zones } from './entities/zone.ts'
import { createExpressionCache, type ReadExpression } from './expression/index.ts'
import { createFaults, type Faults, realSleep, type Sleep } from './faults.ts'
import { loadRoles } from './gates/caller.ts'
import type { HeldRoleType } from './gates/permissions.ts'
import { createDeliveries, type Deliveries } from './hooks/deliver.ts'
import type { Exchange, Incoming } from './http/exchange.ts'
import { createDateHeader } from './http/headers.ts'
import { createShown, type Shown } from './http/shown.ts'
import { type BrokenLine, type Ending, walk } from './http/walk.ts'
import { createIds, type Ids, type Random } from './ids.ts'
import { createInbox, type Inbox } from './inbox.ts'
import { createJobs, type JobRunner, type Jobs } from './jobs.ts'
import { createLedger, type Ledger } from './ledger.ts'
import type { LedgerView } from './ledger-view.ts'
import { createOrgLimits, type OrgLimits } from './limits/org-limits.ts'
import { createEventLog, type EventLog, type LogEntry, type LogParty } from './log/event.ts'
import { sessionName } from './log/session-name.ts'
import { createKeyring, type Keyring } from './oauth/keyring.ts'
import { writeDefaultServer } from './oauth/new-server.ts'
import { createOutgoing, type Fetch, type Outgoing } from './outgoing.ts'
import { jobRunners, routeTable } from './resources/index.ts'
import type { RouteTable } from './routes.ts'
import { applySettings, defaultSettings, type Settings, type SettingsPatch } from './settings.ts'
import { PutBack, type Snapshots } from './snapshots.ts'
import { createMemoryState } from './state/memory.ts'
import { put, type Seen, type State, type Write } from './state/state.ts'
import { witness } from './state/witness.ts'
import { createTokenHashes } from './token-hash.ts'
import { createTurns, type InTurn } from './turns.ts'

/**
 * Finds out why a request failed, from what its caller could see (secrets included: it must hide them itself). The org
 * only passes the finding on.
 */
export type Diagnose = (exchange: LedgerView) => unknown

/** What an org is made with. Everything has a default. */
export interface OrgParts {
  clock?: Clock
  random?: Random
  /** The three characters that this org's ids end with. */
  suffix?: string
  settings?: SettingsPatch
  /** scrypt's N for passwords and answers; a power of two. Default 1024: quick, for tests. */
  passwordCost?: number
  /** Called with faults of the server itself. Default: written to stderr. */
  onFault?: (error: unknown) => void
  /** Waits for injected latency, and for other servers to answer; default real time. */
  sleep?: Sleep
  /** Calls other servers: those of hooks. Default: the global `fetch`. */
  fetch?: Fetch
  /** RSA private keys (PEM) that authorization servers sign with, in this order; more are made when needed. */
  signingKeys?: readonly string[]
  /** How many log events and exchanges are kept. */
  logCapacity?: number
  ledgerCapacity?: number
}

/** One org, as gates, handlers and jobs see it. */
export interface Org {
  readonly state: State
  readonly clock: Clock
  readonly ids: Ids
  readonly jobs: Jobs
  readonly inbox: Inbox
  readonly events: EventLog
  readonly ledger: Ledger
  readonly faults: Faults
  /** Calls of other servers. */
  readonly outgoing: Outgoing
  /** What event hooks get. */
  readonly deliveries: Deliveries
  readonly limits: OrgLimits
  readonly routes: RouteTable
  readonly passwordCost: number
  readonly random: Random
  /** What authorization servers sign with. */
  readonly keyring: Keyring
  /** What is the same for all of this org's things. */
  readonly fixed: { orgId: string; everyoneId: string; defaultTypeId: string; realmId: string }
  settings: Settings
  /** The base URL that links and issuers are made of. */
  baseUrl: string
  /** The control API's own things; undefined where it is switched off. */
  control: { snapshots: Snapshots; token: string | undefined; diagnose: Diagnose | undefined } | undefined
  /** Writes an event to the System Log; actor and request are taken from the exchange. */
  log(x: Exchange | undefined, entry: LogEntry): void
  /** Answers a request, wherever it came from. */
  answer(incoming: Incoming): Promise<Ending | BrokenLine>
  /** Does what has come due; undefined when there is nothing to do or to wait for. */
  runDueJobs(): Promise<void> | undefined
  /** Where a request goes that has lost a race. */
  readonly inTurn: InTurn
  /** What handlers work on: this org, but after `putBack` it takes no more writes. */
  readonly present: Org
  /** Ends what requests under way may write; called before the org is put back to an earlier state. */
  putBack(): void
  dateHeader(nowMs: number): string
  /** Rows as JSON text, written once. */
  readonly shown: Shown
  /** The hash under which an API token is kept: every request asks for that of its own. */
  readonly tokenHash: (value: string) => string
  /** Reads an expression of Okta's language, once for each text. */
  readonly readExpression: ReadExpression
  onFault(error: unknown): void
  /** Ids of the groups a user belongs to, "Everyone" included. */
  groupIdsOf(userId: string): Promise<string[]>
  /** Administrator roles a user holds now. */
  rolesOf(userId: string): Promise<readonly HeldRoleType[]>
  /** Applies a change of settings at once. */
  changeSettings(patch: SettingsPatch): void
}

/**
 * Makes an org with nothing in it but what every org has: the group "Everyone", the default user type, the zones and
 * the authorization server that come with it.
 */
export async function makeOrg(parts: OrgParts = {}): Promise<Org> {
  const clock = parts.clock ?? createClock()
  const random = parts.random ?? randomBytes
  const ids = createIds(random, parts.suffix)
  const dateHeader = createDateHeader()
  const state = createMemoryState()
  const events = createEventLog(parts.logCapacity)
  const jobs = createJobs()
  let working: Promise<void> | undefined
  const org: Org = {
    state,
    clock,
    ids,
    jobs,
    events,
    inbox: createInbox(),
    ledger: createLedger(parts.ledgerCapacity),
    faults: createFaults(() => org, parts.sleep),
    outgoing: createOutgoing(parts.fetch ?? ((url, init) => fetch(url, init)), parts.sleep ?? realSleep),
    deliveries: createDeliveries(() => org),
    limits: undefined as never,
    routes: routeTable(),
    passwordCost: parts.passwordCost ?? 1024,
    random,
    keyring: createKeyring(random, parts.signingKeys),
    fixed: {
      orgId: ids.next('00o'),
      everyoneId: ids.next('00g'),
      defaultTypeId: ids.next('oty'),
      realmId: ids.next('guo'),
    },
    settings: applySettings(defaultSettings(), parts.settings ?? {}),
    baseUrl: 'http://127.0.0.1',
    control: undefined,
    log(x, entry) {
      const hookIds = org.deliveries.hooksFor(entry.eventType)
      const sessionId = entry.sessionId ?? x?.caller?.sessionId
      // Named one by one: a literal that spreads an entry and then says some of its members again gets a shape of its own
      // each time, which is kept with the event and costs more than the rest of it.
      const event = events.append({
        at: x?.now ?? clock.now(),
        eventType: entry.eventType,
        severity: entry.severity ?? 'INFO',
        displayMessage: entry.displayMessage,
        result: entry.result ?? 'SUCCESS',
        reason: entry.reason,
        actor: entry.actor ?? (x ? actorOf(x) : SYSTEM),
        targets: entry.targets ?? [],
        request: x && {
          requestId: x.requestId,
          method: x.method,
          path: x.path,
          target: x.incoming.target,
          address: x.address,
          userAgent: String(x.incoming.headers['user-agent'] ?? ''),
          tokenId: x.caller?.tokenId,
        },
        // Documented: an event names the hooks that it is meant for.
        debug: hookIds.length === 0 ? entry.debug : { ...entry.debug, webhooks: hookIds.join(',') },
        legacyEventType: entry.legacyEventType,
        sessionId: sessionId === undefined ? undefined : sessionName(sessionId),
      })
      if (hookIds.length > 0) org.deliveries.offer(event, hookIds)
    },
    answer: (incoming) => walk(org, incoming),
    runDueJobs() {
      // Whoever comes while jobs run waits for them too: it must not see the state before them.
      if (jobs.nextDueAt() <= clock.now()) {
        const mine = Promise.resolve(working)
          .then(() => runJobs(org))
          .finally(() => {
            if (working === mine) working = undefined
          })
        working = mine
      }
      return working
    },
    inTurn: createTurns(),
    get present() {
      return present
    },
    putBack() {
      present = presentOf(org)
      org.deliveries.forget()
      org.outgoing.stop()
    },
    dateHeader,
    shown: createShown(() => org),
    tokenHash: createTokenHashes(),
    readExpression: createExpressionCache(),
    onFault: parts.onFault ?? ((error) => console.error(error)),
    async groupIdsOf(userId) {
      if (state.lacks(memberships, 'user', userId)) return [org.fixed.everyoneId]
      const rows = await state.find(memberships, 'user', userId)
      return [org.fixed.everyoneId, ...rows.map((row) => row.value.groupId)]
    },
    rolesOf: (userId) => loadRoles(org, userId),
    changeSettings(patch) {
      org.settings = applySettings(org.settings, patch)
    },
  }
  ;(org as { limits: OrgLimits }).limits = createOrgLimits(org)
  let present = presentOf(org)
  await org.state.change(firstThings(org))
  return org
}

const SYSTEM: LogParty = {
  id: 'unknown',
  type: 'SystemPrincipal',
  alternateId: 'system@okta.com',
  displayName: 'Okta System',
}

function actorOf(x: Exchange): LogParty {
  const { caller } = x
  if (!caller) return { id: 'unknown', type: 'User', alternateId: 'unknown', displayName: 'unknown' }
  const type = caller.clientId === caller.userId ? 'PublicClientApp' : 'User'
  return { id: caller.userId, type, alternateId: caller.login, displayName: caller.displayName }
}

// A job that fails is a fault of ours; the others still have to be done.
async function runJobs(org: Org): Promise<void> {
  for (let due = takeDue(org); due.length > 0; due = takeDue(org)) {
    const { present } = org
    for (const { kind, data } of due) {
      try {
        await org.inTurn(() => runnerOf(kind)(present, data))
      } catch (error) {
        if (!(error instanceof PutBack)) org.onFault(error)
      }
    }
  }
}

const takeDue = (org: Org) => org.jobs.takeDue(org.clock.now())

function presentOf(org: Org): Org {
  const { state } = org
  const present = withState(org, {
    ...state,
    change(writes: readonly Write[], seen?: readonly Seen[]) {
      return org.present === present ? state.change(writes, seen) : Promise.reject(new PutBack())
    },
  })
  return present
}

// Assigned, not described: every request that writes gets one, and describing a property takes longer than all it reads.
function withState(org: Org, state: State): Org {
  const other: { state: State } & Omit<Org, 'state'> = Object.create(org)
  other.state = state
  return other
}

/** An org for one piece of work: what the work has read must still be so when it writes. */
export function witnessed(org: Org): Org {
  return withState(org, witness(org.state))
}

function runnerOf(kind: string): JobRunner {
  const runner = jobRunners[kind]
  if (!runner) throw new Error(`no runner for jobs of kind ${kind}`)
  return runner
}

function firstThings(org: Org): Write[] {
  const now = org.clock.now()
  const everyone: Group = {
    type: 'BUILT_IN',
    createdAt: now,
    lastUpdatedAt: now,
    lastMembershipUpdatedAt: now,
    profile: { name: 'Everyone', description: 'All users in your organization' },
  }
  const type: UserType = {
    name: 'user',
    displayName: 'User',
    description: 'Okta user profile template with default permission settings',
    isDefault: true,
    createdAt: now,
    lastUpdatedAt: now,
    createdBy: org.fixed.orgId,
    lastUpdatedBy: org.fixed.orgId,
  }
  const policies = firstPolicies(org.ids, org.fixed.everyoneId, now)
  return [
    put(groups, org.fixed.everyoneId, everyone),
    put(userTypes, org.fixed.defaultTypeId, type),
    ...firstRealm(org, now),
    ...systemZones(now).map((zone) => put(zones, org.ids.next('nzo'), zone)),
    ...policies,
    ...writeDefaultServer(org, now),
    ...firstApps(org.ids, policies, now),
    firstBrand(org.ids),
    workflowsSet(now),
    ...firstAuthenticators(org.ids, now),
  ]
}
