// How do this package's tests talk to an org? A small org with a super admin and a token, called without a socket.
import { type Clock, createClock } from './clock.ts'
import { apiTokens } from './entities/api-token.ts'
import { roleAssignments } from './entities/role-assignment.ts'
import { users } from './entities/user.ts'
import { hashToken } from './gates/caller.ts'
import type { RoleType } from './gates/permissions.ts'
import { orgFetch } from './http/fetch.ts'
import { makeOrg, type Org, type OrgParts } from './org.ts'
import { put } from './state/state.ts'
import { testSigningKey } from './testing-key.ts'

/** An answer, read. */
export interface Called {
  status: number
  headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape
  json: any
  text: string
}

/** What a call may carry beside its method, path and body. */
export interface CallExtras {
  /** An API token instead of the super admin's; null for none. */
  token?: string | null
  headers?: Record<string, string>
}

/** An org to test with. */
export interface TestOrg {
  org: Org
  clock: Clock
  /** The super admin's API token. */
  token: string
  adminId: string
  /** Calls the org; an object body is sent as JSON, a string as it is (with the JSON type unless headers say else). */
  call(request: string, body?: unknown, extras?: CallExtras): Promise<Called>
  /** The private cause of the newest exchange, such as `E0000016/user-already-active`. */
  lastCause(): string | undefined
  /** Makes a user with a role and an API token of that user. */
  makeAdmin(login: string, role?: RoleType): Promise<{ userId: string; token: string; tokenId: string }>
}

// A fault of the server's own fails the test that caused it: an unfilled hole, a 500 that nobody meant.
function onFault(error: unknown): never {
  throw error
}

/** Makes one. Time stands at 2026-11-20T10:00:00Z unless parts say else. */
export async function testOrg(parts: OrgParts = {}): Promise<TestOrg> {
  const clock = parts.clock ?? createClock(() => Date.UTC(2026, 10, 20, 10))
  const org = await makeOrg({ passwordCost: 2, suffix: '5d7', signingKeys: [testSigningKey], onFault, ...parts, clock })
  const makeAdmin: TestOrg['makeAdmin'] = async (login, role) => {
    const userId = org.ids.next('00u')
    const tokenId = org.ids.next('00T')
    const token = `00${org.ids.secret(40)}`
    const now = clock.now()
    await org.state.change([
      put(users, userId, {
        status: 'ACTIVE',
        createdAt: now,
        activatedAt: now,
        lastUpdatedAt: now,
        typeId: org.fixed.defaultTypeId,
        realmId: org.fixed.realmId,
        profile: { login, email: login, firstName: 'Test', lastName: 'Admin' },
        provider: { type: 'OKTA', name: 'OKTA' },
      }),
      put(apiTokens, tokenId, {
        name: `token of ${login}`,
        userId,
        clientName: 'Okta API',
        hash: hashToken(token),
        createdAt: now,
        lastUpdatedAt: now,
        lastUsedAt: now,
        network: { connection: 'ANYWHERE' },
      }),
      ...(role
        ? [
            put(roleAssignments, org.ids.next('ra1'), {
              type: role,
              holderId: userId,
              holder: 'USER',
              createdAt: now,
              lastUpdatedAt: now,
            }),
          ]
        : []),
    ])
    return { userId, token, tokenId }
  }
  const admin = await makeAdmin('admin@example.com', 'SUPER_ADMIN')
  return {
    org,
    clock,
    token: admin.token,
    adminId: admin.userId,
    makeAdmin,
    lastCause: () => org.ledger.list()[0]?.cause,
    async call(request, body, extras = {}) {
      const space = request.indexOf(' ')
      const headers: Record<string, string> = { accept: 'application/json' }
      const token = extras.token === undefined ? admin.token : extras.token
      if (token !== null) headers.authorization = `SSWS ${token}`
      if (body !== undefined) headers['content-type'] = 'application/json'
      const response = await orgFetch(org, `http://org.test${request.slice(space + 1)}`, {
        method: request.slice(0, space),
        headers: { ...headers, ...extras.headers },
        body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
      })
      const text = await response.text()
      let json: unknown
      try {
        json = JSON.parse(text)
      } catch {
        json = undefined
      }
      return { status: response.status, headers: response.headers, json, text }
    },
  }
}

/** What was logged, by type, oldest first. */
export function eventsOf({ org }: TestOrg): string[] {
  return [...org.events.read()].map((event) => event.eventType)
}

/** The sentences of a refusal. */
export function causesOf(json: { errorCauses: { errorSummary: string }[] }): string[] {
  return json.errorCauses.map((one) => one.errorSummary)
}
