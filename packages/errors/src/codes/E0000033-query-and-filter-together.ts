// What does E0000033 mean: which of q, filter and search should be used?
import { defineError } from '../define.ts'
import { call } from '../proofs/step.ts'

/** q and filter were sent in one request. */
export const E0000033 = defineError({
  code: 'E0000033',
  title: 'Query and filter together',
  area: 'lists',
  retry: 'never',
  reference: {
    status: 400,
    description: "Bad request. Can't specify a search query and filter in the same request.",
  },
  current: {
    status: 400,
    summary: "Bad request. Can't specify a search query and filter in the same request.",
  },
  note:
    'search together with filter or q is E0000063. The System Log is an exception: there q and filter go together. Groups ' +
    "are another: Okta's Terraform provider sends both to /api/v1/groups (okta_group with name and type) and is answered.",
  causes: {
    'query-and-filter-together': {
      kind: 'query-invalid',
      says: 'The request has both q and filter, and this list takes one of them.',
      fix: [
        'Send only filter for exact conditions, or only q for a quick look by the beginning of a name.',
        'If you need both, write one search expression: search=profile.lastName sw "By" and status eq "ACTIVE".',
      ],
      operations: ['GET /api/v1/users'],
      sources: [
        { mark: 'inferred', where: "the code's own text; no recording shows the operation" },
        {
          mark: 'reported',
          where: 'https://github.com/okta/terraform-provider-okta/pull/217 (that groups take both)',
        },
      ],
      proof: {
        given: [],
        call: call('GET /api/v1/users?q=ada&filter=status%20eq%20%22ACTIVE%22&limit=1'),
        mend: call('GET /api/v1/users?filter=status%20eq%20%22ACTIVE%22&limit=1'),
      },
    },
  },
})
