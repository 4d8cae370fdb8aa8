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
