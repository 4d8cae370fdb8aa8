// What is searched for in the System Log when a call is refused? The searches of the guide to 401, 403 and 429 under a
// name each, with the event names that Okta writes today: of the guide's four names its log has none.

/** A search with a name. */
export interface LogRecipe {
  name: string
  /** What it finds. */
  says: string
  /** The event name that the guide has for it. */
  guide?: string
  /** What became of that name. */
  today: string
  /** The search. The guide's own name is in it: a log of the `reference` contract has events under it. */
  filter: string
}

/** The recipes: those of the guide in its order, then what belongs beside them. */
export const logRecipes: readonly LogRecipe[] = [
  {
    name: 'login-failed',
    says: 'Sign-ins that failed; `outcome.reason` says why.',
    guide: 'core.user_auth.login_failed',
    today:
      'A name of the Events API, which is gone; it lives on in `legacyEventType`. Today: `user.session.start` and the `user.authentication.…` events with result FAILURE.',
    filter:
      'eventType eq "core.user_auth.login_failed" or legacyEventType eq "core.user_auth.login_failed" or ((eventType eq "user.session.start" or eventType sw "user.authentication.") and outcome.result eq "FAILURE") or eventType eq "user.account.lock"',
  },
  {
    name: 'token-grant',
    says: 'Token and authorize requests that were refused.',
    guide: 'oauth2.token.grant.reject',
    today:
      'Okta lists no such event. Today: `app.oauth2.as.token.grant` and `app.oauth2.as.authorize` of custom servers, `app.oauth2.token.grant` and `app.oauth2.authorize` of the org server, with result FAILURE.',
    filter:
      'eventType eq "oauth2.token.grant.reject" or ((eventType sw "app.oauth2.as.token.grant" or eventType sw "app.oauth2.token.grant" or eventType sw "app.oauth2.as.authorize" or eventType sw "app.oauth2.authorize") and outcome.result eq "FAILURE")',
  },
  {
    name: 'app-assignment',
    says: 'Assignments that were taken away, and tries to open an app without one.',
    guide: 'app.generic.unassign_user',
    today:
      'Okta lists no such event. Today: `application.user_membership.remove` and `.add`, `app.generic.unauth_app_access_attempt`.',
    filter:
      'eventType eq "app.generic.unassign_user" or eventType eq "application.user_membership.remove" or eventType eq "application.user_membership.add" or eventType eq "app.generic.unauth_app_access_attempt"',
  },
  {
    name: 'api-token',
    says: 'API tokens that were made, revoked or used from elsewhere, and OAuth clients with wrong credentials.',
    guide: 'api.token.invalid',
    today:
      'Okta writes no event for a wrong API token. Today: the `system.api_token.…` events, `app.oauth2.invalid_client_credentials`, and `…token.detect_reuse` for refresh tokens.',
    filter:
      'eventType eq "api.token.invalid" or eventType sw "system.api_token." or eventType eq "system.oauth2.token.request_outside_allowed_range" or eventType eq "app.oauth2.invalid_client_credentials" or eventType eq "app.oauth2.as.token.detect_reuse" or eventType eq "app.oauth2.token.detect_reuse"',
  },
  {
    name: 'policy',
    says: 'Policies that said no, or asked for more.',
    today:
      'The guide quotes the reason "Policy evaluation failed"; the log has `no_matching_policy` for access policies and DENY or CHALLENGE for sign-on policies.',
    filter:
      'outcome.reason eq "no_matching_policy" or outcome.reason eq "no_matching_scope" or eventType eq "application.policy.sign_on.deny_access" or (eventType eq "policy.evaluate_sign_on" and (outcome.result eq "DENY" or outcome.result eq "CHALLENGE"))',
  },
  {
    name: 'rate-limit',
    says: 'Limits that were reached.',
    today: 'The `…rate_limit…` events of the org, of clients and of operations. Not every 429 leaves one.',
    filter: 'eventType co "rate_limit"',
  },
]

/** The recipe with this name, or for this event name of the guide. */
export function findRecipe(name: string): LogRecipe | undefined {
  const wanted = name.trim().toLowerCase()
  return logRecipes.find((recipe) => recipe.name === wanted || recipe.guide === wanted)
}

/** The recipe whose guide name stands in a filter. */
export function recipeInFilter(filter: string): LogRecipe | undefined {
  return logRecipes.find((recipe) => recipe.guide !== undefined && filter.includes(`"${recipe.guide}"`))
}
