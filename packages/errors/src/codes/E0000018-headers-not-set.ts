// What does E0000018 mean: which header is missing?
import { defineError } from '../define.ts'
import { call } from '../proofs/step.ts'

/** A header that the endpoint needs to handle the request is not there. */
export const E0000018 = defineError({
  code: 'E0000018',
  title: 'Accept or Content-Type not set',
  area: 'request',
  retry: 'never',
  reference: {
    status: 400,
    description: 'Bad request. Accept and/or Content-Type headers are likely not set.',
  },
  current: { status: 400, summary: 'Bad request. Accept and/or Content-Type headers are likely not set.' },
  note:
    'No recording holds this code. Public reports of a missing Content-Type show E0000021, mostly because the HTTP ' +
    'library had put a default of its own there. The current list writes two blanks after "request.".',
  causes: {
    'accept-or-content-type-unset': {
      kind: 'content-type-wrong',
      says: 'The request has a body and no Content-Type header.',
      fix: [
        'Send Content-Type: application/json (or the form type for /oauth2) and Accept: application/json.',
        'Look at the request as it was sent: some libraries drop the header when you pass the body as bytes or as a stream.',
      ],
      operations: ['POST /api/v1/users', 'POST /api/v1/groups', 'PUT /api/v1/groups/{id}'],
      sources: [
        {
          mark: 'inferred',
          where: 'title of the code in Okta\'s current list, "Servlet request binding exception", and its own text',
        },
      ],
      proof: {
        given: [],
        call: call('POST /api/v1/groups', {
          body: '{"profile":{"name":"Engineers"}}',
          headers: { 'content-type': null, accept: null },
        }),
        mend: call('POST /api/v1/groups', {
          body: '{"profile":{"name":"Engineers"}}',
          headers: { 'content-type': 'application/json' },
        }),
      },
    },
  },
})
