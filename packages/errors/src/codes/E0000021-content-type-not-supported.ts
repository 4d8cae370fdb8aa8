// What does E0000021 mean: which Content-Type does the endpoint want?
import { defineError } from '../define.ts'
import { askToken, makeApp, makeScope, withSecret } from '../proofs/oauth-steps.ts'
import { call } from '../proofs/step.ts'

/** The endpoint does not read bodies of this Content-Type. */
export const E0000021 = defineError({
  code: 'E0000021',
  title: 'Content-Type not supported',
  area: 'request',
  retry: 'never',
  reference: {
    status: 400,
    description: 'Bad request. Accept and/or Content-Type headers likely do not match supported values.',
  },
  current: {
    status: 400,
    summary: 'Bad request. Accept and/or Content-Type headers likely do not match supported values.',
  },
  note:
    'The rule of thumb: JSON for /api/v1, a form for /oauth2. E0000019 has the same words and is about Accept. On the ' +
    'token endpoint this is one of the few cases in which an OAuth endpoint answers with a code instead of ' +
    '{"error":…}. Bodies up to 2024 have two blanks after "request.".',
  causes: {
    'content-type-not-supported': {
      kind: 'content-type-wrong',
      says: 'The Content-Type of the request is not one that this endpoint reads.',
      tellApart:
        'Look at the request as it was sent: HTTP libraries add application/x-www-form-urlencoded to a POST on their own.',
      fix: [
        'To /api/v1 send Content-Type: application/json, also with an empty body ({}).',
        'To /oauth2/…/token, /introspect and /revoke send Content-Type: application/x-www-form-urlencoded and the parameters as a form.',
        'An SDK that began to fail after an update may have changed its encoding: compare the request with that of the older version.',
      ],
      operations: [
        'POST /oauth2/v1/token',
        'PUT /api/v1/apps/{id}/groups/{groupId}',
        'POST /api/v1/users/{id}/credentials/forgot_password',
      ],
      sources: [
        {
          mark: 'reported',
          where:
            'https://github.com/okta/okta-sdk-python/issues/309, /issues/400, /issues/431 (form to /api/v1); https://github.com/okta/okta-sdk-python/pull/429 and https://github.com/Kong/volcano-agent-sdk/issues/21 (JSON to the token endpoint)',
        },
      ],
      proof: [
        {
          given: [],
          call: call('POST /api/v1/groups', {
            body: 'name=Engineers',
            headers: { 'content-type': 'application/x-www-form-urlencoded' },
          }),
          mend: call('POST /api/v1/groups', { body: { profile: { name: 'Engineers' } } }),
        },
        {
          given: [
            makeScope('orders'),
            makeApp({
              application_type: 'service',
              grant_types: ['client_credentials'],
              response_types: ['token'],
            }),
          ],
          call: call('POST /oauth2/default/v1/token', {
            as: 'nobody',
            body: { grant_type: 'client_credentials', scope: 'orders', ...withSecret },
          }),
          mend: askToken({ grant_type: 'client_credentials', scope: 'orders', ...withSecret }, { server: 'default' }),
        },
      ],
    },
  },
})
