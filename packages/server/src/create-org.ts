// How does a program get an org of its own? `createOrg()` makes one, seeds it, and hands out what tests need.
import type { Contract } from '@errorg/errors'
import { pathText, readBy } from './control/read.ts'
import type { SeedInput } from './control/schemas.ts'
import type { Fault, FaultInput } from './faults.ts'
import { tokenForm } from './gates/caller.ts'
import { orgFetch } from './http/fetch.ts'
import { type Listening, type ListenOptions, listen } from './http/listen.ts'
import type { Message } from './inbox.ts'
import { type LedgerView, showEntry } from './ledger-view.ts'
import { type Diagnose, makeOrg, type Org, type OrgParts } from './org.ts'
import { requireFault, requireOptions, requireSettings } from './program-input.ts'
import { applySeed } from './seed/apply.ts'
import { adminLogin, demoSeed } from './seed/demo.ts'
import { SeedFault } from './seed/fault.ts'
import { nothingSeeded, type Seeded } from './seed/made.ts'
import type { Settings, SettingsPatch } from './settings.ts'
import { createSnapshots } from './snapshots.ts'

/** How an org is made. Everything has a default. */
export interface CreateOrgOptions extends Omit<OrgParts, 'settings'> {
  /** Default `reference`. */
  contract?: Contract
  settings?: SettingsPatch
  /** What is put into it beside the administrator. */
  seed?: SeedInput
  /** Adds the demo data (`demoSeed`). Default false. */
  demo?: boolean
  /** The base URL that links are made of; default the URL it listens on. */
  url?: string
  /** Pins the administrator's API token; else it is made. `00` and 40 letters, digits, _ or -. */
  token?: string
  /** Pins the administrator's password. */
  adminPassword?: string
  /** Callers of the control API must send this as `x-errorg-control-token`. */
  controlToken?: string
  /** Whether the control API answers at all. Default true. */
  control?: boolean
  /** Answers `GET /_errorg/requests/{id}/diagnosis`; without it that is 404. May be async. */
  diagnose?: Diagnose
}

/** An org to work with. Two of them share nothing. */
export interface RunningOrg {
  /** The base URL: of `listen` once it listens. */
  readonly url: string
  /** An API token of the super administrator. */
  readonly token: string
  readonly admin: { id: string; login: string; password: string }
  /** What the seed made, with logins and token values. */
  readonly seeded: Seeded
  /** Calls the org without a socket; takes what `fetch` takes. Paths alone are understood: `fetch('/api/v1/users')`. */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>
  /** Answers on a socket: by default 127.0.0.1 and any free port, without TLS. */
  listen(options?: Partial<ListenOptions>): Promise<Listening>
  readonly clock: {
    now(): number
    /** Moves time forward and does what has come due. */
    advance(seconds: number): Promise<void>
    set(ms: number): Promise<void>
    freeze(frozen?: boolean): void
  }
  readonly inbox: { list(to?: string): Message[] }
  readonly faults: {
    /** Throws FaultRefusal. */
    add(fault: FaultInput): Fault
    list(): readonly Fault[]
    remove(id: string): boolean
    clear(): void
  }
  readonly settings: {
    get(): Settings
    /** Throws TypeError for what is no setting, and changes nothing then. */
    change(patch: SettingsPatch): void
  }
  /** The newest exchanges with their private cause, newest first; secrets hidden. */
  readonly requests: { list(): LedgerView[]; find(id: string): LedgerView | undefined }
  /**
   * Signs a person in through `/api/v1/authn`, as a browser would, and gives back what it answers: `sessionToken` when
   * the sign-in is done, else `status` and `stateToken`. Rejects with the refusal (`E0000004: Authentication failed`).
   */
  signIn(login: string, password: string): Promise<SignedIn>
  /** Puts things into the org, all or nothing. Throws SeedFault. */
  seed(seed: SeedInput): Promise<Seeded>
  /** Back to the state just after the start: same URL, token, keys and seed. */
  reset(): Promise<void>
  /** Keeps the present state; `restore` goes back to it. */
  snapshot(): Promise<string>
  restore(id: string): Promise<void>
  /** Ends its sockets and its calls of others. From now on `fetch` and `signIn` reject. */
  close(): Promise<void>
}

// A base URL without its final slash, so that paths can follow.
function readBaseUrl(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed?.protocol !== 'http:' && parsed?.protocol !== 'https:') {
    throw new TypeError(`\`url\` must be like https://dev.example.com, not "${url.slice(0, 80)}"`)
  }
  return url.replace(/\/+$/, '')
}

// What a program hands over is looked at like a seed file; a misspelt member would else be lost without a word.
async function applyChecked(org: Org, seed: SeedInput): Promise<Seeded> {
  const { seedSchema } = await import('./control/schemas.ts')
  const read = readBy(seedSchema, seed)
  if (read.ok) return await applySeed(org, read.value)
  const [first, ...others] = read.faults
  const further = others.map((fault) => `; ${pathText(fault.path)}: ${fault.says}`)
  throw new SeedFault(pathText(first!.path), first!.says + further.join(''))
}

