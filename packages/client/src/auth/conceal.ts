// Does this text hold one of our own secrets? Looks alone do not tell a client secret from any other word, so the
// secrets in use are known here by heart: a server or a proxy may send back what it was sent.
import { redactText } from '@errorg/errors/wire'

/** Hides the secrets that it was told of, and what looks like one. */
export interface Concealer {
  /** Learns a secret. */
  learn(secret: string): void
  conceal(text: string): string
}

// Tokens come and go; what is older than these has long been of no use.
const remembered = 60

/** Makes one. */
export function createConcealer(): Concealer {
  const secrets = new Set<string>()
  return {
    learn(secret) {
      for (const form of [secret, encodeURIComponent(secret), formEncoded(secret)]) {
        // Two letters are no secret, and hiding each of them would leave nothing to read.
        if (form.length < 3) continue
        secrets.delete(form)
        secrets.add(form)
      }
      for (const oldest of secrets) {
        if (secrets.size <= remembered) break
        secrets.delete(oldest)
      }
    },
    conceal(text) {
      let safe = text
      // The longest first: a secret may be the beginning of another.
      for (const secret of [...secrets].sort((a, b) => b.length - a.length)) {
        safe = safe.replaceAll(secret, `…(${secret.length} characters hidden)`)
      }
      return redactText(safe)
    },
  }
}

/** As in an `application/x-www-form-urlencoded` body. */
export function formEncoded(text: string): string {
  return new URLSearchParams({ '': text }).toString().slice(1)
}
