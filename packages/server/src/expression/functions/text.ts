// What do the functions on texts do? `String.*`, and the older names without it (documented).
import { fitsText } from '../budget.ts'
import { unevaluable } from '../fault.ts'
import { type FunctionTable, listOf, takes, textOf } from './function.ts'

const before = ([text, mark]: readonly unknown[]): string => {
  const at = textOf(text).indexOf(textOf(mark))
  return at === -1 ? textOf(text) : textOf(text).slice(0, at)
}

const after = ([text, mark]: readonly unknown[]): string => {
  const at = textOf(text).indexOf(textOf(mark))
  return at === -1 ? textOf(text) : textOf(text).slice(at + textOf(mark).length)
}

const part = ([text, from, to]: readonly unknown[], _: unknown, at: number): string => {
  const whole = textOf(text)
  const start = Number(textOf(from))
  const end = to === undefined ? whole.length : Number(textOf(to))
  if (!Number.isInteger(start) || !Number.isInteger(end) || start < 0 || start > end || end > whole.length) {
    return unevaluable(at, `a text of ${whole.length} characters has no part from ${textOf(from)} to ${textOf(to)}`)
  }
  return whole.slice(start, end)
}

const upper = ([text]: readonly unknown[]): string => textOf(text).toUpperCase()
const lower = ([text]: readonly unknown[]): string => textOf(text).toLowerCase()

function joined([between, ...values]: readonly unknown[], _: unknown, at: number): string {
  const [mark, texts] = [textOf(between), values.flatMap(listOf).map(textOf)]
  fitsText(
    texts.reduce((length, text) => length + text.length, mark.length * (texts.length - 1)),
    at,
  )
  return texts.join(mark)
}

function replaced([value, sought, by]: readonly unknown[], _: unknown, at: number): string {
  const [text, old, next] = [textOf(value), textOf(sought), textOf(by)]
  // There is nothing in "" that could be replaced.
  if (old === '') return text
  const parts = text.split(old)
  fitsText(text.length + (parts.length - 1) * (next.length - old.length), at)
  return parts.join(next)
}

function switched([text, otherwise, ...pairs]: readonly unknown[]): unknown {
  for (let i = 0; i + 1 < pairs.length; i += 2) {
    // Documented: a key that occurs anywhere in the text counts, the first one wins.
    if (textOf(text).includes(textOf(pairs[i]))) return pairs[i + 1]
  }
  return otherwise
}

/** Functions on texts. */
export const textFunctions: FunctionTable = {
  'String.append': takes(2, 2, ([text, more]) => textOf(text) + textOf(more)),
  'String.join': takes(1, 200, joined),
  'String.len': takes(1, 1, ([text]) => textOf(text).length),
  'String.removeSpaces': takes(1, 1, ([text]) => textOf(text).replaceAll(/\s/g, '')),
  'String.replace': takes(3, 3, replaced),
  'String.replaceFirst': takes(3, 3, ([text, old, by]) => textOf(text).replace(textOf(old), () => textOf(by))),
  'String.startsWith': takes(2, 2, ([text, start]) => textOf(text).startsWith(textOf(start))),
  'String.endsWith': takes(2, 2, ([text, end]) => textOf(text).endsWith(textOf(end))),
  'String.stringContains': takes(2, 2, ([text, sought]) => textOf(text).includes(textOf(sought))),
  'String.stringSwitch': takes(2, 200, switched),
  'String.substring': takes(2, 3, part),
  'String.substringAfter': takes(2, 2, after),
  'String.substringBefore': takes(2, 2, before),
  'String.toUpperCase': takes(1, 1, upper),
  'String.toLowerCase': takes(1, 1, lower),
  substring: takes(2, 3, part),
  substringAfter: takes(2, 2, after),
  substringBefore: takes(2, 2, before),
  toUpperCase: takes(1, 1, upper),
  toLowerCase: takes(1, 1, lower),
}
