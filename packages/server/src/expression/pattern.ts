// Does a text fit a regular expression? Patterns come from administrators, and JavaScript's own matcher can take
// exponential time on some of them; this one follows all ways at once, so its time grows with pattern times text.

/** Says whether the whole of a text fits. */
export type Fits = (text: string) => boolean

/** Is told of steps before or after they are taken; may throw to end the work. */
export type Pay = (steps: number) => void

/** A pattern that cannot be read here: back references and look-around need another kind of matcher. */
export class PatternFault extends Error {
  override name = 'PatternFault'
}

/** Reads a pattern in Java's notation; throws PatternFault. It has to match the whole text, as in Java's `matches`. */
export function readPattern(pattern: string, pay: Pay = () => undefined): Fits {
  const reader: Reader = { text: pattern, at: 0, anyCase: false, depth: 0, size: 0 }
  if (reader.text.startsWith('(?i)')) {
    reader.anyCase = true
    reader.at = 4
  }
  const tree = readAlternatives(reader)
  if (reader.at < pattern.length) refuse(`a bracket too many at ${reader.at}`)
  const states: State[] = []
  const first = build(tree, states, addState(states, { kind: 'end' }))
  pay(states.length)
  return (text) => runs(states, first, reader.anyCase ? text.toLowerCase() : text, pay)
}

type Signs = (code: string) => boolean

type Part =
  | { kind: 'set'; fits: Signs }
  | { kind: 'begin' | 'end' }
  | { kind: 'sequence' | 'either'; parts: Part[] }
  | { kind: 'repeat'; part: Part; least: number; most: number }

interface Reader {
  text: string
  at: number
  anyCase: boolean
  depth: number
  /** States so far, counting repetitions: a bound on what a short pattern may grow to. */
  size: number
}

const MOST_STATES = 5_000
const DEEPEST = 50

function refuse(why: string): never {
  throw new PatternFault(why)
}

function readAlternatives(reader: Reader): Part {
  reader.depth += 1
  if (reader.depth > DEEPEST) refuse('it is nested too deep')
  const parts = [readSequence(reader)]
  while (reader.text[reader.at] === '|') {
    reader.at += 1
    parts.push(readSequence(reader))
  }
  reader.depth -= 1
  return parts.length === 1 ? parts[0]! : { kind: 'either', parts }
}

function readSequence(reader: Reader): Part {
  const parts: Part[] = []
  while (reader.at < reader.text.length && reader.text[reader.at] !== '|' && reader.text[reader.at] !== ')') {
    const before = reader.size
    parts.push(readRepeated(reader, readAtom(reader), before))
  }
  return { kind: 'sequence', parts }
}

function readRepeated(reader: Reader, atom: Part, before: number): Part {
  let part = atom
  let times = 0
  for (;;) {
    const bounds = readBounds(reader)
    if (!bounds) return part
    const [least, most] = bounds
    if (most < least) refuse('a repetition has its bounds the wrong way round')
    times += 1
    if (times > DEEPEST) refuse('it is nested too deep')
    // Whether it takes as much or as little as it can makes no difference to whether the whole fits.
    if (reader.text[reader.at] === '?' || reader.text[reader.at] === '+') reader.at += 1
    const copies = most === Number.POSITIVE_INFINITY ? least + 1 : most
    grow(reader, (reader.size - before + 1) * Math.max(0, copies - 1))
    part = { kind: 'repeat', part, least, most }
  }
}

function readBounds(reader: Reader): [number, number] | undefined {
  const sign = reader.text[reader.at]
  if (sign === '*' || sign === '+' || sign === '?') {
    reader.at += 1
    return [sign === '+' ? 1 : 0, sign === '?' ? 1 : Number.POSITIVE_INFINITY]
  }
  const pattern = /\{(\d{1,4})(?:(,)(\d{1,4})?)?\}/y
  pattern.lastIndex = reader.at
  const found = pattern.exec(reader.text)
  if (!found) return undefined
  reader.at += found[0].length
  const least = Number(found[1])
  if (found[2] === undefined) return [least, least]
  return [least, found[3] === undefined ? Number.POSITIVE_INFINITY : Number(found[3])]
}

function grow(reader: Reader, by: number): void {
  reader.size += by
  if (reader.size > MOST_STATES) refuse('it is too large')
}

function readAtom(reader: Reader): Part {
  grow(reader, 1)
  const sign = reader.text[reader.at]!
  reader.at += 1
  switch (sign) {
    case '(':
      return readGroup(reader)
    case '[':
      return { kind: 'set', fits: readClass(reader) }
    case '.':
      return { kind: 'set', fits: (code) => code !== '\n' && code !== '\r' }
    case '^':
      return { kind: 'begin' }
    case '$':
      return { kind: 'end' }
    case '\\':
      return readEscapedAtom(reader)
    case '*':
    case '+':
    case '?':
      return refuse('there is nothing to repeat')
    default:
      return { kind: 'set', fits: literal(reader, sign) }
  }
}

function readGroup(reader: Reader): Part {
  if (reader.text[reader.at] === '?') {
    const opening = /\?(?::|<[A-Za-z]\w*>)/y
    opening.lastIndex = reader.at
    const found = opening.exec(reader.text)
    if (!found) refuse('it looks around, or sets a flag inside')
    reader.at += found![0].length
  }
  const part = readAlternatives(reader)
  if (reader.text[reader.at] !== ')') refuse('a bracket is not closed')
  reader.at += 1
  return part
}

