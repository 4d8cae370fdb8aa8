// Which resources does an org have? Their routes become one table for the whole process.
import { groupRuleJobs } from '../group-rules/due.ts'
import type { JobRunner } from '../jobs.ts'
import { lockJobs } from '../lockout.ts'
import { discoveryRoutes } from '../oauth/discovery.ts'
import { oauthRoutes } from '../oauth/routes.ts'
import { sweepJobs } from '../oauth/sweep.ts'
import { errorReferenceRoutes } from '../pages/error-reference.ts'
import { pictureRoutes } from '../pages/pictures.ts'
import { schemaJobs } from '../profile-schema/change.ts'
import { createRouteTable, type RouteRow, type RouteTable } from '../routes.ts'
import { agentPoolRoutes } from './agent-pools/routes.ts'
import { apiTokenRoutes } from './api-tokens/routes.ts'
import { appSignInRoutes } from './app-sign-in/routes.ts'
import { appRoutes } from './apps/routes.ts'
import { authenticatorRoutes } from './authenticators/routes.ts'
import { authnRoutes } from './authn/routes.ts'
import { authorizationServerRoutes } from './authorization-servers/routes.ts'
import { behaviorRoutes } from './behaviors/routes.ts'
import { brandRoutes } from './brands/routes.ts'
import { captchaRoutes } from './captchas/routes.ts'
import { deviceAssuranceRoutes } from './device-assurances/routes.ts'
import { deviceRoutes } from './devices/routes.ts'
import { domainRoutes } from './domains/routes.ts'
import { emailServerRoutes } from './email-servers/routes.ts'
import { eventHookRoutes } from './event-hooks/routes.ts'
import { featureRoutes } from './features/routes.ts'
import { groupRuleRoutes } from './group-rules/routes.ts'
import { groupRoutes } from './groups/routes.ts'
import { homeTabRoutes } from './home-tabs/routes.ts'
import { hookKeyRoutes } from './hook-keys/routes.ts'
import { iamRoutes } from './iam/routes.ts'
import { idpRoutes } from './idps/routes.ts'
import { inlineHookRoutes } from './inline-hooks/routes.ts'
import { linkedObjectRoutes } from './linked-objects/routes.ts'
import { logStreamRoutes } from './log-streams/routes.ts'
import { logRoutes } from './logs/routes.ts'
import { mappingRoutes } from './mappings/routes.ts'
import { oktaAppRoutes } from './okta-apps/routes.ts'
import { orgRoutes } from './org/routes.ts'
import { policyRoutes } from './policies/routes.ts'
import { protectionRoutes } from './protection/routes.ts'
import { pushProviderRoutes } from './push-providers/routes.ts'
import { rateLimitRoutes } from './rate-limits/routes.ts'
import { realmRoutes } from './realms/routes.ts'
import { retiredRoutes } from './retired/routes.ts'
import { roleRoutes } from './roles/routes.ts'
import { schemaRoutes } from './schemas/routes.ts'
import { securityEventsProviderRoutes } from './security-events-providers/routes.ts'
import { sessionRoutes } from './sessions/routes.ts'
import { smsTemplateRoutes } from './sms-templates/routes.ts'
import { subscriptionRoutes } from './subscriptions/routes.ts'
import { trustedOriginRoutes } from './trusted-origins/routes.ts'
import { uiSchemaRoutes } from './ui-schemas/routes.ts'
import { userRiskRoutes } from './user-risk/routes.ts'
import { userTypeRoutes } from './user-types/routes.ts'
import { userRoutes } from './users/routes.ts'
import { userJobs } from './users/transitions.ts'
import { zoneRoutes } from './zones/routes.ts'

const rows: readonly RouteRow[] = [
  ...retiredRoutes,
  ...errorReferenceRoutes,
  ...pictureRoutes,
  ...discoveryRoutes,
  ...agentPoolRoutes,
  ...apiTokenRoutes,
  ...authnRoutes,
  ...appRoutes,
  ...appSignInRoutes,
  ...authorizationServerRoutes,
  ...eventHookRoutes,
  ...groupRuleRoutes,
  ...brandRoutes,
  ...domainRoutes,
  ...emailServerRoutes,
  ...pushProviderRoutes,
  ...smsTemplateRoutes,
  ...featureRoutes,
  ...groupRoutes,
  ...hookKeyRoutes,
  ...iamRoutes,
  ...inlineHookRoutes,
  ...logStreamRoutes,
  ...linkedObjectRoutes,
  ...authenticatorRoutes,
  ...behaviorRoutes,
  ...captchaRoutes,
  ...deviceAssuranceRoutes,
  ...deviceRoutes,
  ...protectionRoutes,
  ...idpRoutes,
  ...homeTabRoutes,
  ...logRoutes,
  ...mappingRoutes,
  ...oauthRoutes,
  ...oktaAppRoutes,
  ...orgRoutes,
  ...policyRoutes,
  ...rateLimitRoutes,
  ...realmRoutes,
  ...roleRoutes,
  ...schemaRoutes,
  ...securityEventsProviderRoutes,
  ...sessionRoutes,
  ...trustedOriginRoutes,
  ...uiSchemaRoutes,
  ...userRoutes,
  ...subscriptionRoutes,
  ...userRiskRoutes,
  ...userTypeRoutes,
  ...zoneRoutes,
]

/** What does delayed work, by the job's kind. */
export const jobRunners: Readonly<Record<string, JobRunner>> = {
  ...groupRuleJobs,
  ...lockJobs,
  ...schemaJobs,
  ...sweepJobs,
  ...userJobs,
}

let table: RouteTable | undefined

/** The route table, built when first asked for. It holds no state of any org. */
export function routeTable(): RouteTable {
  table ??= createRouteTable(rows, () => {
    throw new Error('the gate "built" answers operations that are not built')
  })
  return table
}
