// Which response types does the authorization server not give?
import { defineRedirectError } from '../define.ts'
import { openAuthorize, readyApp } from '../proofs/oauth-steps.ts'

const list = 'okta/okta-developer-docs data/oauth2-error-codes.json'

const authorize = ['GET /oauth2/{authorizationServerId}/v1/authorize', 'GET /oauth2/v1/authorize'] as const

/** The response type is not offered. */
export const unsupportedResponseType = defineRedirectError({
  error: 'unsupported_response_type',
  title: 'Response type not offered',
  retry: 'never',
  reference: {
    description: 'The authorization server does not support obtaining an authorization code using this method.',
  },
  current: {
    descriptions: [
      'The response type is not supported by the authorization server. Configured response types: [{responseTypes}].',
      "'response_type' must be 'id_token' for MFA attestation.",
    ],
  },
  causes: {
    'response-type-unknown': {
      kind: 'grant-type-not-enabled',
      says: '`response_type` is misspelt, is a combination that the server does not offer, or one that the app is not set up for.',
      tellApart: 'The description lists the response types that the server has, and yours is not among them.',
      fix: [
        'Compare your value with the list in the description. Several words are separated by a blank, `+` or `%20` in the URL, not by a comma.',
        'Your app may have the implicit grant only: then tick Authorization Code under Applications > your app > General.',
        'Use `response_type=code`. It suits web, single-page and native apps alike, with PKCE.',
      ],
      operations: authorize,
      wire: {
        summary:
          'The response type is not supported by the authorization server. Configured response types: [{responseTypes}].',
      },
      sources: [
        { mark: 'documented', where: list },
        {
          mark: 'reported',
          where: 'oktadev/okta-node-express-typescript-react-example issue 12 (code at an app with the implicit grant)',
        },
      ],
      proof: { given: readyApp(), call: openAuthorize({ response_type: 'cod' }), mend: openAuthorize() },
    },
    'attestation-wants-id-token': {
      kind: 'validation-invalid-value',
      says: 'The request asks for an attestation of factors and for something else than an ID token.',
      tellApart: 'The description speaks of MFA attestation.',
      fix: ['Send `response_type=id_token` for this request, and ask for other tokens in a second one.'],
      operations: authorize,
      wire: { summary: "'response_type' must be 'id_token' for MFA attestation." },
      sources: [{ mark: 'documented', where: list }],
    },
  },
})
