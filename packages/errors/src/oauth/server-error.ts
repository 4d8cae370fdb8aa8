// What kept the authorization server from answering?
import { defineRedirectError } from '../define.ts'
import { findPolicy, openAuthorize, readyApp } from '../proofs/oauth-steps.ts'
import { answering } from '../proofs/peers.ts'
import { call, settings, times } from '../proofs/step.ts'

const list = 'okta/okta-developer-docs data/oauth2-error-codes.json'

const authorize = ['GET /oauth2/{authorizationServerId}/v1/authorize', 'GET /oauth2/v1/authorize'] as const

const tokenHook = (uri: string) => ({
  name: 'Payroll',
  type: 'com.okta.oauth2.tokens.transform',
  version: '1.0.0',
  channel: { type: 'HTTP', version: '1.0.0', config: { uri, method: 'POST' } },
})

/** Something kept the authorization server from answering. */
export const serverError = defineRedirectError({
  error: 'server_error',
  title: 'Authorization server could not answer',
  retry: 'with-backoff',
  reference: {
    description:
      'The authorization server encountered an unexpected condition that prevented it from fulfilling the request.',
  },
  current: {
    descriptions: [
      'The authorization server encountered an unexpected condition that prevented it from fulfilling the request.',
      'The requested feature is not enabled in this environment.',
      'Failed to create the id_token.',
      'Failed to create the access_token.',
      'Failed to create the id assertion authorization grant.',
      'Failed to create the RAR based access_token.',
      'The groups claim matched too many groups and must be configured to match fewer groups.',
      "The '{claim}' user claim could not be evaluated.",
      "The '{claim}' system claim could not be evaluated.",
      'The callback service returned an error.',
      'The social identity provider returned an invalid state back to Okta.',
      'Could not fetch social profile.',
      'The callout service returned an invalid response.',
      'Failed to initiate out-of-band authentication.',
    ],
  },
  note: 'Despite the name, most of these are faults in the configuration of the org and stay until somebody repairs them. Only the general description, and those about a failed token, are worth a second try as they are.',
  causes: {
    'claim-not-evaluable': {
      kind: 'object-state-forbids-operation',
      says: 'The expression of a claim cannot be evaluated for this user.',
      tellApart: 'The description names the claim.',
      fix: [
        'Open the claim: Security > API > your server > Claims.',
        'Check each attribute in its expression against the profile of the user. Guard optional ones: `user.department != null ? user.department : ""`.',
        'Try the expression on the Token Preview tab with this user, then send the request again.',
      ],
      operations: [...authorize, 'POST /oauth2/{authorizationServerId}/v1/token'],
      wire: { summary: "The '{claim}' user claim could not be evaluated." },
      sources: [{ mark: 'documented', where: list }],
      proof: {
        given: [
          ...readyApp({ grant_types: ['authorization_code', 'implicit'], response_types: ['code', 'id_token'] }),
          call('POST /api/v1/authorizationServers/default/claims', {
            body: {
              name: 'desk',
              status: 'ACTIVE',
              claimType: 'IDENTITY',
              valueType: 'EXPRESSION',
              value: 'user.desk.number',
              alwaysIncludeInToken: true,
              conditions: { scopes: [] },
            },
            keep: { claim: '/id' },
          }),
        ],
        call: openAuthorize({ response_type: 'id_token', nonce: 'n1' }, { server: 'default' }),
        cure: [call('DELETE /api/v1/authorizationServers/default/claims/{claim}')],
      },
    },
    'too-many-groups': {
      kind: 'object-state-forbids-operation',
      says: 'The groups claim matches more than 100 groups of this user.',
      tellApart: 'The description speaks of the groups claim. Users with fewer groups can sign in.',
      fix: [
        'Narrow the filter of the claim: `Starts with app-` instead of `Matches regex .*`.',
        'Or leave the groups out of the token and read them from `GET /api/v1/users/{id}/groups`.',
      ],
      operations: authorize,
      wire: { summary: 'The groups claim matched too many groups and must be configured to match fewer groups.' },
      sources: [{ mark: 'documented', where: list }],
      proof: {
        given: [
          ...readyApp({ grant_types: ['authorization_code', 'implicit'], response_types: ['code', 'id_token'] }),
          times(
            101,
            call('POST /api/v1/groups', { body: { profile: { name: 'Group {n}' } }, keep: { group: '/id' } }),
            call('PUT /api/v1/groups/{group}/users/{user}'),
          ),
          call('POST /api/v1/authorizationServers/default/claims', {
            body: {
              name: 'groups',
              status: 'ACTIVE',
              claimType: 'IDENTITY',
              valueType: 'GROUPS',
              group_filter_type: 'REGEX',
              value: '.*',
              alwaysIncludeInToken: true,
              conditions: { scopes: [] },
            },
          }),
        ],
        call: openAuthorize({ response_type: 'id_token', nonce: 'n1' }, { server: 'default' }),
        // Everyone counts too: two groups fewer make a hundred.
        cure: [
          call('DELETE /api/v1/groups/{group}/users/{user}'),
          call('GET /api/v1/groups?q=Group%201', { keep: { first: '/0/id' } }),
          call('DELETE /api/v1/groups/{first}/users/{user}'),
        ],
      },
    },
    'feature-off': {
      kind: 'feature-not-enabled',
      says: 'The org does not have the feature that the request needs, most often API Access Management for a custom authorization server.',
      tellApart:
        'The description is "The requested feature is not enabled in this environment." It can also come as a page with status 400.',
      fix: [
        'If the path has `default` or a server id and the org has no API Access Management, use the org server: `/oauth2/v1/authorize`, issuer `https://{org}`.',
        'Otherwise ask Okta to enable the feature for the org.',
      ],
      operations: ['GET /oauth2/{authorizationServerId}/v1/authorize'],
      wire: { status: 400, summary: 'The requested feature is not enabled in this environment.' },
      sources: [
        { mark: 'documented', where: list },
        { mark: 'reported', where: 'a sample that authorized at a custom server in an org without the product' },
      ],
      proof: {
        given: [...readyApp(), settings({ features: { API_ACCESS_MANAGEMENT: false } })],
        call: openAuthorize({}, { server: 'default' }),
        cure: [settings({ features: { API_ACCESS_MANAGEMENT: true } })],
      },
    },
    'inline-hook-failed': {
      kind: 'object-state-forbids-operation',
      says: 'The access rule has a token inline hook, and its service answered with an error object: no token is issued.',
      tellApart:
        'The description is the `errorSummary` of the service, or speaks of a callback service. A service that is down, slow or answers with another status gives no error: the tokens come without its changes.',
      fix: [
        'Look at the log of your hook service: the text of the error comes from there.',
        'See the System Log event `inline_hook.response.processed`: it has the reason, and what the service put into `debugContext`.',
        'Let the service answer with 200 and `commands`, or with 204 for no change. Try it: `POST /api/v1/inlineHooks/{id}/execute`.',
        'Take the hook out of the access rule until it works: Security > API > your server > Access Policies > the rule.',
      ],
      operations: [...authorize, 'POST /oauth2/{authorizationServerId}/v1/token'],
      wire: { summary: 'The callback service returned an error.' },
      sources: [
        { mark: 'documented', where: list },
        {
          mark: 'documented',
          where:
            'Token inline hook reference, Troubleshooting: only an error object stops the flow; failures skip the hook',
        },
      ],
      proof: {
        given: [
          ...readyApp({ grant_types: ['authorization_code', 'implicit'], response_types: ['code', 'id_token'] }),
          ...answering({ error: {} }, 'refusing'),
          ...answering({ commands: [] }, 'agreeing'),
          call('POST /api/v1/inlineHooks', { body: tokenHook('{refusing}'), keep: { hook: '/id' } }),
          findPolicy,
          call('POST /api/v1/authorizationServers/default/policies/{policy}/rules', {
            body: {
              type: 'RESOURCE_ACCESS',
              name: 'With a hook',
              priority: 1,
              conditions: {
                people: { groups: { include: ['EVERYONE'] } },
                grantTypes: { include: ['implicit'] },
                scopes: { include: ['*'] },
              },
              actions: { token: { accessTokenLifetimeMinutes: 60, inlineHook: { id: '{hook}' } } },
            },
          }),
        ],
        call: openAuthorize({ response_type: 'id_token', nonce: 'n1' }, { server: 'default' }),
        cure: [call('PUT /api/v1/inlineHooks/{hook}', { body: tokenHook('{agreeing}') })],
      },
    },
    'social-provider-failed': {
      kind: 'object-state-forbids-operation',
      says: 'The external identity provider gave Okta an answer that it cannot use, or no profile.',
      tellApart: 'The description speaks of a social identity provider or profile.',
      fix: [
        'Start the sign-in again in a fresh browser window; a page that was left open has an old state.',
        "Check the client id, secret and scopes in Security > Identity Providers, and Okta's callback URL at the provider.",
      ],
      operations: authorize,
      wire: { summary: 'Could not fetch social profile.' },
      sources: [{ mark: 'documented', where: list }],
    },
    'service-fault': {
      kind: 'okta-service-error',
      says: 'A fault on the side of Okta; nothing in the request is wrong.',
      tellApart: 'The description is the general one, or says that a token could not be created.',
      fix: [
        'Start the sign-in again after a few seconds.',
        'If it stays, look at status.okta.com and give the `x-okta-request-id` to Okta support.',
      ],
      operations: authorize,
      wire: {
        summary:
          'The authorization server encountered an unexpected condition that prevented it from fulfilling the request.',
      },
      sources: [{ mark: 'documented', where: list }],
    },
  },
})
