// Which client is calling, and has it shown that it is who it says? By a secret in the header or in the form, by a
// signed assertion, or, for public clients, by its id alone.
import { timingSafeEqual } from 'node:crypto'
import { redirectErrors } from '@errorg/errors/oauth'
import { type App, clientSecrets } from '../entities/app.ts'
import { findClient } from '../entities/find-app.ts'
import { isObject } from '../fields.ts'
import { isInZones } from '../gates/network.ts'
import type { Exchange } from '../http/exchange.ts'
import type { Org } from '../org.ts'
import type { Stored } from '../state/state.ts'
import { ASSERTION_TYPE, checkAssertion, readAssertion } from './assertion.ts'
import { refuse, refuseAs } from './errors.ts'
import type { Seen } from './events.ts'
import type { Params } from './params.ts'

/** An application that is an OAuth client. */
export type Client = Stored<App & Required<Pick<App, 'oauth'>>>

/** The client with this id, if it may be used. */
export async function loadClient(org: Org, clientId: string): Promise<Client | undefined> {
  const app = await findClient(org, clientId)
  return app?.value.oauth && app.value.status === 'ACTIVE' ? (app as Client) : undefined
}

/** Refuses a client id that nobody has, or an inactive app's. Which of the two it is stays private. */
export async function refuseClientId(
  org: Org,
  clientId: string | undefined,
  more: { status?: number; form?: 'oauth' | 'envelope' } = {},
): Promise<never> {
  const app = clientId === undefined ? undefined : await findClient(org, clientId)
  const cause = app?.value.oauth ? 'client-deactivated' : 'client-id-unknown'
  return refuseAs(redirectErrors.invalid_client, cause, {}, { reason: 'invalid_client_id', ...more })
}

/**
 * The client behind a request, or a refusal. At `/token` an unknown one is told in the envelope with 400, elsewhere in
 * the OAuth form with 401 (reported).
 */
export async function authenticateClient(
  org: Org,
  x: Exchange,
  seen: Seen,
  params: Params,
  unknown: { status?: number; form?: 'oauth' | 'envelope' },
): Promise<Client> {
  const shown = readCredentials(x, params)
  // Public clients may name themselves in the query (documented for introspection).
  const clientId = shown.clientId ?? params.get('client_id') ?? x.query.get('client_id') ?? undefined
  if (clientId === undefined) return refuseNoCredentials()
  const client = (await loadClient(org, clientId)) ?? (await refuseClientId(org, clientId, unknown))
  seen.client = client
  await checkCredentials(org, x, client, shown)
  await checkNetwork(org, x, client)
  return client
}

type Shown =
  | { by: 'nothing'; clientId?: undefined }
  | { by: 'secret'; clientId: string | undefined; secret: string; inHeader: boolean }
  | { by: 'assertion'; clientId: string; text: string; token: ReturnType<typeof readAssertion>['token'] }

function readCredentials(x: Exchange, params: Params): Shown {
  const basic = readBasic(x)
  const secret = params.get('client_secret')
  const assertion = params.get('client_assertion')
  const type = params.get('client_assertion_type')
  const ways = [basic !== undefined, secret !== undefined, assertion !== undefined].filter(Boolean).length
  if (ways > 1 || (basic !== undefined && params.has('client_id'))) {
    refuse(
      400,
      'invalid_request',
      'Cannot supply multiple client credentials. Use one of the following: credentials in the Authorization header, credentials in the post body, or a client_assertion in the post body.',
      'several-client-credentials',
      { reason: 'multiple_client_credentials' },
    )
  }
  if (assertion !== undefined || type !== undefined) {
    if (type !== ASSERTION_TYPE) {
      refuse(400, 'invalid_request', "The 'client_assertion_type' is invalid.", 'assertion-type-unknown', {
        reason: 'invalid_client_assertion_type',
      })
    }
    if (assertion === undefined) return refuseNoCredentials()
    const read = readAssertion(assertion)
    const named = params.get('client_id')
    if (named !== undefined && named !== read.clientId) refuseMethod('assertion-of-another-client')
    return { by: 'assertion', text: assertion, ...read }
  }
  if (basic) return { by: 'secret', ...basic, inHeader: true }
  if (secret !== undefined) return { by: 'secret', clientId: params.get('client_id'), secret, inHeader: false }
  return { by: 'nothing' }
}

