// Which entries of this HAR file failed? Reads a browser's or proxy's recording and takes the calls worth a diagnosis.
import type { Evidence } from '../evidence.ts'
import { isRecord, toHeaders } from '../evidence.ts'
import type { Gap } from '../finding.ts'
import { readBody } from './curl.ts'
import { parseJson, readSent } from './json-text.ts'
import { type Reader, type Reading, refuse } from './reader.ts'

const MAX_TAKEN = 20
const MAX_BODY = 300_000

export const har: Reader = {
  name: 'har',
  says: 'a HAR file recorded by a browser or proxy',
  read: readHar,
}

/** True where a value has the outline of a HAR file. */
export function isHar(value: unknown): boolean {
  return isRecord(value) && isRecord(value.log) && Array.isArray(value.log.entries)
}

function readHar(text: string): Reading {
  const parsed = parseJson(text.trim())
  if (!parsed || !isHar(parsed.value))
    return refuse(
      'A text that is no HAR file.',
      parsed
        ? 'It has no list at log.entries.'
        : 'It is not complete JSON; recordings are often cut by an upload limit.',
      'The file saved with "Save all as HAR" from the network panel, or the failing call as `curl -v`.',
    )
  const entries = ((parsed.value as { log: { entries: unknown[] } }).log.entries ?? []) as unknown[]
  const gaps: Gap[] = []
  const failed: { evidence: Evidence; okta: boolean }[] = []
  let unreadable = 0
  for (const entry of entries) {
    const read = readEntry(entry)
    if (!read) unreadable++
    else if (read !== 'fine') failed.push(read)
  }
  if (unreadable > 0)
    gaps.push({
      what: `${unreadable} of ${entries.length} entries.`,
      why: 'They have no request or no response.',
      send: 'Nothing, unless the failing call is among them; then record it again with "Preserve log" on.',
    })
  const ours = failed.filter((item) => item.okta)
  const chosen = (ours.length > 0 ? ours : failed).slice(0, MAX_TAKEN)
  if (chosen.length === 0)
    gaps.push({
      what: `A HAR file with ${entries.length} entries.`,
      why: 'None of them failed: no status of 400 or more, no redirect with an error, no blocked call.',
      send: 'A recording of the moment of the failure, with "Preserve log" on before it begins.',
    })
  else if (failed.length > chosen.length)
    gaps.push({
      what: `${failed.length} failed entries.`,
      why:
        ours.length > 0 && ours.length < failed.length
          ? `Those that went to other servers than Okta were left out; ${chosen.length} remain.`
          : `Only the first ${chosen.length} were read.`,
      send: 'A shorter recording, if the failure you mean is another one.',
    })
  return { evidences: chosen.map((item) => item.evidence), gaps }
}

const OKTA_PATH = /\/(?:api\/v1|api\/internal|oauth2|idp\/|\.well-known|login\/|app\/|signin|sso\/)/
const OKTA_HOST = /^https?:\/\/[^/]*(?:okta|oktapreview|okta-emea|okta-gov|trexcloud)\.com/i

function readEntry(entry: unknown): { evidence: Evidence; okta: boolean } | 'fine' | undefined {
  if (!isRecord(entry) || !isRecord(entry.request) || !isRecord(entry.response)) return undefined
  const { request, response } = entry
  const status = typeof response.status === 'number' ? response.status : 0
  const url = typeof request.url === 'string' ? request.url.slice(0, 16_000) : ''
  const redirect = typeof response.redirectURL === 'string' ? response.redirectURL : ''
  const redirected = status >= 300 && status < 400 && /[?#&]error=/.test(redirect)
  const trouble = [response._error, entry._error].find((word) => typeof word === 'string' && word !== '')
  if (!(status >= 400) && !redirected && trouble === undefined) return 'fine'
  const body = readContent(response.content)
  const sent = readPostData(request)
  const requestHeaders = toHeaders(request.headers)
  const responseHeaders = toHeaders(response.headers)
  return {
    okta: OKTA_PATH.test(url) || OKTA_HOST.test(url),
    evidence: {
      ...(status >= 100 && status <= 599 && { httpStatus: status }),
      ...(typeof request.method === 'string' && { method: request.method }),
      ...(url !== '' && { path: url }),
      ...(body !== undefined && { responseBody: body }),
      ...(responseHeaders && { responseHeaders }),
      ...(requestHeaders && { requestHeaders }),
      ...(sent !== undefined && { requestBody: readSent(sent.slice(0, MAX_BODY)) }),
      ...(redirected && { redirectUrl: redirect }),
      requestContext: {
        // Browsers leave cookies and Authorization out of a recording unless asked: absence proves nothing.
        requestSeenIn: 'HAR file',
        ...(trouble !== undefined && { browserError: trouble }),
      },
    },
  }
}

/** What was sent; an empty text where the recording shows that nothing was. */
function readPostData({ method, postData, bodySize }: Record<string, unknown>): string | undefined {
  if (isRecord(postData)) return typeof postData.text === 'string' && postData.text !== '' ? postData.text : undefined
  // A recording has a postData for every body; one that was too long to keep has its size alone.
  const takesBody = method === 'POST' || method === 'PUT' || method === 'PATCH'
  return takesBody && !(typeof bodySize === 'number' && bodySize > 0) ? '' : undefined
}

function readContent(content: unknown): unknown {
  if (!isRecord(content) || typeof content.text !== 'string') return undefined
  let text = content.text.slice(0, MAX_BODY)
  if (content.encoding === 'base64') {
    try {
      const bytes = Uint8Array.from(atob(text.slice(0, text.length - (text.length % 4))), (c) => c.charCodeAt(0))
      text = new TextDecoder().decode(bytes)
    } catch {
      return undefined
    }
  }
  return readBody(text)
}
