// Is this a password that everybody uses? A short list of our own: Okta does not publish its list.

const stems = ['password', 'passw0rd', 'p@ssw0rd', 'p@ssword', 'welcome', 'qwerty', 'letmein', 'admin', 'abc', 'abcd']
const seasons = ['spring', 'summer', 'autumn', 'winter', 'january', 'december', 'monday']
const ends = ['1', '12', '123', '1234', '12345', '123456', '12345678', '01', '1!', '123!']

const known: ReadonlySet<string> = new Set(stems.flatMap((stem) => [stem, ...ends.map((end) => stem + end)]))
const dated = new RegExp(`^(?:${[...stems, ...seasons].join('|')})[-@#]?(?:19|20)\\d\\d!?$`)

/** Case does not count. */
export function isCommonPassword(password: string): boolean {
  const lower = password.toLowerCase()
  return known.has(lower) || dated.test(lower)
}
