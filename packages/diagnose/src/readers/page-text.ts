// Which words does a person read on this HTML page? Used for Okta's error pages and for proxies that answer HTML.

const MAX_PAGE = 300_000
const MAX_WORDS = 4_000

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  '#39': "'",
  '#x27': "'",
}

/** The page's title and text on one line. Walks the tags by hand: expressions over hostile HTML can take forever. */
export function pageText(html: string): string {
  const page = html.slice(0, MAX_PAGE)
  const lower = page.toLowerCase()
  let words = ''
  let at = 0
  const space = (): void => {
    if (!words.endsWith(' ')) words += ' '
  }
  while (at < page.length && words.length < MAX_WORDS * 2) {
    const open = page.indexOf('<', at)
    words += page.slice(at, open < 0 ? page.length : open)
    if (open < 0) break
    if (page.startsWith('<!--', open)) {
      const end = page.indexOf('-->', open + 4)
      at = end < 0 ? page.length : end + 3
      continue
    }
    const hidden = /^<(script|style|noscript|svg)\b/i.exec(page.slice(open, open + 12))
    if (hidden) {
      const end = lower.indexOf(`</${hidden[1]!.toLowerCase()}`, open + 1)
      at = end < 0 ? page.length : end
      if (end >= 0) {
        const close = page.indexOf('>', end)
        at = close < 0 ? page.length : close + 1
      }
      space()
      continue
    }
    const close = page.indexOf('>', open)
    at = close < 0 ? page.length : close + 1
    space()
  }
  return words
    .slice(0, MAX_WORDS * 2)
    .replace(/&(#?\w{1,8});/g, (whole, name: string) => ENTITIES[name.toLowerCase()] ?? whole)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MAX_WORDS)
}
