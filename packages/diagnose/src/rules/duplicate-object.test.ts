import { duplicateObject } from './duplicate-object.ts'
import { judge } from './speaks-and-stays-silent.ts'

const failed = (cause: string) => ({
  errorCode: 'E0000001',
  errorSummary: 'Api validation failed: login',
  errorCauses: [{ errorSummary: cause }],
})

judge(duplicateObject, {
  speaks: [
    [
      'a login that is taken',
      {
        httpStatus: 400,
        responseBody: failed('login: An object with this field already exists in the current organization'),
      },
      'certain',
    ],
    [
      'a code of its own',
      {
        httpStatus: 409,
        responseBody: {
          errorCode: 'E0000062',
          errorSummary: 'The specified user is already assigned to the application.',
        },
      },
      'certain',
    ],
    [
      'words of a tool',
      {
        responseBody: {
          providerError:
            'the API returned an error: Api validation failed: label. Causes: errorSummary: label: A role with the given label already exists',
        },
      },
      'certain',
    ],
    [
      'a remote application',
      { responseBody: { taskError: 'Errors reported by remote server: displayName already exists' } },
      'possible',
    ],
    ['a conflict without words', { httpStatus: 409 }, 'possible'],
    [
      'the bare word',
      { httpStatus: 400, responseBody: { errorCode: 'E0000001', errorSummary: 'Duplicate address book' } },
      'likely',
    ],
  ],
  silent: [
    [
      'an active user',
      {
        httpStatus: 403,
        responseBody: { errorCode: 'E0000016', errorSummary: 'Activation failed because the user is already active' },
      },
    ],
    [
      'a parameter that stands twice in the request',
      {
        httpStatus: 400,
        responseBody: { message: 'Duplicate parameter provided in request. Duplicated parameters: [scope].' },
      },
    ],
    [
      'a list with something twice',
      { httpStatus: 400, responseBody: failed('groupIds: Duplicate values are not allowed') },
    ],
    ['a blank field', { httpStatus: 400, responseBody: failed('login: The field cannot be left blank') }],
    [
      'another code with 409',
      {
        httpStatus: 409,
        responseBody: {
          errorCode: 'E0000112',
          errorSummary: 'Cannot update this user because they are still being activated.',
        },
      },
    ],
    [
      'a code that was used',
      {
        httpStatus: 400,
        responseBody: { error: 'invalid_grant', error_description: 'The authorization code was already used.' },
      },
    ],
  ],
})
