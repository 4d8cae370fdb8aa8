import { endpointUnsupported } from './endpoint-unsupported.ts'
import { judge } from './speaks-and-stays-silent.ts'

judge(endpointUnsupported, {
  speaks: [
    [
      'a deprecated endpoint',
      {
        httpStatus: 404,
        method: 'GET',
        path: '/api/v1/events',
        responseBody: { errorCode: 'E0000026', errorSummary: 'This endpoint has been deprecated.' },
      },
      'certain',
    ],
    [
      'an operation that is not built',
      { httpStatus: 501, responseBody: { errorCode: 'E0000060', errorSummary: 'Unsupported operation.' } },
      'certain',
    ],
    [
      'an app without the feature',
      {
        httpStatus: 400,
        responseBody: {
          errorCode: 'E0000001',
          errorSummary: 'Api validation failed: feature',
          errorCauses: [{ errorSummary: 'Provisioning is not supported.' }],
        },
      },
      'likely',
    ],
    ['a removed operation without words', { httpStatus: 404, method: 'GET', path: '/api/v1/events' }, 'likely'],
  ],
  silent: [
    [
      'a method',
      {
        httpStatus: 405,
        responseBody: { errorCode: 'E0000022', errorSummary: 'The endpoint does not support the provided HTTP method' },
      },
    ],
    [
      'a media type',
      {
        httpStatus: 400,
        responseBody: {
          errorCode: 'E0000021',
          errorSummary: 'Content-Type headers likely do not match supported values.',
        },
      },
    ],
    ['a SCIM server without groups', { httpStatus: 501, requestContext: { provisioning: 'own SCIM server' } }],
    [
      'a wrong value',
      {
        httpStatus: 400,
        responseBody: {
          errorCode: 'E0000001',
          errorSummary: 'Api validation failed: login',
          errorCauses: [{ errorSummary: 'login: The field cannot be left blank' }],
        },
      },
    ],
  ],
})
