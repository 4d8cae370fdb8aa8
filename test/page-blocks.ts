// Which blocks of a page can be run, and what does the page say that they print?

/** A fenced block of a page. */
export interface Block {
  language: string
  text: string
  /** The line that its text begins on. */
  line: number
  /** From `<!-- run -->` or `<!-- run: exit 1 -->` before it: the exit code it ends with. */
  exit?: number
  /** From `<!-- not run: reason -->` before it. */
  notRun?: string
  /** The `text` block right behind it. */
  output?: string
}

/** The fenced blocks of a page, in order; a `text` block that shows the output of the one before it is part of that one. */
export function blocksOf(markdown: string): Block[] {
  const lines = markdown.split('\n')
  const blocks: Block[] = []
  let comment: string | undefined
  let last: { block: Block; end: number } | undefined
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!
    comment = /^<!-- ((?:not )?run\b.*) -->$/.exec(line)?.[1] ?? comment
    const language = /^```(\w+)$/.exec(line)?.[1]
    if (language === undefined) {
      if (line !== '' && !line.startsWith('<!--')) comment = undefined
      continue
    }
    const begin = at + 1
    while (at + 1 < lines.length && lines[at + 1] !== '```') at++
    const text = lines.slice(begin, at + 1).join('\n')
    at++
    if (language === 'text' && last && begin - 1 - last.end <= 2) last.block.output = text
    else {
      const block: Block = { language, text, line: begin + 1, ...meaningOf(comment) }
      blocks.push(block)
      last = { block, end: at }
    }
    comment = undefined
  }
  return blocks
}

function meaningOf(comment: string | undefined): Pick<Block, 'exit' | 'notRun'> {
  if (comment === undefined) return {}
  const notRun = /^not run: (.+)$/.exec(comment)?.[1]
  if (notRun !== undefined) return { notRun }
  return { exit: Number(/^run: exit (\d+)$/.exec(comment)?.[1] ?? 0) }
}

/**
 * Where an output differs from what a page shows; undefined when it does not. `…` in a shown line stands for
 * anything, a line of `…` alone for any number of lines.
 */
export function differenceOf(shown: string, real: string): string | undefined {
  const wanted = trimmedLines(shown)
  const given = trimmedLines(real)
  let at = 0
  let mayskip = false
  for (const line of wanted) {
    if (line.trim() === '…') {
      mayskip = true
      continue
    }
    const pattern = new RegExp(`^${line.split('…').map(escapeRegExp).join('.*')}$`)
    if (mayskip) while (at < given.length && !pattern.test(given[at]!)) at++
    const found = given[at]
    if (found === undefined) return `the page shows "${line}", the command printed no such line`
    if (!pattern.test(found)) return `the page shows "${line}", the command printed "${found}"`
    mayskip = false
    at++
  }
  if (!mayskip && at < given.length) return `the command also printed "${given[at]}", which the page does not show`
  return undefined
}

function trimmedLines(text: string): string[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.trimEnd())
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
