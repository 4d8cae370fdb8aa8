// What stands in the holes of a step? `{name}` is filled when a value of that name was kept (or is the round
// `n`); all other braces are part of what is sent.

/** Kept values by their names. */
export type Kept = ReadonlyMap<string, unknown>

const hole = /\{(\w+)\}/g

/** Fills the holes of a text. A text that is one hole and nothing else becomes the value itself. */
export function fill(text: string, kept: Kept): unknown {
  const whole = /^\{(\w+)\}$/.exec(text)?.[1]
  if (whole !== undefined && kept.has(whole)) return kept.get(whole)
  return fillText(text, kept)
}

/** Fills the holes of a text that stays a text. */
export function fillText(text: string, kept: Kept): string {
  return text.replace(hole, (all, name: string) => (kept.has(name) ? showValue(kept.get(name)) : all))
}

/** Fills the holes in all texts of a value. */
export function fillDeep(value: unknown, kept: Kept): unknown {
  if (typeof value === 'string') return fill(value, kept)
  if (Array.isArray(value)) return value.map((item) => fillDeep(item, kept))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, fillDeep(member, kept)]))
}

/**
 * Fills the holes of a path. Values are percent-encoded, except for one that begins the path: that is a whole
 * URL, such as a kept `link:next`. `unbound` names the holes for which nothing was kept.
 */
export function fillPath(path: string, kept: Kept): { path: string; unbound: string[] } {
  const unbound: string[] = []
  const filled = path.replace(hole, (all, name: string, at: number) => {
    if (!kept.has(name)) {
      unbound.push(name)
      return all
    }
    const value = showValue(kept.get(name))
    return at === 0 ? value : encodeURIComponent(value)
  })
  return { path: filled, unbound }
}

/** The value at a JSON pointer; `undefined` when nothing is there. */
export function valueAt(value: unknown, pointer: string): unknown {
  if (pointer === '') return value
  if (!pointer.startsWith('/')) return undefined
  let at = value
  for (const escaped of pointer.slice(1).split('/')) {
    const name = escaped.replace(/~1/g, '/').replace(/~0/g, '~')
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined
    at = (at as Record<string, unknown>)[name]
  }
  return at
}

function showValue(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
