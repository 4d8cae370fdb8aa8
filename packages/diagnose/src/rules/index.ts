// The rules, grouped as a request meets trouble: the address, the caller, the token, the sign-in, the request, the object, the limits, Okta.

import { adminRoleLacksPermission } from './admin-role-lacks-permission.ts'
import { apiTokenIpRestricted } from './api-token-ip-restricted.ts'
import { apiTokenOwnerInactive } from './api-token-owner-inactive.ts'
import { apiTokenRevokedOrExpired } from './api-token-revoked-or-expired.ts'
import { appAssuranceNotMet } from './app-assurance-not-met.ts'
import { asAccessPolicyDenied } from './as-access-policy-denied.ts'
import { audienceMismatch } from './audience-mismatch.ts'
import { authenticatorNotAvailable } from './authenticator-not-available.ts'
import { authorizationCodeInvalid } from './authorization-code-invalid.ts'
import { authorizationHeaderMissing } from './authorization-header-missing.ts'
import { clientAssertionInvalid } from './client-assertion-invalid.ts'
import { clientAuthMethodMismatch } from './client-auth-method-mismatch.ts'
import { clientIdInvalid } from './client-id-invalid.ts'
import { clientKeyNotFound } from './client-key-not-found.ts'
import { clientSecretInvalid } from './client-secret-invalid.ts'
import { clockSkew } from './clock-skew.ts'
import { concurrentLimitExceeded } from './concurrent-limit-exceeded.ts'
import { consentRequired } from './consent-required.ts'
import { contentTypeWrong } from './content-type-wrong.ts'
import { credentialsInvalid } from './credentials-invalid.ts'
import { dpopNonceRequired } from './dpop-nonce-required.ts'
import { dpopProofMissingOrInvalid } from './dpop-proof-missing-or-invalid.ts'
import { duplicateObject } from './duplicate-object.ts'
import { endpointRejectsOauth } from './endpoint-rejects-oauth.ts'
import { endpointUnsupported } from './endpoint-unsupported.ts'
import { featureNotEnabled } from './feature-not-enabled.ts'
import { grantTypeNotEnabled } from './grant-type-not-enabled.ts'
import { groupsClaimNotConfigured } from './groups-claim-not-configured.ts'
import { groupsClaimOnlyInUserinfo } from './groups-claim-only-in-userinfo.ts'
import { issuerMismatch } from './issuer-mismatch.ts'
import { logoutRequestInvalid } from './logout-request-invalid.ts'
import { methodNotAllowed } from './method-not-allowed.ts'
import { mfaRequired } from './mfa-required.ts'
import { missingScope } from './missing-scope.ts'
import { multipleClientCredentials } from './multiple-client-credentials.ts'
import { noActiveSession } from './no-active-session.ts'
import { objectStateForbidsOperation } from './object-state-forbids-operation.ts'
import { oktaServiceError } from './okta-service-error.ts'
import { orgAsTokenNotVerifiable } from './org-as-token-not-verifiable.ts'
import { orgReadOnly } from './org-read-only.ts'
import { originNotTrusted } from './origin-not-trusted.ts'
import { passwordPolicyViolation } from './password-policy-violation.ts'
import { pathNotFound } from './path-not-found.ts'
import { pkceRequired } from './pkce-required.ts'
import { pkceVerifierMismatch } from './pkce-verifier-mismatch.ts'
import { queryInvalid } from './query-invalid.ts'
import { rateLimitExceeded } from './rate-limit-exceeded.ts'
import { redirectUriMismatch } from './redirect-uri-mismatch.ts'
import { refreshTokenInvalid } from './refresh-token-invalid.ts'
import { requestBodyMalformed } from './request-body-malformed.ts'
import { resourceNotFound } from './resource-not-found.ts'
import type { Rule } from './rule.ts'
import { scimCredentialsInvalid } from './scim-credentials-invalid.ts'
import { scimDataRejected } from './scim-data-rejected.ts'
import { scimServerFault } from './scim-server-fault.ts'
import { scopeNotDefined } from './scope-not-defined.ts'
import { scopeParameterMissing } from './scope-parameter-missing.ts'
import { sdkFlowConfigMismatch } from './sdk-flow-config-mismatch.ts'
import { signOnPolicyDenied } from './sign-on-policy-denied.ts'
import { signingKeyStale } from './signing-key-stale.ts'
import { sswsPrefixMissing } from './ssws-prefix-missing.ts'
import { thirdPartyCookiesBlocked } from './third-party-cookies-blocked.ts'
import { tokenExpired } from './token-expired.ts'
import { tokenMalformed } from './token-malformed.ts'
import { userLockedOut } from './user-locked-out.ts'
import { userNotAssignedToApp } from './user-not-assigned-to-app.ts'
import { userSourcedExternally } from './user-sourced-externally.ts'
import { userStatusForbidsOperation } from './user-status-forbids-operation.ts'
import { validationInvalidValue } from './validation-invalid-value.ts'
import { webSsoClientNotAllowed } from './web-sso-client-not-allowed.ts'
import { wrongAuthScheme } from './wrong-auth-scheme.ts'
import { wrongAuthorizationServer } from './wrong-authorization-server.ts'
import { wrongOrgUrl } from './wrong-org-url.ts'
import { wrongTokenType } from './wrong-token-type.ts'

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
  clockSkew,
  wrongTokenType,
  wrongAuthorizationServer,
  orgAsTokenNotVerifiable,
  issuerMismatch,
  audienceMismatch,
  signingKeyStale,
  groupsClaimNotConfigured,
  groupsClaimOnlyInUserinfo,
  apiTokenRevokedOrExpired,
  apiTokenOwnerInactive,
  apiTokenIpRestricted,
  endpointRejectsOauth,
  missingScope,
  adminRoleLacksPermission,
  featureNotEnabled,
  clientIdInvalid,
  clientSecretInvalid,
  clientAuthMethodMismatch,
  multipleClientCredentials,
  clientAssertionInvalid,
  clientKeyNotFound,
  grantTypeNotEnabled,
  redirectUriMismatch,
  originNotTrusted,
  pkceRequired,
  pkceVerifierMismatch,
  authorizationCodeInvalid,
  refreshTokenInvalid,
  dpopProofMissingOrInvalid,
  dpopNonceRequired,
  scopeNotDefined,
  scopeParameterMissing,
  consentRequired,
  webSsoClientNotAllowed,
  noActiveSession,
  thirdPartyCookiesBlocked,
  logoutRequestInvalid,
  sdkFlowConfigMismatch,
  userNotAssignedToApp,
  asAccessPolicyDenied,
  signOnPolicyDenied,
  mfaRequired,
  appAssuranceNotMet,
  authenticatorNotAvailable,
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
  scimCredentialsInvalid,
  scimServerFault,
  scimDataRejected,
  orgReadOnly,
  oktaServiceError,
]
