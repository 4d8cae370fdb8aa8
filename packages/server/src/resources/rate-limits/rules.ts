// What may be said about rate limits, and which shares does a filter find?
import { E0000001, E0000007 } from '@errorg/errors/codes'
import { type PrincipalLimit, type PrincipalType, STANDARD_SHARE } from '../../entities/principal-limit.ts'
import { fail } from '../../fail.ts'
import { checkFields, type FieldTable, type JsonObject, objectBody, refuseFaults, refuseValue } from '../../fields.ts'
import { equalityOf, parseFilter } from '../../filter/index.ts'
import type { ClientUse } from '../../limits/buckets.ts'
import type { ClientMode } from '../../limits/limiter.ts'
import { clientFields, notificationFields, principalFields, warningFields } from './schema.ts'

/** What a body says of the limits of one client. Uses without a word follow the default. */
export function readClientLimits(body: unknown): {
  clientMode: ClientMode
  clientModes: Partial<Record<ClientUse, ClientMode>>
} {
  const { defaultMode, useCaseModeOverrides } = readBody(body, clientFields)
  const uses = Object.keys(clientFields.useCaseModeOverrides!.fields!)
  const unknown = Object.keys(useCaseModeOverrides ?? {}).find((use) => !uses.includes(use))
  // As a word that is no mode. (inferred)
  if (unknown !== undefined) refuseValue('useCaseModeOverrides', 'The field has an invalid value')
  const clientModes: Partial<Record<ClientUse, ClientMode>> = {}
  for (const use of ['LOGIN_PAGE', 'OAUTH2_AUTHORIZE', 'OIE_APP_INTENT'] as const) {
    const mode = (useCaseModeOverrides as JsonObject | null | undefined)?.[use]
    if (mode) clientModes[use] = String(mode) as ClientMode
  }
  return { clientMode: String(defaultMode) as ClientMode, clientModes }
}

/** The part of a limit at which a warning is logged. */
export function readWarning(body: unknown): number {
  return Number(readBody(body, warningFields).warningThreshold)
}

/** Whether administrators hear of it. */
export function readNotifications(body: unknown): boolean {
  return readBody(body, notificationFields).notificationsEnabled === true
}

/** A share as a body has it; what is not said is half. */
export function readShare(
  body: unknown,
): Pick<PrincipalLimit, 'principalId' | 'principalType' | 'percentage' | 'concurrencyPercentage'> {
  const share = readBody(body, principalFields)
  return {
    principalId: String(share.principalId),
    principalType: String(share.principalType) as PrincipalType,
    percentage: Number(share.defaultPercentage ?? STANDARD_SHARE),
    concurrencyPercentage: Number(share.defaultConcurrencyPercentage ?? STANDARD_SHARE),
  }
}

/** One share a principal. */
export function mayHaveShare(holder: unknown): void {
  if (holder) fail(E0000001, 'principal-limit-exists', { field: 'principalRateLimitMediated' })
}

/** A share stays with its token or app. */
export function isSamePrincipal(
  old: Pick<PrincipalLimit, 'principalId' | 'principalType'>,
  next: Pick<PrincipalLimit, 'principalId' | 'principalType'>,
): void {
  if (old.principalId === next.principalId && old.principalType === next.principalType) return
  const field = old.principalId === next.principalId ? 'principalType' : 'principalId'
  fail(E0000001, 'value-invalid', { field, causes: [`${field}: The principal of a rate limit cannot be changed`] })
}

/** Refuses what there is no token or app for. */
export function principalMissing(id: string, type: PrincipalType): never {
  return fail(E0000007, 'resource-missing', { id, type: type === 'SSWS_TOKEN' ? 'Token' : 'PublicClientApp' })
}

/** The type that the filter asks for; it must name one (recorded). */
export function readPrincipalFilter(text: string | null): string {
  const parsed = parseFilter(text ?? '')
  const asked = parsed.ok ? equalityOf(parsed.filter).find(({ field }) => field === 'principalType') : undefined
  if (asked === undefined) return fail(E0000001, 'principal-filter-missing', { field: 'principalRateLimitMediated' })
  const type = String(asked.value)
  refuseFaults(checkFields({ principalType: type }, { principalType: principalFields.principalType! }))
  return type
}

function readBody(body: unknown, table: FieldTable): JsonObject {
  const object = objectBody(body)
  refuseFaults(checkFields(object, table))
  return object
}
