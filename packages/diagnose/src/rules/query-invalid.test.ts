import { expect, it } from 'vitest'
import { diagnoseEvidence } from '../diagnose.ts'
import { queryInvalid } from './query-invalid.ts'
import { judge } from './speaks-and-stays-silent.ts'

judge(queryInvalid, {
  speaks: [
    [
      'a filter',
      {
        httpStatus: 400,
        method: 'GET',
        path: '/api/v1/apps?filter=status eq ACTIVE',
        responseBody: { errorCode: 'E0000031', errorSummary: 'Invalid search criteria.' },
      },
      'certain',
    ],
    [
      'two searches at once',
      { httpStatus: 400, path: '/api/v1/users?q=a&filter=b', responseBody: { errorCode: 'E0000033' } },
      'certain',
    ],
    [
      'expand under the general code',
      {
        httpStatus: 400,
        responseBody: {
          errorCode: 'E0000001',
          errorSummary: 'Api validation failed: RequestParams',
          errorCauses: [{ errorSummary: 'Expand query is malformed.' }],
        },
      },
      'certain',
    ],
    ['words of a tool', { httpStatus: 400, responseBody: { sdkError: 'Invalid search criteria.' } }, 'likely'],
  ],
  silent: [
    [
      'a wrong field in a body',
      {
        httpStatus: 400,
        responseBody: {
          errorCode: 'E0000001',
          errorSummary: 'Api validation failed: name',
          errorCauses: [{ errorSummary: 'name: The field cannot be left blank' }],
        },
      },
    ],
    ['a missing object', { httpStatus: 404, path: '/api/v1/users?filter=x', responseBody: { errorCode: 'E0000007' } }],
    [
      'a limit of calls',
      {
        httpStatus: 429,
        responseBody: { errorCode: 'E0000047', errorSummary: 'API call exceeded rate limit due to too many requests.' },
      },
    ],
  ],
})

const refusedFilter = (path: string) =>
  diagnoseEvidence({
    httpStatus: 400,
    method: 'GET',
    path,
    responseBody: { errorCode: 'E0000031', errorSummary: 'Invalid search criteria.', errorCauses: [] },
  }).findings[0]!

it.each([
  ['/api/v1/users?filter=profile.department+eq+%22x+and+y+eq+1%22', 'profile.department', 'search='],
  ['/api/v1/users?filter=status+eq+%22ACTIVE%22+and+profile.nickName+sw+%22x%22', 'profile.nickName', 'search='],
  ['/api/v1/groups?filter=profile.name+eq+%22x%22', 'profile.name', 'search='],
  ['/api/v1/apps?filter=label+eq+%22x%22', 'label', 'q='],
])('names the attribute that %s cannot be filtered by, and what to use', (path, name, instead) => {
  const { because, fix } = refusedFilter(path)
  expect(because.map(({ says }) => says)).toContain(`This list has no filter by ${name}.`)
  expect(fix[0]).toContain(`\`${name}\``)
  expect(fix[0]).toContain(`\`${instead}\``)
  expect(fix[1]).toMatch(/^A filter here takes `/)
})

it.each([
  '/api/v1/users?filter=status+xx+%22x%22',
  '/api/v1/users?filter=status+eq+%22profile.nickName+eq+x%22',
  '/api/v1/trustedOrigins?filter=label+eq+%22x%22',
])('names none where none is known to be wrong: %s', (path) => {
  expect(refusedFilter(path).fix.join(' ')).not.toContain('cannot be filtered')
})
