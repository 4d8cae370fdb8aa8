import { expect, test } from 'vitest'
import { systemClock } from './clock.ts'
import { createFakeClock } from './testing.ts'

test('a sleep hears the signal, before and while it sleeps, and leaves no timer behind', async () => {
  const clock = createFakeClock()
  const controller = new AbortController()
  const sleeping = clock.sleep(60_000, controller.signal)
  const heard = expect(sleeping).rejects.toThrow('enough')
  controller.abort(new Error('enough'))
  await heard
  expect(clock.pending()).toBe(0)
  await expect(clock.sleep(1, controller.signal)).rejects.toThrow('enough')
  await clock.until(clock.sleep(5_000, new AbortController().signal))
  expect(clock.pending()).toBe(0)
})

test('the clock of the machine goes forward, and its timers can be taken back', async () => {
  const clock = systemClock()
  expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1000)
  const before = clock.ticks()
  let fired = false
  clock
    .after(0, () => {
      fired = true
    })
    .cancel()
  await clock.sleep(1)
  expect(clock.ticks()).toBeGreaterThan(before)
  expect(fired).toBe(false)
  // Longer than setTimeout can: it must not fire at once.
  const timer = clock.after(2 ** 40, () => {
    fired = true
  })
  await clock.sleep(2)
  timer.cancel()
  expect(fired).toBe(false)
})
