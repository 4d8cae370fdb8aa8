// May a call that was answered 429 be sent again? Every method may: the limiter stands before the handler, so nothing
// was carried out. Unless its code says that waiting for the reset is no use.
import { retryAdviceFor } from '@errorg/errors/retry'

/** Whether waiting helps. Some newer codes come with 429 and last a day or a month. */
export function mayRepeatRefused(code: string | undefined): boolean {
  const advice = retryAdviceFor({ status: 429, code, method: 'GET' })
  return advice === 'after-reset' || advice === 'with-backoff'
}
