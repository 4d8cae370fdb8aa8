import { judge } from './speaks-and-stays-silent.ts'
import { userLockedOut } from './user-locked-out.ts'

judge(userLockedOut, {
  speaks: [
    [
      'the state of the sign-in',
      { httpStatus: 200, path: '/api/v1/authn', responseBody: { status: 'LOCKED_OUT' } },
      'certain',
    ],
    [
      'the log',
      { logEvents: [{ eventType: 'user.account.lock', outcome: { result: 'FAILURE', reason: 'LOCKED_OUT' } }] },
      'certain',
    ],
    ['the code', { httpStatus: 403, responseBody: { errorCode: 'E0000069', errorSummary: 'User Locked' } }, 'certain'],
    [
      'a refused sign-in leaves it open',
      { httpStatus: 401, path: '/api/v1/authn', responseBody: { errorCode: 'E0000004' } },
      'possible',
    ],
  ],
  silent: [
    [
      'a user who is not locked',
      {
        httpStatus: 403,
        responseBody: {
          errorCode: 'E0000032',
          errorSummary: 'Unlock is not allowed for this user.',
          errorCauses: [{ errorSummary: 'The user is not locked out.' }],
        },
      },
    ],
    [
      'told to be free',
      { httpStatus: 401, responseBody: { errorCode: 'E0000011' }, requestContext: { lockedOut: false } },
    ],
    ['a session token', { httpStatus: 401, path: '/api/v1/sessions', responseBody: { errorCode: 'E0000004' } }],
  ],
})
