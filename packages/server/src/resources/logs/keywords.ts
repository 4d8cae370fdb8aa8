// Does an event mention all the words of `q`? Words are matched whole and without regard to case; a value with hyphens
// is also matched by its parts (documented).

/** What `q` may hold, documented: ten words of forty characters. */
export const MOST_WORDS = 10
/** The longest word. */
export const LONGEST_WORD = 40

/** The words of `q`. */
export function readWords(q: string): string[] {
  return q
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
}

/** Is this word, folded as `readWords` does, in a text? */
export function mentions(text: string | null | undefined, word: string): boolean {
  if (text === undefined || text === null || text.length < word.length) return false
  const folded = text.toLowerCase()
  for (let at = folded.indexOf(word); at !== -1; at = folded.indexOf(word, at + 1)) {
    if (endsAt(folded, at - 1, -1) && endsAt(folded, at + word.length, 1)) return true
  }
  return false
}

const inWord = /[\p{L}\p{N}_]/u

// Dots hold a word together (`user.session.start`, `example.com`) unless they end a sentence. (inferred)
function endsAt(text: string, at: number, step: 1 | -1): boolean {
  const char = text[at]
  if (char === undefined) return true
  if (char === '.') {
    const beyond = text[at + step]
    return beyond === undefined || !inWord.test(beyond)
  }
  return !inWord.test(char)
}
