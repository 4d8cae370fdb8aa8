import { credentialsInvalid } from './credentials-invalid.ts'
import { judge } from './speaks-and-stays-silent.ts'

judge(credentialsInvalid, {
  speaks: [
    [
      'a refused sign-in',
      {
        httpStatus: 401,
        path: '/api/v1/authn',
        responseBody: { errorCode: 'E0000004', errorSummary: 'Authentication failed' },
      },
      'likely',
    ],
    [
      'the log names the reason',
      {
        logEvents: [{ eventType: 'user.session.start', outcome: { result: 'FAILURE', reason: 'INVALID_CREDENTIALS' } }],
      },
      'likely',
    ],
    [
      'the password grant',
      {
        httpStatus: 400,
        responseBody: { error: 'invalid_grant', error_description: 'The credentials provided were invalid.' },
      },
      'likely',
    ],
    [
      'the old password',
      {
        httpStatus: 403,
        responseBody: {
          errorCode: 'E0000014',
          errorCauses: [{ errorSummary: 'oldPassword: The credentials provided were incorrect.' }],
        },
      },
      'likely',
    ],
    [
      'the password is known to be right',
      {
        httpStatus: 401,
        path: '/api/v1/authn',
        responseBody: { errorCode: 'E0000004' },
        requestContext: { passwordCorrect: true },
      },
      'possible',
    ],
  ],
  silent: [
    [
      'a session token',
      {
        httpStatus: 401,
        path: '/api/v1/sessions',
        responseBody: { errorCode: 'E0000004', errorSummary: 'Authentication failed' },
      },
    ],
    [
      'a client secret',
      {
        httpStatus: 401,
        responseBody: {
          error: 'invalid_client',
          error_description: 'Either the client or the client credentials are invalid.',
        },
      },
    ],
    ['a dead API token', { httpStatus: 401, responseBody: { errorCode: 'E0000011' } }],
  ],
})
