import { authenticatorNotAvailable } from './authenticator-not-available.ts'
import { judge, logEvent } from './speaks-and-stays-silent.ts'

judge(authenticatorNotAvailable, {
  speaks: [
    [
      'the event of a refusal',
      {
        logEvents: [
          {
            eventType: 'policy.evaluate_sign_on',
            displayMessage:
              "requirements could not be satisfied by the user's current set of available authenticator enrollments",
            outcome: { result: 'DENY' },
          },
        ],
      },
      'certain',
    ],
    ['the words of a program', { responseBody: 'sign-in failed: no authenticator enrolled' }, 'certain'],
  ],
  silent: [
    ['another refusal', logEvent('INVALID_CREDENTIALS', 'user.session.start')],
    ['a code of its own', { responseBody: { errorCode: 'E0000071', errorSummary: 'No factors enrolled' } }],
  ],
})
