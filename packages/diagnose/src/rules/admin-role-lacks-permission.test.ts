import { adminRoleLacksPermission } from './admin-role-lacks-permission.ts'
import { judge } from './speaks-and-stays-silent.ts'

const body = { errorCode: 'E0000006', errorSummary: 'You do not have permission to perform the requested action' }

judge(adminRoleLacksPermission, {
  speaks: [
    ['the code', { httpStatus: 403, method: 'POST', path: '/api/v1/users', responseBody: body }, 'likely'],
    [
      'the sentence in the words of an SDK',
      {
        responseBody: { sdkError: 'Okta HTTP 403 E0000006 You do not have permission to perform the requested action' },
      },
      'likely',
    ],
    [
      'a bare refusal of a read-only admin',
      { httpStatus: 403, path: '/api/v1/groups', requestContext: { tokenOwner: 'read-only admin' } },
      'likely',
    ],
  ],
  silent: [
    [
      'a missing scope',
      {
        httpStatus: 403,
        path: '/api/v1/groups',
        responseHeaders: { 'www-authenticate': 'Bearer error="insufficient_scope", scope="okta.groups.read"' },
      },
    ],
    [
      'a missing feature',
      {
        httpStatus: 401,
        responseBody: {
          errorCode: 'E0000015',
          errorSummary: 'You do not have permission to access the feature you are requesting',
        },
      },
    ],
    ['no session', { httpStatus: 403, responseBody: { errorCode: 'E0000005', errorSummary: 'Invalid session' } }],
    [
      'a sign-in that a policy denies',
      {
        httpStatus: 403,
        path: '/oauth2/v1/authorize',
        responseBody: { page: 'You are not allowed to access this app' },
      },
    ],
  ],
})
