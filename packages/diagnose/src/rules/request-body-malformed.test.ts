import { requestBodyMalformed } from './request-body-malformed.ts'
import { judge } from './speaks-and-stays-silent.ts'

const body = { errorCode: 'E0000003', errorSummary: 'The request body was not well-formed.' }

judge(requestBodyMalformed, {
  speaks: [
    ['the code', { httpStatus: 400, responseBody: body }, 'certain'],
    ['JSON with a comma too many', { httpStatus: 400, responseBody: body, requestBody: '{"a":1,}' }, 'certain'],
    ['words of a proxy', { httpStatus: 400, responseBody: { error: 'Malformed JSON' } }, 'certain'],
  ],
  silent: [
    [
      'a wrong value',
      { httpStatus: 400, responseBody: { errorCode: 'E0000001', errorSummary: 'Api validation failed: name' } },
    ],
    ['a token that is malformed', { httpStatus: 401, responseBody: { sdkError: 'jwt malformed' } }],
    ['a wrong media type', { httpStatus: 400, responseBody: { errorCode: 'E0000021' } }],
  ],
})
