// Is this the message of an SDK, a tool or a log file? The last resort: words are kept, and the rules look for Okta's
// own sentences in them.
import type { Reader, Reading } from './reader.ts'

export const text: Reader = {
  name: 'text',
  says: 'the message of an SDK, a tool or a log file',
  read: readText,
}

const MAX_WORDS = 40_000

function readText(whole: string): Reading {
  const cut = whole.length > MAX_WORDS
  return {
    evidences: [{ responseBody: { text: whole.slice(0, MAX_WORDS).trim() } }],
    gaps: cut
      ? [
          {
            what: `A text of ${whole.length} characters.`,
            why: `Only the first ${MAX_WORDS} were read.`,
            send: 'The lines around the failure.',
          },
        ]
      : [],
  }
}
