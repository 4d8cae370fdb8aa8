import { expect, it } from 'vitest'
import { diagnoseEvidence } from '../diagnose.ts'
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

it.each([
  ['DELETE', '/api/v1/groups/00g1', /^If the group is Everyone, no role opens it/],
  ['PUT', '/api/v1/groups/00g1', /^If the group is Everyone or comes from an app/],
  ['POST', '/api/v1/users', /^(?!If the group)/],
])('%s %s begins with the group where there is one', (method, path, first) => {
  const { findings } = diagnoseEvidence({ httpStatus: 403, method, path, responseBody: body })
  expect(findings[0]!.kind).toBe('admin-role-lacks-permission')
  expect(findings[0]!.fix[0]).toMatch(first)
})
