// How does the resource find its things, and which events does Okta write about them?
import { E0000007 } from '@errorg/errors/codes'
import { type Idp, type IdpKey, idpKeys, idps } from '../../entities/idp.ts'
import { fail } from '../../fail.ts'
import type { Exchange } from '../../http/exchange.ts'
import type { LogParty } from '../../log/event.ts'
import type { Org } from '../../org.ts'
import { put, type Stored, type Write } from '../../state/state.ts'

/** The provider with this id, or E0000007. */
export async function loadIdp(org: Org, id: string): Promise<Stored<Idp>> {
  return (await org.state.load(idps, id)) ?? fail(E0000007, 'resource-missing', { id, type: 'IdpTrust' })
}

/** A key of the key store, or E0000007 with the same type name (recorded). */
export async function loadKey(org: Org, kid: string): Promise<Stored<IdpKey>> {
  return (await org.state.load(idpKeys, kid)) ?? fail(E0000007, 'resource-missing', { id: kid, type: 'IdpTrust' })
}

/** Writes a changed provider, with what goes along with it. */
export async function saveIdp(
  org: Org,
  x: Exchange,
  idp: Stored<Idp>,
  changed: Idp,
  more: readonly Write[] = [],
): Promise<Stored<Idp>> {
  const value = { ...changed, lastUpdatedAt: x.now }
  await org.state.change([put(idps, idp.id, value, idp), ...more])
  return { ...idp, value }
}

const messages = {
  create: 'Create identity provider',
  update: 'Update identity provider',
  delete: 'Delete identity provider',
  activate: 'Activate identity provider',
  deactivate: 'Deactivate identity provider',
} as const

/** A provider as an event shows one. */
export function idpParty({ id, value }: Stored<Idp>): LogParty {
  return { id, type: 'IdentityProvider', alternateId: 'unknown', displayName: value.name }
}

/** Writes an event about a provider. */
export function noteIdp(org: Org, x: Exchange, what: keyof typeof messages, idp: Stored<Idp>): void {
  org.log(x, { eventType: `system.idp.lifecycle.${what}`, displayMessage: messages[what], targets: [idpParty(idp)] })
}

const keyMessages = {
  create: 'Create key in the identity provider key store',
  update: 'Update key in the identity provider key store',
  delete: 'Delete key from the identity provider key store',
} as const

/** Writes an event about a key of the key store. */
export function noteKey(org: Org, x: Exchange, what: keyof typeof keyMessages, kid: string): void {
  org.log(x, {
    eventType: `system.idp.key.${what}`,
    displayMessage: keyMessages[what],
    targets: [{ id: kid, type: 'IdpKey', alternateId: 'unknown', displayName: kid }],
  })
}
