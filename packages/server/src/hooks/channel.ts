// How may a hook call its server, and what of that is shown? Event hooks and inline hooks share it.
import { E0000001, E0000003 } from '@errorg/errors/codes'
import type { HookChannel } from '../entities/hook.ts'
import { fail } from '../fail.ts'
import {
  checkFields,
  type FieldTable,
  hasLoneOrWide,
  isObject,
  type JsonObject,
  refuseBlank,
  refuseFaults,
  refuseValue,
} from '../fields.ts'
import { mayCall, type OutCall } from '../outgoing.ts'

const version = { test: (text: string) => text === '1.0.0', says: 'The only supported version is 1.0.0' }

const schemeFields: FieldTable = {
  type: { type: 'string', required: true },
  key: { type: 'string', required: true },
  value: { type: 'string', max: 1024 },
}

const oauthFields: FieldTable = {
  authType: { type: 'string', required: true, oneOf: ['client_secret_post', 'private_key_jwt'] },
  clientId: { type: 'string', required: true },
  tokenUrl: { type: 'string', required: true, max: 1024 },
  scope: { type: 'string', max: 1024 },
  clientSecret: { type: 'string', max: 1024 },
  hookKeyId: { type: 'string' },
}

const MOST_HEADERS = 50

/** Rules of a channel; `types` are those that this kind of hook knows. */
export function channelFields(types: readonly string[]): FieldTable {
  return {
    type: { type: 'string', required: true, oneOf: types },
    version: { type: 'string', required: true, form: version },
    config: { type: 'object', required: true, fields: { uri: { type: 'string', required: true, max: 1024 } } },
  }
}

/**
 * Reads a channel whose fields fit. Secrets are sent once: a channel that comes without them keeps those of `old`
 * (inferred: they are never shown, so nobody could send them back).
 */
export function readChannel(value: JsonObject, old?: HookChannel): HookChannel {
  const config = value.config as JsonObject
  const uri = String(config.uri)
  mustBeCallable('uri', uri)
  const method = config.method
  if (method !== undefined && method !== null && method !== 'POST')
    refuseValue('method', 'The only supported method is POST')
  const type = String(value.type) as HookChannel['type']
  const channel: HookChannel = { type, version: String(value.version), uri, headers: readHeaders(config.headers) }
  if (type === 'OAUTH') return { ...channel, oauth: readOAuth(config, old?.oauth) }
  return { ...channel, authScheme: readScheme(config.authScheme, old?.authScheme) }
}

function mustBeCallable(field: string, uri: string): void {
  if (/\s/.test(uri) || !mayCall(uri)) fail(E0000001, 'hook-uri-refused', { field, uri })
}

// Set by whoever sends the request; and a line end would begin another header.
const reserved: ReadonlySet<string> = new Set(
  'accept accept-encoding connection content-encoding content-length content-type date expect host keep-alive te trailer transfer-encoding upgrade x-okta-verification-challenge'.split(
    ' ',
  ),
)

function mustBeHeader(field: string, key: string, value: string): void {
  if (!/^[!#$%&'*+.^_`|~\w-]{1,255}$/.test(key)) refuseValue(field, `'${key.slice(0, 60)}' is not the name of a header`)
  if (reserved.has(key.toLowerCase())) fail(E0000001, 'hook-header-reserved', { field, header: key })
  // What HTTP allows in a header, and a Headers object takes.
  if (value.length > 1024 || /[^\t\x20-\x7e\x80-\xff]/.test(value))
    refuseValue(field, `The value of ${key} cannot be sent`)
}

function readHeaders(value: unknown): HookChannel['headers'] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) return fail(E0000003, 'body-unreadable-shape')
  if (value.length > MOST_HEADERS) refuseValue('headers', `must not have more than ${MOST_HEADERS} elements`)
  return value.map((entry) => {
    if (!isObject(entry)) return fail(E0000003, 'body-unreadable-shape')
    const key = textOf(entry.key)
    const text = textOf(entry.value)
    mustBeHeader('headers', key, text)
    return { key, value: text }
  })
}

function readScheme(value: unknown, old: HookChannel['authScheme']): HookChannel['authScheme'] {
  if (value === undefined || value === null) return undefined
  if (!isObject(value)) return fail(E0000003, 'body-unreadable-shape')
  if (Object.keys(value).length === 0) return undefined
  refuseFaults(checkFields(value, schemeFields))
  const type = String(value.type).toUpperCase()
  if (type !== 'HEADER') fail(E0000001, 'hook-auth-scheme-unknown', { type: String(value.type).slice(0, 60) })
  const key = String(value.key)
  const secret = textOf(value.value) || (old?.key === key ? old.value : '')
  mustBeHeader('authScheme', key, secret)
  return { type, key, value: secret }
}

function readOAuth(config: JsonObject, old: HookChannel['oauth']): HookChannel['oauth'] {
  refuseFaults(checkFields(config, oauthFields))
  const tokenUrl = String(config.tokenUrl)
  mustBeCallable('tokenUrl', tokenUrl)
  const authType = String(config.authType) as NonNullable<HookChannel['oauth']>['authType']
  const oauth = { authType, clientId: String(config.clientId), tokenUrl, scope: textOf(config.scope) || null }
  if (authType === 'private_key_jwt') {
    const hookKeyId = textOf(config.hookKeyId)
    if (hookKeyId === '') refuseBlank('hookKeyId')
    return { ...oauth, hookKeyId }
  }
  const clientSecret = textOf(config.clientSecret) || old?.clientSecret
  return { ...oauth, clientSecret: clientSecret ?? refuseBlank('clientSecret') }
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'object') return fail(E0000003, 'body-unreadable-shape')
  const text = String(value)
  if (hasLoneOrWide(text)) refuseValue('headers', 'The field contains characters that are not supported')
  return text
}

/** A channel as Okta shows it: without its secrets. */
export function showChannel({ type, version, uri, headers, authScheme, oauth }: HookChannel): Record<string, unknown> {
  return {
    type,
    version,
    config: {
      uri,
      headers,
      method: 'POST',
      authScheme: authScheme ? { type: authScheme.type, key: authScheme.key } : null,
      ...(oauth && {
        clientId: oauth.clientId,
        tokenUrl: oauth.tokenUrl,
        authType: oauth.authType,
        scope: oauth.scope,
        ...(oauth.hookKeyId !== undefined && { hookKeyId: oauth.hookKeyId }),
      }),
    },
  }
}

/** The headers that a hook's server gets beside those of its own: what it asked for, and the sign of who is calling. */
export function headersOf({ headers, authScheme }: HookChannel, body: boolean): OutCall['headers'] {
  const all = new Headers({ accept: 'application/json' })
  if (body) all.set('content-type', 'application/json')
  for (const { key, value } of headers) all.append(key, value)
  if (authScheme) all.set(authScheme.key, authScheme.value)
  return Object.fromEntries(all)
}
