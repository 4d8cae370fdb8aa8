import { scimDataRejected } from './scim-data-rejected.ts'
import { judge } from './speaks-and-stays-silent.ts'

const task = (taskError: string, requestContext: Record<string, unknown> = {}) => ({
  responseBody: { taskError },
  requestContext,
})

judge(scimDataRejected, {
  speaks: [
    ['a user who is there already', task('Errors reported by remote server: user already exists'), 'likely'],
    ['a conflict', task('Error while creating user: 409 Conflict. Errors reported by remote server'), 'likely'],
    ['an attribute', task('Errors reported by remote server: attribute department is too long'), 'likely'],
    [
      'a failure of some users',
      task('Errors reported by remote server: failed', { affects: 'only some of them' }),
      'likely',
    ],
  ],
  silent: [
    ['a failure of all users', task('Errors reported by remote server: failed')],
    [
      'a duplicate at Okta',
      { httpStatus: 400, responseBody: { errorCode: 'E0000001', errorSummary: 'login already exists' } },
    ],
    ['a server that is down', task('Errors reported by remote server: connection refused')],
  ],
})
