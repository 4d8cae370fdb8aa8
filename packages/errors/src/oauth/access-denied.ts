// Who denied the request: an assignment, a policy, a network zone, or the user?
import { defineRedirectError } from '../define.ts'
import {
  askToken,
  assign,
  CALLBACK,
  findPolicy,
  makeApp,
  makeScope,
  openAuthorize,
  person,
  readyApp,
  session,
  withSecret,
} from '../proofs/oauth-steps.ts'
import { call } from '../proofs/step.ts'

const list = 'okta/okta-developer-docs data/oauth2-error-codes.json'

const authorize = ['GET /oauth2/{authorizationServerId}/v1/authorize', 'GET /oauth2/v1/authorize'] as const

const openAuthorizeFor = (scope: string, keep: Readonly<Record<string, string>>) => ({
  ...openAuthorize({ scope }, { server: 'default' }),
  keep,
  expect: 302,
})

// What the page that asks for consent sends.
const decide = (decision: string) =>
  call('POST /oauth2/default/v1/authorize/consent', {
    as: 'nobody',
    headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: 'sid={sid}' },
    body: `okta_key={key}&decision=${decision}`,
  })

/** The user, a policy or the authorization server said no. */
export const accessDenied = defineRedirectError({
  error: 'access_denied',
  title: 'Access denied',
  retry: 'never',
  reference: { description: 'The resource owner or authorization server denied the request.' },
  current: {
    descriptions: [
      'The resource owner or authorization server denied the request.',
      'User is not assigned to the client application.',
      'Policy evaluation failed for this request, please check the policy configurations.',
      'Policy evaluation succeeded, but all the requested scopes were rejected.',
      'Some of the requested scopes were denied by the policy. Denied scopes: [{scopes}].',
      'Some of the scopes requested for the refresh request were not granted in the original authorize request. Denied scopes: {scopes}.',
      "The request is made from outside the client's permitted network zones.",
      'Login failed.',
      "The user's password is expired.",
      'User canceled the social login request.',
    ],
  },
  note: 'The word alone says little: the description and the System Log event `app.oauth2.as.authorize` (or `app.oauth2.authorize`) with result FAILURE say which of the causes it is. The Okta session stays, so trying again without a change gives the same answer without a prompt.',
  causes: {
    'user-not-assigned': {
      kind: 'user-not-assigned-to-app',
      says: 'The user signed in, but is not assigned to the app, neither directly nor through a group.',
      tellApart: 'The description is "User is not assigned to the client application."',
      fix: [
        'Look: `GET /api/v1/apps/{id}/users/{userId}`, or Applications > your app > Assignments.',
        'Assign the user or, better, a group: `PUT /api/v1/apps/{id}/groups/{groupId}`.',
        'If the browser is signed in as somebody else, sign out of Okta first; the session stays otherwise.',
      ],
      operations: authorize,
      wire: { summary: 'User is not assigned to the client application.' },
      sources: [
        { mark: 'documented', where: list },
        { mark: 'reported', where: 'tailscale/tailscale issue 3334; okta/okta-oidc-ios issue 339' },
      ],
      proof: { given: [person, ...session, makeApp()], call: openAuthorize(), cure: [assign] },
    },
    'no-policy-matches': {
      kind: 'as-access-policy-denied',
      says: 'No access policy and rule of the custom authorization server fits this client, user, grant type and all requested scopes.',
      tellApart: 'The description is "Policy evaluation failed …". The log gives the reason `no_matching_policy`.',
      fix: [
        'Open Security > API > your server > Access Policies. A fresh server may have no policy at all: the one named `default` of a free org has none.',
        'Check that a policy names this client, and that one of its rules has the grant type, the user or a group of the user, and every scope of the request. One scope too many makes the rule not fit.',
        'Order counts: policies and rules are tried by priority, and the first rule that fits decides.',
        'Try it on the Token Preview tab, then send the request again.',
      ],
      operations: [...authorize, 'POST /oauth2/{authorizationServerId}/v1/token'],
      wire: { summary: 'Policy evaluation failed for this request, please check the policy configurations.' },
      sources: [
        { mark: 'documented', where: list },
        {
          mark: 'documented',
          where: 'okta/okta-developer-docs: Integrator orgs ship the default server without an access policy',
        },
      ],
      proof: {
        given: [
          ...readyApp(),
          findPolicy,
          call('POST /api/v1/authorizationServers/default/policies/{policy}/lifecycle/deactivate'),
        ],
        call: openAuthorize({}, { server: 'default' }),
        cure: [call('POST /api/v1/authorizationServers/default/policies/{policy}/lifecycle/activate')],
      },
    },
    'scopes-rejected': {
      kind: 'as-access-policy-denied',
      says: 'A rule matches, but it allows none, or not all, of the requested scopes.',
      tellApart: 'The description says that scopes were rejected or denied, and may list them.',
      fix: [
        'Compare `scope` of your request with the scopes of the rule: Security > API > your server > Access Policies > the rule.',
        'Add the scopes to the rule, or ask for fewer.',
      ],
      operations: authorize,
      wire: { summary: 'Policy evaluation succeeded, but all the requested scopes were rejected.' },
      sources: [{ mark: 'documented', where: list }],
    },
    'refresh-asks-for-more': {
      kind: 'missing-scope',
      says: 'A refresh asks for scopes that the first sign-in did not grant.',
      tellApart: 'The request is a refresh at the token endpoint.',
      fix: [
        'Leave `scope` out of the refresh: the new token then carries the scopes of the old one.',
        'For more scopes, send the user through authorize again with all of them.',
      ],
      operations: ['POST /oauth2/v1/token', 'POST /oauth2/{authorizationServerId}/v1/token'],
      wire: {
        status: 400,
        summary:
          'Some of the scopes requested for the refresh request were not granted in the original authorize request. Denied scopes: {scopes}.',
      },
      sources: [{ mark: 'documented', where: list }],
      proof: {
        given: [
          person,
          ...session,
          makeApp({ grant_types: ['authorization_code', 'refresh_token'] }),
          assign,
          { ...openAuthorize({ scope: 'openid offline_access' }), keep: { code: 'location:code' }, expect: 302 },
          askToken(
            { grant_type: 'authorization_code', code: '{code}', redirect_uri: CALLBACK, ...withSecret },
            { keep: { refresh: '/refresh_token' } },
          ),
        ],
        call: askToken({
          grant_type: 'refresh_token',
          refresh_token: '{refresh}',
          scope: 'openid email',
          ...withSecret,
        }),
        mend: askToken({ grant_type: 'refresh_token', refresh_token: '{refresh}', scope: 'openid', ...withSecret }),
      },
    },
    'consent-refused': {
      kind: 'consent-required',
      says: 'The user was asked to share data with the app and declined.',
      tellApart: 'The description is the general one, and the user saw a consent page.',
      fix: [
        'Tell the user what the app needs the data for, and offer to sign in again.',
        'Ask only for the scopes that you use; each one is a line on the page.',
        'For apps of your own organization, set the consent of the scopes to implicit, so that nobody is asked.',
      ],
      operations: authorize,
      wire: { summary: 'The resource owner or authorization server denied the request.' },
      sources: [{ mark: 'documented', where: list }],
      proof: {
        given: [
          ...readyApp({ consent_method: 'REQUIRED' }),
          call('POST /api/v1/authorizationServers/default/scopes', { body: { name: 'notes', consent: 'REQUIRED' } }),
          openAuthorizeFor('notes', { key: 'location:okta_key' }),
        ],
        call: decide('deny'),
        mend: decide('allow'),
      },
    },
    'app-policy-denies': {
      kind: 'sign-on-policy-denied',
      says: 'The sign-on policy of the app denies this user, network or device.',
      tellApart: 'The description is the general one, and no consent page was shown.',
      fix: [
        'Find the rule: System Log, `eventType eq "policy.evaluate_sign_on" and outcome.result eq "DENY"`.',
        'Sign in from an allowed network or device, or change the rule under Security > Authentication Policies.',
      ],
      operations: authorize,
      wire: { summary: 'The resource owner or authorization server denied the request.' },
      sources: [{ mark: 'inferred', where: 'apps with OpenID Connect hear this word where other apps get E0000057' }],
      proof: {
        given: [
          ...readyApp(),
          call('POST /api/v1/policies', {
            body: { type: 'ACCESS_POLICY', name: 'Notes', description: 'Who may open Notes' },
            keep: { policy: '/id' },
          }),
          call('PUT /api/v1/apps/{app}/policies/{policy}'),
          call('POST /api/v1/policies/{policy}/rules', {
            body: { type: 'ACCESS_POLICY', name: 'Nobody', actions: { appSignOn: { access: 'DENY' } } },
            keep: { rule: '/id' },
          }),
        ],
        call: openAuthorize(),
        cure: [call('POST /api/v1/policies/{policy}/rules/{rule}/lifecycle/deactivate')],
      },
    },
    'outside-network-zone': {
      kind: 'api-token-ip-restricted',
      says: 'The request comes from an address outside the network zones that the client is bound to.',
      tellApart: 'The description speaks of permitted network zones. The same request works from another network.',
      fix: [
        'Look up the address that Okta saw: `client.ipAddress` in the System Log event.',
        'Send the request from an allowed network, or add the address to the zone: Security > Networks.',
        'A proxy or a new cloud region changes the address. Give programs a fixed one.',
      ],
      operations: ['POST /oauth2/v1/token', ...authorize],
      wire: { status: 403, summary: "The request is made from outside the client's permitted network zones." },
      sources: [{ mark: 'documented', where: list }],
      proof: {
        given: [
          call('POST /api/v1/zones', {
            body: {
              type: 'IP',
              name: 'Office',
              status: 'ACTIVE',
              gateways: [{ type: 'CIDR', value: '198.51.100.0/24' }],
            },
            keep: { zone: '/id' },
          }),
          makeScope('orders'),
          makeApp({
            application_type: 'service',
            grant_types: ['client_credentials'],
            response_types: ['token'],
            network: { connection: 'ZONE', include: ['{zone}'] },
          }),
        ],
        call: askToken(
          { grant_type: 'client_credentials', scope: 'orders', ...withSecret },
          { server: 'default', headers: { 'x-forwarded-for': '203.0.113.9' } },
        ),
        cure: [
          call('PUT /api/v1/zones/{zone}', {
            body: {
              type: 'IP',
              name: 'Office',
              status: 'ACTIVE',
              gateways: [{ type: 'CIDR', value: '203.0.113.0/24' }],
            },
          }),
        ],
      },
    },
    'login-failed': {
      kind: 'credentials-invalid',
      says: 'The sign-in itself failed.',
      tellApart: 'The description is "Login failed."',
      fix: [
        'Look at the System Log event `user.session.start` with result FAILURE; its reason says more.',
        'Let the user sign in again.',
      ],
      wire: { summary: 'Login failed.' },
      sources: [{ mark: 'documented', where: list }],
    },
    'password-expired': {
      kind: 'user-status-forbids-operation',
      says: 'The password of the user is expired and has to be changed before anything else.',
      tellApart: 'The description says so. The user has status PASSWORD_EXPIRED.',
      fix: [
        'Let the user sign in at the Okta sign-in page and set a new password there.',
        'Then start the request again.',
      ],
      wire: { status: 403, summary: "The user's password is expired." },
      sources: [{ mark: 'documented', where: list }],
      proof: {
        given: [
          person,
          makeApp({ application_type: 'native', grant_types: ['password', 'authorization_code'] }),
          assign,
          call('POST /api/v1/users/{user}/lifecycle/expire_password'),
        ],
        call: askToken({
          grant_type: 'password',
          scope: 'openid',
          username: 'ada@example.com',
          password: 'Correct-Horse-9',
          ...withSecret,
        }),
        cure: [
          call('PUT /api/v1/users/{user}', {
            body: {
              profile: { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', login: 'ada@example.com' },
              credentials: { password: { value: 'Correct-Horse-9' } },
            },
          }),
        ],
      },
    },
  },
})
