// Which way of handing over the answer does the authorization server not offer?
import { defineRedirectError } from '../define.ts'
import { openAuthorize, readyApp } from '../proofs/oauth-steps.ts'

const list = 'okta/okta-developer-docs data/oauth2-error-codes.json'

const authorize = ['GET /oauth2/{authorizationServerId}/v1/authorize', 'GET /oauth2/v1/authorize'] as const

/** The response mode is not offered, or does not suit the response type. */
export const unsupportedResponseMode = defineRedirectError({
  error: 'unsupported_response_mode',
  title: 'Response mode not offered',
  retry: 'never',
  reference: { description: 'The authorization server does not support the requested response mode.' },
  current: {
    descriptions: [
      'The response mode is not supported by the authorization server. Valid response modes: [query, fragment, form_post, okta_post_message].',
      "'query' response mode cannot be used with either the 'id_token' or 'token' response types.",
      "'okta_post_message' response mode cannot be used with the 'code' response type.",
    ],
  },
  note: 'Without `response_mode` the answer to `code` comes in the query and everything else in the fragment. That is right for most apps.',
  causes: {
    'response-mode-unknown': {
      kind: 'validation-invalid-value',
      says: '`response_mode` is none of query, fragment, form_post and okta_post_message.',
      tellApart: 'The description lists the valid modes.',
      fix: ['Leave `response_mode` out, or send one of the four words in small letters.'],
      operations: authorize,
      wire: {
        summary:
          'The response mode is not supported by the authorization server. Valid response modes: [query, fragment, form_post, okta_post_message].',
      },
      sources: [{ mark: 'documented', where: list }],
      proof: { given: readyApp(), call: openAuthorize({ response_mode: 'web_message' }), mend: openAuthorize() },
    },
    'query-with-tokens': {
      kind: 'validation-invalid-value',
      says: 'The request wants tokens in the query of the URL, where logs and histories would keep them.',
      tellApart: '`response_type` contains `token` or `id_token`.',
      fix: [
        'Ask for `response_type=code` and fetch the tokens from the token endpoint.',
        'Or drop `response_mode`, so that the tokens come in the fragment, or send `form_post`.',
      ],
      operations: authorize,
      wire: { summary: "'query' response mode cannot be used with either the 'id_token' or 'token' response types." },
      sources: [{ mark: 'documented', where: list }],
      proof: {
        given: readyApp({ grant_types: ['authorization_code', 'implicit'], response_types: ['code', 'id_token'] }),
        call: openAuthorize({ response_type: 'id_token', nonce: 'n1', response_mode: 'query' }),
        mend: openAuthorize({ response_type: 'id_token', nonce: 'n1' }),
      },
    },
    'post-message-with-code': {
      kind: 'validation-invalid-value',
      says: 'The request wants a code by `okta_post_message`, which is for tokens in a hidden frame.',
      tellApart: '`response_type` is `code`.',
      fix: [
        'Drop `response_mode`, or send `query` or `fragment`, and read the code where it then comes.',
        'In an SDK, set the response mode and the flow together. Silent renewal with `okta_post_message` belongs to the implicit flow.',
      ],
      operations: authorize,
      wire: { summary: "'okta_post_message' response mode cannot be used with the 'code' response type." },
      sources: [{ mark: 'documented', where: list }],
      proof: { given: readyApp(), call: openAuthorize({ response_mode: 'okta_post_message' }), mend: openAuthorize() },
    },
  },
})
