import { expect, it } from 'vitest'
import { diagnoseEvidence } from '../diagnose.ts'
import { rateLimitExceeded } from './rate-limit-exceeded.ts'
import { judge } from './speaks-and-stays-silent.ts'

const limited = {
  httpStatus: 429,
  responseBody: { errorCode: 'E0000047', errorSummary: 'API call exceeded rate limit due to too many requests.' },
}

judge(rateLimitExceeded, {
  speaks: [
    ['the code alone, which both limits share', limited, 'likely'],
    ['the status alone', { httpStatus: 429 }, 'likely'],
    [
      'the code and its headers',
      { ...limited, responseHeaders: { 'x-rate-limit-limit': '600', 'x-rate-limit-remaining': '0' } },
      'certain',
    ],
    [
      'the status and a reset',
      {
        httpStatus: 429,
        responseHeaders: { 'x-rate-limit-reset': '1700000060', date: 'Tue, 14 Nov 2023 22:13:20 GMT' },
      },
      'certain',
    ],
    ['one user too often', { logEvents: [{ outcome: { result: 'FAILURE', reason: 'user_rate_limited' } }] }, 'certain'],
    ['a remote application', { responseBody: { taskError: 'provisioning failed: rate limit' } }, 'likely'],
    [
      'a message that was just sent',
      { httpStatus: 429, responseBody: { errorCode: 'E0000109', errorSummary: 'An SMS message was recently sent.' } },
      'certain',
    ],
  ],
  silent: [
    [
      'the concurrency limit',
      { ...limited, responseHeaders: { 'x-rate-limit-limit': '0', 'x-rate-limit-remaining': '0' } },
    ],
    [
      'a fine call near its limit',
      { httpStatus: 200, responseHeaders: { 'x-rate-limit-limit': '100', 'x-rate-limit-remaining': '1' } },
    ],
    [
      'another code',
      { httpStatus: 400, responseBody: { errorCode: 'E0000001', errorSummary: 'Api validation failed: rate limit' } },
    ],
  ],
})

it('tells the seconds of the window and of the wait, the wait once, and why it is the share', () => {
  const { findings } = diagnoseEvidence({
    httpStatus: 429,
    method: 'GET',
    path: '/api/v1/users',
    responseHeaders: {
      date: 'Fri, 20 Nov 2026 10:00:00 GMT',
      'x-rate-limit-limit': '300',
      'x-rate-limit-remaining': '0',
      'x-rate-limit-reset': String(Date.parse('2026-11-20T10:01:00Z') / 1000),
    },
    responseBody: { errorCode: 'E0000047', errorSummary: 'API call exceeded rate limit due to too many requests.' },
  })
  const [best] = findings
  expect(best!.cause).toBe('token-share-used-up')
  expect(best!.because.map(({ says }) => says)).toContain('The window ends 60 seconds after this answer.')
  expect(best!.because.map(({ quote }) => quote)).toContain('limit 300, half of 600')
  expect(best!.fix.filter((step) => step.startsWith('Wait '))).toEqual([expect.stringContaining('Wait 61 seconds')])
})
