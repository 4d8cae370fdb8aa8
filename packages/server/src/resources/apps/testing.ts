// How do the tests of this folder get apps, users and groups, and what do they see of a refusal?
import { generateKeyPairSync } from 'node:crypto'
import type { LogEvent } from '../../log/event.ts'
import { type CallExtras, type TestOrg, testOrg } from '../../testing.ts'

/** An OpenID Connect client with these settings. */
export const oauth = (settings: object, credentials: object = {}) => ({
  label: 'Wiki',
  name: 'oidc_client',
  signOnMode: 'OPENID_CONNECT',
  credentials: { oauthClient: credentials },
  settings: { oauthClient: settings },
})

/** The settings of a client on a web server. */
export const web = {
  application_type: 'web',
  grant_types: ['authorization_code'],
  redirect_uris: ['https://wiki.example.com/cb'],
}

/** A client on a web server. */
export const wiki = oauth(web)

/** The settings of a client that signs in for itself. */
export const service = { application_type: 'service', grant_types: ['client_credentials'] }

/** The simplest app. */
export const bookmark = {
  label: 'Handbook',
  name: 'bookmark',
  signOnMode: 'BOOKMARK',
  settings: { app: { url: 'https://handbook.example.com' } },
}

/** An app of the catalogue. */
export const payroll = { label: 'Payroll', name: 'deelhr', signOnMode: 'AUTO_LOGIN', settings: { app: {} } }

/** An app of the catalogue that can provision users. */
export const org2org = {
  name: 'okta_org2org',
  signOnMode: 'AUTO_LOGIN',
  settings: { app: { baseUrl: 'https://other.example.com' } },
}

/** A key of a client's own. */
export const ec = (kid?: string) => {
  const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
  return kid === undefined ? jwk : { ...jwk, kid }
}

/** An org with ways to fill it. */
export interface AppOrg extends TestOrg {
  /** Makes an app; its id. */
  make(body: object): Promise<string>
  /** Makes an active user; its id. */
  makeUser(login: string): Promise<string>
  /** Makes a group; its id. */
  makeGroup(name: string): Promise<string>
  /** What was logged last. */
  lastEvent(): LogEvent | undefined
  /** The refusal of a call: status, code, summary, causes, private cause. */
  refusal(request: string, body?: unknown, extras?: CallExtras): Promise<Refusal>
}

interface Refusal {
  status: number
  code: string
  summary: string
  causes: string[]
  cause: string | undefined
}

/** Makes one. */
export async function appOrg(): Promise<AppOrg> {
  const t = await testOrg()
  const made = async (request: string, body: object): Promise<string> => {
    const { status, json, text } = await t.call(request, body)
    if (status !== 200) throw new Error(`${request}: ${text}`)
    return json.id
  }
  return {
    ...t,
    make: (body) => made('POST /api/v1/apps', body),
    makeUser: (login) =>
      made('POST /api/v1/users?activate=true', {
        profile: { firstName: 'Ada', lastName: 'Byron', email: login, login },
        credentials: { password: { value: 'Correct-Horse-9' } },
      }),
    makeGroup: (name) => made('POST /api/v1/groups', { profile: { name } }),
    lastEvent: () => [...t.org.events.readBack()][0],
    async refusal(request, body, extras) {
      const { status, json } = await t.call(request, body, extras)
      return {
        status,
        code: json?.errorCode,
        summary: json?.errorSummary,
        causes: json?.errorCauses?.map((cause: { errorSummary: string }) => cause.errorSummary),
        cause: t.lastCause(),
      }
    },
  }
}
