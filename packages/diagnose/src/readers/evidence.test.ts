import { describe, expect, it } from 'vitest'
import { diagnose } from '../diagnose.ts'
import { readGuessed } from './guess.ts'

const envelope = {
  errorCode: 'E0000006',
  errorSummary: 'You do not have permission to perform the requested action',
  errorCauses: [],
}

describe('JSON around an answer', () => {
  it.each([
    [
      'the error of axios',
      {
        message: 'Request failed with status code 403',
        status: 403,
        config: {
          method: 'get',
          baseURL: 'https://example.okta.com/',
          url: '/api/v1/groups',
          headers: { Accept: 'x' },
        },
        response: { status: 403, headers: { date: 'x' }, data: envelope },
      },
      {
        httpStatus: 403,
        method: 'get',
        path: 'https://example.okta.com/api/v1/groups',
        requestHeaders: { accept: 'x' },
        responseHeaders: { date: 'x' },
        responseBody: envelope,
      },
    ],
    ['a member named error', { error: envelope }, { responseBody: envelope }],
    [
      'a record with the answer under a name of its own',
      { url: 'https://example.okta.com/api/v1/groups', status: 403, data: envelope },
      { httpStatus: 403, path: 'https://example.okta.com/api/v1/groups', responseBody: envelope },
    ],
    [
      'a line of a log',
      { level: 50, msg: 'failed', err: { type: 'OktaApiError', message: 'Okta HTTP 403 E0000006 No', ...envelope } },
      { responseBody: { errorCode: 'E0000006' } },
    ],
  ])('%s', (_name, value, expected) => {
    const input = JSON.stringify(value)
    expect(readGuessed(input).evidences[0]).toMatchObject(expected)
    expect(diagnose(input).findings[0]).toMatchObject({ code: 'E0000006' })
  })

  it('is not an answer where a user has an error of its own', () => {
    expect(readGuessed('{"profile":{"error":false,"login":"a"}}').evidences[0]!.responseBody).toBeUndefined()
  })
})
