// Which errors does an authorization server hand to an application by redirect? In the order of the reference.
import type { RedirectErrorEntry } from '../define.ts'
import { accessDenied } from './access-denied.ts'
import { invalidClient } from './invalid-client.ts'
import { invalidRequest } from './invalid-request.ts'
import { invalidScope } from './invalid-scope.ts'
import { loginRequired } from './login-required.ts'
import { serverError } from './server-error.ts'
import { temporarilyUnavailable } from './temporarily-unavailable.ts'
import { unauthorizedClient } from './unauthorized-client.ts'
import { unsupportedResponseMode } from './unsupported-response-mode.ts'
import { unsupportedResponseType } from './unsupported-response-type.ts'
import { userCanceledRequest } from './user-canceled-request.ts'

export { findOAuthValue, type OAuthAnswer, type OAuthValue, oauthValues } from './values.ts'

/** The redirect errors of the reference, by the value of the `error` parameter. */
export const redirectErrors = {
  unauthorized_client: unauthorizedClient,
  access_denied: accessDenied,
  unsupported_response_type: unsupportedResponseType,
  unsupported_response_mode: unsupportedResponseMode,
  invalid_scope: invalidScope,
  server_error: serverError,
  temporarily_unavailable: temporarilyUnavailable,
  invalid_client: invalidClient,
  login_required: loginRequired,
  invalid_request: invalidRequest,
  user_canceled_request: userCanceledRequest,
} as const satisfies Record<string, RedirectErrorEntry>

/** The name of a redirect error of the reference. */
export type RedirectErrorName = keyof typeof redirectErrors

/** The redirect error with this `error` value, or undefined for one that the reference does not list. */
export function findRedirectError(name: string): RedirectErrorEntry | undefined {
  return Object.hasOwn(redirectErrors, name) ? redirectErrors[name as RedirectErrorName] : undefined
}
