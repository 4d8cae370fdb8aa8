// Which parameters may not be sent together?
import { defineError } from '../define.ts'
import { call } from '../proofs/step.ts'

/** Parameters were sent that exclude each other. */
export const E0000063 = defineError({
  code: 'E0000063',
  title: 'Parameters exclude each other',
  area: 'lists',
  retry: 'never',
  reference: { status: 400, description: 'Invalid combination of parameters specified.' },
  current: { status: 400, summary: 'Invalid combination of parameters specified.' },
  note: 'Its sibling E0000033 is for `q` together with `filter`.',
  causes: {
    'search-with-filter-or-query': {
      kind: 'query-invalid',
      says: '`search` is sent together with `q` or `filter`. A list takes one way of looking, not two.',
      fix: [
        'Keep `search`; it can do what the others do, and more.',
        'Instead of `q=Ada`, add `profile.firstName sw "Ada"` to the search. Instead of a filter, write its comparison into the search, joined by `and`.',
        'Remove `q` and `filter` from the URL. Some clients send them empty: an empty parameter counts as sent.',
      ],
      operations: ['GET /api/v1/users', 'GET /api/v1/groups'],
      sources: [{ mark: 'inferred', where: 'the title of the code, "Invalid parameter combination exception"' }],
      proof: {
        given: [],
        call: call('GET /api/v1/users?search=status%20eq%20%22ACTIVE%22&q=Ada'),
        mend: call('GET /api/v1/users?search=status%20eq%20%22ACTIVE%22%20and%20profile.firstName%20sw%20%22Ada%22'),
      },
    },
  },
})
