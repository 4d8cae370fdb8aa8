// Does the caller still have calls left in this window?
import { E0000047 } from '@errorg/errors/codes'
import { fail } from '../fail.ts'
import type { Gate } from './gate.ts'

/** Counts the call against its bucket and the caller's share of it, and against the requests of this moment. */
export const limitGate: Gate = {
  name: 'limit',
  stage: 'limit',
  pass(org, x) {
    const verdict = org.limits.take(x)
    x.rate = verdict.headers
    if (!verdict.refused) return
    if (verdict.refused === 'concurrency') fail(E0000047, 'concurrency-exceeded')
    if (verdict.refused === 'client') return fail(E0000047, 'client-limit-used-up')
    fail(E0000047, verdict.refused === 'org' ? 'bucket-used-up' : 'token-share-used-up')
  },
}
