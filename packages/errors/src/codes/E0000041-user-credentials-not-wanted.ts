// Which apps take no credentials for a single user?
import { defineError } from '../define.ts'
import { call } from '../proofs/step.ts'

const ada = {
  profile: { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', login: 'ada@example.com' },
  credentials: { password: { value: 'Correct-Horse-9' } },
}
const webClient = {
  label: 'Wiki',
  name: 'oidc_client',
  signOnMode: 'OPENID_CONNECT',
  settings: {
    oauthClient: {
      application_type: 'web',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      redirect_uris: ['https://wiki.example.com/callback'],
    },
  },
}

/** The app's scheme leaves no room for credentials of a single user. */
export const E0000041 = defineError({
  code: 'E0000041',
  title: 'App takes no user credentials',
  area: 'apps',
  retry: 'never',
  reference: {
    status: 400,
    description: 'Credentials should not be set on this resource based on the scheme.',
  },
  current: { status: 400, summary: 'Credentials should not be set on this resource based on the scheme.' },
  causes: {
    'scheme-has-no-user-credentials': {
      kind: 'validation-invalid-value',
      says: 'The assignment carries a user name or password, and the app keeps none for a single user.',
      fix: [
        'Read the app: `credentials.scheme` and `signOnMode`.',
        'SHARED_USERNAME_AND_PASSWORD: one pair serves everybody; set it on the app. Apps with OpenID Connect have no password at all.',
        'Send the assignment without `credentials`, or with what the scheme allows.',
        'If each user should have an own password, change the scheme to EDIT_USERNAME_AND_PASSWORD.',
      ],
      operations: ['POST /api/v1/apps/{id}/users/{userId}', 'POST /api/v1/apps/{id}/users'],
      wire: { causes: ['User level credentials should not be provided for this scheme.'] },
      sources: [
        { mark: 'documented', where: 'okta/okta-developer-docs@2022-09 docs/reference/api/apps (user credentials)' },
        { mark: 'documented', where: 'okta/okta-management-openapi-spec dist/current/management-minimal.yaml' },
      ],
      proof: {
        given: [
          call('POST /api/v1/apps', { body: webClient, keep: { app: '/id' } }),
          call('POST /api/v1/users?activate=true', { body: ada, keep: { user: '/id' } }),
        ],
        call: call('POST /api/v1/apps/{app}/users', {
          body: {
            id: '{user}',
            scope: 'USER',
            credentials: { userName: 'ada', password: { value: 'Correct-Horse-9' } },
          },
        }),
        mend: call('POST /api/v1/apps/{app}/users', { body: { id: '{user}', scope: 'USER' } }),
      },
    },
  },
})
