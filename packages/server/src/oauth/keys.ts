// Which key does an authorization server sign with, and which does it publish? One is ACTIVE; the NEXT one waits to
// replace it, the one before it is EXPIRED and stays published, so that its tokens can be verified.
import type { KeyObject } from 'node:crypto'
import type { Jwk } from '../entities/app.ts'
import { type AuthServer, authServers, ORG_SERVER, type SigningKey, signingKeys } from '../entities/auth-server.ts'
import type { Org } from '../org.ts'
import { put, remove, type Stored, type Write } from '../state/state.ts'
import { lostRace } from '../turns.ts'

/**
 * What a key signs. The org's own server signs access tokens with keys that it does not publish, so that nobody else
 * can verify them; custom servers sign both with one.
 */
export type KeyUse = 'access' | 'id'

/** How long an ACTIVE key of a server with automatic rotation signs (recorded: `nextRotation` is 90 days off). */
export const ROTATION_MS = 90 * 86_400_000

/** A key to sign with. */
export interface ActiveKey {
  kid: string
  key: KeyObject
}

/** The key that a server (`org` or the id of a custom one) signs with now. */
export async function activeKey(org: Org, serverId: string, use: KeyUse = 'id'): Promise<ActiveKey> {
  const { value } = (await loadKeys(org, ownerOf(serverId, use))).active
  return { kid: value.kid, key: org.keyring.privateKey(value.kid, value.privatePem) }
}

/** What a server publishes at `/v1/keys`: ACTIVE first, then NEXT and EXPIRED where there are such. */
export async function publicKeys(org: Org, serverId: string): Promise<Jwk[]> {
  const { active, next, expired } = await loadKeys(org, serverId)
  return [active, next, expired].flatMap((key) => (key ? [key.value.publicJwk] : []))
}

/** The key to verify a server's own token with; undefined when the server does not (or no longer) know it. */
export async function verificationKey(
  org: Org,
  serverId: string,
  kid: string,
  use: KeyUse = 'id',
): Promise<KeyObject | undefined> {
  const rows = await org.state.find(signingKeys, 'server', ownerOf(serverId, use))
  const row = rows.find((one) => one.value.kid === kid)
  return row && org.keyring.publicKey(kid, row.value.publicJwk)
}

/** The keys of a server by their status. */
export interface ServerKeys {
  active: Stored<SigningKey>
  next: Stored<SigningKey> | undefined
  expired: Stored<SigningKey> | undefined
}

/** The keys of a server; the first one is made, and automatic rotation done, where that is due. */
export async function loadKeys(org: Org, owner: string): Promise<ServerKeys> {
  const keys = await readKeys(org, owner)
  if (keys.active && !(await isDue(org, owner, keys.active))) return { ...keys, active: keys.active }
  try {
    await org.state.change(keys.active ? await rotation(org, owner, keys) : [await fresh(org, owner, 'ACTIVE', 0)])
  } catch (error) {
    // Another request has done it: the keys are there.
    if (!lostRace(error)) throw error
  }
  return await loadKeys(org, owner)
}

/** The same, with the NEXT key made where it was not needed before. */
export async function loadAllKeys(org: Org, serverId: string): Promise<ServerKeys> {
  const keys = await loadKeys(org, serverId)
  if (keys.next) return keys
  try {
    await org.state.change([await fresh(org, serverId, 'NEXT', keys.active.value.ordinal + 1)])
  } catch (error) {
    if (!lostRace(error)) throw error
  }
  return await loadAllKeys(org, serverId)
}

/** Makes the NEXT key of a server its ACTIVE one. */
export async function rotateKeys(org: Org, serverId: string): Promise<void> {
  await org.state.change(await rotation(org, serverId, await loadKeys(org, serverId)))
}

/** What goes with a server that is deleted. */
export async function keyRemovals(org: Org, serverId: string): Promise<Write[]> {
  return (await org.state.find(signingKeys, 'server', serverId)).map((key) => remove(signingKeys, key))
}

/** Since when a server that has never signed would have been signing with its first key. */
export function firstKeySince(org: Org, { createdAt, rotationMode }: AuthServer): number {
  if (rotationMode === 'MANUAL') return createdAt
  const periods = Math.floor((org.clock.now() - createdAt) / ROTATION_MS)
  return createdAt + Math.max(0, periods) * ROTATION_MS
}

const ownerOf = (serverId: string, use: KeyUse): string =>
  serverId === ORG_SERVER && use === 'access' ? `${ORG_SERVER}.access` : serverId

async function readKeys(org: Org, owner: string) {
  const rows = await org.state.find(signingKeys, 'server', owner)
  const of = (status: SigningKey['status']) => rows.find((row) => row.value.status === status)
  return { active: of('ACTIVE'), next: of('NEXT'), expired: of('EXPIRED') }
}

async function isDue(org: Org, owner: string, active: Stored<SigningKey>): Promise<boolean> {
  if (org.clock.now() < active.value.lastUpdatedAt + ROTATION_MS) return false
  return (await org.state.load(authServers, owner))?.value.rotationMode !== 'MANUAL'
}

async function rotation(org: Org, owner: string, keys: Awaited<ReturnType<typeof readKeys>>): Promise<Write[]> {
  const { active, next, expired } = keys
  const now = org.clock.now()
  const ordinal = (active?.value.ordinal ?? -1) + 1
  return [
    ...(expired ? [remove(signingKeys, expired)] : []),
    ...(active
      ? [put(signingKeys, active.id, { ...active.value, status: 'EXPIRED', lastUpdatedAt: now }, active)]
      : []),
    next
      ? put(signingKeys, next.id, { ...next.value, status: 'ACTIVE', lastUpdatedAt: now }, next)
      : await fresh(org, owner, 'ACTIVE', ordinal),
    await fresh(org, owner, 'NEXT', ordinal + 1),
  ]
}

async function fresh(org: Org, owner: string, status: SigningKey['status'], ordinal: number): Promise<Write> {
  const material = await org.keyring.make(owner, ordinal)
  const server = ordinal === 0 ? await org.state.load(authServers, owner) : undefined
  const now = server ? firstKeySince(org, server.value) : org.clock.now()
  const value: SigningKey = {
    ...material,
    serverId: owner,
    status,
    ordinal,
    createdAt: now,
    lastUpdatedAt: now,
    expiresAt: now + 2 * ROTATION_MS,
  }
  return put(signingKeys, material.kid, value)
}
