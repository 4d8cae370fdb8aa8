// What happens when a user turns back at a social provider?
import { defineRedirectError } from '../define.ts'

/** The user turned back at the social provider. */
export const userCanceledRequest = defineRedirectError({
  error: 'user_canceled_request',
  title: 'User canceled the social sign-in',
  retry: 'after-new-credentials',
  reference: { description: 'User canceled the social login request.' },
  current: { error: 'access_denied', descriptions: ['User canceled the social login request.'] },
  note: 'The reference lists this as a value of `error`. Today it is only a name inside Okta; apps receive `error=access_denied` with this description. Handle both: compare the description too.',
  causes: {
    'user-canceled-at-provider': {
      kind: 'consent-required',
      says: 'The user pressed cancel, or declined to share data, on the page of the social provider.',
      fix: [
        'Take the user back to the sign-in page and offer the other ways to sign in.',
        'Do not start the same request again by yourself: the user would land on the page they just left.',
        'If many users turn back, look at the scopes that you ask the provider for: Security > Identity Providers > the provider.',
      ],
      operations: ['GET /oauth2/v1/authorize', 'GET /oauth2/{authorizationServerId}/v1/authorize'],
      sources: [{ mark: 'documented', where: 'okta/okta-developer-docs data/oauth2-error-codes.json' }],
    },
  },
})
