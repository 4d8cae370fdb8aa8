import { expect, it } from 'vitest'
import { diagnoseEvidence } from '../diagnose.ts'
import { methodNotAllowed } from './method-not-allowed.ts'
import { judge } from './speaks-and-stays-silent.ts'

judge(methodNotAllowed, {
  speaks: [
    [
      'the code as the reference has it',
      {
        httpStatus: 404,
        method: 'POST',
        path: '/api/v1/logs',
        responseBody: { errorCode: 'E0000022', errorSummary: 'The endpoint does not support the provided HTTP method' },
      },
      'certain',
    ],
    [
      'a method that the path has: something else refuses',
      {
        httpStatus: 405,
        method: 'GET',
        path: '/api/v1/brands/bnd1abcdEFGH23456789/well-known-uris',
        responseBody: { errorCode: 'E0000022', errorSummary: 'The endpoint does not support the provided HTTP method' },
      },
      'possible',
    ],
    ['the status alone', { httpStatus: 405, method: 'PATCH', path: '/api/v1/users/1' }, 'certain'],
  ],
  silent: [
    ['an unknown path', { httpStatus: 404, responseBody: { errorCode: 'E0000008' } }],
    ['another code with this status', { httpStatus: 405, responseBody: { errorCode: 'E0000076' } }],
    [
      'a grant that is not supported',
      {
        httpStatus: 400,
        responseBody: {
          error: 'unsupported_grant_type',
          error_description: 'The authorization grant type is not supported.',
        },
      },
    ],
  ],
})

it('says of a PATCH on a user that POST is the partial update', () => {
  const { findings } = diagnoseEvidence({ httpStatus: 405, method: 'PATCH', path: '/api/v1/users/00u1' })
  expect(findings[0]!.fix[0]).toContain('POST: that is the partial update')
  const other = diagnoseEvidence({ httpStatus: 405, method: 'PATCH', path: '/api/v1/groups/00g1' })
  expect(other.findings[0]!.fix[0]).toContain('Use ')
})
