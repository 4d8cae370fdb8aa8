import { scimCredentialsInvalid } from './scim-credentials-invalid.ts'
import { judge } from './speaks-and-stays-silent.ts'

const task = (taskError: string) => ({ responseBody: { taskError } })

judge(scimCredentialsInvalid, {
  speaks: [
    ['a task with 401', task('Error while creating user: Errors reported by remote server: 401'), 'likely'],
    ['an expired key', task('Errors reported by remote server: the API key has expired'), 'likely'],
    [
      'the event of a push',
      {
        logEvents: [
          { eventType: 'application.provision.user.push', outcome: { result: 'FAILURE', reason: 'Unauthorized' } },
        ],
      },
    ],
  ],
  silent: [
    ['a user who is refused', task('Errors reported by remote server: userName is required')],
    [
      'a token of Okta',
      { httpStatus: 401, responseBody: { errorCode: 'E0000011', errorSummary: 'Invalid token provided' } },
    ],
    ['a program that is no remote app', { httpStatus: 401, responseBody: 'Unauthorized' }],
  ],
})