function readBasic(x: Exchange): { clientId: string; secret: string } | undefined {
  const header = x.incoming.headers.authorization
  const [, encoded] = /^basic\s+(.*)$/i.exec(String(header ?? '').trim()) ?? []
  if (encoded === undefined) return undefined
  const text = Buffer.from(encoded, 'base64').toString()
  const colon = text.indexOf(':')
  if (colon === -1) return refuseMethod('basic-header-unreadable', basicChallenge)
  return { clientId: formDecoded(text.slice(0, colon)), secret: formDecoded(text.slice(colon + 1)) }
}

// RFC 6749, section 2.3.1: both halves are form-encoded before they are joined. Many programs forget it; what is no
// encoding is taken as it is.
function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

// RFC 6749, section 5.2: who tried the header is told which scheme counts.
const basicChallenge = [['www-authenticate', 'Basic realm="Okta"']] as const

async function checkCredentials(org: Org, x: Exchange, client: Client, shown: Shown): Promise<void> {
  const { authMethod } = client.value.oauth
  if (shown.by === 'nothing') {
    if (authMethod !== 'none') refuseNoCredentials()
    return
  }
  const headers = shown.by === 'secret' && shown.inHeader ? basicChallenge : undefined
  // One secret serves header and form alike; the other ways exclude each other.
  const wanted = authMethod.startsWith('client_secret') && authMethod !== 'client_secret_jwt' ? 'secret' : 'assertion'
  if (authMethod === 'none' || shown.by !== wanted) return refuseMethod('client-auth-method-differs', headers)
  const rows = authMethod === 'private_key_jwt' ? [] : await org.state.find(clientSecrets, 'app', client.id)
  const secrets = rows.filter((row) => row.value.status === 'ACTIVE').map((row) => row.value.secret)
  if (shown.by === 'assertion') return await checkAssertion(org, x, client, shown.text, shown.token, secrets)
  if (!secrets.some((secret) => isSame(secret, shown.secret))) {
    refuseAs(redirectErrors.invalid_client, 'client-secret-wrong', {}, { reason: 'invalid_client_secret', headers })
  }
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Refuses a client that must show more than its id. */
function refuseNoCredentials(): never {
  return refuseAs(redirectErrors.invalid_client, 'no-client-credentials', {}, { reason: 'missing_client_credentials' })
}

function refuseMethod(cause: string, headers?: readonly (readonly [string, string])[]): never {
  return refuse(
    401,
    'invalid_client',
    'Client authentication failed. Either the client or the client credentials are invalid.',
    cause,
    { reason: 'invalid_client', headers },
  )
}

// `settings.oauthClient.network` of an app: the zones that its requests may come from.
async function checkNetwork(org: Org, x: Exchange, client: Client): Promise<void> {
  const { oauthClient } = client.value.settings
  const network = isObject(oauthClient) ? oauthClient.network : undefined
  if (!isObject(network) || network.connection !== 'ZONE') return
  const ids = (name: string) => (Array.isArray(network[name]) ? network[name].map(String) : undefined)
  const [include, exclude] = [ids('include'), ids('exclude')]
  const isOut =
    (exclude && (await isInZones(org, exclude, x.address))) ||
    (include && include.length > 0 && !(await isInZones(org, include, x.address)))
  if (!isOut) return
  org.log(x, {
    eventType: 'system.oauth2.token.request_outside_allowed_range',
    displayMessage: 'OAuth2 token request from outside of the allowed network',
    result: 'DENY',
    severity: 'WARN',
    targets: [{ id: client.id, type: 'AppInstance', alternateId: client.value.label, displayName: client.value.label }],
  })
  refuseAs(redirectErrors.access_denied, 'outside-network-zone', {}, { status: 403, reason: 'disallowed_network_zone' })
}
