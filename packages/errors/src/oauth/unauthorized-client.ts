// Why may this client not start this kind of request?
import { defineRedirectError } from '../define.ts'
import { askToken, makeApp, makeScope, oidcApp, openAuthorize, readyApp, withSecret } from '../proofs/oauth-steps.ts'
import { call } from '../proofs/step.ts'

const list = 'okta/okta-developer-docs data/oauth2-error-codes.json'

/** The client may not make this kind of request. */
export const unauthorizedClient = defineRedirectError({
  error: 'unauthorized_client',
  title: 'Client may not use this kind of request',
  retry: 'never',
  reference: { description: 'The client is not authorized to request an authorization code using this method.' },
  current: {
    descriptions: [
      'The client is not authorized to use the provided grant type. Configured grant types: [{grantTypes}].',
      'Browser requests to the token endpoint may only use the authorization_code grant_type.',
      'This client cannot use a custom authorization server.',
      'This client cannot use the Aerial authorization server.',
      'Confidential client is required to make this request.',
    ],
  },
  note: 'The token endpoint answers with the same word as JSON and status 400. There "the client" is known and well; `invalid_client` is the word for one that is not.',
  causes: {
    'grant-not-enabled': {
      kind: 'grant-type-not-enabled',
      says: 'The response type or grant in the request needs a grant type that the app does not have.',
      tellApart: 'The description lists the grant types that the app has.',
      fix: [
        'Compare the list in the description with your request: `response_type=code` needs Authorization Code, `token` or `id_token` need Implicit, a refresh token needs Refresh Token.',
        'Change the flow to one that is in the list. For browsers and mobile apps that is the code flow with PKCE.',
        'Or tick the grant: Applications > your app > General > Grant type. Then send the request again.',
      ],
      operations: [
        'GET /oauth2/{authorizationServerId}/v1/authorize',
        'GET /oauth2/v1/authorize',
        'POST /oauth2/v1/token',
      ],
      wire: {
        summary: 'The client is not authorized to use the provided grant type. Configured grant types: [{grantTypes}].',
      },
      sources: [
        { mark: 'documented', where: list },
        {
          mark: 'documented',
          where: 'okta/okta-signin-widget playground/mocks/data/idp/idx/error-400-unauthorized-client.json',
        },
      ],
      proof: {
        given: readyApp(),
        call: openAuthorize({ response_type: 'id_token', nonce: 'n1' }),
        cure: [
          call('PUT /api/v1/apps/{app}', {
            body: oidcApp({ grant_types: ['authorization_code', 'implicit'], response_types: ['code', 'id_token'] }),
          }),
        ],
      },
    },
    'client-bound-to-org-server': {
      kind: 'wrong-authorization-server',
      says: 'The client may use only the org authorization server, and the request went to a custom one.',
      tellApart: 'The description says that the client cannot use a custom (or the Aerial) authorization server.',
      fix: [
        'Send the request to `/oauth2/v1/authorize`, without `default` or another id in the path.',
        'Set the issuer of your SDK to the bare org URL, `https://{org}`.',
        'If the API behind needs tokens of a custom server, create an app that may use one.',
      ],
      operations: ['GET /oauth2/{authorizationServerId}/v1/authorize'],
      wire: { summary: 'This client cannot use a custom authorization server.' },
      sources: [{ mark: 'documented', where: list }],
    },
    'browser-sent-other-grant': {
      kind: 'grant-type-not-enabled',
      says: 'A page in a browser called the token endpoint with a grant other than the authorization code.',
      tellApart: 'The request carries an `Origin` header. The same call from a server works.',
      fix: [
        'In the browser, use the code flow with PKCE.',
        'Move grants with a secret or a password to your server. A secret in a page is not a secret.',
      ],
      operations: ['POST /oauth2/v1/token', 'POST /oauth2/{authorizationServerId}/v1/token'],
      wire: {
        status: 400,
        summary: 'Browser requests to the token endpoint may only use the authorization_code grant_type.',
      },
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
          { grant_type: 'client_credentials', scope: 'orders', code_verifier: 'a'.repeat(43), ...withSecret },
          { server: 'default', headers: { origin: 'https://app.example.com' } },
        ),
        mend: askToken({ grant_type: 'client_credentials', scope: 'orders', ...withSecret }, { server: 'default' }),
      },
    },
    'client-is-public': {
      kind: 'wrong-app-type',
      says: 'The request is one that only a client with a secret or a key may make, and this client has neither.',
      tellApart: 'The app is a single-page or native app with client authentication "None".',
      fix: [
        'Look at Applications > your app > General > Client authentication.',
        'Make the request from a web or service app, whose server keeps a secret or a private key.',
      ],
      wire: { summary: 'Confidential client is required to make this request.' },
      sources: [{ mark: 'documented', where: list }],
    },
  },
})