/** What a sign-in came to. */
export interface SignedIn {
  /** `SUCCESS`, `PASSWORD_EXPIRED`, `MFA_REQUIRED`, … */
  status: string
  /** Good once, for five minutes, at `/authorize` or `POST /api/v1/sessions`. */
  sessionToken?: string
  /** Goes on with a sign-in that is not done. */
  stateToken?: string
  expiresAt?: string
}

/** Makes an org. Throws SeedFault for a seed that it cannot take, TypeError for other options. */
export async function createOrg(options: CreateOrgOptions = {}): Promise<RunningOrg> {
  requireOptions(options)
  const { contract, settings, seed, demo, url, token, adminPassword, controlToken, control, diagnose, ...parts } =
    options
  if (token !== undefined && !tokenForm.test(token)) {
    throw new TypeError('`token` must be 00 and 40 letters, digits, _ or -')
  }
  const baseUrl = url === undefined ? undefined : readBaseUrl(url)
  const org = await makeOrg({ ...parts, settings: { ...settings, contract: contract ?? settings?.contract } })
  const password = adminPassword ?? `Admin-${org.ids.secret(16)}`
  const admin = await applySeed(org, {
    users: [{ login: adminLogin, firstName: 'Org', lastName: 'Admin', password, roles: ['SUPER_ADMIN'] }],
    tokens: [{ owner: adminLogin, name: 'errorg', value: token }],
  })
  const seeded = nothingSeeded()
  for (const made of [demo && (await applySeed(org, demoSeed)), seed && (await applyChecked(org, seed))]) {
    if (!made) continue
    seeded.users.push(...made.users)
    seeded.groups.push(...made.groups)
    seeded.tokens.push(...made.tokens)
    seeded.zones.push(...made.zones)
    seeded.authorizationServers.push(...made.authorizationServers)
    seeded.apps.push(...made.apps)
    seeded.trustedOrigins.push(...made.trustedOrigins)
    seeded.devices.push(...made.devices)
  }
  org.baseUrl = baseUrl ?? `http://${org.ids.suffix.toLowerCase()}.errorg.test`
  const snapshots = await createSnapshots(org)
  org.control = control === false ? undefined : { snapshots, token: controlToken, diagnose }
  const listeners: Listening[] = []
  let closed = false
  // Whoever still calls has forgotten to wait, or holds the org of another test: an answer would hide that.
  const call: RunningOrg['fetch'] = async (input, init) => {
    if (closed)
      throw new Error('this org is closed: it was called after org.close(). Make another one with createOrg()')
    const target = typeof input === 'string' && input.startsWith('/') ? org.baseUrl + input : input
    return await orgFetch(org, target, init)
  }

  return {
    get url() {
      return org.baseUrl
    },
    token: admin.tokens[0]!.value,
    admin: { id: admin.users[0]!.id, login: adminLogin, password },
    seeded,
    fetch: call,
    async listen({ host = '127.0.0.1', port = 0, tls } = {}) {
      const listening = await listen(org, { host, port, tls })
      if (baseUrl === undefined) org.baseUrl = listening.url
      listeners.push(listening)
      return listening
    },
    clock: {
      now: () => org.clock.now(),
      async advance(seconds) {
        org.clock.advance(seconds)
        await org.runDueJobs()
      },
      async set(ms) {
        org.clock.set(ms)
        await org.runDueJobs()
      },
      freeze: (frozen = true) => org.clock.freeze(frozen),
    },
    inbox: { list: (to) => org.inbox.list(to) },
    faults: {
      ...org.faults,
      add(fault) {
        requireFault(fault)
        return org.faults.add(fault)
      },
    },
    settings: {
      get: () => org.settings,
      change(patch) {
        requireSettings(patch)
        org.changeSettings(patch)
      },
    },
    requests: {
      list: () => org.ledger.list().map(showEntry),
      find(id) {
        const entry = org.ledger.find(id)
        return entry && showEntry(entry)
      },
    },
    async signIn(username, password) {
      const response = await call('/api/v1/authn', {
        method: 'POST',
        headers: { accept: 'application/json', 'content-type': 'application/json' },
        body: JSON.stringify({ username, password }),
      })
      const answer = (await response.json()) as SignedIn & { errorCode?: string; errorSummary?: string }
      if (!response.ok) throw new Error(`${answer.errorCode}: ${answer.errorSummary}`)
      return answer
    },
    seed: (more) => applyChecked(org.present, more),
    reset: () => snapshots.reset(),
    snapshot: () => snapshots.take(),
    restore: (id) => snapshots.restore(id),
    async close() {
      closed = true
      org.deliveries.forget()
      org.outgoing.close()
      await Promise.all(listeners.map((listening) => listening.close()))
    },
  }
}
