import { expect, test } from 'vitest'
import { createInbox, type Message } from './inbox.ts'

const message = (at: number, to = 'ada@example.com'): Message => ({
  at,
  to,
  channel: 'email',
  about: 'activation',
  text: `${at}`,
})
const texts = (messages: readonly Message[]) => messages.map(({ text }) => text)

test('lists messages newest first, all or those to one address', () => {
  const inbox = createInbox()
  inbox.add(message(1))
  inbox.add(message(2, 'bob@example.com'))
  inbox.add(message(3))
  expect(texts(inbox.list())).toEqual(['3', '2', '1'])
  expect(texts(inbox.list('ada@example.com'))).toEqual(['3', '1'])
  expect(inbox.list('nobody@example.com')).toEqual([])
  inbox.list().length = 0
  expect(inbox.list()).toHaveLength(3)
})

test('keeps the newest of its capacity', () => {
  const inbox = createInbox(3)
  for (let at = 1; at <= 5; at++) inbox.add(message(at))
  expect(texts(inbox.list())).toEqual(['5', '4', '3'])
})

test('goes back to a snapshot, which later messages do not touch', () => {
  const inbox = createInbox()
  inbox.add(message(1))
  const before = inbox.snapshot()
  inbox.add(message(2))
  expect(texts(before)).toEqual(['1'])
  inbox.restore(before)
  inbox.add(message(3))
  expect(texts(inbox.list())).toEqual(['3', '1'])
  inbox.restore(before)
  expect(texts(inbox.list())).toEqual(['1'])
})
