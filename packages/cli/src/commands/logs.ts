// What does the System Log say? Searches it, follows it, or lists the searches that the guide has.
import { redactValue } from '@errorg/errors/wire'
import { type ExitCode, type Io, Refusal } from '../io.ts'
import { fetchLogPage, type LogEvent, logTarget } from '../log-pages.ts'
import { countOf, filterOf, momentOf, recipeOf } from '../log-query.ts'
import { logRecipes, recipeInFilter } from '../log-recipes.ts'
import { type OrgAccess, readOrgAccess } from '../org-access.ts'
import { logEventText, recipesText } from '../render/log-event.ts'
import { count } from '../render/text.ts'
import { wait } from '../wait.ts'

/** The flags of `logs`, as typed. */
export interface LogsOptions {
  org?: string
  tokenEnv?: string
  recipe?: string
  app?: string
  actor?: string
  requestId?: string
  since?: string
  until?: string
  limit?: string
  interval?: string
  json?: boolean
}

const PAGE = 1_000
const MOST_EVENTS = 10_000
const DEFAULT_EVENTS = 100
const DEFAULT_INTERVAL_SECONDS = 5
/** Failed polls in a row after which nobody would believe in the next one. */
const MOST_TROUBLE = 5

const USAGE = `say which org, and what to look for. For example:
  errorg logs --org https://example.okta.com --since 1h
  errorg logs 'eventType eq "user.session.start" and outcome.result eq "FAILURE"' --org https://example.okta.com
  errorg logs --recipe token-grant --app "My app" --org https://example.okta.com
  errorg logs tail --org https://example.okta.com
  errorg logs recipes`

/** Exit 0 when it was read, also with no event; 2 when the search is not taken, 4 and 5 when the org cannot be read. */
export async function logs(
  what: string | undefined,
  filter: string | undefined,
  options: LogsOptions,
  io: Io,
): Promise<ExitCode> {
  if (what === 'recipes') return recipes(filter, options, io)
  const tails = what === 'tail'
  const named = tails || what === 'query'
  if (!named && filter !== undefined)
    throw new Refusal(
      2,
      `the first word is "query", "tail" or "recipes", or the filter alone: put it into quotes. ${USAGE}`,
    )
  const selection = { ...options, filter: named ? filter : what }
  // What is wrong with the flags is said before anything is sent.
  const search = filterOf(selection)
  const now = io.now()
  const since = options.since === undefined ? undefined : momentOf(options.since, '--since', now)
  const until = options.until === undefined ? undefined : momentOf(options.until, '--until', now)
  const most = options.limit === undefined ? DEFAULT_EVENTS : countOf(options.limit, '--limit', MOST_EVENTS)
  const intervalMs = intervalOf(options.interval)
  if (tails && (until !== undefined || options.limit !== undefined))
    throw new Refusal(2, 'tail goes on until it is stopped; --until and --limit belong to a query.')
  if (!tails && options.interval !== undefined) throw new Refusal(2, '--interval belongs to tail.')
  if (options.org === undefined) throw new Refusal(2, `--org is missing; ${USAGE}`)
  const access = readOrgAccess(options.org, options.tokenEnv, 'the System Log', io)
  hint(search, io)
  return tails
    ? await tail(access, { search, since, intervalMs }, options, io)
    : await query(access, { search, since, until, most }, options, io)
}

function recipes(name: string | undefined, options: LogsOptions, io: Io): ExitCode {
  const wanted = name ?? options.recipe
  const list = wanted === undefined ? logRecipes : [recipeOf(wanted)]
  if (options.json) io.out(`${JSON.stringify({ schema: 1, recipes: list })}\n`)
  else io.out(recipesText(list, io))
  return 0
}

