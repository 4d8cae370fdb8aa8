// How is a good body bent, so that a test sees what comes of it? One to three of its places get a value that does not
// belong there, or are left out.
import fc from 'fast-check'

/** A bend: which place (by number, whatever the body has), what comes there, and whether the place goes instead. */
export type Bend = readonly [place: number, value: unknown, drop: boolean]

/** Bends with values that fit nowhere, and with `words`, which almost fit. */
export function bends(words: readonly string[]): fc.Arbitrary<Bend[]> {
  const wrong = fc.oneof(
    fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e308, 2 ** 53, '', ' ', [], {}, [null], [[]], [1], { a: 1 }),
    fc.constantFrom('\ud800', '\0', '😀', '\u202e', 'x'.repeat(300), 'x'.repeat(5_000), '__proto__', 'null'),
    fc.constantFrom(...words),
    fc.string({ unit: 'binary', maxLength: 12 }),
  )
  return fc.array(fc.tuple(fc.nat(1_000), wrong, fc.boolean()), { minLength: 1, maxLength: 3 })
}

type Path = readonly (string | number)[]

function placesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, member]) => placesOf(member, [...path, key]))]
}

/** The body with one more bend. */
export function bent(body: unknown, [place, value, drop]: Bend): unknown {
  const all = placesOf(body)
  const path = all[place % all.length]!
  if (path.length === 0) return value
  const copy = structuredClone(body)
  let at = copy as Record<string | number, unknown>
  for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>
  if (drop && !Array.isArray(at)) delete at[path.at(-1)!]
  else at[path.at(-1)!] = value
  return copy
}
