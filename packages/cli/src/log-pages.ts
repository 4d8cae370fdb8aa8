// How are pages of the System Log fetched? Page by page along the next link, whose address is put onto the org that was
// named: the credential goes nowhere else.
import { linksOf, redactText } from '@errorg/errors/wire'
import { getJson } from './get-json.ts'
import { type Io, Refusal } from './io.ts'
import type { OrgAccess } from './org-access.ts'

/** An event as it came. */
export type LogEvent = Readonly<Record<string, unknown>>

/** A page, or why there is none. */
export type LogPage =
  | { events: LogEvent[]; next: string | undefined; dateMs: number | undefined }
  /** 429: how many seconds until the limit begins anew. */
  | { waitSeconds: number }
  | { trouble: string }

const PATH = '/api/v1/logs'
const LONGEST_WAIT_SECONDS = 120

/** Fetches one page; `target` is a path with query. Refusals that will not pass end the command. */
export async function fetchLogPage(access: OrgAccess, target: string, io: Io, stop?: AbortSignal): Promise<LogPage> {
  const got = await getJson(io.fetch, `${access.orgUrl}${target}`, {
    authorization: access.authorization,
    ...(stop && { stop }),
  })
  if ('trouble' in got) return got
  const { status, headers, body } = got
  if (status === 200 && Array.isArray(body)) {
    const date = Date.parse(headers.get('date') ?? '')
    return {
      events: body.filter((event) => typeof event === 'object' && event !== null),
      next: nextOf(access, headers),
      dateMs: Number.isNaN(date) ? undefined : date,
    }
  }
  if (status === 429) return { waitSeconds: secondsUntilReset(headers, io.now()) }
  const said = saidBy(body)
  if (status === 401 || status === 403)
    throw new Refusal(
      4,
      `${access.orgUrl} does not let the credential in ${access.tokenName} read the System Log: ${said ?? status}. It takes a token of an administrator who may (a read-only administrator can), or an access token with okta.logs.read.`,
    )
  if (status === 400) throw new Refusal(2, `${access.orgUrl} does not take this search: ${said ?? status}.`)
  if (status >= 300 && status < 400)
    return { trouble: `It sends elsewhere (${status}): the address is not that of the org's API.` }
  return { trouble: `It answered with ${status}${said === undefined ? '' : `: ${said}`}.` }
}

/** The path of a search. */
export function logTarget(parameters: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) query.set(name, value)
  return query.size === 0 ? PATH : `${PATH}?${query}`
}

function nextOf(access: OrgAccess, headers: Headers): string | undefined {
  const { next } = linksOf(headers)
  if (next === undefined || !URL.canParse(next, access.orgUrl)) return undefined
  const { pathname, search } = new URL(next, access.orgUrl)
  return pathname === PATH ? pathname + search : undefined
}

function secondsUntilReset(headers: Headers, nowMs: number): number {
  const reset = Number(headers.get('x-rate-limit-reset') ?? Number.NaN)
  const date = Date.parse(headers.get('date') ?? '')
  const seconds = reset - Math.floor((Number.isNaN(date) ? nowMs : date) / 1000) + 1
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 1), LONGEST_WAIT_SECONDS) : 10
}

function saidBy(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined
  const { errorCode, errorSummary, errorCauses } = body as Record<string, unknown>
  const causes = Array.isArray(errorCauses)
    ? errorCauses.flatMap((cause) => (typeof cause?.errorSummary === 'string' ? [cause.errorSummary] : []))
    : []
  const words = [errorCode, errorSummary, ...causes].filter((word) => typeof word === 'string').join(' ')
  return words === '' ? undefined : redactText(words).slice(0, 500).replace(/\.$/, '')
}
