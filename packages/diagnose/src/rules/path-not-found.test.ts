import { pathNotFound } from './path-not-found.ts'
import { judge } from './speaks-and-stays-silent.ts'

judge(pathNotFound, {
  speaks: [
    [
      'the code',
      {
        httpStatus: 404,
        path: '/api/v1/nothing',
        responseBody: { errorCode: 'E0000008', errorSummary: 'The requested path was not found' },
      },
      'certain',
    ],
    [
      'the layer before the org',
      { httpStatus: 404, path: '/api/v1/userz', responseBody: { status: 404, message: 'Resource not found' } },
      'certain',
    ],
    [
      'the layer before the org, on a path that exists',
      { httpStatus: 404, path: '/api/v1/users', responseBody: { status: 404, message: 'Resource not found' } },
      'likely',
    ],
    ['the body of that layer alone', { responseBody: { status: 404, message: 'Resource not found' } }, 'likely'],
    ['a path without its version', { httpStatus: 404, path: '/api/users' }, 'likely'],
    [
      'a page on an API path',
      { httpStatus: 404, path: '/v1/users', responseBody: { page: 'Page not found' } },
      'likely',
    ],
  ],
  silent: [
    [
      'an object is missing',
      {
        httpStatus: 404,
        path: '/api/v1/users/1',
        responseBody: { errorCode: 'E0000007', errorSummary: 'Not found: Resource not found: 1 (User)' },
      },
    ],
    ['a bare 404 on a known path', { httpStatus: 404, path: '/api/v1/users/1' }],
    ['a remote application', { httpStatus: 404, path: '/scim/v2/Users/1' }],
    ['another status', { httpStatus: 403, path: '/api/users' }],
  ],
})
