// Which fields may be sent for rate-limit settings and shares, and what do they look like on the wire?
import { isoDate } from '../../clock.ts'
import type { PrincipalLimit } from '../../entities/principal-limit.ts'
import type { FieldTable } from '../../fields.ts'
import type { Org } from '../../org.ts'
import type { Stored } from '../../state/state.ts'

const MODES = ['ENFORCE', 'PREVIEW', 'DISABLE'] as const

/** The limits of one client. */
export const clientFields: FieldTable = {
  defaultMode: { type: 'string', required: true, oneOf: MODES },
  useCaseModeOverrides: {
    type: 'object',
    fields: {
      LOGIN_PAGE: { type: 'string', oneOf: MODES },
      OAUTH2_AUTHORIZE: { type: 'string', oneOf: MODES },
      OIE_APP_INTENT: { type: 'string', oneOf: MODES },
    },
  },
}

/** At which part of a limit a warning is logged; 30 to 90 percent (documented). */
export const warningFields: FieldTable = {
  warningThreshold: { type: 'integer', required: true, min: 30, max: 90 },
}

/** Whether administrators hear of it. */
export const notificationFields: FieldTable = {
  notificationsEnabled: { type: 'boolean', required: true },
}

/** The share of a token or app. */
export const principalFields: FieldTable = {
  principalId: { type: 'string', required: true },
  principalType: { type: 'string', required: true, oneOf: ['SSWS_TOKEN', 'OAUTH_CLIENT'] },
  defaultPercentage: { type: 'integer', min: 0, max: 100 },
  defaultConcurrencyPercentage: { type: 'integer', min: 0, max: 100 },
}

/** A share as Okta shows it. */
export function showPrincipalLimit(org: Org, { id, value }: Stored<PrincipalLimit>): Record<string, unknown> {
  return {
    id,
    orgId: org.fixed.orgId,
    principalId: value.principalId,
    principalType: value.principalType,
    defaultPercentage: value.percentage,
    defaultConcurrencyPercentage: value.concurrencyPercentage,
    createdDate: isoDate(value.createdAt),
    createdBy: value.createdBy,
    lastUpdate: isoDate(value.lastUpdatedAt),
    lastUpdatedBy: value.lastUpdatedBy,
  }
}

/** The limits of one client as Okta shows them: exceptions only where there are some. (documented examples) */
export function showClientLimits({ clientMode, clientModes }: Org['settings']['rateLimits']): Record<string, unknown> {
  return { defaultMode: clientMode, ...(Object.keys(clientModes).length > 0 && { useCaseModeOverrides: clientModes }) }
}
