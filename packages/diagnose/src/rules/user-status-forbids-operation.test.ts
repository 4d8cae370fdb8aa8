import { judge } from './speaks-and-stays-silent.ts'
import { userStatusForbidsOperation } from './user-status-forbids-operation.ts'

judge(userStatusForbidsOperation, {
  speaks: [
    [
      'already active',
      {
        httpStatus: 403,
        responseBody: { errorCode: 'E0000016', errorSummary: 'Activation failed because the user is already active' },
      },
      'certain',
    ],
    [
      'not locked',
      {
        httpStatus: 403,
        responseBody: {
          errorCode: 'E0000032',
          errorSummary: 'Unlock is not allowed for this user.',
          errorCauses: [{ errorSummary: 'The user is not locked out.' }],
        },
      },
      'certain',
    ],
    [
      'suspend under the general code',
      {
        httpStatus: 400,
        responseBody: {
          errorCode: 'E0000001',
          errorSummary: 'Api validation failed: suspendUser',
          errorCauses: [{ errorSummary: 'Cannot suspend a user that is not active' }],
        },
      },
      'certain',
    ],
    ['told by status', { requestContext: { flow: 'password reset', userStatus: 'SUSPENDED' } }, 'likely'],
  ],
  silent: [
    [
      'another code',
      { httpStatus: 403, responseBody: { errorCode: 'E0000006' }, requestContext: { userStatus: 'STAGED' } },
    ],
    ['an active user', { requestContext: { userStatus: 'ACTIVE' } }],
    ['a missing object', { httpStatus: 404, responseBody: { errorCode: 'E0000007' } }],
  ],
})
