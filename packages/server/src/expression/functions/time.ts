// What do the functions on moments do? `Time.*` (documented), with the letters of Joda-Time's patterns.
import { type Budget, spend } from '../budget.ts'
import { unevaluable } from '../fault.ts'
import { type FunctionTable, takes, textOf } from './function.ts'

const ISO = "yyyy-MM-dd'T'HH:mm:ss.SSSZZ"
// Windows counts steps of 100 ns from 1601.
const WINDOWS_EPOCH_MS = -11_644_473_600_000

interface Moment {
  ms: number
  /** From UTC, east is positive. */
  offsetMinutes: number
}

function offsetOf(zone: string, ms: number, at: number, budget: Budget): number {
  if (zone === '' || zone === 'UTC' || zone === 'GMT' || zone === 'Z') return 0
  // Asking for a zone takes as long as a thousand simple steps.
  spend(budget, 1_000, at)
  try {
    const parts = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    }).formatToParts(ms)
    const [year, month, day, hour, minute, second] = (
      ['year', 'month', 'day', 'hour', 'minute', 'second'] as const
    ).map((name) => Number(parts.find(({ type }) => type === name)?.value))
    const local = Date.UTC(year!, month! - 1, day!, hour!, minute!, second!)
    return Math.round((local - Math.floor(ms / 1000) * 1000) / 60_000)
  } catch {
    return unevaluable(at, `no time zone is called "${zone.slice(0, 40)}"`)
  }
}

const months = 'January February March April May June July August September October November December'.split(' ')
const days = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ')
const padded = (value: number, width: number): string => String(value).padStart(width, '0')
const piece = /'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']/y

function pieces(format: string, at: number): string[] {
  const found: string[] = []
  piece.lastIndex = 0
  while (piece.lastIndex < format.length) {
    const next = piece.exec(format)
    if (!next) return unevaluable(at, 'a text in the format is not closed')
    found.push(next[0])
  }
  return found
}

const quoted = (text: string): string => (text === "''" ? "'" : text.slice(1, -1).replaceAll("''", "'"))

function render({ ms, offsetMinutes }: Moment, format: string, at: number): string {
  const date = new Date(ms + offsetMinutes * 60_000)
  if (Number.isNaN(date.getTime())) return unevaluable(at, 'the moment is out of reach')
  return pieces(format, at)
    .map((part) => (part[0] === "'" ? quoted(part) : renderPart(date, offsetMinutes, part, at)))
    .join('')
}

function renderPart(date: Date, offsetMinutes: number, part: string, at: number): string {
  const width = part.length
  switch (part[0]) {
    case 'y':
    case 'Y':
      return width === 2 ? padded(date.getUTCFullYear() % 100, 2) : padded(date.getUTCFullYear(), width)
    case 'M': {
      const name = months[date.getUTCMonth()]!
      if (width > 3) return name
      return width === 3 ? name.slice(0, 3) : padded(date.getUTCMonth() + 1, width)
    }
    case 'd':
      return padded(date.getUTCDate(), width)
    case 'E': {
      const name = days[date.getUTCDay()]!
      return width > 3 ? name : name.slice(0, 3)
    }
    case 'H':
      return padded(date.getUTCHours(), width)
    case 'h':
      return padded(date.getUTCHours() % 12 || 12, width)
    case 'a':
      return date.getUTCHours() < 12 ? 'AM' : 'PM'
    case 'm':
      return padded(date.getUTCMinutes(), width)
    case 's':
      return padded(date.getUTCSeconds(), width)
    case 'S':
      return padded(date.getUTCMilliseconds(), 3).padEnd(width, '0').slice(0, width)
    case 'Z':
      return renderOffset(offsetMinutes, width > 1)
    default:
      return /[A-Za-z]/.test(part) ? unevaluable(at, `"${part}" means nothing in a format`) : part
  }
}

