// What does E0000007 mean: which object was not found, and why might it not be there?
import { defineError } from '../define.ts'
import { call } from '../proofs/step.ts'

const ada = {
  profile: { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', login: 'ada@example.com' },
  credentials: { password: { value: 'Correct-Horse-9' } },
}

/** The path is right, and the object that it names does not exist for this caller. */
export const E0000007 = defineError({
  code: 'E0000007',
  title: 'Resource not found',
  area: 'request',
  retry: 'never',
  reference: { status: 404, description: 'Not found.' },
  current: { status: 404, summary: 'Not found: Resource not found: {id} ({type})' },
  note:
    "The word in parentheses is Okta's internal name of the type: UserGroup for groups, IdpTrust for identity " +
    'providers, Webhook for event hooks, IAMPolicy for resource sets, CVDType for user types, AppInstance for apps ' +
    'and agent pools, AppSession for /sessions/{id}, Session for /sessions/me. A missing token shows as ' +
    '"{appId}.{tokenId} ({id})". The id is printed as the server understood it: if it differs from what you meant, ' +
    'the URL was not encoded.',
  causes: {
    'resource-missing': {
      kind: 'resource-not-found',
      says: 'No object with this id or login exists in the org, or it is of another type.',
      tellApart:
        'Compare the id in the summary with the one that you meant, and its prefix with the type (00u user, 00g group, 0oa app, 00T token).',
      fix: [
        'If the id is cut off in the summary, encode it: a # in a login must be %23, a / must be %2F.',
        'List the collection and look for the object. It may have been deleted, or you have a name where an id is needed.',
        'Check the host: an id of the preview org or another org means nothing here.',
        'Right after a create it can take a moment until every read sees the object: repeat once or twice with a short wait.',
        'On DELETE, treat it as done.',
      ],
      operations: ['GET /api/v1/users/{id}', 'GET /api/v1/groups/{id}', 'GET /api/v1/apps/{id}'],
      sources: [
        {
          mark: 'recorded',
          where:
            'okta/terraform-provider-okta test/fixtures/vcr and okta/okta-sdk-python tests/integration/cassettes: 88 forms, 40 type names',
        },
        { mark: 'reported', where: 'https://github.com/okta/okta-sdk-java/issues/580 (login cut off at #)' },
      ],
      proof: [
        {
          given: [],
          call: call('GET /api/v1/users/ada@example.com'),
          cure: [call('POST /api/v1/users?activate=true', { body: ada })],
        },
        {
          given: [
            call('POST /api/v1/groups', { body: { profile: { name: 'Engineers' } }, keep: { group: '/id' } }),
            call('POST /api/v1/users?activate=true', { body: ada, keep: { user: '/id' } }),
          ],
          call: call('GET /api/v1/groups/{user}'),
          mend: call('GET /api/v1/groups/{group}'),
        },
      ],
    },
    'session-missing': {
      kind: 'no-active-session',
      says: 'The browser has no Okta session, so "me" has nothing to stand for.',
      tellApart: 'The summary ends in "me (Session)".',
      fix: [
        'Take it as the answer "not signed in" and start a sign-in.',
        "If the user is signed in at Okta, the cookie was not sent: call from the browser with credentials, and serve your page from the org's own site (custom domain) where third-party cookies are blocked.",
      ],
      operations: ['GET /api/v1/sessions/me', 'POST /api/v1/sessions/me/lifecycle/refresh'],
      wire: { summary: 'Not found: Resource not found: me (Session)' },
      sources: [{ mark: 'documented', where: 'okta/okta-auth-js test/support/xhr/error-session-not-found.js' }],
      proof: {
        given: [
          call('POST /api/v1/users?activate=true', { body: ada }),
          call('POST /api/v1/authn', {
            body: { username: 'ada@example.com', password: 'Correct-Horse-9' },
            as: 'nobody',
            keep: { token: '/sessionToken' },
          }),
          call('POST /api/v1/sessions', { body: { sessionToken: '{token}' }, keep: { session: '/id' } }),
        ],
        call: call('GET /api/v1/sessions/me', { as: 'nobody' }),
        mend: call('GET /api/v1/sessions/me', { as: 'nobody', headers: { cookie: 'sid={session}' } }),
      },
    },
    'authorization-server-missing': {
      kind: 'wrong-authorization-server',
      says: 'The URL names an authorization server that does not exist in this org.',
      tellApart: 'The path is /oauth2/{id}/… and the summary ends in "(AuthorizationServer)".',
      fix: [
        'Take the issuer from Security > API > Authorization Servers and copy the id (aus… or default).',
        'For the org authorization server leave the id out: /oauth2/v1/….',
        'Orgs without API Access Management have no custom servers, not even "default".',
      ],
      operations: [
        'GET /oauth2/{authorizationServerId}/v1/authorize',
        'POST /oauth2/{authorizationServerId}/v1/token',
        'GET /oauth2/{authorizationServerId}/v1/keys',
      ],
      wire: { summary: 'Not found: Resource not found: {id} (AuthorizationServer)' },
      sources: [{ mark: 'documented', where: 'okta/okta-developer-docs of 2022-09, docs/reference/api/oidc' }],
      proof: {
        given: [],
        call: call('GET /oauth2/ausNobodyHasThisServer/v1/keys', { as: 'nobody' }),
        mend: call('GET /oauth2/default/v1/keys', { as: 'nobody' }),
      },
    },
    'user-already-gone': {
      kind: 'user-status-forbids-operation',
      says: 'The user is DEPROVISIONED already, or deleted.',
      tellApart:
        'The request deactivates a user, and the user can still be read with GET: then its status is DEPROVISIONED.',
      fix: [
        'Treat it as done: the user cannot sign in.',
        'To delete the user for good, send DELETE /api/v1/users/{id}.',
        'To bring the user back, send POST /api/v1/users/{id}/lifecycle/activate.',
      ],
      operations: ['POST /api/v1/users/{id}/lifecycle/deactivate'],
      wire: { summary: 'Not found: Resource not found: {id} (User)' },
      sources: [{ mark: 'reported', where: 'https://github.com/okta/okta-sdk-java/issues/721' }],
      proof: {
        given: [
          call('POST /api/v1/users?activate=true', { body: ada, keep: { user: '/id' } }),
          call('POST /api/v1/users/{user}/lifecycle/deactivate'),
        ],
        call: call('POST /api/v1/users/{user}/lifecycle/deactivate'),
        cure: [call('POST /api/v1/users/{user}/lifecycle/activate?sendEmail=false')],
      },
    },
  },
})
