// What has the org mailed or texted? Kept instead of sent, newest 1,000.

/** A message that Okta would have sent. */
export interface Message {
  at: number
  to: string
  channel: 'email' | 'sms' | 'call'
  /** What it is about, such as `activation`, `password-reset`. */
  about: string
  /** The one-time code or token in it. */
  code?: string
  /** The link in it. */
  link?: string
  text: string
}

/** Messages, newest last. */
export interface Inbox {
  add(message: Message): void
  /** Messages to an address (all without one), newest first. */
  list(to?: string): Message[]
  snapshot(): readonly Message[]
  restore(messages: readonly Message[]): void
}

/** Makes an empty inbox. */
export function createInbox(capacity = 1_000): Inbox {
  let messages: Message[] = []
  return {
    add(message) {
      messages.push(message)
      if (messages.length > capacity) messages = messages.slice(-capacity)
    },
    list: (to) => messages.filter((message) => to === undefined || message.to === to).reverse(),
    snapshot: () => messages.slice(),
    restore(kept) {
      messages = kept.slice()
    },
  }
}