function renderOffset(minutes: number, colon: boolean): string {
  if (minutes === 0 && colon) return 'Z'
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${padded(Math.floor(size / 60), 2)}${colon ? ':' : ''}${padded(size % 60, 2)}`
}

/** How many characters a piece of a format may take from a place in the text, the most first. */
type Reader = (text: string, from: number) => readonly number[]

const reading =
  (signs: RegExp, least: number, most: number): Reader =>
  (text, from) => {
    let length = 0
    while (length < most && signs.test(text[from + length] ?? '')) length += 1
    return length < least ? [] : Array.from({ length: length - least + 1 }, (_, i) => length - i)
  }

const literal =
  (wanted: string): Reader =>
  (text, from) =>
    text.startsWith(wanted, from) ? [wanted.length] : []

const oneOrTwo = reading(/\d/, 1, 2)
const name = reading(/[A-Za-z]/, 3, 9)
const years = (width: number) => (width === 2 ? reading(/\d/, 2, 2) : reading(/\d/, 4, 4))
const offsetPattern = /Z|[+-]\d{2}:?\d{2}/y

const readers: Readonly<Record<string, (width: number) => Reader>> = {
  y: years,
  Y: years,
  M: (width) => (width > 2 ? name : oneOrTwo),
  d: () => oneOrTwo,
  E: () => name,
  H: () => oneOrTwo,
  h: () => oneOrTwo,
  a: () => (text, from) => (/^[AaPp][Mm]$/.test(text.slice(from, from + 2)) ? [2] : []),
  m: () => oneOrTwo,
  s: () => oneOrTwo,
  S: () => reading(/\d/, 1, 3),
  Z: () => (text, from) => {
    offsetPattern.lastIndex = from
    const found = offsetPattern.exec(text)
    return found ? [found[0].length] : []
  },
}

/** A piece of a format, with the letter that says what is read. */
interface Piece {
  letter?: string
  read: Reader
}

function pieceOf(part: string, at: number): Piece {
  if (part[0] === "'") return { read: literal(quoted(part)) }
  if (!/[A-Za-z]/.test(part)) return { read: literal(part) }
  const letter = part[0]!
  if (!Object.hasOwn(readers, letter)) return unevaluable(at, `"${part.slice(0, 40)}" means nothing in a format`)
  return { letter, read: readers[letter]!(part.length) }
}

/**
 * What each letter of a format stands for in a text, the first of each; undefined when the text is of another form.
 * As a pattern would: each piece takes as much as lets the rest fit. Which places lead to the end is worked out first,
 * from the end, so that the time grows with the format times the text, however many ways there are.
 */
function takeApart(text: string, format: readonly Piece[]): ReadonlyMap<string, string> | undefined {
  const width = text.length + 1
  const leads = new Uint8Array((format.length + 1) * width)
  leads[format.length * width + text.length] = 1
  for (let i = format.length - 1; i >= 0; i--) {
    for (let from = 0; from < width; from++) {
      const fits = format[i]!.read(text, from).some((length) => leads[(i + 1) * width + from + length])
      if (fits) leads[i * width + from] = 1
    }
  }
  if (!leads[0]) return undefined
  const found = new Map<string, string>()
  let from = 0
  for (const [i, { letter, read }] of format.entries()) {
    const length = read(text, from).find((one) => leads[(i + 1) * width + from + one])!
    if (letter !== undefined && !found.has(letter)) found.set(letter, text.slice(from, from + length))
    from += length
  }
  return found
}

function parse(text: string, format: string, at: number, budget: Budget): Moment {
  const parts = pieces(format, at).map((part) => pieceOf(part, at))
  spend(budget, 4 * parts.length * (text.length + 1), at)
  const found = takeApart(text, parts)
  if (!found) return unevaluable(at, `"${text.slice(0, 40)}" is not of the form ${format.slice(0, 40)}`)
  const year = Number(found.get('y') ?? found.get('Y') ?? 1970)
  const half = found.get('h')
  const hour =
    half === undefined ? Number(found.get('H') ?? 0) : (Number(half) % 12) + (/p/i.test(found.get('a') ?? '') ? 12 : 0)
  const offsetMinutes = readOffset(found.get('Z') ?? 'Z')
  const local = Date.UTC(
    year < 100 ? 2000 + year : year,
    readMonth(found.get('M') ?? '1'),
    Number(found.get('d') ?? 1),
    hour,
    Number(found.get('m') ?? 0),
    Number(found.get('s') ?? 0),
    Number((found.get('S') ?? '').padEnd(3, '0')),
  )
  return { ms: local - offsetMinutes * 60_000, offsetMinutes }
}

function readMonth(text: string): number {
  const number = Number(text)
  return Number.isNaN(number) ? months.findIndex((name) => name.slice(0, 3) === text.slice(0, 3)) : number - 1
}

function readOffset(text: string): number {
  if (text === 'Z') return 0
  const size = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2))
  return text[0] === '-' ? -size : size
}

function readIso(value: unknown, at: number): Moment {
  const text = textOf(value)
  const ms = /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(ms)) return unevaluable(at, `"${text.slice(0, 40)}" is no moment in ISO 8601`)
  const offset = /[+-]\d{2}:?\d{2}$/.exec(text)
  return { ms, offsetMinutes: offset ? readOffset(offset[0]) : 0 }
}

function readNumber(value: unknown, at: number): number {
  const number = Number(textOf(value))
  return textOf(value) === '' || !Number.isFinite(number) ? unevaluable(at, 'a number is missing') : number
}

const iso = (ms: number, at: number): string => render({ ms, offsetMinutes: 0 }, ISO, at)

/** Functions on moments. */
export const timeFunctions: FunctionTable = {
  'Time.now': takes(0, 2, ([zone, format], { now = 0 }, at, budget) =>
    render({ ms: now, offsetMinutes: offsetOf(textOf(zone), now, at, budget) }, textOf(format) || ISO, at),
  ),
  'Time.fromWindowsToIso8601': takes(1, 1, ([time], _, at) =>
    iso(readNumber(time, at) / 10_000 + WINDOWS_EPOCH_MS, at),
  ),
  'Time.fromUnixToIso8601': takes(1, 1, ([time], _, at) => iso(readNumber(time, at) * 1000, at)),
  'Time.fromStringToIso8601': takes(2, 2, ([time, format], _, at, budget) =>
    render(parse(textOf(time), textOf(format), at, budget), ISO, at),
  ),
  'Time.fromIso8601ToWindows': takes(1, 1, ([time], _, at) =>
    String((readIso(time, at).ms - WINDOWS_EPOCH_MS) * 10_000),
  ),
  'Time.fromIso8601ToUnix': takes(1, 1, ([time], _, at) => String(Math.floor(readIso(time, at).ms / 1000))),
  'Time.fromIso8601ToString': takes(2, 2, ([time, format], _, at) => render(readIso(time, at), textOf(format), at)),
}