async function query(
  access: OrgAccess,
  asked: { search: string | undefined; since?: string; until?: string; most: number },
  options: LogsOptions,
  io: Io,
): Promise<ExitCode> {
  const found: LogEvent[] = []
  // The newest are wanted, so they are asked for first; people read on from old to new.
  let target: string | undefined = logTarget({
    filter: asked.search,
    since: asked.since,
    until: asked.until,
    sortOrder: 'DESCENDING',
    limit: String(Math.min(asked.most, PAGE)),
  })
  while (target !== undefined && found.length < asked.most) {
    const page = await fetchLogPage(access, target, io)
    if ('waitSeconds' in page)
      throw new Refusal(
        5,
        `${access.orgUrl}: the limit for reading the System Log is used up. Try again in ${page.waitSeconds} seconds.`,
      )
    if ('trouble' in page) throw new Refusal(5, `${access.orgUrl} could not be asked. ${page.trouble}`)
    found.push(...page.events)
    target = page.events.length === 0 ? undefined : page.next
  }
  const events = found.slice(0, asked.most).reverse()
  if (options.json) io.out(`${JSON.stringify({ schema: 1, events: events.map(redactValue) })}\n`)
  else io.out(events.map((event) => logEventText(event, io)).join(''))
  if (events.length === 0)
    io.err(
      `No events${asked.since === undefined ? ' in the last seven days' : ''}. Most refused API calls leave none: the log holds events, not requests.\n`,
    )
  else if (found.length >= asked.most && target !== undefined)
    io.err(`Only the newest ${count(asked.most, 'event')}; more with --limit or a smaller stretch of time.\n`)
  return 0
}

async function tail(
  access: OrgAccess,
  asked: { search: string | undefined; since?: string; intervalMs: number },
  options: LogsOptions,
  io: Io,
): Promise<ExitCode> {
  const stop = new AbortController()
  const off = io.onStop(() => stop.abort())
  try {
    let target = logTarget({
      filter: asked.search,
      since: asked.since ?? (await present(access, io, stop.signal)),
      sortOrder: 'ASCENDING',
      limit: String(PAGE),
    })
    let troubles = 0
    while (!stop.signal.aborted) {
      const page = await fetchLogPage(access, target, io, stop.signal)
      if (stop.signal.aborted) break
      let pauseMs = asked.intervalMs
      if ('waitSeconds' in page) {
        pauseMs = page.waitSeconds * 1000
        io.err(`The limit for reading the System Log is used up; going on in ${page.waitSeconds} seconds.\n`)
      } else if ('trouble' in page) {
        troubles += 1
        if (troubles >= MOST_TROUBLE) throw new Refusal(5, `${access.orgUrl} could not be asked. ${page.trouble}`)
        io.err(`${access.orgUrl} could not be asked, trying again. ${page.trouble}\n`)
      } else {
        troubles = 0
        for (const event of page.events)
          io.out(options.json ? `${JSON.stringify(redactValue(event))}\n` : logEventText(event, io))
        // A full page: the next one is there already.
        if (page.events.length >= PAGE) pauseMs = 0
        target = page.next ?? target
      }
      await wait(pauseMs, stop.signal)
    }
    return 0
  } finally {
    off()
  }
}

/** Now by the clock of the org, which need not be ours: that of a local org can be moved. */
async function present(access: OrgAccess, io: Io, stop: AbortSignal): Promise<string> {
  const page = await fetchLogPage(access, logTarget({ limit: '1', sortOrder: 'DESCENDING' }), io, stop)
  return new Date('dateMs' in page && page.dateMs !== undefined ? page.dateMs : io.now()).toISOString()
}

function intervalOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT_INTERVAL_SECONDS * 1000
  const seconds = Number(text)
  if (!/^\d+(?:\.\d+)?$/.test(text) || seconds <= 0 || seconds > 3600)
    throw new Refusal(2, '--interval takes seconds, up to 3600; a log is worth asking every few seconds at most.')
  return seconds * 1000
}

/** Says of an event name that Okta does not write what to look for instead. */
function hint(search: string | undefined, io: Io): void {
  const recipe = search === undefined ? undefined : recipeInFilter(search)
  if (recipe && search !== recipe.filter && !search!.includes(recipe.filter))
    io.err(
      `"${recipe.guide}" is in the guide, not in the log of a real org. ${recipe.today} Try --recipe ${recipe.name}.\n`,
    )
}
