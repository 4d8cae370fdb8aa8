// Where are the neighbouring pages of a list? Okta sends one Link header line per relation (`self`, `next`);
// HTTP libraries hand them over as lines or joined by commas.
import { type HeaderBag, headerValues } from './headers.ts'

/** Relation to URL, such as `{ next: 'https://…?after=…' }`. The first of a doubled relation counts. */
export function parseLinks(value: string | readonly string[] | undefined | null): Record<string, string> {
  if (value === undefined || value === null) return {}
  const found = new Map<string, string>()
  for (const line of typeof value === 'string' ? [value] : value) readLine(String(line), found)
  return Object.fromEntries(found)
}

/** The links of an answer. */
export function linksOf(headers: HeaderBag | undefined): Record<string, string> {
  return parseLinks(headerValues(headers, 'link'))
}

/** The header's lines, in the order given. They must stay lines: send them as an array. */
export function renderLinks(links: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(links).flatMap(([rel, url]) => {
    if (url === undefined) return []
    return [`<${url.replace(/[<>\s]/g, encodeURIComponent)}>; rel="${rel.replace(/["\\\r\n]/g, '')}"`]
  })
}

function readLine(line: string, found: Map<string, string>): void {
  let at = 0
  for (;;) {
    const open = line.indexOf('<', at)
    if (open < 0) return
    const close = line.indexOf('>', open)
    if (close < 0) return
    const url = line.slice(open + 1, close).trim()
    const end = endOfParams(line, close + 1)
    for (const param of line.slice(close + 1, end).matchAll(/;\s*([\w*-]+)\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/g)) {
      if (param[1]!.toLowerCase() !== 'rel') continue
      for (const name of (param[2] ?? param[3] ?? '').split(/\s+/)) {
        if (name !== '' && !found.has(name)) found.set(name, url)
      }
    }
    at = end
  }
}

/** The comma that ends this link, outside of quotes; or the end of the line. */
function endOfParams(line: string, from: number): number {
  let quotes = false
  for (let at = from; at < line.length; at++) {
    if (line[at] === '"') quotes = !quotes
    else if (!quotes && (line[at] === ',' || line[at] === '<')) return at
  }
  return line.length
}
