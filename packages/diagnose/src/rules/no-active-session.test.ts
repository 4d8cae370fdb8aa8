import { noActiveSession } from './no-active-session.ts'
import { judge, logEvent, oauth } from './speaks-and-stays-silent.ts'

judge(noActiveSession, {
  speaks: [
    [
      'a redirect',
      {
        redirectUrl:
          'https://app.example.com/cb#error=login_required&error_description=The+client+specified+not+to+prompt%2C+but+the+user+is+not+logged+in.',
      },
      'likely',
    ],
    [
      'an SDK',
      {
        responseBody: {
          errorCode: 'login_required',
          errorSummary: 'The client specified not to prompt, but the user is not logged in.',
        },
      },
      'likely',
    ],
    ['the word alone', oauth('login_required'), 'likely'],
    ['the reason in the log', logEvent('no_existing_session', 'app.oauth2.authorize'), 'likely'],
    ['no session of this browser', { httpStatus: 404, path: '/api/v1/sessions/me' }, 'likely'],
  ],
  silent: [
    [
      'a factor is wanted',
      oauth(
        'login_required',
        'The client specified not to prompt, but the client app requires re-authentication or MFA.',
      ),
    ],
    [
      'an invalid session',
      { httpStatus: 403, responseBody: { errorCode: 'E0000005', errorSummary: 'Invalid session' } },
    ],
    ['another object that is missing', { httpStatus: 404, path: '/api/v1/sessions/102abc' }],
  ],
})
