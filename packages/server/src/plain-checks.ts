// Does a value of a program have the members and words that it may have? For what is looked at on the spot: loading the
// schemas of the control API takes longer than making an org.
import type { ReadFault } from './control/read.ts'
import { noSuchMember, noSuchWord } from './nearest.ts'

/** Says what is wrong with a value, each fault with the path below it. */
export type Check = (value: unknown) => readonly ReadFault[]

const wrong = (says: string): ReadFault[] => [{ path: [], says }]

/** What cannot be told from outside: functions, clocks, bodies. */
export const anything: Check = () => []

/** Text. */
export const text: Check = (value) => (typeof value === 'string' ? [] : wrong('must be text'))

/** Text that fits. */
export function textThat(fits: (value: string) => boolean, says: string): Check {
  return (value) => (typeof value === 'string' && fits(value) ? [] : wrong(says))
}

/** `true` or `false`. */
export const flag: Check = (value) => (typeof value === 'boolean' ? [] : wrong('must be true or false'))

/** A number within bounds. */
export function number(least: number, most = Number.MAX_VALUE): Check {
  const bounds = most === Number.MAX_VALUE ? `of at least ${least}` : `from ${least} to ${most}`
  return (value) =>
    typeof value === 'number' && value >= least && value <= most ? [] : wrong(`must be a number ${bounds}`)
}

/** A whole number within bounds. */
export function whole(least: number, most = Number.MAX_SAFE_INTEGER): Check {
  const bounds = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`
  return (value) =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= most
      ? []
      : wrong(`must be a whole number ${bounds}`)
}

/** One of these words. */
export function word(...words: readonly string[]): Check {
  return (value) => (words.includes(value as string) ? [] : wrong(noSuchWord(value, words)))
}

/** Null, or what the check wants. */
export function orNull(check: Check): Check {
  return (value) => (value === null ? [] : check(value))
}

/** A list of such values. */
export function list(check: Check): Check {
  return (value) => (Array.isArray(value) ? value.flatMap((item, i) => below(i, check(item))) : wrong('must be a list'))
}

/** An object whose names are free, or such that fit. */
export function named(check: Check, name: Check = anything): Check {
  return (value) =>
    isPlain(value)
      ? Object.entries(value).flatMap(([key, item]) =>
          below(key, [...name(key), ...(item === undefined ? [] : check(item))]),
        )
      : wrong('must be an object')
}

/** An object with these members, all of them optional; one that is undefined says nothing. */
export function members(checks: Readonly<Record<string, Check>>): Check {
  const names = Object.keys(checks)
  return (value) => {
    if (!isPlain(value)) return wrong('must be an object')
    return Object.entries(value).flatMap(([name, item]) => {
      if (item === undefined) return []
      const check = Object.hasOwn(checks, name) ? checks[name] : undefined
      return below(name, check ? check(item) : wrong(noSuchMember(name, names)))
    })
  }
}

function below(name: string | number, faults: readonly ReadFault[]): ReadFault[] {
  return faults.map((fault) => ({ path: [name, ...fault.path], says: fault.says }))
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
