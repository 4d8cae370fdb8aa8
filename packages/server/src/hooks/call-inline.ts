// What does the server of an inline hook say? The org asks it in the middle of a process and waits for the answer.
import { randomUUID, sign } from 'node:crypto'
import { isoDate } from '../clock.ts'
import { type HookChannel, hookKeys, type InlineHook } from '../entities/hook.ts'
import { isObject, type JsonObject } from '../fields.ts'
import type { Exchange } from '../http/exchange.ts'
import type { LogParty } from '../log/event.ts'
import type { Org } from '../org.ts'
import { jsonOf } from '../outgoing.ts'
import type { Stored } from '../state/state.ts'
import { headersOf } from './channel.ts'

/** What a server said. */
export type HookAnswer =
  /** `body` is undefined for an empty answer. */
  | { ok: true; body: JsonObject | undefined }
  /** No answer, or one that says nothing: `says` is a sentence for people. */
  | { ok: false; says: string }

/** What a request to a hook is about. */
export interface HookRequest {
  /** Where in the API the process began; default the hook itself. */
  source?: string
  data: Readonly<Record<string, unknown>>
}

/** Asks the server of a hook, and writes how that went. Never rejects for what the server does. */
export async function callInlineHook(
  org: Org,
  x: Exchange,
  hook: Stored<InlineHook>,
  { source, data }: HookRequest,
): Promise<HookAnswer> {
  const { version, type } = hook.value
  return await postToHook(org, x, hook, {
    eventId: randomUUID(),
    eventTime: isoDate(x.now),
    eventType: type,
    eventTypeVersion: version.split('.').slice(0, 2).join('.'),
    contentType: 'application/json',
    cloudEventVersion: '0.1',
    source: source ?? `${org.baseUrl}/api/v1/inlineHooks/${hook.id}`,
    data,
  })
}

/** Posts a body to a hook as it is, and writes how that went. */
export async function postToHook(
  org: Org,
  x: Exchange,
  hook: Stored<InlineHook>,
  body: JsonObject,
): Promise<HookAnswer> {
  const answer = await ask(org, x, hook.value.channel, JSON.stringify(body))
  org.log(x, {
    eventType: 'inline_hook.executed',
    displayMessage: 'Execute an inline hook',
    result: answer.ok ? 'SUCCESS' : 'FAILURE',
    reason: answer.ok ? undefined : answer.says,
    severity: answer.ok ? 'INFO' : 'WARN',
    targets: [hookParty(hook)],
  })
  return answer
}

async function ask(org: Org, x: Exchange, channel: HookChannel, body: string): Promise<HookAnswer> {
  const headers = new Headers(headersOf(channel, true))
  if (channel.oauth) {
    const token = await tokenFor(org, x, channel.oauth)
    if (!token.ok) return token
    headers.set('authorization', `Bearer ${token.value}`)
  }
  const answer = await org.outgoing.callTwice({
    method: 'POST',
    url: channel.uri,
    headers: Object.fromEntries(headers),
    body,
  })
  if (!answer.ok) return { ok: false, says: `The external service could not be asked: ${answer.says}.` }
  const { status, text } = answer
  if (status < 200 || status > 299) return { ok: false, says: `The external service answered with status ${status}.` }
  if (text.trim() === '') return { ok: true, body: undefined }
  const value = jsonOf(text)
  return isObject(value)
    ? { ok: true, body: value }
    : { ok: false, says: 'The external service answered with something that is no JSON object.' }
}

type Token = { ok: true; value: string } | { ok: false; says: string }

// A new one each time: services that issue them and are under test should be asked.
async function tokenFor(org: Org, x: Exchange, oauth: NonNullable<HookChannel['oauth']>): Promise<Token> {
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: oauth.clientId })
  if (oauth.scope !== null) form.set('scope', oauth.scope)
  if (oauth.authType === 'client_secret_post') form.set('client_secret', oauth.clientSecret ?? '')
  else {
    const assertion = await assertionFor(org, x, oauth)
    if (assertion === undefined) return { ok: false, says: 'The key of the hook is gone.' }
    form.set('client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
    form.set('client_assertion', assertion)
  }
  const answer = await org.outgoing.callTwice({
    method: 'POST',
    url: oauth.tokenUrl,
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: String(form),
  })
  if (!answer.ok) return { ok: false, says: `The token URL could not be asked: ${answer.says}.` }
  const value = jsonOf(answer.text)
  const token = isObject(value) ? value.access_token : undefined
  if (answer.status === 200 && typeof token === 'string' && /^[\x21-\x7e]+$/.test(token)) {
    return { ok: true, value: token }
  }
  return { ok: false, says: `The token URL gave no access token: it answered with status ${answer.status}.` }
}

async function assertionFor(
  org: Org,
  x: Exchange,
  { clientId, tokenUrl, hookKeyId }: NonNullable<HookChannel['oauth']>,
): Promise<string | undefined> {
  const key = await org.state.load(hookKeys, hookKeyId ?? '')
  if (!key) return undefined
  const { keyId, privatePem } = key.value
  const issuedAt = Math.floor(x.now / 1000)
  const claims = { iss: clientId, sub: clientId, aud: tokenUrl, iat: issuedAt, exp: issuedAt + 300, jti: randomUUID() }
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const text = `${encode({ alg: 'RS256', kid: keyId })}.${encode(claims)}`
  const signature = sign('RSA-SHA256', Buffer.from(text), org.keyring.privateKey(keyId, privatePem))
  return `${text}.${signature.toString('base64url')}`
}

/** Writes that an answer could not be used, or that it said no. */
export function logUnusable(
  org: Org,
  x: Exchange,
  hook: Stored<InlineHook>,
  reason: string,
  answer: JsonObject | undefined,
): void {
  const more = answer?.debugContext
  org.log(x, {
    eventType: 'inline_hook.response.processed',
    displayMessage: 'Process an inline hook response',
    result: 'FAILURE',
    reason: reason.slice(0, 255),
    severity: 'WARN',
    targets: [hookParty(hook)],
    // Documented: what the service says for debugging stands in this event.
    debug: more === undefined ? undefined : { debugContext: JSON.stringify(more).slice(0, 1_024) },
  })
}

/** An inline hook as an event shows it. */
export function hookParty({ id, value }: Stored<InlineHook>): LogParty {
  return { id, type: 'InlineHook', alternateId: value.type, displayName: value.name }
}
