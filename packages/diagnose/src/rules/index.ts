// The rules, grouped as a request meets trouble: the address, the caller, the request, the object, the limits, Okta.
import { adminRoleLacksPermission } from './admin-role-lacks-permission.ts'
import { apiTokenIpRestricted } from './api-token-ip-restricted.ts'
import { apiTokenOwnerInactive } from './api-token-owner-inactive.ts'
import { apiTokenRevokedOrExpired } from './api-token-revoked-or-expired.ts'
import { authorizationHeaderMissing } from './authorization-header-missing.ts'
import { concurrentLimitExceeded } from './concurrent-limit-exceeded.ts'
import { contentTypeWrong } from './content-type-wrong.ts'
import { credentialsInvalid } from './credentials-invalid.ts'
import { duplicateObject } from './duplicate-object.ts'
import { endpointRejectsOauth } from './endpoint-rejects-oauth.ts'
import { endpointUnsupported } from './endpoint-unsupported.ts'
import { featureNotEnabled } from './feature-not-enabled.ts'
import { methodNotAllowed } from './method-not-allowed.ts'
import { missingScope } from './missing-scope.ts'
import { objectStateForbidsOperation } from './object-state-forbids-operation.ts'
import { oktaServiceError } from './okta-service-error.ts'
import { orgReadOnly } from './org-read-only.ts'
import { passwordPolicyViolation } from './password-policy-violation.ts'
import { pathNotFound } from './path-not-found.ts'
import { queryInvalid } from './query-invalid.ts'
import { rateLimitExceeded } from './rate-limit-exceeded.ts'
import { requestBodyMalformed } from './request-body-malformed.ts'
import { resourceNotFound } from './resource-not-found.ts'
import type { Rule } from './rule.ts'
import { sswsPrefixMissing } from './ssws-prefix-missing.ts'
import { tokenExpired } from './token-expired.ts'
import { tokenMalformed } from './token-malformed.ts'
import { userLockedOut } from './user-locked-out.ts'
import { userSourcedExternally } from './user-sourced-externally.ts'
import { userStatusForbidsOperation } from './user-status-forbids-operation.ts'
import { validationInvalidValue } from './validation-invalid-value.ts'
import { wrongAuthScheme } from './wrong-auth-scheme.ts'
import { wrongOrgUrl } from './wrong-org-url.ts'

/** All rules. Their order decides nothing; `weigh` does. */
export const rules: readonly Rule[] = [
  wrongOrgUrl,
  pathNotFound,
  methodNotAllowed,
  endpointUnsupported,
  authorizationHeaderMissing,
  sswsPrefixMissing,
  wrongAuthScheme,
  tokenMalformed,
  tokenExpired,
  apiTokenRevokedOrExpired,
  apiTokenOwnerInactive,
  apiTokenIpRestricted,
  endpointRejectsOauth,
  missingScope,
  adminRoleLacksPermission,
  featureNotEnabled,
  credentialsInvalid,
  userLockedOut,
  contentTypeWrong,
  requestBodyMalformed,
  queryInvalid,
  validationInvalidValue,
  duplicateObject,
  passwordPolicyViolation,
  resourceNotFound,
  userStatusForbidsOperation,
  userSourcedExternally,
  objectStateForbidsOperation,
  rateLimitExceeded,
  concurrentLimitExceeded,
  orgReadOnly,
  oktaServiceError,
]
