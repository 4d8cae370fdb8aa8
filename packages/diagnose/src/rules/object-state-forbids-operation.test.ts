import { objectStateForbidsOperation } from './object-state-forbids-operation.ts'
import { judge } from './speaks-and-stays-silent.ts'

judge(objectStateForbidsOperation, {
  speaks: [
    [
      'an active app',
      {
        httpStatus: 403,
        method: 'DELETE',
        path: '/api/v1/apps/0oa1',
        responseBody: {
          errorCode: 'E0000056',
          errorSummary: 'Delete application forbidden.',
          errorCauses: [{ errorSummary: 'The application must be deactivated before deletion.' }],
        },
      },
      'certain',
    ],
    [
      'a rule that is invalid',
      {
        httpStatus: 400,
        responseBody: {
          errorCode: 'E0000001',
          errorSummary: 'Api validation failed: updateRuleStatus',
          errorCauses: [{ errorSummary: 'Cannot activate or deactivate a Group Rule with the status INVALID.' }],
        },
      },
      'certain',
    ],
    [
      'a newer code',
      {
        httpStatus: 423,
        responseBody: { errorCode: 'E0000239', errorSummary: 'Policy priorities are being reconciled.' },
      },
      'certain',
    ],
  ],
  silent: [
    ['a user', { httpStatus: 403, responseBody: { errorCode: 'E0000038' } }],
    [
      'a wrong value',
      {
        httpStatus: 400,
        responseBody: {
          errorCode: 'E0000001',
          errorSummary: 'Api validation failed: name',
          errorCauses: [{ errorSummary: 'name: The field cannot be left blank' }],
        },
      },
    ],
    ['an app that is read', { httpStatus: 403, method: 'GET', requestContext: { appStatus: 'ACTIVE' } }],
  ],
})
