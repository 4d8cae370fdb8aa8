// Is this the message of an SDK, a tool or a log file? The last resort: words are kept, and the rules look for Okta's
// own sentences in them.
import type { Evidence } from '../evidence.ts'
import type { Reader, Reading } from './reader.ts'

export const text: Reader = {
  name: 'text',
  says: 'the message of an SDK, a tool or a log file',
  read: readText,
}

const MAX_WORDS = 40_000
/** A log is looked through this far. */
const MAX_LOG = 64_000_000
const LINES_AROUND = 3
const MOST_PLACES = 20

/** Words that stand on the lines of a log where a call to Okta failed. */
const TELLING =
  /\bE0\d{6}\b|errorSummary|error_description|\bOkta HTTP \d{3}\b|\b[45]\d\d (?:Client|Server) Error\b|\bstatus(?: ?code)?\W{1,3}[45]\d\d\b/

function readText(whole: string): Reading {
  if (whole.length <= MAX_WORDS) return { evidences: [evidenceOf(whole.trim())], gaps: [] }
  const telling = tellingLines(whole)
  return {
    evidences: [evidenceOf((telling ?? whole.slice(0, MAX_WORDS)).trim())],
    gaps: [
      {
        what: `A text of ${whole.length} characters.`,
        why: telling
          ? 'Only the lines around the words of an error were read.'
          : `Only the first ${MAX_WORDS} were read: no line speaks of an error that Okta sends.`,
        send: 'The lines around the failure, if it is another one.',
      },
    ],
  }
}

function evidenceOf(words: string): Evidence {
  return { ...toldInWords(words), responseBody: { text: words } }
}

/** The lines of a long text that speak of an error, each with its neighbours; undefined where none does. */
function tellingLines(whole: string): string | undefined {
  const log = whole.slice(0, MAX_LOG)
  const telling = new RegExp(TELLING, 'g')
  let found = ''
  let from = 0
  for (let places = 0; places < MOST_PLACES && found.length < MAX_WORDS; places++) {
    telling.lastIndex = from
    const at = telling.exec(log)?.index
    if (at === undefined) break
    let start = at
    for (let lines = 0; lines <= LINES_AROUND && start > from; lines++) start = log.lastIndexOf('\n', start - 1)
    start = Math.max(start, from, at - 4_000)
    let end = at
    for (let lines = 0; lines <= LINES_AROUND && end >= 0; lines++) end = log.indexOf('\n', end + 1)
    end = Math.min(end < 0 ? log.length : end, at + 4_000)
    found += log.slice(start, end)
    from = end
  }
  return found === '' ? undefined : found.slice(0, MAX_WORDS)
}

const STATUS =
  /\b([45]\d\d) (?:Client|Server) Error\b|\b(?:status(?: ?code)?|HTTP(?: ?Error)?|Response code|returned an error|does not indicate success)\W{1,3}([45]\d\d)\b|\bresulted in a `?([45]\d\d)\b|\b([45]\d\d)(?: \(?)(?:Unauthorized|Forbidden|Too Many Requests)\b/gi
const ADDRESS = /(?:\b(GET|POST|PUT|PATCH|DELETE)\s+["'`]?)?\b(https?:\/\/[^\s"'`<>)\],]{4,2000})/g
const OKTA_PATH = /\/(?:api\/(?:v1|internal)|oauth2|idp)\//

/**
 * Status, method and address, where a program's message names them: `401 Client Error: Unauthorized for url: …`. Two
 * that differ say nothing.
 */
export function toldInWords(words: string): Pick<Evidence, 'httpStatus' | 'method' | 'path'> {
  const near = words.slice(0, MAX_WORDS)
  const statuses = new Set([...near.matchAll(STATUS)].map((found) => Number(found.slice(1).find(Boolean))))
  const calls = new Map<string, string | undefined>()
  for (const [, method, url = ''] of near.matchAll(ADDRESS))
    if (OKTA_PATH.test(url)) {
      const address = url.replace(/[.:;]+$/, '')
      calls.set(address, method ?? calls.get(address))
    }
  const [status] = statuses
  const [call] = calls
  return {
    ...(statuses.size === 1 && { httpStatus: status! }),
    ...(calls.size === 1 && { path: call![0] }),
    ...(calls.size === 1 && call![1] !== undefined && { method: call![1] }),
  }
}
