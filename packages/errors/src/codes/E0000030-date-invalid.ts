// What does E0000030 mean: how are dates written?
import { defineError } from '../define.ts'
import { call } from '../proofs/step.ts'

/** A date in a filter cannot be read. */
export const E0000030 = defineError({
  code: 'E0000030',
  title: 'Date invalid',
  area: 'lists',
  retry: 'never',
  reference: {
    status: 400,
    description:
      "Bad request. Invalid date. Dates must be of the form yyyy-MM-dd'T'HH:mm:ss.SSSZZ, e.g. 2013-01-01T12:00:00.000-07:00.",
  },
  current: {
    status: 400,
    summary:
      "Bad request. Invalid date. Dates must be of the form yyyy-MM-dd'T'HH:mm:ss.SSSZZ, e.g. 2013-01-01T12:00:00.000-07:00.",
  },
  note:
    "The reference prints the T in doubled quotes (''T''), a typing fault. A bad since or until of the System Log is " +
    'E0000001 instead.',
  causes: {
    'date-unreadable': {
      kind: 'query-invalid',
      says: 'A date literal in filter or search is not of the form 2013-01-01T12:00:00.000-07:00.',
      fix: [
        'Write the whole form, with milliseconds and time zone: lastUpdated gt "2026-01-31T12:00:00.000Z".',
        'Put the date in double quotes.',
        'Encode the URL once: " as %22, + as %2B (a bare plus arrives as a blank), : may stay.',
      ],
      operations: ['GET /api/v1/users', 'GET /api/v1/groups'],
      sources: [
        {
          mark: 'inferred',
          where: "the code's own text; no recording. /api/v1/logs is documented to answer E0000001",
        },
      ],
      proof: {
        given: [],
        call: call('GET /api/v1/users?filter=lastUpdated%20gt%20%22yesterday%22&limit=1'),
        mend: call('GET /api/v1/users?filter=lastUpdated%20gt%20%222013-01-01T12%3A00%3A00.000Z%22&limit=1'),
      },
    },
  },
})
