// How does a command wait? For a time, or until it is stopped.

/** Resolves after `ms`, or at once when the signal is or becomes aborted. */
export async function wait(ms: number, stop: AbortSignal): Promise<void> {
  if (ms <= 0 || stop.aborted) return
  await new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(timer)
      stop.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    stop.addEventListener('abort', end)
  })
}
