import { concurrentLimitExceeded } from './concurrent-limit-exceeded.ts'
import { judge } from './speaks-and-stays-silent.ts'

judge(concurrentLimitExceeded, {
  speaks: [
    [
      'limit and remaining are 0',
      { httpStatus: 429, responseHeaders: { 'x-rate-limit-limit': '0', 'x-rate-limit-remaining': '0' } },
      'certain',
    ],
    ['the log', { logEvents: [{ eventType: 'core.concurrency.org.limit.violation' }] }, 'certain'],
    ['many workers and no headers', { httpStatus: 429, requestContext: { workers: 100 } }, 'possible'],
  ],
  silent: [
    [
      'a bucket is used up',
      {
        httpStatus: 429,
        responseHeaders: { 'x-rate-limit-limit': '100', 'x-rate-limit-remaining': '0' },
        requestContext: { workers: 100 },
      },
    ],
    ['a status without more', { httpStatus: 429 }],
    ['workers without a limit', { httpStatus: 403, requestContext: { workers: 100 } }],
  ],
})
