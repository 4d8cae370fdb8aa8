// Which operations exist without a line in the OpenAPI files? The Authentication API, sessions made from a
// session token, the current session, the org server's OAuth metadata, Device Access, and the removed Events API.
// Sources: the Authentication, Sessions and Events pages of okta/okta-developer-docs, okta/okta-auth-js, and for Device
// Access @okta/okta-sdk-nodejs (paths) and its own tests (scopes); the OpenAPI file has kept the schemas only.
import type { OperationRow } from './operation.ts'

/** Operations that the OpenAPI files lack; same columns as the generated table. */
export const extra: readonly OperationRow[] = [
  // /authn takes calls with and without an API token: with one it is a trusted application, which may set the
  // device token and the caller's address.
  ['authenticate', 'POST', '/api/v1/authn', '', 1, 1, 'Authn'],
  ['authnChangePassword', 'POST', '/api/v1/authn/credentials/change_password', '', 1, 1, 'Authn'],
  ['authnResetPassword', 'POST', '/api/v1/authn/credentials/reset_password', '', 1, 1, 'Authn'],
  ['authnEnrollFactor', 'POST', '/api/v1/authn/factors', '', 1, 1, 'Authn'],
  ['authnActivateFactor', 'POST', '/api/v1/authn/factors/{factorId}/lifecycle/activate', '', 1, 1, 'Authn'],
  ['authnPollActivation', 'POST', '/api/v1/authn/factors/{factorId}/lifecycle/activate/poll', '', 1, 1, 'Authn'],
  ['authnResendActivation', 'POST', '/api/v1/authn/factors/{factorId}/lifecycle/resend', '', 1, 1, 'Authn'],
  ['authnVerifyFactor', 'POST', '/api/v1/authn/factors/{factorId}/verify', '', 1, 1, 'Authn'],
  ['authnResendChallenge', 'POST', '/api/v1/authn/factors/{factorId}/verify/resend', '', 1, 1, 'Authn'],
  ['authnForgotPassword', 'POST', '/api/v1/authn/recovery/password', '', 1, 1, 'Authn'],
  ['authnUnlockAccount', 'POST', '/api/v1/authn/recovery/unlock', '', 1, 1, 'Authn'],
  ['authnVerifyRecoveryToken', 'POST', '/api/v1/authn/recovery/token', '', 1, 1, 'Authn'],
  ['authnAnswerRecoveryQuestion', 'POST', '/api/v1/authn/recovery/answer', '', 1, 1, 'Authn'],
  ['authnVerifyRecoveryFactor', 'POST', '/api/v1/authn/recovery/factors/{factorType}/verify', '', 1, 1, 'Authn'],
  ['authnResendRecoveryFactor', 'POST', '/api/v1/authn/recovery/factors/{factorType}/resend', '', 1, 1, 'Authn'],
  ['authnPrevious', 'POST', '/api/v1/authn/previous', '', 1, 1, 'Authn'],
  ['authnSkip', 'POST', '/api/v1/authn/skip', '', 1, 1, 'Authn'],
  ['authnCancel', 'POST', '/api/v1/authn/cancel', '', 1, 1, 'Authn'],

  ['createSession', 'POST', '/api/v1/sessions', '', 1, 1, 'Session'],
  // The current session lives in the `sid` cookie; neither kind of token names one.
  ['getCurrentSession', 'GET', '/api/v1/sessions/me', '', 0, 1, 'Session'],
  ['closeCurrentSession', 'DELETE', '/api/v1/sessions/me', '', 0, 1, 'Session'],
  ['refreshCurrentSession', 'POST', '/api/v1/sessions/me/lifecycle/refresh', '', 0, 1, 'Session'],

  // The OpenAPI file has the OpenID metadata of the org server, but not its OAuth metadata, which answers too.
  ['getWellKnownOAuthConfiguration', 'GET', '/.well-known/oauth-authorization-server', '', 0, 1, 'OrgAS'],
  // RFC 8414 section 3.1 puts the issuer's path behind the well-known part; both forms answer.
  [
    'getWellKnownOAuthConfigurationByIssuer',
    'GET',
    '/.well-known/oauth-authorization-server/oauth2/{authorizationServerId}',
    '',
    0,
    2,
    'CustomAS',
  ],

  [
    'getDesktopMFAEnforceNumberMatchingChallengeOrgSetting',
    'GET',
    '/device-access/api/v1/desktop-mfa/enforce-number-matching-challenge-settings',
    'okta.orgs.read',
    1,
    3,
    'DeviceAccess',
  ],
  [
    'replaceDesktopMFAEnforceNumberMatchingChallengeOrgSetting',
    'PUT',
    '/device-access/api/v1/desktop-mfa/enforce-number-matching-challenge-settings',
    'okta.orgs.manage',
    1,
    3,
    'DeviceAccess',
  ],
  [
    'getDesktopMFARecoveryPinOrgSetting',
    'GET',
    '/device-access/api/v1/desktop-mfa/recovery-pin-settings',
    'okta.orgs.read',
    1,
    3,
    'DeviceAccess',
  ],
  [
    'replaceDesktopMFARecoveryPinOrgSetting',
    'PUT',
    '/device-access/api/v1/desktop-mfa/recovery-pin-settings',
    'okta.orgs.manage',
    1,
    3,
    'DeviceAccess',
  ],

  ['listEvents', 'GET', '/api/v1/events', '', 1, 3, 'Event', 'RETIRED'],
]
