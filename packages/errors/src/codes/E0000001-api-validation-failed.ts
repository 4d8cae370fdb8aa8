// What does E0000001 mean, which rules can a request break, and how is each one put right? The causes stand in
// validation/, by part of the API.
import { defineError } from '../define.ts'
import { appsCauses } from './validation/apps.ts'
import { authorizationServersCauses } from './validation/authorization-servers.ts'
import { clientsCauses } from './validation/clients.ts'
import { groupsCauses } from './validation/groups.ts'
import { hooksCauses } from './validation/hooks.ts'
import { idpsCauses } from './validation/idps.ts'
import { logStreamsCauses } from './validation/log-streams.ts'
import { logsCauses } from './validation/logs.ts'
import { mappingsCauses } from './validation/mappings.ts'
import { orgCauses } from './validation/org.ts'
import { policiesCauses } from './validation/policies.ts'
import { pushProvidersCauses } from './validation/push-providers.ts'
import { rateLimitsCauses } from './validation/rate-limits.ts'
import { realmsCauses } from './validation/realms.ts'
import { rolesCauses } from './validation/roles.ts'
import { schemasCauses } from './validation/schemas.ts'
import { securityCauses } from './validation/security.ts'
import { trustedOriginsCauses } from './validation/trusted-origins.ts'
import { userTypesCauses } from './validation/user-types.ts'
import { usersCauses } from './validation/users.ts'
import { zonesCauses } from './validation/zones.ts'

/** A value in the request broke a rule of the server: schema, uniqueness, state, limit. */
export const E0000001 = defineError({
  code: 'E0000001',
  title: 'API validation failed',
  area: 'request',
  retry: 'never',
  reference: { status: 400, description: 'API validation failed.' },
  current: { status: 400, summary: 'Api validation failed: {field}' },
  note:
    'The word after the colon is sometimes a field, sometimes the name of an internal operation or class, sometimes an ' +
    'untranslated message key: do not build logic on it. The rule is in errorCauses[].errorSummary, as "field: rule" ' +
    'or as a sentence about the whole object. A taken name is this 400, not a 409. Okta reuses the code for state ' +
    'rules (suspending a user who is not active) that look as if they deserved a code of their own.',
  causes: {
    ...usersCauses,
    ...userTypesCauses,
    ...schemasCauses,
    ...mappingsCauses,
    ...groupsCauses,
    ...rolesCauses,
    ...realmsCauses,
    ...zonesCauses,
    ...authorizationServersCauses,
    ...logsCauses,
    ...hooksCauses,
    ...logStreamsCauses,
    ...appsCauses,
    ...clientsCauses,
    ...policiesCauses,
    ...orgCauses,
    ...trustedOriginsCauses,
    ...idpsCauses,
    ...securityCauses,
    ...pushProvidersCauses,
    ...rateLimitsCauses,
  },
})
