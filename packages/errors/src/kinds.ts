// Which families of causes are there? A closed vocabulary: every cause has one of these kinds.

/** What a reader should know about a kind. */
export interface KindEntry {
  /** The kind in one sentence: what is wrong. */
  says: string
  /** What to look at first, in order. */
  look: readonly string[]
}

export const kinds = {
  'token-expired': {
    says: "The token's lifetime is over and nothing renewed it before this call.",
    look: [
      "The token's `exp` against the `Date` header of the answer: `errorg token` shows both.",
      'Which token it was: access, ID, state or session token, each with its own lifetime.',
      "Where the caller renews: is the answer's `expires_in` stored, and is a new token fetched before it is over?",
    ],
  },
  'clock-skew': {
    says: 'Two machines disagree about the time, so a token or assertion looks expired or not yet valid.',
    look: [
      'The `Date` header of the answer against the clock of the machine that made or checked the token.',
      '`iat`, `nbf` and `exp`: seconds since 1970, not milliseconds.',
      'Time synchronisation (NTP) on that machine, in virtual machines and containers above all.',
    ],
  },
  'wrong-authorization-server': {
    says: 'The request or the token belongs to another authorization server than the one that has to accept it.',
    look: [
      "`iss` of the token, or the path of the URL: `/oauth2/v1/` is the org's own server, `/oauth2/{id}/v1/` a custom one.",
      'Who reads the token: `/api/v1` takes tokens of the org server only, your own API needs a custom server.',
      'The id in the URL against Security > API > Authorization Servers.',
    ],
  },
  'org-as-token-not-verifiable': {
    says: 'An access token of the org authorization server is checked by an API of your own, but only Okta can check it.',
    look: [
      '`iss`: the bare org URL, without `/oauth2/...`.',
      'The key: the `kid` of this token is not among the published keys, and that is on purpose.',
      'Which server the sign-in starts at: for your own API it has to be a custom one, such as `/oauth2/default`.',
    ],
  },
  'issuer-mismatch': {
    says: 'The issuer that is expected and the issuer in the token are not the same string.',
    look: [
      '`iss` of the token, character by character, against the configured issuer: host, trailing slash, `/oauth2/default`.',
      '`issuer` in the metadata of the server (`/.well-known/openid-configuration`).',
      "Custom domain or Okta domain: tokens carry the host that the sign-in used, unless the server's issuer is fixed.",
      'A proxy or gateway that changes the host.',
    ],
  },
  'audience-mismatch': {
    says: 'The token was issued for another audience than the one that checks it.',
    look: [
      '`aud` of the token against the value that the verifier expects.',
      'The audience of the authorization server: Security > API > Authorization Servers.',
      'An ID token in the wrong place: its `aud` is the client id.',
    ],
  },
  'wrong-token-type': {
    says: 'An ID token stands where an access token belongs, or the reverse.',
    look: [
      '`jti`: `AT.` begins an access token, `ID.` an ID token.',
      '`scp` and `cid` (access token) or `nonce` and `at_hash` (ID token) among the claims.',
      'Which field of the token answer the code reads: `access_token` or `id_token`.',
    ],
  },
  'signing-key-stale': {
    says: "The verifier keeps an old copy of the server's keys and does not find the one that signed the token.",
    look: [
      "`kid` in the token's header against the key set at `jwks_uri`, fetched now.",
      'How long the verifier keeps its copy, and whether it fetches again when it meets an unknown `kid`.',
      'Key rotation of the authorization server, about every 90 days by default.',
    ],
  },
  'groups-claim-not-configured': {
    says: "No claim for groups is set up for this app or authorization server, or its filter matches none of the user's groups.",
    look: [
      "The claims of the server: Security > API > your server > Claims; for the org server: the app's Sign On tab.",
      "The filter of the claim against the names of the user's groups.",
      '`scope`: a claim bound to `groups` needs that scope in the request.',
    ],
  },
  'groups-claim-only-in-userinfo': {
    says: 'The ID token of this flow is a thin one; groups and profile come from `/userinfo`.',
    look: [
      'The flow: a code flow at the org server puts most claims into `/userinfo` only.',
      'What `GET /oauth2/v1/userinfo` answers for the same access token.',
      'A custom authorization server, where a claim can be set to `Always` in the ID token.',
    ],
  },
  'missing-scope': {
    says: 'The access token does not carry the scope that this operation demands.',
    look: [
      '`scope` in the `WWW-Authenticate` header: it names what was wanted. The body may be empty.',
      '`scp` of the token: what it really carries.',
      'The scopes granted to the app: Applications > your app > Okta API Scopes.',
      'The `scope` parameter of the token request.',
    ],
  },
  'scope-not-defined': {
    says: 'The request asks for a scope that this authorization server does not know.',
    look: [
      "Each word of the `scope` parameter against the server's `scopes_supported`.",
      'The server: `okta.*` scopes exist at the org server only, scopes of your own at custom servers only.',
      'Spelling and separators: scopes are split by one blank, not by a comma.',
    ],
  },
  'scope-parameter-missing': {
    says: 'No scope was asked for, and this server has no default scope.',
    look: [
      'The `scope` parameter as it was sent, after encoding.',
      'Default scopes of the server: Security > API > your server > Scopes.',
    ],
  },
  'ssws-prefix-missing': {
    says: 'The API token stands alone in the Authorization header; the word `SSWS` before it is missing.',
    look: [
      'The `Authorization` header as sent: it has to read `SSWS` and a blank, then the token.',
      'Whether a library expects the bare token and adds the word itself, or the reverse.',
    ],
  },
  'wrong-auth-scheme': {
    says: 'The scheme word in the Authorization header does not fit the kind of credential behind it.',
    look: [
      'The value: 42 characters that begin with `00` are an API token (`SSWS`); three parts with dots are a JWT (`Bearer` or `DPoP`).',
      'The scheme word in front of it.',
      'Where the SDK takes it from: `token` and `accessToken` are different settings.',
    ],
  },
  'authorization-header-missing': {
    says: 'No usable Authorization header reaches the org.',
    look: [
      'The headers as they leave the machine, not as the code sets them: `curl -v` or a recording.',
      'Redirects and proxies: many clients drop the header when the host changes.',
      'An environment variable that is empty where the code runs.',
    ],
  },
  'api-token-revoked-or-expired': {
    says: 'The API token is no longer valid: revoked by somebody, or expired after 30 days without use.',
    look: [
      'Security > API > Tokens: is it listed, and when was it last used?',
      'The System Log: `system.api_token.revoke`.',
      'The value itself: no quotes, no line end, the token of this org.',
    ],
  },
  'api-token-owner-inactive': {
    says: 'The administrator who made the API token can no longer sign in, so the token does not count.',
    look: [
      'The owner of the token: Security > API > Tokens.',
      "The owner's status: suspended, deactivated or locked.",
      'Other programs with tokens of the same owner: they fail as well.',
    ],
  },
  'api-token-ip-restricted': {
    says: 'The call comes from an address outside the network zones that this token or app allows.',
    look: [
      'The address that the org sees (System Log, `client.ipAddress`), not the local one.',
      'The zones of the token (Security > API > Tokens) or of the app.',
      'A new exit address: another network, a cloud job, a proxy.',
    ],
  },
  'admin-role-lacks-permission': {
    says: 'The call is signed in, but the person or app behind it has no administrator role that covers this operation.',
    look: [
      'Who is behind the call: the owner of the API token, the signed-in user, or the service app (`cid`).',
      "The roles of that principal: `GET /api/v1/users/{id}/roles`, or the app's Admin roles tab.",
      'The reach of the role: a group or app administrator may be limited to certain groups or apps.',
    ],
  },
  'endpoint-rejects-oauth': {
    says: "This operation takes no OAuth access token; it wants an API token or an administrator's session.",
    look: [
      'The reference of the operation: does it list OAuth 2.0 with a scope?',
      'The same call with an API token.',
      'Paths under `/api/internal`: they are made for the console only.',
    ],
  },
  'feature-not-enabled': {
    says: 'The org does not have the feature, licence or engine that the call needs.',
    look: [
      'Settings > Features, and the subscription of the org.',
      'The product behind the path: authorization servers, for instance, need API Access Management.',
      '`pipeline` in `GET /.well-known/okta-organization`: `idx` is Identity Engine, `v1` Classic Engine.',
    ],
  },
  'wrong-org-url': {
    says: 'The base URL is not the API address of the org.',
    look: [
      'The host as it was sent: `-admin` in it, a doubled domain part, or a missing one.',
      "`GET /.well-known/okta-organization` at that host: it answers with the org's id.",
      'Preview and production: `oktapreview.com` and `okta.com` are different orgs.',
    ],
  },
  'client-id-invalid': {
    says: 'The org knows no app with this client id.',
    look: [
      "`client_id` as sent, against the app's General tab: quotes, blanks, placeholders.",
      'The org: a client id counts in the org that made it and nowhere else.',
      'Whether the app was deleted.',
    ],
  },
  'client-secret-invalid': {
    says: 'The client secret is wrong, was rotated, or was changed on its way.',
    look: [
      'The secrets of the app: General > Client Credentials. Is the one in use still listed and active?',
      'Encoding: with Basic, id and secret are form-encoded first, joined by a colon, then put into base64.',
      'Line ends, quotes and dollar signs that a shell or a secret store added or ate.',
    ],
  },
  'client-inactive': {
    says: 'The OAuth app is deactivated.',
    look: [
      'The status of the app: Applications, filter Inactive, or `GET /api/v1/apps/{id}`.',
      'The System Log for `application.lifecycle.deactivate`: who did it, and when.',
    ],
  },
  'client-auth-method-mismatch': {
    says: 'The client proves who it is in a way that this app or authorization server does not accept.',
    look: [
      '`token_endpoint_auth_method` of the app against what is sent: Basic header, secret in the body, assertion, nothing.',
      'For tokens of the org server without a user: only `private_key_jwt` is accepted.',
      'What the library does by default.',
    ],
  },
  'multiple-client-credentials': {
    says: 'One token request carries client credentials in more than one way.',
    look: [
      'The `Authorization` header and the body of the token request: `client_id`, `client_secret`, `client_assertion`.',
      'A library that adds Basic by itself.',
    ],
  },
  'client-key-not-found': {
    says: 'The key that signed the client assertion is not among the active keys of the app.',
    look: [
      "`kid` in the header of the assertion against the app's public keys (General > Client Credentials).",
      'The status of that key, and whether several are active: then the assertion has to name one.',
      'The private key in use: is it the other half of the registered one?',
    ],
  },
  'client-assertion-invalid': {
    says: 'The client assertion does not hold: type, audience, times or signature are wrong.',
    look: [
      '`client_assertion_type`: `urn:ietf:params:oauth:client-assertion-type:jwt-bearer`, as it is.',
      '`aud`: the exact URL that is called.',
      '`iss` and `sub`: both are the client id.',
      '`exp`: in the future, by no more than an hour; seconds, not milliseconds.',
    ],
  },
  'grant-type-not-enabled': {
    says: 'The app or the authorization server does not allow this grant or response type.',
    look: [
      '`grant_type` of the request against the grant types of the app (General tab). The error text may list them.',
      'The metadata of the server: `grant_types_supported`.',
      '`response_type`: it has to fit the grant types.',
    ],
  },
  'wrong-app-type': {
    says: 'The client id belongs to an app of another kind than this flow needs.',
    look: [
      '`application_type` of the app: `web`, `browser`, `native` or `service`.',
      'The flow: machine to machine needs a service app, a single-page app cannot keep a secret.',
      'Whether an id of another app was copied.',
    ],
  },
  'pkce-required': {
    says: 'The flow has to use PKCE, and the request has no code challenge.',
    look: [
      '`code_challenge` and `code_challenge_method=S256` in the authorize request.',
      'How the app authenticates: without a secret, PKCE is a must.',
      'An `Origin` header on the token request: a browser always needs PKCE.',
    ],
  },
  'pkce-verifier-mismatch': {
    says: 'The `code_verifier` of the token request is not the one behind the code challenge.',
    look: [
      'The stored verifier when the callback runs: two tabs, a reload or another host lose or replace it.',
      '`code_challenge`: base64url of the SHA-256 of the verifier, without padding.',
      'Which `state` the callback carries: does it belong to this flow?',
    ],
  },
  'dpop-proof-missing-or-invalid': {
    says: 'The DPoP proof is absent, or does not fit the request or the token.',
    look: [
      'The `DPoP` header of the request.',
      'In the proof: `htm` and `htu` against method and URL, `iat` against the clock, a fresh `jti`.',
      '`ath` and the key: the proof has to be signed with the key that the token is bound to.',
      'The scheme: a bound token is sent as `DPoP`, not as `Bearer`.',
    ],
  },
  'dpop-nonce-required': {
    says: "The DPoP proof has to carry the server's nonce; the answer brings it.",
    look: [
      'The `dpop-nonce` header of this answer.',
      'Whether the caller signs a second proof with it and repeats the call.',
      'Whether a newer nonce, also on successful answers, replaces the kept one.',
    ],
  },
  'redirect-uri-mismatch': {
    says: "The `redirect_uri` of the request is not among the app's sign-in redirect URIs, character by character.",
    look: [
      '`redirect_uri` as sent, decoded, against General > Login > Sign-in redirect URIs.',
      'Scheme, port, path, trailing slash, upper case.',
      'A proxy that makes the app believe it runs under `http` or another host.',
      'The token request: it has to repeat the same value.',
    ],
  },
  'logout-request-invalid': {
    says: 'The sign-out call has no valid `id_token_hint`, or its return address is not registered.',
    look: [
      '`id_token_hint`: an ID token of this client, from this issuer.',
      '`post_logout_redirect_uri` against General > Login > Sign-out redirect URIs, exactly.',
      'Whether the app still has the ID token when it signs out.',
    ],
  },
  'authorization-code-invalid': {
    says: 'The authorization code is used up, too old, or meant for another client or redirect URI.',
    look: [
      'Time between redirect and token request: a code lives for 300 seconds.',
      'Whether the callback ran twice: double render, prefetch, reload, a retry.',
      '`client_id` and `redirect_uri` of the token request against those of the authorize request.',
      'The server: the code counts at the token endpoint of the server that issued it.',
    ],
  },
  'refresh-token-invalid': {
    says: 'The refresh token is expired, revoked, or was replaced by a newer one.',
    look: [
      'Rotation: does the caller store the newest refresh token of each answer before it uses the access token?',
      'Two workers that refresh at the same moment with the same token.',
      'Idle time and total lifetime in the rule of the access policy.',
      'The System Log for `app.oauth2.token.detect_reuse` or `app.oauth2.as.token.detect_reuse`.',
    ],
  },
  'web-sso-client-not-allowed': {
    says: 'The target app does not name the requesting native client among those that may sign on to it.',
    look: [
      'The allowed Web SSO clients of the target app.',
      'The client id of the native app that asks, and the audience it asks for.',
    ],
  },
  'consent-required': {
    says: 'A scope needs consent that has not been given and cannot be asked for in this request.',
    look: [
      "Which scope: for `okta.*` an administrator grants it on the app's Okta API Scopes tab.",
      '`prompt=none`: then nobody can be asked.',
      '`consent_method` of the app and the consent setting of the scope.',
    ],
  },
  'origin-not-trusted': {
    says: 'The origin of the page, or the place it wants to return to, is not a trusted origin of the org.',
    look: [
      'The `Origin` header against Security > API > Trusted Origins: scheme, host and port.',
      'Which box is ticked: CORS, redirect, or iframe embedding.',
      'Whether the answer has `Access-Control-Allow-Origin` at all.',
    ],
  },
  'third-party-cookies-blocked': {
    says: "The browser keeps Okta's session cookie from a frame or background call, so the org finds nobody signed in.",
    look: [
      'The browser and its privacy setting; the same page with third-party cookies allowed.',
      'The host of the org against the host of the page: under a common custom domain the cookie is first-party.',
      'Silent renewal: refresh tokens do without the cookie.',
    ],
  },
  'no-active-session': {
    says: 'There is no Okta session, and the request forbids asking the user to sign in.',
    look: [
      '`prompt=none` in the request.',
      'Whether the session ended: idle time, sign-out, another browser.',
      '`GET /api/v1/sessions/me` in the same browser: 404 means that nobody is signed in.',
    ],
  },
  'sdk-flow-config-mismatch': {
    says: 'Two parts of the client are set up for different flows, so one does not understand what the other sent.',
    look: [
      '`response_type`, `response_mode` and `pkce` at the part that starts the sign-in and at the part that ends it.',
      'Where `state` and the verifier are stored, and whether both parts reach that place.',
      'Versions of widget and SDK, and whether both run for Classic or Identity Engine.',
    ],
  },
  'user-not-assigned-to-app': {
    says: 'The user is not assigned to the app, neither directly nor through a group.',
    look: [
      "The app's Assignments tab: people and groups.",
      'The groups of the user, and whether the rule that fills them ran.',
      '`client_id`: is it the app that was meant?',
    ],
  },
  'as-access-policy-denied': {
    says: 'No access policy or rule of the authorization server fits client, user, grant type and scopes.',
    look: [
      'Security > API > your server > Access Policies: does an active policy name this client?',
      'Each rule: grant type, people, and whether it covers every scope that was asked for.',
      'The Token Preview tab with the same values.',
      'The System Log, `outcome.reason`: `no_matching_policy`.',
    ],
  },
  'sign-on-policy-denied': {
    says: 'A sign-on, authentication or session policy does not let this user, network or device in.',
    look: [
      'The System Log for `policy.evaluate_sign_on`: it names policy, rule and outcome.',
      "The zones and behaviours in that rule against the caller's address.",
      'The order of the rules: the first that fits decides, and the last one often denies.',
    ],
  },
  'mfa-required': {
    says: 'A policy demands another factor, and this flow or tool has no way to give it.',
    look: [
      'The policy that applied: System Log, `policy.evaluate_sign_on`.',
      'The flow: the password grant and scripts cannot answer a second factor.',
      '`mfa_token` or `stateToken` in the answer: with it the flow can go on.',
    ],
  },
  'app-assurance-not-met': {
    says: "The session or token that was presented is weaker than the app's authentication policy demands.",
    look: [
      'The authentication policy of the app: which assurance does its rule ask for?',
      '`amr` and `acr` of the presented token, and its `auth_time`.',
      'Whether the request can ask for more: `acr_values`, `max_age`.',
    ],
  },
  'authenticator-not-available': {
    says: 'The user has no authenticator that the policy accepts, and may not enrol one here.',
    look: [
      "The user's factors: `GET /api/v1/users/{id}/factors`.",
      'The enrolment policy for this user: which authenticators are optional, required or disabled?',
      'Security > Authenticators: is the authenticator active in the org?',
    ],
  },
  'credentials-invalid': {
    says: 'User name, password or answer is wrong, or the org chooses to say so.',
    look: [
      'The login as the org knows it: often an e-mail address, not a short name.',
      'The same pair on the sign-in page of the org.',
      'The System Log for `user.session.start`: `outcome.reason` tells more than the answer does.',
      'Who checks the password: Okta, a directory, or another identity provider.',
    ],
  },
  'user-locked-out': {
    says: 'The account is locked after too many failed attempts.',
    look: [
      "The user's `status`: `LOCKED_OUT`.",
      'The lockout rule of the password policy: attempts, and minutes until it unlocks itself.',
      'Where the attempts come from: System Log, `user.account.lock` and the failed sign-ins before it.',
    ],
  },
  'user-status-forbids-operation': {
    says: "The user's status does not allow this operation.",
    look: [
      '`status` of the user: `GET /api/v1/users/{id}`.',
      'The statuses that the operation expects, in its reference.',
      'What ran before: an activation or suspension by another program, in the System Log.',
    ],
  },
  'user-sourced-externally': {
    says: 'Profile or password is kept in another system, so it cannot be changed in Okta.',
    look: [
      '`credentials.provider` of the user: `OKTA`, or a directory or identity provider.',
      'The profile source: Directory > Profile Sources, and the source of the single attribute.',
      'The place where the change has to be made instead.',
    ],
  },
  'password-policy-violation': {
    says: 'The new password does not meet the password policy of this user.',
    look: [
      '`errorCauses`: they name the rule that was broken.',
      "The policy that applies to the user's groups: Security > Authenticators > Password.",
      "History, minimum age, and parts of the user's name in the password.",
    ],
  },
  'validation-invalid-value': {
    says: 'A field of the request is missing, has a value that is not allowed, or stands in the wrong place.',
    look: [
      '`errorCauses`: each begins with the name of a field.',
      'That field in the request body: name, type, nesting.',
      'The schema: `GET /api/v1/meta/schemas/user/default` for profiles.',
    ],
  },
  'duplicate-object': {
    says: 'Something with this unique value exists already.',
    look: [
      'The field that the cause names: login, name, label.',
      'The object that holds the value, also among deactivated ones.',
      'A retry of a create call that had succeeded unnoticed.',
    ],
  },
  'request-body-malformed': {
    says: 'The body cannot be read as the structure that this operation expects.',
    look: [
      'The bytes as sent: a trailing comma, single quotes, a body that was encoded twice, an array instead of an object.',
      '`Content-Type` and whether the body fits it: JSON or form.',
      '`Content-Length`, and whether anything cut the body.',
    ],
  },
  'content-type-wrong': {
    says: '`Content-Type` or `Accept` does not fit what this operation reads or answers.',
    look: [
      '`Content-Type`: `application/json` for `/api/v1`, `application/x-www-form-urlencoded` for token endpoints.',
      '`Accept`: `application/json`, or none.',
      'What the HTTP library sets by itself.',
    ],
  },
  'resource-not-found': {
    says: 'The id does not exist, belongs to another kind of object, or is hidden from this caller.',
    look: [
      'The id and the type that the summary names: `Resource not found: {id} (Type)`.',
      'The prefix of the id: `00u` user, `00g` group, `0oa` app.',
      'The org, and whether the object was deleted.',
      "The caller's role: objects outside its reach look absent.",
    ],
  },
  'rate-limit-exceeded': {
    says: 'More requests were sent in this window than the limit allows.',
    look: [
      '`x-rate-limit-limit`, `-remaining` and `-reset`, and the `Date` of the same answer.',
      'Who shares the bucket: other programs, and paths of the same family.',
      'Reports > Rate limits, or the System Log for `system.org.rate_limit.violation`.',
    ],
  },
  'concurrent-limit-exceeded': {
    says: 'Too many requests are open at the same moment.',
    look: [
      '`x-rate-limit-limit: 0` together with `x-rate-limit-remaining: 0`.',
      'How many calls run in parallel, in all programs of the org.',
      'Slow calls: large pages and expensive searches hold their place for longer.',
    ],
  },
  'scim-credentials-invalid': {
    says: 'The credential that Okta sends to the SCIM server or remote app is wrong, expired, or lacks its scheme word.',
    look: [
      "The app's Provisioning tab > Integration: Test API Credentials.",
      'The `Authorization` header as the SCIM server receives it: some servers expect `Bearer` to be part of the value.',
      'When the remote token or password expires.',
    ],
  },
  'scim-server-fault': {
    says: 'The SCIM server or remote app does not answer, fails, or answers in a form that Okta cannot use.',
    look: [
      'The log of the remote server at that moment.',
      'The same request by hand: `GET {base}/Users?startIndex=1&count=1` with `Accept: application/scim+json`.',
      'The form of the answer: `schemas`, `id`, numbers as numbers, and a body after a create.',
    ],
  },
  'scim-data-rejected': {
    says: 'The remote app refuses the user, or the state of it, that Okta pushes.',
    look: [
      'Dashboard > Tasks: the failed assignment quotes the remote answer.',
      'The mapped attributes: required ones, lengths, unique values.',
      'The account on the other side: does it exist already, or is it disabled?',
    ],
  },
  'okta-service-error': {
    says: "Something failed on Okta's side; the request itself is in order.",
    look: [
      'status.okta.com, for the cell of the org.',
      'The same request again after a wait: does it pass?',
      '`errorId` and `x-okta-request-id`: support can look them up.',
    ],
  },
  'token-malformed': {
    says: 'The token is not whole: cut, broken by a line end, or no JWT where one is needed.',
    look: [
      'The number of parts: a JWT has three, with two dots between them.',
      'The first part: decoded it is JSON with `alg`.',
      'Length and characters against the original: columns that are too short, quotes, line ends, `+` and `/`.',
    ],
  },
  'path-not-found': {
    says: 'No endpoint has this path; nothing is said about any object.',
    look: [
      'The path as it was sent: `/api/v1/`, spelling, plural, doubled slashes.',
      'A base URL that already contains `/api/v1` or `/oauth2/...`.',
      'An id that is empty in the middle of the path.',
    ],
  },
  'method-not-allowed': {
    says: 'The path exists, but not with this HTTP method.',
    look: [
      'The method in the reference of the operation: updates are often POST, replacing is PUT.',
      'An empty id: `GET /api/v1/users/` is another path than `GET /api/v1/users/{id}`.',
      'A redirect that turned POST into GET.',
    ],
  },
  'endpoint-unsupported': {
    says: 'The operation is removed, not built, or not offered for this object.',
    look: [
      'The lifecycle of the operation in its reference: deprecated, Early Access.',
      'The kind of the object: sign-on mode of the app, type of the factor, type of the policy.',
      'The successor that the reference names.',
    ],
  },
  'object-state-forbids-operation': {
    says: 'The state of an object (an active app, a built-in group, a system policy, a running job) does not allow the operation.',
    look: [
      '`status` and `type` of the object; `system: true` marks those that cannot be changed.',
      'The step that has to come first, such as deactivating before deleting.',
      'Other jobs that work on the same object at this moment.',
    ],
  },
  'query-invalid': {
    says: 'A filter, search, sort, date or paging parameter is wrong, or does not go together with another one.',
    look: [
      'The parameter that the error names, decoded: quotes around texts, operators as words (`eq`, `sw`, `and`).',
      'Which fields and operators this list can search by.',
      '`after`: taken from the `next` link of the last page, not built by hand.',
      'Dates: ISO 8601 with `Z`, encoded so that `+` and `:` survive.',
    ],
  },
  'org-read-only': {
    says: 'The org is in read-only mode for the time being; reading works, writing does not.',
    look: [
      'status.okta.com and announcements: maintenance or a fail-over.',
      'A `GET` on the same path: it works.',
      'Which writes have to wait, and whether they can be queued.',
    ],
  },
  'device-not-trusted': {
    says: 'A policy demands a registered or managed device, and this one does not count as such.',
    look: [
      "The rule in the app's authentication policy: registered, managed, device assurance.",
      'The device under Directory > Devices, and whether Okta Verify is set up on it.',
      'The browser: a plain or embedded browser cannot always reach Okta Verify.',
      'The System Log for `policy.evaluate_sign_on`: its device facts.',
    ],
  },
} as const satisfies Record<string, KindEntry>

/** The family of a cause, shared between codes. */
export type Kind = keyof typeof kinds

/** All kinds, in the order of the vocabulary. */
export const kindNames = Object.keys(kinds) as Kind[]
