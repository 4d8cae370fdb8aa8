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
