// What does E0000019 mean: which Accept header does the endpoint want?
import { defineError } from '../define.ts'
import { call } from '../proofs/step.ts'

/** The endpoint cannot answer in any form that Accept names. */
export const E0000019 = defineError({
  code: 'E0000019',
  title: 'Accept not supported',
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
    'E0000021 has the same words and is about Content-Type; this one is about Accept. Bodies up to 2024 have two ' +
    'blanks after "request.", recordings of 2026 have one. The answer comes before the org is reached: it has ' +
    'neither a request id nor rate-limit headers.',
  causes: {
    'accept-not-supported': {
      kind: 'content-type-wrong',
      says: 'Accept names only media types that the endpoint does not produce.',
      fix: [
        'Send Accept: application/json; for SAML metadata Accept: application/xml.',
        'Or send */*, and read what comes.',
        'Check what the HTTP library or SDK sets by default.',
      ],
      operations: ['GET /api/v1/apps/{id}/sso/saml/metadata'],
      sources: [
        {
          mark: 'recorded',
          where:
            'okta/okta-sdk-python tests/integration/cassettes, test_application_sso_it, test_preview_saml_metadata; Shopify/oktakit spec/cassettes (2016)',
        },
      ],
      proof: {
        given: [],
        call: call('GET /api/v1/users?limit=1', { headers: { accept: 'application/xml' } }),
        mend: call('GET /api/v1/users?limit=1', { headers: { accept: 'application/json' } }),
      },
    },
  },
})
