// How does text fit a terminal? Wrapping, indenting, tables and the few colours that are used.
import pc from 'picocolors'

/** How a text rendering is to look. */
export interface Look {
  color: boolean
  columns: number
}

/** The colours of a rendering; without colour each gives its text back. */
export function paint(look: Look) {
  return pc.createColors(look.color)
}

/** The width texts are wrapped at: long lines are hard to read however wide the window is. */
export function widthOf(look: Look): number {
  return Math.max(40, Math.min(look.columns, 100))
}

/** Breaks a text at blanks; every line after the first begins with `hang`. */
export function wrap(text: string, width: number, indent = '', hang = indent): string {
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    let line = lines.length === 0 ? indent : hang
    let empty = true
    for (const word of paragraph.split(/ +/)) {
      if (word === '') continue
      if (!empty && line.length + 1 + word.length > width) {
        lines.push(line)
        line = hang
        empty = true
      }
      line += empty ? word : ` ${word}`
      empty = false
    }
    lines.push(line)
  }
  return lines.join('\n')
}

/** A numbered list, each item wrapped under its number. */
export function steps(items: readonly string[], width: number, indent = ''): string {
  return items
    .map((item, at) => {
      const number = `${at + 1}. `
      return wrap(item, width, `${indent}${number}`, indent + ' '.repeat(number.length))
    })
    .join('\n')
}

/** A list with dashes. */
export function dashes(items: readonly string[], width: number, indent = ''): string {
  return items.map((item) => wrap(item, width, `${indent}- `, `${indent}  `)).join('\n')
}

/** A table: the columns as wide as their widest cell, the last one as it is. */
export function table(rows: readonly (readonly string[])[], gap = '  '): string {
  const widths: number[] = []
  for (const row of rows) {
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length)
  }
  return rows
    .map((row) =>
      row
        .map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at]!)))
        .join(gap)
        .trimEnd(),
    )
    .join('\n')
}

/** `1 call`, `3 calls` */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`
}
