// Which response types does the authorization server not give?
import { defineRedirectError } from '../define.ts'

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
      kind: 'validation-invalid-value',
      says: '`response_type` is misspelt, or is a combination that the server does not offer.',
      tellApart: 'The description lists the response types that the server has, and yours is not among them.',
      fix: [
        'Compare your value with the list in the description. Several words are separated by a blank, `+` or `%20` in the URL, not by a comma.',
        'Use `response_type=code`. It suits web, single-page and native apps alike, with PKCE.',
      ],
      operations: authorize,
      wire: {
        summary:
          'The response type is not supported by the authorization server. Configured response types: [{responseTypes}].',
      },
      sources: [{ mark: 'documented', where: list }],
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
