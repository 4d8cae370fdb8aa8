import { contentTypeWrong } from './content-type-wrong.ts'
import { judge } from './speaks-and-stays-silent.ts'

judge(contentTypeWrong, {
  speaks: [
    [
      'JSON at the token endpoint',
      {
        httpStatus: 400,
        method: 'POST',
        path: '/oauth2/v1/token',
        responseBody: { errorCode: 'E0000021' },
        requestHeaders: { 'content-type': 'application/json' },
      },
      'certain',
    ],
    [
      'JSON asked of an XML endpoint',
      { httpStatus: 400, responseBody: { errorCode: 'E0000019' }, requestHeaders: { accept: 'application/json' } },
      'certain',
    ],
    ['the status alone', { httpStatus: 415 }, 'certain'],
  ],
  silent: [
    ['a broken body', { httpStatus: 400, responseBody: { errorCode: 'E0000003' } }],
    ['a SCIM server behind a web server', { httpStatus: 406, requestContext: { provisioning: 'own SCIM server' } }],
    ['a fine form', { httpStatus: 401, requestHeaders: { 'content-type': 'application/x-www-form-urlencoded' } }],
  ],
})
