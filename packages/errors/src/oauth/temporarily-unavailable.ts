// Why does the authorization server ask for patience?
import { defineRedirectError } from '../define.ts'

/** The authorization server is overloaded or in maintenance. */
export const temporarilyUnavailable = defineRedirectError({
  error: 'temporarily_unavailable',
  title: 'Authorization server is unavailable for now',
  retry: 'with-backoff',
  reference: {
    description:
      'The authorization server is currently unable to handle the request due to a temporary overloading or maintenance of the server.',
  },
  current: {
    descriptions: [
      'The authorization server is currently unable to handle the request due to a temporary overloading or maintenance of the server.',
    ],
  },
  note: 'Rate limits do not come this way: a limited authorize request gets 429 with E0000047 and no redirect.',
  causes: {
    'server-unavailable': {
      kind: 'okta-service-error',
      says: 'The authorization server is overloaded or being maintained; nothing in the request is wrong.',
      fix: [
        'Wait a few seconds, then start the sign-in again. Wait longer after each failure; do not loop.',
        'Show the user a page that says so, instead of redirecting at once.',
        'Look at status.okta.com when it lasts longer than a few minutes.',
      ],
      operations: ['GET /oauth2/{authorizationServerId}/v1/authorize', 'GET /oauth2/v1/authorize'],
      sources: [{ mark: 'documented', where: 'okta/okta-developer-docs data/oauth2-error-codes.json' }],
    },
  },
})
