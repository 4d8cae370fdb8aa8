import { endpointRejectsOauth } from './endpoint-rejects-oauth.ts'
import { judge } from './speaks-and-stays-silent.ts'

const body = { errorCode: 'E0000005', errorSummary: 'Invalid session' }
const bearer = { authorization: 'Bearer eyJhbGciOiJSUzI1NiJ9.e30.c2ln' }

judge(endpointRejectsOauth, {
  speaks: [
    [
      'an internal endpoint',
      {
        httpStatus: 403,
        method: 'POST',
        path: '/api/internal/v1/mappings',
        responseBody: body,
        requestHeaders: bearer,
      },
      'certain',
    ],
    [
      'an operation without scopes',
      {
        httpStatus: 403,
        method: 'DELETE',
        path: '/api/v1/api-tokens/current',
        responseBody: body,
        requestHeaders: bearer,
      },
      'certain',
    ],
    [
      'an operation with a scope leaves it open',
      { httpStatus: 403, method: 'GET', path: '/api/v1/users', responseBody: body, requestHeaders: bearer },
      'possible',
    ],
    [
      'told in words',
      {
        httpStatus: 403,
        responseBody: body,
        requestContext: { mode: 'service app with private key', withApiToken: 'works' },
      },
      'likely',
    ],
  ],
  silent: [
    [
      'an API token',
      {
        httpStatus: 403,
        path: '/api/internal/v1/x',
        responseBody: body,
        requestHeaders: { authorization: `SSWS 00${'aB3_'.repeat(10)}` },
      },
    ],
    [
      'a missing scope',
      {
        httpStatus: 403,
        path: '/api/v1/users',
        requestHeaders: bearer,
        responseHeaders: { 'www-authenticate': 'Bearer error="insufficient_scope"' },
      },
    ],
    ['a missing role', { httpStatus: 403, responseBody: { errorCode: 'E0000006' }, requestHeaders: bearer }],
    ['no credential known', { httpStatus: 403, responseBody: body }],
  ],
})
