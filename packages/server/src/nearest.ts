// Which name did somebody mean who wrote another one? And in which words is the mistake told?

/** The name that is nearest to what was written; undefined when none is near. */
export function nearest(written: string, names: readonly string[]): string | undefined {
  const wanted = plain(written)
  // Long ones are no slip of the pen, and would take long to compare.
  if (wanted.length > 40) return undefined
  let best: { name: string; far: number } | undefined
  for (const name of names) {
    const far = steps(wanted, plain(name))
    const near = far <= Math.min(3, Math.floor(Math.max(wanted.length, name.length) / 2.5))
    const cut = wanted.length >= 3 && plain(name).startsWith(wanted)
    if ((near || cut) && (!best || far < best.far)) best = { name, far }
  }
  return best?.name
}

/** What to say of a member that is not there. */
export function noSuchMember(written: string, names: readonly string[]): string {
  const near = nearest(written, names)
  if (near !== undefined) return `there is no such member; did you mean "${near}"?`
  const few = names.length > 0 && names.length <= MOST_NAMES
  return few ? `there is no such member; expected one of ${names.join(', ')}` : 'there is no such member'
}

// More are no help to look through.
const MOST_NAMES = 30

/** What to say of a word that is none of those that are understood. */
export function noSuchWord(written: unknown, words: readonly string[]): string {
  const near = typeof written === 'string' ? nearest(written, words) : undefined
  return `must be one of ${words.join(', ')}${near === undefined ? '' : `; did you mean "${near}"?`}`
}

// The API writes redirect_uris where a seed writes redirectUris.
const plain = (name: string): string => name.toLowerCase().replaceAll(/[_-]/g, '')

// Letters to put in, take out, replace, or swap with their neighbour.
function steps(a: string, b: string): number {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let least = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, before[j - 2]! + 1)
      next.push(least)
    }
    before = row
    row = next
  }
  return row[b.length]!
}
