import { judge } from './speaks-and-stays-silent.ts'
import { userSourcedExternally } from './user-sourced-externally.ts'

judge(userSourcedExternally, {
  speaks: [
    [
      'the code',
      {
        httpStatus: 403,
        responseBody: {
          errorCode: 'E0000023',
          errorSummary: 'Operation failed because user profile is mastered under another system',
        },
      },
      'certain',
    ],
    [
      'the sentence under another code',
      {
        httpStatus: 403,
        responseBody: {
          errorCode: 'E0000085',
          errorSummary: 'Operation failed because user profile is mastered under another system.',
        },
      },
      'certain',
    ],
    [
      'a directory keeps the password',
      {
        httpStatus: 403,
        responseBody: { errorCode: 'E0000035', errorSummary: 'Change password not allowed on specified user.' },
        requestContext: { credentialProvider: 'Active Directory' },
      },
      'likely',
    ],
    [
      'a lock that is not of Okta: no reason is given',
      {
        httpStatus: 403,
        responseBody: {
          errorCode: 'E0000032',
          errorSummary: 'Unlock is not allowed for this user.',
          errorCauses: [],
        },
      },
      'likely',
    ],
  ],
  silent: [
    [
      'a user who is not locked out',
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
      'an Okta user',
      { httpStatus: 403, responseBody: { errorCode: 'E0000035' }, requestContext: { credentialProvider: 'OKTA' } },
    ],
    [
      'a directory that has nothing to do with it',
      { httpStatus: 404, responseBody: { errorCode: 'E0000007' }, requestContext: { userSource: 'Active Directory' } },
    ],
    ['a missing role', { httpStatus: 403, responseBody: { errorCode: 'E0000006' } }],
  ],
})
