import { resourceNotFound } from './resource-not-found.ts'
import { judge } from './speaks-and-stays-silent.ts'

const body = (summary: string) => ({ errorCode: 'E0000007', errorSummary: `Not found: Resource not found: ${summary}` })

judge(resourceNotFound, {
  speaks: [
    ['an unknown id', { httpStatus: 404, path: '/api/v1/users/00u1', responseBody: body('00u1 (User)') }, 'certain'],
    [
      'the id of something else',
      { httpStatus: 404, path: '/api/v1/groups/0oa1', responseBody: body('0oa1 (UserGroup)') },
      'certain',
    ],
    [
      'the sentence in the words of an SDK',
      {
        responseBody: { sdkError: 'HTTP 404, Okta E0000007 (Not found: Resource not found: ada (User)), ErrorId oae' },
      },
      'certain',
    ],
    [
      'a remote application',
      { httpStatus: 404, responseBody: { taskError: "errorMessage=Resource 'x' does not exist" } },
      'certain',
    ],
    [
      'too soon after the creation',
      { httpStatus: 404, path: '/api/v1/apps/0oa1', requestContext: { sequence: 'created, then read at once' } },
      'likely',
    ],
    [
      'a path that is known, with an id, in the words of older orgs',
      {
        httpStatus: 404,
        method: 'GET',
        path: '/api/v1/meta/uischemas/uis1',
        responseBody: { errorCode: 'E0000008', errorSummary: 'The requested path was not found' },
      },
      'likely',
    ],
    [
      "somebody else's object",
      {
        httpStatus: 403,
        responseBody: { errorCode: 'E0000061', errorSummary: 'Tab error: The tab belongs to another user' },
      },
      'certain',
    ],
  ],
  silent: [
    [
      'a path that is known, without an id',
      {
        httpStatus: 404,
        method: 'GET',
        path: '/api/v1/meta/uischemas',
        responseBody: { errorCode: 'E0000008', errorSummary: 'The requested path was not found' },
      },
    ],
    ['no session', { httpStatus: 404, path: '/api/v1/sessions/me', responseBody: body('me (Session)') }],
    ['no such path', { httpStatus: 404, responseBody: { status: 404, message: 'Resource not found' } }],
    [
      'another code',
      { httpStatus: 404, responseBody: { errorCode: 'E0000008', errorSummary: 'The requested path was not found' } },
    ],
    ['a page', { httpStatus: 404, path: '/api/v1/users/1', responseBody: { page: 'Okta - Page not found' } }],
    ['a bare 404 on an unknown path', { httpStatus: 404, path: '/api/v2/nothing' }],
  ],
})
