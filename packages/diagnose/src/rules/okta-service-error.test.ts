import { oktaServiceError } from './okta-service-error.ts'
import { judge } from './speaks-and-stays-silent.ts'

judge(oktaServiceError, {
  speaks: [
    [
      'the code',
      { httpStatus: 500, responseBody: { errorCode: 'E0000009', errorSummary: 'Internal Server Error' } },
      'likely',
    ],
    ['the status', { httpStatus: 503 }, 'likely'],
    ['a known incident', { httpStatus: 403, requestContext: { note: 'incident on the status page' } }, 'likely'],
    [
      'a message that does not fit',
      {
        httpStatus: 403,
        responseBody: { errorSummary: 'user profile is mastered under another system' },
        requestContext: { operation: 'deactivate the user' },
      },
      'possible',
    ],
  ],
  silent: [
    [
      'read-only mode',
      { httpStatus: 503, responseBody: { errorCode: 'E0000010', errorSummary: 'Service is in read only mode' } },
    ],
    ['a SCIM server', { httpStatus: 500, requestContext: { direction: 'Okta to SCIM bridge' } }],
    [
      'a feature',
      {
        httpStatus: 500,
        responseBody: {
          error: 'server_error',
          error_description: 'The requested feature is not enabled in this environment.',
        },
      },
    ],
    ['a wrong value', { httpStatus: 400, responseBody: { errorCode: 'E0000001' } }],
  ],
})
