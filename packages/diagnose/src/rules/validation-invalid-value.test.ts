import { expect, it } from 'vitest'
import { diagnoseEvidence } from '../diagnose.ts'
import { judge } from './speaks-and-stays-silent.ts'
import { validationInvalidValue } from './validation-invalid-value.ts'

judge(validationInvalidValue, {
  speaks: [
    [
      'a broken rule',
      {
        httpStatus: 400,
        responseBody: {
          errorCode: 'E0000001',
          errorSummary: 'Api validation failed: type',
          errorCauses: [{ errorSummary: 'type: The field has an invalid value' }],
        },
      },
      'likely',
    ],
    [
      'a hyphen in a grant type',
      {
        httpStatus: 400,
        responseBody: { errorCode: 'E0000001' },
        requestBody: { conditions: { grantTypes: { include: ['authorization-code'] } } },
      },
      'likely',
    ],
    [
      'words of a tool',
      { responseBody: { providerError: 'the API returned an error: Api validation failed: name' } },
      'likely',
    ],
    [
      'metadata of a client',
      {
        httpStatus: 400,
        method: 'POST',
        path: '/oauth2/v1/clients',
        responseBody: {
          error: 'invalid_client_metadata',
          error_description: "`client_name`: The field can't be left blank.",
        },
      },
      'certain',
    ],
    ['a reserved attribute', { httpStatus: 403, responseBody: { errorCode: 'E0000081' } }, 'certain'],
  ],
  silent: [
    [
      'a body that cannot be read',
      {
        httpStatus: 400,
        responseBody: { errorCode: 'E0000003', errorSummary: 'The request body was not well-formed.' },
      },
    ],
    [
      'a parameter of a sign-in',
      {
        httpStatus: 400,
        path: '/oauth2/v1/authorize',
        responseBody: { page: "The 'redirect_uri' parameter must be a Login redirect URI" },
      },
    ],
    [
      'a remote application',
      { httpStatus: 400, responseBody: { taskError: 'Errors reported by remote server: userName is required' } },
    ],
    ['a fine call', { httpStatus: 200, responseBody: { note: 'this must be read' } }],
  ],
})

it.each([
  ['PUT', true],
  ['POST', false],
])('of a user with some fields left out quotes all of them; %s', (method, replaces) => {
  const errorCauses = ['login', 'email'].map((name) => ({ errorSummary: `${name}: The field cannot be left blank` }))
  const { findings } = diagnoseEvidence({
    httpStatus: 400,
    method,
    path: '/api/v1/users/00u1',
    responseBody: { errorCode: 'E0000001', errorSummary: 'Api validation failed: login', errorCauses },
  })
  const [best] = findings
  expect(best!.because.map(({ quote }) => quote)).toContain(
    'login: The field cannot be left blank; email: The field cannot be left blank',
  )
  expect(best!.fix[0]!.startsWith('PUT replaces the whole object')).toBe(replaces)
})
