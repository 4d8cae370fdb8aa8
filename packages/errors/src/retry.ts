// May a refused request be sent again, and what has to happen first? A small table, so that a client need not
// load the catalogue and its texts. A test compares it with the catalogue, which is the authority.
import type { RetryAdvice } from './define.ts'

/** What the advice depends on. */
export interface RefusedRequest {
  /** HTTP status of the answer; for an error that came by redirect, the status of that redirect. */
  status: number
  /** `errorCode`, or the `error` of an OAuth answer, where there is one. */
  code?: string
  method: string
  /**
   * Whether sending it twice does no more than sending it once. Absent: told from the method. Say `false` for
   * `DELETE /api/v1/users/{id}`: the first call deactivates, the second deletes. Say `true` for a POST that
   * sets fields of a known object, or once you have read back that the first try did nothing.
   */
  idempotent?: boolean
}

/** Advice for codes that do not follow their status. `code status` goes before `code`. */
const adviceByCode: ReadonlyMap<string, RetryAdvice> = new Map([
  ['E0000006', 'after-change'],
  ['E0000010', 'after-change'],
  ['E0000013', 'after-change'],
  ['E0000015', 'after-change'],
  ['E0000017', 'after-change'],
  ['E0000023', 'after-change'],
  ['E0000024', 'after-change'],
  ['E0000027', 'after-change'],
  ['E0000043', 'after-change'],
  ['E0000049', 'after-change'],
  ['E0000057', 'after-change'],
  ['E0000059', 'after-change'],
  ['E0000064', 'after-change'],
  ['E0000069', 'after-change'],
  // Expected with 403, which is not 401: signing in again is still the way.
  ['E0000005', 'after-new-credentials'],
  ['E0000058', 'after-new-credentials'],
  // 401 in the reference, but the credential of the call is good; the passcode in its body is wrong.
  ['E0000068', 'never'],
  ['E0000112', 'with-backoff'],
  // Today's meaning: a token server asks a question. The reference's is 429 and follows its status.
  ['E0000113 409', 'after-change'],

  // Newer codes. These limits last a day or a month, so the reset of the minute's window does not help.
  ['E0000146', 'after-change'],
  ['E0000147', 'after-change'],
  ['E0000186', 'after-change'],
  // The object was changed by somebody else: read it again, then decide.
  ['E0000231', 'after-change'],
  // Policy priorities are being reconciled: a lock that opens by itself.
  ['E0000239', 'with-backoff'],
  // A 500 about a value in the request.
  ['E0000261', 'never'],

  // OAuth. The words of a refused client or grant come with 401 as well; a new try needs other input.
  ['access_denied', 'never'],
  ['invalid_client', 'never'],
  ['invalid_request', 'never'],
  ['workload_principal_not_found', 'never'],
  ['login_required', 'after-new-credentials'],
  ['user_canceled_request', 'after-new-credentials'],
  // The answer carries the nonce for a new proof.
  ['use_dpop_nonce', 'after-new-credentials'],
  ['authorization_pending', 'with-backoff'],
  ['slow_down', 'with-backoff'],
  ['server_error', 'with-backoff'],
  // Sent with 400 or 403 this is a fault of the configuration (a claim, a hook, a missing feature).
  ['server_error 400', 'after-change'],
  ['server_error 403', 'after-change'],
  ['temporarily_unavailable', 'with-backoff'],
])

/** Codes of `with-backoff` that refuse before anything is done, so that every method may be sent again. */
const refusedBeforehand: ReadonlySet<string> = new Set([
  'E0000112',
  'E0000239',
  'authorization_pending',
  'slow_down',
  'temporarily_unavailable',
])

/** RFC 9110 section 9.2.2. */
const idempotentMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'])

/**
 * When the same request may be sent again. An answer that leaves open whether the request was carried out (500,
 * 502, 503, 504) gives `never` for a request that is not idempotent: read back first.
 *
 * @example retryAdviceFor({ status: 429, code: 'E0000047', method: 'POST' }) // 'after-reset'
 */
export function retryAdviceFor({ status, code, method, idempotent }: RefusedRequest): RetryAdvice {
  const advice = adviceByCode.get(`${code} ${status}`) ?? adviceByCode.get(code ?? '') ?? adviceForStatus(status)
  if (advice !== 'with-backoff') return advice
  if (code !== undefined && refusedBeforehand.has(code)) return advice
  return (idempotent ?? idempotentMethods.has(method.toUpperCase())) ? advice : 'never'
}

function adviceForStatus(status: number): RetryAdvice {
  switch (status) {
    case 401:
      return 'after-new-credentials'
    // The limiter stands before the handler: nothing was carried out, whatever the method.
    case 429:
      return 'after-reset'
    // 501 is left out on purpose: an operation that is not there does not appear by waiting.
    case 500:
    case 502:
    case 503:
    case 504:
      return 'with-backoff'
    // A 404 without a code can be an edge that was not up for a moment, but also a wrong path. The second is far
    // more common, and a client that repeats it hides the mistake.
    default:
      return 'never'
  }
}
