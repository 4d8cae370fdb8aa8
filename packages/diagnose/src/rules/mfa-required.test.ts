import { mfaRequired } from './mfa-required.ts'
import { judge, logEvent, oauth } from './speaks-and-stays-silent.ts'

judge(mfaRequired, {
  speaks: [
    [
      'a sign-in that waits',
      { httpStatus: 200, path: '/api/v1/authn', responseBody: { status: 'MFA_REQUIRED', stateToken: '00x' } },
      'certain',
    ],
    [
      'direct authentication',
      oauth('mfa_required', 'Verify with an additional authenticator to complete the sign-in process.'),
      'certain',
    ],
    [
      'the password grant',
      oauth('invalid_grant', 'Resource owner password credentials cannot be used with MFA enabled.'),
      'certain',
    ],
    [
      'a silent renewal',
      oauth(
        'login_required',
        'The client specified not to prompt, but the client app requires re-authentication or MFA.',
      ),
      'certain',
    ],
    ['the reason in the log', logEvent('password_auth_denied_mfa'), 'certain'],
    [
      'the password grant and a policy',
      oauth('invalid_grant', 'Resource owner password credentials authentication denied by sign on policy.'),
      'likely',
    ],
    [
      'a right password, refused',
      {
        httpStatus: 401,
        path: '/api/v1/authn',
        requestContext: { passwordCorrect: true, policy: 'password and another factor' },
      },
      'likely',
    ],
    [
      'a challenge in the log',
      { httpStatus: 401, ...logEvent(null, 'policy.evaluate_sign_on', 'CHALLENGE') },
      'likely',
    ],
  ],
  silent: [
    [
      'a wrong password',
      {
        httpStatus: 401,
        path: '/api/v1/authn',
        responseBody: { errorCode: 'E0000004', errorSummary: 'Authentication failed' },
      },
    ],
    [
      'a wrong code',
      { httpStatus: 403, responseBody: { errorCode: 'E0000068', errorSummary: 'Invalid Passcode/Answer' } },
    ],
    ['a challenge that was met', { httpStatus: 200, ...logEvent(null, 'policy.evaluate_sign_on', 'CHALLENGE') }],
    [
      'a good sign-in',
      { httpStatus: 200, path: '/api/v1/authn', responseBody: { status: 'SUCCESS', sessionToken: 'x' } },
    ],
  ],
})
