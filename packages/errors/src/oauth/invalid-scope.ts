// Which of the requested scopes can this authorization server not give?
import { defineRedirectError } from '../define.ts'
import { askToken, makeApp, makeScope, openAuthorize, readyApp, withSecret } from '../proofs/oauth-steps.ts'

const list = 'okta/okta-developer-docs data/oauth2-error-codes.json'

const authorize = ['GET /oauth2/{authorizationServerId}/v1/authorize', 'GET /oauth2/v1/authorize'] as const

/** A requested scope cannot be given here. */
export const invalidScope = defineRedirectError({
  error: 'invalid_scope',
  title: 'Scope cannot be given',
  retry: 'never',
  reference: { description: 'The requested scope is invalid, unknown, or malformed.' },
  current: {
    descriptions: [
      'The requested scope is invalid, unknown, malformed, or exceeds the scope granted by the resource owner.',
      'One or more scopes are not configured for the authorization server resource.',
      "Requests for ID tokens or access tokens with OpenID scopes require the 'openid' scope.",
      'No scopes were requested.',
      "The authorization server resource does not have any configured default scopes, 'scope' must be provided.",
      'The following scopes are not allowed for this request: [{scopes}].',
      'Custom scopes are not allowed for this request.',
    ],
  },
  note: 'The org server knows the OpenID scopes and `okta.*`. A custom server knows the OpenID scopes and those that you created on it; it never has `okta.*`, and it has no `groups` until somebody creates it. The causes are told apart by the descriptions of `current`; under `reference` all of them have the one description of the reference, so look at the scopes and at the path.',
  causes: {
    'scope-not-configured': {
      kind: 'scope-not-defined',
      says: 'A scope of the request does not exist on this custom authorization server.',
      tellApart:
        'The description is "One or more scopes are not configured …", and no requested scope begins with `okta.`.',
      fix: [
        'List what the server has: `scopes_supported` in its metadata, or Security > API > your server > Scopes.',
        'Leave out the scopes one by one to find the missing one. `groups` is the usual one.',
        'Create it there, or drop it from the request. Policy rules that list scopes must list the new one too.',
      ],
      operations: [...authorize, 'POST /oauth2/{authorizationServerId}/v1/token'],
      wire: { summary: 'One or more scopes are not configured for the authorization server resource.' },
      sources: [
        { mark: 'documented', where: list },
        { mark: 'reported', where: 'Netflix/consoleme issue 9075 (the whole redirect)' },
      ],
      proof: {
        given: readyApp(),
        call: openAuthorize({ scope: 'openid orders' }, { server: 'default' }),
        cure: [makeScope('orders')],
      },
    },
    'api-scope-at-custom-server': {
      kind: 'wrong-authorization-server',
      says: 'The request asks a custom authorization server for an `okta.*` scope. Only the org server gives those.',
      tellApart: 'A requested scope begins with `okta.` and the path has a server id or `default`.',
      fix: [
        'Ask the org server: `/oauth2/v1/authorize` and `/oauth2/v1/token`, issuer `https://{org}`.',
        "Grant the scopes to the app: Applications > your app > Okta API Scopes. Take your own API's scopes from the custom server in a request of their own.",
      ],
      operations: ['GET /oauth2/{authorizationServerId}/v1/authorize', 'POST /oauth2/{authorizationServerId}/v1/token'],
      wire: { summary: 'One or more scopes are not configured for the authorization server resource.' },
      sources: [
        { mark: 'documented', where: list },
        {
          mark: 'documented',
          where: 'okta/okta-developer-docs docs/reference/api/oidc: names of own scopes may not start with okta.',
        },
      ],
      proof: {
        given: readyApp(),
        call: openAuthorize({ scope: 'openid okta.users.read' }, { server: 'default' }),
        mend: openAuthorize({ scope: 'openid okta.users.read' }),
      },
    },
    'custom-scope-at-org-server': {
      kind: 'wrong-authorization-server',
      says: 'The request asks the org authorization server for a scope of your own. It has none and cannot have any.',
      tellApart: 'The description is "Custom scopes are not allowed for this request." and the path has no server id.',
      fix: [
        'Put the id of your custom server into the URL: `/oauth2/default/v1/authorize`, or `/oauth2/{id}/v1/authorize`.',
        'In an SDK, set issuer or discovery URI to `https://{org}/oauth2/default`, not to the bare domain.',
      ],
      operations: ['GET /oauth2/v1/authorize', 'POST /oauth2/v1/token'],
      wire: { summary: 'Custom scopes are not allowed for this request.' },
      sources: [{ mark: 'reported', where: 'okta/okta-oidc-android issue 190' }],
      proof: {
        given: [...readyApp(), makeScope('orders')],
        call: openAuthorize({ scope: 'openid orders' }),
        mend: openAuthorize({ scope: 'openid orders' }, { server: 'default' }),
      },
    },
    'openid-missing': {
      kind: 'validation-invalid-value',
      says: 'The request wants an ID token or OpenID scopes such as `profile`, but `openid` is not among the scopes.',
      tellApart: "The description names the 'openid' scope.",
      fix: ['Add `openid` to `scope`: `scope=openid profile email`, encoded for the URL.'],
      operations: authorize,
      wire: { summary: "Requests for ID tokens or access tokens with OpenID scopes require the 'openid' scope." },
      sources: [
        { mark: 'documented', where: list },
        { mark: 'reported', where: 'okta/okta-idx-java issue 500 (at the interact endpoint)' },
      ],
      proof: {
        given: readyApp(),
        call: openAuthorize({ scope: 'profile' }),
        mend: openAuthorize({ scope: 'openid profile' }),
      },
    },
    'no-scope-sent': {
      kind: 'scope-parameter-missing',
      says: 'The request has no `scope`, and the server has no scope that is given by default.',
      tellApart: 'The description says that scopes must be provided or that none were requested.',
      fix: [
        'Send `scope` with at least one scope; blanks are `+` or `%20` in the URL.',
        'Or mark a scope of the custom server as default: Security > API > your server > Scopes.',
      ],
      operations: [...authorize, 'POST /oauth2/v1/token', 'POST /oauth2/{authorizationServerId}/v1/token'],
      wire: {
        summary:
          "The authorization server resource does not have any configured default scopes, 'scope' must be provided.",
      },
      sources: [{ mark: 'documented', where: list }],
      proof: {
        given: readyApp(),
        call: openAuthorize({ scope: null }, { server: 'default' }),
        mend: openAuthorize({}, { server: 'default' }),
      },
    },
    'scope-without-user': {
      kind: 'scope-not-defined',
      says: 'The scope exists but makes no sense in this flow, such as `openid` where no user takes part.',
      tellApart: 'The description lists the scopes that are not allowed.',
      fix: [
        'Drop the listed scopes. With client credentials there is no user, so `openid`, `profile` and `offline_access` do not apply.',
        'If you need them, use a flow in which a user signs in.',
      ],
      operations: ['POST /oauth2/{authorizationServerId}/v1/token', ...authorize],
      wire: { status: 400, summary: 'The following scopes are not allowed for this request: [{scopes}].' },
      sources: [{ mark: 'documented', where: list }],
      proof: {
        given: [
          makeScope('orders'),
          makeApp({
            application_type: 'service',
            grant_types: ['client_credentials'],
            response_types: ['token'],
          }),
        ],
        call: askToken(
          { grant_type: 'client_credentials', scope: 'orders profile', ...withSecret },
          { server: 'default' },
        ),
        mend: askToken({ grant_type: 'client_credentials', scope: 'orders', ...withSecret }, { server: 'default' }),
      },
    },
  },
})
