// What is an event hook, an inline hook and a hook key, as the org keeps them?
import type { Collection } from '../state/state.ts'

/** How another server is called. Its secrets stay inside: they are sent to that server and shown to nobody. */
export interface HookChannel {
  type: 'HTTP' | 'OAUTH'
  version: string
  uri: string
  headers: readonly { key: string; value: string }[]
  /** A header that shows the server who is calling. */
  authScheme?: { type: string; key: string; value: string }
  /** For `OAUTH`: where a token for the server comes from. */
  oauth?: {
    authType: 'client_secret_post' | 'private_key_jwt'
    clientId: string
    tokenUrl: string
    scope: string | null
    clientSecret?: string
    hookKeyId?: string
  }
}

/** Tells another server what happened. */
export interface EventHook {
  name: string
  description: string | null
  status: 'ACTIVE' | 'INACTIVE'
  verificationStatus: 'UNVERIFIED' | 'VERIFIED'
  /** Event types of the System Log. */
  events: readonly string[]
  /** Expressions by event type: only events for which one is true are told. */
  filters: readonly { event: string; expression: string }[] | null
  channel: HookChannel
  createdBy: string
  createdAt: number
  lastUpdatedAt: number
}

/** All event hooks. */
export const eventHooks: Collection<EventHook> = {
  name: 'eventHook',
  unique: (hook) => [`name:${hook.name.toLowerCase()}`],
}

/** What an inline hook can be asked for. */
export const inlineHookTypes = [
  'com.okta.import.transform',
  'com.okta.oauth2.tokens.transform',
  'com.okta.saml.tokens.transform',
  'com.okta.telephony.provider',
  'com.okta.user.credential.password.import',
  'com.okta.user.pre-registration',
] as const

/** One of them. */
export type InlineHookType = (typeof inlineHookTypes)[number]

/** Asks another server in the middle of a process. */
export interface InlineHook {
  name: string
  status: 'ACTIVE' | 'INACTIVE'
  type: InlineHookType
  version: string
  channel: HookChannel
  createdAt: number
  lastUpdatedAt: number
}

/** All inline hooks. */
export const inlineHooks: Collection<InlineHook> = {
  name: 'inlineHook',
  unique: (hook) => [`name:${hook.name.toLowerCase()}`],
  indexes: { type: (hook) => hook.type, hookKey: (hook) => hook.channel.oauth?.hookKeyId },
}

/** A key pair with which inline hooks prove who they are where they get their tokens. */
export interface HookKey {
  name: string
  /** The `kid` of the public key. */
  keyId: string
  /** PKCS#8 PEM. */
  privatePem: string
  publicJwk: { n: string; e: string }
  createdAt: number
  lastUpdatedAt: number
}

/** All hook keys. */
export const hookKeys: Collection<HookKey> = {
  name: 'hookKey',
  unique: (key) => [`name:${key.name.toLowerCase()}`],
  indexes: { keyId: (key) => key.keyId },
}
