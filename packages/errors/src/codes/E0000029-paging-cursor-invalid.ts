// What does E0000029 mean: where do cursors come from, and how does a listing go on?
import { defineError } from '../define.ts'
import { call } from '../proofs/step.ts'

/** The cursor of a list is not one that the server gave out. */
export const E0000029 = defineError({
  code: 'E0000029',
  title: 'Paging cursor invalid',
  area: 'lists',
  retry: 'never',
  reference: {
    status: 400,
    description: 'Invalid paging request. Ensure the pagination cursor has not been altered',
  },
  current: { status: 400, summary: 'Invalid paging request.' },
  summaryInReference: 'Invalid paging request. Ensure the pagination cursor has not been altered',
  note:
    'The two tables of the reference differ: the first adds "Ensure the pagination cursor has not been altered", the ' +
    'second, like the current list and the recording, stops after "Invalid paging request.". A search answers the same ' +
    'fault with E0000031 and the same cause.',
  causes: {
    'cursor-unknown': {
      kind: 'query-invalid',
      says: 'The value of after was changed, made up, or taken from a list of another kind.',
      fix: [
        'Take the whole URL from the Link header with rel="next" and call it as it is. Do not build after yourself.',
        'Do not encode or decode the URL again, and do not carry a cursor to another list or filter.',
        'If you have lost the cursor, begin the list again without after.',
      ],
      operations: ['GET /api/v1/apps', 'GET /api/v1/groups', 'GET /api/v1/users', 'GET /api/v1/logs'],
      wire: { causes: ['Invalid cursor.'] },
      sources: [
        {
          mark: 'recorded',
          where: 'okta/okta-sdk-python tests/integration/cassettes, test_applications_it, pagination with after',
        },
      ],
      proof: {
        given: [],
        call: call('GET /api/v1/groups?after=page-two&limit=1'),
        mend: call('GET /api/v1/groups?limit=1'),
      },
    },
  },
})
