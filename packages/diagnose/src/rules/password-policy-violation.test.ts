import { passwordPolicyViolation } from './password-policy-violation.ts'
import { judge } from './speaks-and-stays-silent.ts'

judge(passwordPolicyViolation, {
  speaks: [
    [
      'a weak password',
      {
        httpStatus: 403,
        responseBody: {
          errorCode: 'E0000014',
          errorSummary: 'Update of credentials failed',
          errorCauses: [
            { errorSummary: 'Password requirements were not met. Password requirements: at least 8 characters.' },
          ],
        },
      },
      'certain',
    ],
    [
      'a common one',
      {
        httpStatus: 403,
        responseBody: {
          errorCode: 'E0000014',
          errorCauses: [{ errorSummary: 'This password was found in a list of commonly used passwords.' }],
        },
      },
      'certain',
    ],
    [
      'set by an administrator',
      {
        httpStatus: 400,
        responseBody: {
          errorCode: 'E0000001',
          errorSummary: 'Api validation failed: password',
          errorCauses: [{ errorSummary: 'password: Password requirements were not met.' }],
        },
      },
      'certain',
    ],
    [
      'the inner sentence is missing',
      { httpStatus: 403, responseBody: { errorCode: 'E0000014', errorSummary: 'Update of credentials failed' } },
      'possible',
    ],
  ],
  silent: [
    [
      'the old password was wrong',
      {
        httpStatus: 403,
        responseBody: {
          errorCode: 'E0000014',
          errorSummary: 'Update of credentials failed',
          errorCauses: [{ errorSummary: 'oldPassword: The credentials provided were incorrect.' }],
        },
      },
    ],
    [
      'a wrong password at a sign-in',
      { httpStatus: 401, responseBody: { errorCode: 'E0000004', errorSummary: 'Authentication failed' } },
    ],
    [
      'an expired one',
      {
        httpStatus: 401,
        responseBody: { errorCode: 'E0000064', errorSummary: 'Password is expired and must be changed.' },
      },
    ],
  ],
})
