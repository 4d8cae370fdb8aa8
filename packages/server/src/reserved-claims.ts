// Which claims does every token have by itself, so that nobody may define them?

/** Names of claims, documented as reserved. `sub` is not among them: an authorization server lets it be defined. */
export const reservedClaims: ReadonlySet<string> = new Set(
  (
    'acr active aid amr app_id app_type aqr at_hash aud auth_time authorization_details c_hash cid cli_id client_id ' +
    'cnf d_hash events exp group groups_id iat idp iss jti may_act nbf nonce orig okta_emailVerified okta_lastUpdated ' +
    'permissions purpose rpt rt_hash rsi s_hash scope scp sid target_id token_type uid username ver x5t#S256'
  ).split(' '),
)
