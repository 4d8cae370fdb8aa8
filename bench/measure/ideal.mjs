// How soon could a job have been done under this limit, by whoever knows everything? From the server's own record.

/**
 * Milliseconds from the first request to the last answer: the first window as it was, all between it and the last one
 * whole, and in the last one the calls that are left, as many at once as there are callers. What was answered 503 or not
 * at all used up its place in a window.
 *
 * @param {{ firstAt: number, done: number, serviceMs: number, unavailable: number, hung: number,
 *   windows: { endsAt: number }[],
 *   facts: { limit: number, taken: number, concurrency: number, windowSeconds: number } }} record
 * @param {{ calls: number, callers: number }} job
 */
export function idealMs(record, { calls, callers }) {
  const { limit, taken, concurrency, windowSeconds } = record.facts
  const needed = calls + record.unavailable + record.hung
  const perWindow = limit - taken
  const windows = Math.ceil(needed / perWindow)
  const left = needed - (windows - 1) * perWindow
  const atOnce = concurrency > 0 ? Math.min(callers, concurrency) : callers
  const lastMs = Math.ceil(left / atOnce) * (record.serviceMs / Math.max(1, record.done))
  if (windows === 1) return lastMs
  return record.windows[0].endsAt - record.firstAt + (windows - 2) * windowSeconds * 1000 + lastMs
}
