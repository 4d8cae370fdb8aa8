// Why could Okta not use what the SCIM server answered?
import { defineError } from '../define.ts'

/** The SCIM server answered with data that Okta cannot use. */
export const E0000049 = defineError({
  code: 'E0000049',
  title: 'SCIM server answered unusable data',
  area: 'provisioning',
  retry: 'after-change',
  reference: { status: 500, description: 'Invalid SCIM data from SCIM implementation.' },
  current: { status: 500, summary: 'Invalid SCIM data from SCIM implementation.' },
  note: 'Okta is the client here: the fault is in the answer of the SCIM server. The status 500 says nothing about the health of Okta.',
  causes: {
    'scim-answer-empty': {
      kind: 'scim-server-fault',
      says: 'The SCIM server reports success but sends no body, or one that is not JSON.',
      tellApart: 'Send the same call to the SCIM server yourself and look at the raw answer.',
      fix: [
        'Repeat the call with curl: `POST {base}/Users` with a body of your own.',
        'Answer a create with 201, the whole created resource, and `Content-Type: application/scim+json`.',
        'Then retry the task under Dashboard > Tasks, or assign the user again. The user may exist twice at the target by now; look first.',
      ],
      operations: ['POST /api/v1/apps/{id}/users'],
      sources: [
        {
          mark: 'documented',
          where: 'okta/okta-developer-docs docs/reference/scim/scim-20: an empty create answer is invalid',
        },
        {
          mark: 'inferred',
          where: 'the code for it: its title, "OPP invalid SCIM data from SCIM implementation exception"',
        },
      ],
    },
    'scim-answer-incomplete': {
      kind: 'scim-server-fault',
      says: 'The answer is JSON but lacks what SCIM demands, such as `id` or `schemas`, or has text where a number belongs.',
      tellApart: 'The raw answer is readable JSON.',
      fix: [
        'Check a single resource for `schemas`, `id`, `userName` and `meta`.',
        'Check a list for `totalResults`, `startIndex` and `itemsPerPage` as whole numbers without quotes, and for `Resources`.',
        'Repair the server and repeat the task.',
      ],
      operations: ['POST /api/v1/apps/{id}/users', 'POST /api/v1/apps/{id}/users/{userId}'],
      sources: [
        {
          mark: 'reported',
          where:
            'support.okta.com question 0D54z0000A4i091CQA: a textual startIndex stopped provisioning without a message',
        },
        { mark: 'inferred', where: 'the code for it: its title' },
      ],
    },
  },
})
