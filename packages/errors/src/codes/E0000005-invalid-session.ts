// What does E0000005 mean: which credential did the server look for, and which one did it get?
import { defineError } from '../define.ts'
import { serviceToken } from '../proofs/oauth-steps.ts'
import { call } from '../proofs/step.ts'

const signIn = (name: string) => [
  call('POST /api/v1/authn', {
    body: { username: 'ada@example.com', password: 'Correct-Horse-9' },
    as: 'nobody',
    keep: { token: '/sessionToken' },
  }),
  call('POST /api/v1/sessions', { body: { sessionToken: '{token}' }, keep: { [name]: '/id' } }),
]

/** The server fell back to looking for a browser session and found no valid one. */
export const E0000005 = defineError({
  code: 'E0000005',
  title: 'Invalid session',
  area: 'authentication',
  retry: 'after-new-credentials',
  reference: { status: 403, description: 'Invalid session.' },
  current: { status: 403, summary: 'Invalid session' },
  note:
    'The name misleads API callers: there need not be a session at all. When the Authorization header holds nothing ' +
    'that the operation accepts, the server tries the session cookie, and this is the answer when that fails. It ' +
    'carries no x-rate-limit headers and clears the sid cookie, because it is refused before a bucket is chosen. A ' +
    'cookie-less GET /api/v1/sessions/me is not this code but 404 E0000007.',
  causes: {
    'credentials-missing': {
      kind: 'authorization-header-missing',
      says: 'The request reached the org with neither an Authorization header nor a session cookie.',
      tellApart: 'No Authorization header in the request as it was sent, and no sid cookie.',
      fix: [
        'Send Authorization: SSWS {API token} or Authorization: Bearer {access token}.',
        'Look at the request on the wire, not at your settings: a tool\'s "API key" tab, a proxy or a redirect to another host can leave the header out.',
      ],
      sources: [
        {
          mark: 'reported',
          where: 'https://turnspike.com/tag/okta/ (Postman with an API key on the Authorization tab)',
        },
      ],
      proof: {
        given: [],
        call: call('GET /api/v1/users?limit=1', { as: 'nobody' }),
        mend: call('GET /api/v1/users?limit=1'),
      },
    },
    'bearer-not-a-token': {
      kind: 'token-malformed',
      says: 'The value after Bearer is no JWT of this org.',
      tellApart: 'Authorization begins with Bearer, and the value does not have three parts divided by dots.',
      fix: [
        'Get an access token from the org authorization server (/oauth2/v1/token) and send it whole.',
        'An API token goes with SSWS instead of Bearer.',
        'Check for a placeholder, a line end or quotes inside the value.',
      ],
      operations: ['GET /api/v1/users'],
      sources: [
        {
          mark: 'recorded',
          where: 'okta/okta-sdk-python history of tests/integration/cassettes, test_client_error_call_oauth (2020)',
        },
      ],
      proof: {
        given: [],
        call: call('GET /api/v1/users?limit=1', { as: { bearer: 'k3V9xQ2mZr7LwT5bN8cJ' } }),
        mend: call('GET /api/v1/users?limit=1'),
      },
    },
    'session-cookie-invalid': {
      kind: 'no-active-session',
      says: 'The session behind the sid cookie has expired, was ended, or never existed.',
      tellApart:
        'The request carries a sid cookie and no Authorization header. Ending the own sessions (delete_sessions) wants ' +
        'one even of callers with an API token.',
      fix: [
        'Let the user sign in again, then repeat the call.',
        'In a browser on another site, check that the cookie is sent at all: third-party cookies may be blocked.',
        'For a program, use an API token or an access token instead of a session.',
      ],
      operations: ['POST /api/v1/users/me/lifecycle/delete_sessions', 'GET /api/v1/users/me'],
      sources: [
        {
          mark: 'documented',
          where:
            'okta/okta-developer-docs of 2022-09, docs/reference/api/users, delete_sessions (403 when the current session is invalid)',
        },
        {
          mark: 'reported',
          where: 'okta/okta-sdk-dotnet UserSessionsApiTests (delete_sessions with an API token: 401 or 403)',
        },
      ],
      proof: {
        given: [
          call('POST /api/v1/users?activate=true', {
            body: {
              profile: { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', login: 'ada@example.com' },
              credentials: { password: { value: 'Correct-Horse-9' } },
            },
          }),
          ...signIn('old'),
          call('DELETE /api/v1/sessions/{old}'),
          ...signIn('fresh'),
        ],
        call: call('GET /api/v1/users/me', { as: 'nobody', headers: { cookie: 'sid={old}' } }),
        mend: call('GET /api/v1/users/me', { as: 'nobody', headers: { cookie: 'sid={fresh}' } }),
      },
    },
    'endpoint-refuses-oauth': {
      kind: 'endpoint-rejects-oauth',
      says: 'The access token is good, and this operation does not take OAuth access tokens.',
      tellApart:
        'The same token works on other operations; this one lists no OAuth scope in the reference, or is internal (/api/internal).',
      fix: [
        'Use an API token (SSWS) for this operation.',
        'Or do without it: look for a public operation that lists OAuth 2.0 in the reference.',
      ],
      operations: [
        'POST /api/v1/apps/{id}/grants',
        'POST /api/v1/features/{id}/{lifecycle}',
        'POST /api/internal/v1/mappings/reapply',
      ],
      sources: [
        {
          mark: 'reported',
          where:
            'https://github.com/okta/terraform-provider-okta/issues/1083, https://github.com/okta/terraform-provider-okta/issues/2416',
        },
      ],
      proof: {
        given: [
          ...serviceToken('okta.apiTokens.manage'),
          call('POST /oauth2/v1/clients/{client}/roles', { body: { type: 'SUPER_ADMIN' } }),
        ],
        call: call('DELETE /api/v1/api-tokens/current', { as: { bearer: '{token}' } }),
        mend: call('DELETE /api/v1/api-tokens/current'),
      },
    },
  },
})
