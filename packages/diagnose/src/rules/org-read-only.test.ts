import { orgReadOnly } from './org-read-only.ts'
import { judge } from './speaks-and-stays-silent.ts'

judge(orgReadOnly, {
  speaks: [
    [
      'the code',
      {
        httpStatus: 503,
        method: 'POST',
        path: '/api/v1/users',
        responseBody: { errorCode: 'E0000010', errorSummary: 'Service is in read only mode' },
      },
      'certain',
    ],
    ['the sentence', { httpStatus: 503, responseBody: { text: 'The org is in read-only mode' } }, 'certain'],
  ],
  silent: [
    ['an outage', { httpStatus: 503 }],
    [
      'a read-only attribute',
      {
        httpStatus: 403,
        responseBody: { errorCode: 'E0000077', errorSummary: 'Cannot modify the x attribute because it is read-only.' },
      },
    ],
    [
      'a read-only admin',
      { httpStatus: 403, responseBody: { errorCode: 'E0000006' }, requestContext: { role: 'read-only admin' } },
    ],
  ],
})