function readEscapedAtom(reader: Reader): Part {
  const sign = reader.text[reader.at]
  if (sign === undefined) return refuse('it ends with a backslash')
  if (sign === 'b' || sign === 'B' || /[1-9k]/.test(sign)) return refuse('it refers back, or to the edge of a word')
  reader.at += 1
  if (sign === 'A') return { kind: 'begin' }
  if (sign === 'z' || sign === 'Z') return { kind: 'end' }
  return { kind: 'set', fits: escaped(reader, sign) }
}

const digit: Signs = (code) => code >= '0' && code <= '9'
const wordSign: Signs = (code) => /\w/.test(code)
const space: Signs = (code) => /[ \t\n\v\f\r]/.test(code)
const not =
  (fits: Signs): Signs =>
  (code) =>
    !fits(code)
const families: Readonly<Record<string, Signs>> = {
  d: digit,
  D: not(digit),
  w: wordSign,
  W: not(wordSign),
  s: space,
  S: not(space),
}
const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f' }

function escaped(reader: Reader, sign: string): Signs {
  if (Object.hasOwn(families, sign)) return families[sign]!
  if (Object.hasOwn(controls, sign)) return literal(reader, controls[sign]!)
  if (/[A-Za-z0-9]/.test(sign)) return refuse(`\\${sign} means nothing here`)
  return literal(reader, sign)
}

function literal(reader: Reader, sign: string): Signs {
  const wanted = reader.anyCase ? sign.toLowerCase() : sign
  return (code) => code === wanted
}

function readClass(reader: Reader): Signs {
  const { text } = reader
  const negated = text[reader.at] === '^'
  if (negated) reader.at += 1
  const sets: Signs[] = []
  for (let first = true; ; first = false) {
    const sign = text[reader.at]
    if (sign === undefined) return refuse('a class is not closed')
    if (sign === ']' && !first) break
    if (sign === '[' || (sign === '&' && text[reader.at + 1] === '&')) return refuse('it combines classes')
    reader.at += 1
    if (sign === '\\') {
      const next = text[reader.at]
      if (next === undefined) return refuse('a class is not closed')
      reader.at += 1
      sets.push(escaped(reader, next))
      continue
    }
    const to = text[reader.at + 1]
    if (text[reader.at] === '-' && to !== undefined && to !== ']' && to !== '\\') {
      if (to < sign) return refuse('a range runs backwards')
      reader.at += 2
      sets.push(range(reader, sign, to))
    } else sets.push(literal(reader, sign))
  }
  reader.at += 1
  const some: Signs = (code) => sets.some((fits) => fits(code))
  return negated ? not(some) : some
}

function range(reader: Reader, from: string, to: string): Signs {
  if (!reader.anyCase) return (code) => code >= from && code <= to
  return (code) => (code >= from && code <= to) || (code.toUpperCase() >= from && code.toUpperCase() <= to)
}

type State =
  | { kind: 'end' }
  | { kind: 'set'; fits: Signs; next: number }
  | { kind: 'fork'; next: number[] }
  | { kind: 'edge'; begin: boolean; next: number }

function addState(states: State[], state: State): number {
  states.push(state)
  return states.length - 1
}

/** Adds the states of a part that lead on to `next`; the first of them. */
function build(part: Part, states: State[], next: number): number {
  switch (part.kind) {
    case 'set':
      return addState(states, { kind: 'set', fits: part.fits, next })
    case 'begin':
    case 'end':
      return addState(states, { kind: 'edge', begin: part.kind === 'begin', next })
    case 'sequence':
      return part.parts.reduceRight((after, one) => build(one, states, after), next)
    case 'either':
      return addState(states, { kind: 'fork', next: part.parts.map((one) => build(one, states, next)) })
    case 'repeat':
      return buildRepeat(part, states, next)
  }
}

function buildRepeat({ part, least, most }: Part & { kind: 'repeat' }, states: State[], next: number): number {
  let after = next
  if (most === Number.POSITIVE_INFINITY) {
    const fork: { kind: 'fork'; next: number[] } = { kind: 'fork', next: [next] }
    after = addState(states, fork)
    fork.next.push(build(part, states, after))
  } else {
    for (let i = least; i < most; i++) {
      after = addState(states, { kind: 'fork', next: [next, build(part, states, after)] })
    }
  }
  for (let i = 0; i < least; i++) after = build(part, states, after)
  return after
}

function runs(states: readonly State[], first: number, text: string, pay: Pay): boolean {
  let now = reach(states, [first], true, text.length === 0, pay)
  for (let at = 0; at < text.length && now.length > 0; at++) {
    const next: number[] = []
    for (const id of now) {
      const state = states[id]!
      if (state.kind === 'set' && state.fits(text[at]!)) next.push(state.next)
    }
    now = reach(states, next, false, at === text.length - 1, pay)
  }
  return now.some((id) => states[id]!.kind === 'end')
}

/** All states that can be reached from these without reading on. */
function reach(
  states: readonly State[],
  from: readonly number[],
  atBegin: boolean,
  atEnd: boolean,
  pay: Pay,
): number[] {
  const seen = new Set<number>()
  const open = [...from]
  while (open.length > 0) {
    const id = open.pop()!
    if (seen.has(id)) continue
    seen.add(id)
    const state = states[id]!
    if (state.kind === 'fork') open.push(...state.next)
    else if (state.kind === 'edge' && (state.begin ? atBegin : atEnd)) open.push(state.next)
  }
  pay(1 + from.length + seen.size)
  return [...seen]
}
