// Which parameter of the authorize request is missing, wrong or sent twice?
import { defineRedirectError } from '../define.ts'
import { CALLBACK, oidcApp, openAuthorize, readyApp } from '../proofs/oauth-steps.ts'
import { call } from '../proofs/step.ts'

const list = 'okta/okta-developer-docs data/oauth2-error-codes.json'

const authorize = ['GET /oauth2/{authorizationServerId}/v1/authorize', 'GET /oauth2/v1/authorize'] as const

/** A parameter of the request is missing, wrong or sent twice. */
export const invalidRequest = defineRedirectError({
  error: 'invalid_request',
  title: 'Request parameters are not valid',
  retry: 'never',
  reference: { description: 'The request parameters are not valid.' },
  current: {
    descriptions: [
      'Invalid request',
      "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings: {appUrl}",
      "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings.",
      "The authentication request has an invalid 'state' parameter.",
      "The 'nonce' parameter is required for authorize requests with either the 'id_token' or 'token' response types..",
      'PKCE code challenge is required by the application.',
      "PKCE code challenge is required when the token endpoint authentication method is 'NONE'.",
      "Invalid value for 'prompt' parameter. Supported values: [{prompts}]",
      "Invalid value for 'max_age' parameter. It should be within range 0 - 2^31-1.",
      'Identity provider is not valid.',
      'Duplicate parameter provided in request. Duplicated parameters: [{parameters}].',
      "Clients with 'application_type' of 'service' are not allowed to access the 'authorize' endpoint.",
    ],
  },
  note: 'Only faults found after client and redirect URI are verified go to the redirect URI. A wrong redirect URI itself is shown as a page with status 400, so your app never hears of it.',
  causes: {
    'redirect-uri-not-registered': {
      kind: 'redirect-uri-mismatch',
      says: 'The `redirect_uri` of the request is not exactly one of the sign-in redirect URIs of the app.',
      tellApart: 'A page is shown instead of a redirect, and its description speaks of redirect_uri.',
      fix: [
        'Decode `redirect_uri` from the address bar and compare it, character by character, with Applications > your app > General > Sign-in redirect URIs.',
        'The usual differences: http against https, the port, a slash at the end, localhost against 127.0.0.1, another path than the sample.',
        'Behind a proxy, let your framework build the URI from the outer address (`X-Forwarded-Proto`, `X-Forwarded-Host`).',
        'Register the exact URI, or send the registered one.',
      ],
      operations: authorize,
      wire: {
        status: 400,
        summary: "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings: {appUrl}",
      },
      sources: [
        { mark: 'documented', where: list },
        { mark: 'documented', where: 'okta/okta-developer-docs docs/release-notes/2020 OKTA-297932 (status 400)' },
        { mark: 'reported', where: 'okta/okta-signin-widget issue 947' },
      ],
      proof: {
        given: readyApp(),
        call: openAuthorize({ redirect_uri: `${CALLBACK}/` }),
        cure: [call('PUT /api/v1/apps/{app}', { body: oidcApp({ redirect_uris: [CALLBACK, `${CALLBACK}/`] }) })],
      },
    },
    'pkce-missing': {
      kind: 'pkce-required',
      says: 'The app requires PKCE, or has no secret, and the request has no `code_challenge`.',
      tellApart: 'The description begins with "PKCE code challenge is required".',
      fix: [
        'Turn PKCE on in your SDK, or send `code_challenge` and `code_challenge_method=S256`. Only S256 is taken.',
        'Keep the verifier and send it as `code_verifier` to the token endpoint.',
        'For a web app with a secret you may instead untick "Require PKCE" in the settings of the app.',
      ],
      operations: authorize,
      wire: { summary: 'PKCE code challenge is required by the application.' },
      sources: [{ mark: 'documented', where: list }],
      proof: {
        given: [...readyApp(), call('PUT /api/v1/apps/{app}', { body: oidcApp({}, { pkce_required: true }) })],
        call: openAuthorize(),
        cure: [call('PUT /api/v1/apps/{app}', { body: oidcApp() })],
      },
    },
    'state-missing': {
      kind: 'validation-invalid-value',
      says: 'The request has no `state`, or one that cannot be used.',
      tellApart: 'The description speaks of state.',
      fix: [
        'Send a random `state` with every request; Okta demands it.',
        'Keep it with the session of the browser and compare it when the answer comes back.',
      ],
      operations: authorize,
      wire: { summary: "The authentication request has an invalid 'state' parameter." },
      sources: [{ mark: 'documented', where: list }],
      proof: { given: readyApp(), call: openAuthorize({ state: null }), mend: openAuthorize() },
    },
    'nonce-missing': {
      kind: 'validation-invalid-value',
      says: 'The request wants a token straight from authorize and has no `nonce`.',
      tellApart: 'The description speaks of nonce and `response_type` contains `token` or `id_token`.',
      fix: [
        'Send a random `nonce` and compare it with the claim in the ID token.',
        'Or use `response_type=code`, where a nonce is optional.',
      ],
      operations: authorize,
      wire: {
        summary:
          "The 'nonce' parameter is required for authorize requests with either the 'id_token' or 'token' response types..",
      },
      sources: [{ mark: 'documented', where: list }],
      proof: {
        given: readyApp({ grant_types: ['authorization_code', 'implicit'], response_types: ['code', 'id_token'] }),
        call: openAuthorize({ response_type: 'id_token' }),
        mend: openAuthorize({ response_type: 'id_token', nonce: 'n1' }),
      },
    },
    'parameter-sent-twice': {
      kind: 'validation-invalid-value',
      says: 'A parameter stands in the request more than once.',
      tellApart: 'The description lists the parameters.',
      fix: [
        'Look at the whole URL: a parameter in the configured authorize URL and again in the code is the usual reason.',
        'Put several scopes into one `scope`, separated by blanks.',
      ],
      operations: authorize,
      wire: { summary: 'Duplicate parameter provided in request. Duplicated parameters: [{parameters}].' },
      sources: [{ mark: 'documented', where: list }],
      proof: {
        given: readyApp(),
        call: call(`GET ${openAuthorize().path}&scope=email`, { as: 'nobody', headers: { cookie: 'sid={sid}' } }),
        mend: openAuthorize({ scope: 'openid email' }),
      },
    },
    'prompt-unknown': {
      kind: 'validation-invalid-value',
      says: '`prompt` has a value that the server does not know.',
      tellApart: 'The description lists the supported values.',
      fix: ['Send one of the listed values, or leave `prompt` out.'],
      operations: authorize,
      wire: { summary: "Invalid value for 'prompt' parameter. Supported values: [{prompts}]" },
      sources: [{ mark: 'documented', where: list }],
      proof: { given: readyApp(), call: openAuthorize({ prompt: 'silent' }), mend: openAuthorize({ prompt: 'none' }) },
    },
    'max-age-out-of-range': {
      kind: 'validation-invalid-value',
      says: '`max_age` is negative, too large, or no whole number.',
      tellApart: 'The description speaks of max_age.',
      fix: ['Send `max_age` in whole seconds, such as `max_age=3600`, or leave it out.'],
      operations: authorize,
      wire: { summary: "Invalid value for 'max_age' parameter. It should be within range 0 - 2^31-1." },
      sources: [{ mark: 'documented', where: list }],
      proof: { given: readyApp(), call: openAuthorize({ max_age: '-1' }), mend: openAuthorize({ max_age: '3600' }) },
    },
    'identity-provider-unknown': {
      kind: 'resource-not-found',
      says: 'The `idp` parameter names no identity provider of this org, or an inactive one.',
      tellApart: 'The description is "Identity provider is not valid."',
      fix: [
        'Copy the id from Security > Identity Providers; it begins with `0oa`.',
        'Check that the provider is active, and that host and id belong to the same org.',
      ],
      operations: authorize,
      wire: { summary: 'Identity provider is not valid.' },
      sources: [{ mark: 'documented', where: list }],
      proof: { given: readyApp(), call: openAuthorize({ idp: '0oaNobodyHasThisId000' }), mend: openAuthorize() },
    },
    'service-app-at-authorize': {
      kind: 'wrong-app-type',
      says: 'The app is a service app. It has no users, so nobody can sign in to it.',
      tellApart: "The description names the 'application_type' of 'service'. It can come as a page.",
      fix: [
        'For users, create a web, single-page or native app and use its client id.',
        'For a program without a user, call the token endpoint with `grant_type=client_credentials` instead of authorize.',
      ],
      operations: authorize,
      wire: {
        status: 400,
        summary: "Clients with 'application_type' of 'service' are not allowed to access the 'authorize' endpoint.",
      },
      sources: [{ mark: 'reported', where: 'a sign-in with the client id of a service app, shown as a page' }],
      proof: {
        given: [
          ...readyApp(),
          call('POST /api/v1/apps', {
            body: {
              ...oidcApp({
                application_type: 'service',
                grant_types: ['client_credentials'],
                response_types: ['token'],
              }),
              label: 'Nightly job',
            },
            keep: { service: '/credentials/oauthClient/client_id' },
          }),
        ],
        call: openAuthorize({ client_id: '{service}' }),
        mend: openAuthorize(),
      },
    },
  },
})
