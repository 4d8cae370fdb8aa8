// Is this a public key that a client may register?
import { createPublicKey } from 'node:crypto'
import { E0000001, E0000003 } from '@errorg/errors/codes'
import { isoDate } from '../../clock.ts'
import type { Jwk } from '../../entities/app.ts'
import { fail } from '../../fail.ts'
import { isObject, type JsonObject } from '../../fields.ts'
import type { Ids } from '../../ids.ts'

/** How many keys a client may have (documented). */
const mostKeys = 50

const MEMBERS = ['kid', 'kty', 'alg', 'use', 'e', 'n', 'crv', 'x', 'y', 'status'] as const

/** The keys of `settings.oauthClient.jwks`; those that are registered already keep their ids and dates. */
export function readKeys(jwks: unknown, old: readonly Jwk[], ids: Ids, now: number): readonly Jwk[] {
  if (!isObject(jwks) || !Array.isArray(jwks.keys)) return fail(E0000003, 'body-unreadable-shape')
  const keys = jwks.keys.map((key) => {
    const checked = readKey(key)
    const known = old.find((one) => one.kid === checked.kid && one.n === checked.n && one.x === checked.x)
    return known ? { ...known, ...checked } : { ...named(ids, now), ...checked, ...stamped(now) }
  })
  return fitTogether(keys)
}

/** One key that is added to those of a client. */
export function readNewKey(body: JsonObject, old: readonly Jwk[], ids: Ids, now: number): Jwk {
  const key = { ...named(ids, now), ...readKey(body), ...stamped(now) }
  if (old.length >= mostKeys) {
    refuse(
      `You can't create a new key. You have reached the maximum number of keys allowed (${mostKeys}). To add another key, you must first delete an existing one.`,
    )
  }
  if (old.some((one) => one.kid === undefined)) {
    refuse(
      'Each key should have a unique kid when adding multiple keys. Use the Apps API to update the JWKS to add a kid for the existing key, or delete the existing key and re-add the key with a kid using the JWKS APIs.',
    )
  }
  fitTogether([...old, key])
  return key
}

const named = (ids: Ids, _now: number) => ({ id: ids.next('pks') })
const stamped = (now: number) => ({ created: isoDate(now), lastUpdated: isoDate(now) })

function fitTogether(keys: readonly Jwk[]): readonly Jwk[] {
  if (keys.length > 1) {
    const kids = keys.map((key) => key.kid)
    if (kids.includes(undefined) || new Set(kids).size < kids.length) {
      refuse("All keys in the 'jwks' must have a unique `kid`.")
    }
  }
  if (keys.filter((key) => key.use === 'enc' && key.status === 'ACTIVE').length > 1) {
    refuse("The client can have only one active encryption key in the 'jwks'.")
  }
  return keys
}

function readKey(value: unknown): JsonObject {
  if (!isObject(value)) return fail(E0000003, 'body-unreadable-shape')
  // Only public members: a private key that was sent by mistake is not kept.
  const key: Record<string, unknown> = {}
  for (const name of MEMBERS) {
    const member = value[name]
    if (member === undefined || member === null) continue
    if (typeof member !== 'string') return fail(E0000003, 'body-unreadable-shape')
    if (member.length > 2048) return refuse(`'${name}' of a key in the 'jwks' is too long.`)
    key[name] = member
  }
  key.status ??= 'ACTIVE'
  key.use ??= 'sig'
  if (key.status !== 'ACTIVE' && key.status !== 'INACTIVE') return fail(E0000003, 'body-unreadable-shape')
  if (key.use !== 'sig' && key.use !== 'enc')
    return refuse("Each key in the 'jwks' must have 'sig' or 'enc' as its 'use'.")
  if (key.kty !== 'RSA' && key.kty !== 'EC') return refuse("Invalid key type in the 'jwks'. Valid values: [RSA, EC].")
  const needed = key.kty === 'RSA' ? (['n', 'e'] as const) : (['crv', 'x', 'y'] as const)
  for (const name of needed) {
    if (!key[name]) return refuse(`'${name}' is required for each '${key.kty}' key in the 'jwks'.`)
  }
  const bits = bitsOf(key)
  if (key.kty === 'RSA' && bits < 2048) return fail(E0000001, 'key-too-short')
  return key
}

function bitsOf(key: JsonObject): number {
  try {
    const { asymmetricKeyDetails } = createPublicKey({ key, format: 'jwk' })
    return asymmetricKeyDetails?.modulusLength ?? 0
  } catch {
    return refuse("A key in the 'jwks' cannot be read as a public key.")
  }
}

function refuse(says: string): never {
  return fail(E0000001, 'client-key-refused', { message: says, causes: [says] })
}
