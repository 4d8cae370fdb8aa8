// What may an update change in an API token?
import { E0000001, E0000003 } from '@errorg/errors/codes'
import type { ApiToken, TokenNetwork } from '../../entities/api-token.ts'
import { fail } from '../../fail.ts'
import { checkFields, type JsonObject, objectBody, objectMember, refuseFaults, refuseValue } from '../../fields.ts'
import { networkFields, updateFields } from './schema.ts'

/** The name and network that an update leaves a token with. A network that is not sent stays. */
export function readUpdate(body: unknown, token: ApiToken): { name: string; network: TokenNetwork } {
  const update = objectBody(body)
  refuseFaults(checkFields(update, updateFields))
  // The rights of a token are its owner's: giving it away would be a way to other people's rights.
  const { userId } = update
  if (typeof userId === 'string' && userId !== '' && userId !== token.userId) {
    refuseValue('userId', 'The owner of an API token cannot be changed')
  }
  const network = objectMember(update, 'network')
  return { name: String(update.name), network: network ? readNetwork(network) : token.network }
}

function readNetwork(network: JsonObject): TokenNetwork {
  refuseFaults(checkFields(network, networkFields))
  if (network.connection !== 'ZONE') return { connection: 'ANYWHERE' }
  const include = readZoneIds(network.include)
  const exclude = readZoneIds(network.exclude)
  if (!include?.length && !exclude?.length) {
    refuseValue('network', 'include or exclude must name at least one zone')
  }
  return { connection: 'ZONE', ...(include && { include }), ...(exclude && { exclude }) }
}

function readZoneIds(ids: unknown): readonly string[] | undefined {
  // The field table takes an empty text for a missing list.
  if (!Array.isArray(ids)) return undefined
  return ids.map((id: unknown) => (typeof id === 'string' ? id : fail(E0000003, 'body-unreadable-shape')))
}

/** Zones that a token counts on must be there. `missing` are those that are not. */
export function zonesExist(missing: readonly string[]): void {
  if (missing.length === 0) return
  fail(E0000001, 'value-invalid', {
    field: 'network',
    causes: missing.map((id) => `network: Invalid network zone: ${id}`),
  })
}
