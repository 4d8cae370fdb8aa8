// What would help to know more? Collects what the findings ask for, and names what is missing when nothing speaks.
import type { Fit } from './catalogue.ts'
import type { Facts } from './facts.ts'
import type { Candidate, Finding, Want } from './finding.ts'

const MOST_WANTS = 5

/** What to send next, most telling first. */
export function ask(
  facts: Facts,
  findings: readonly Finding[],
  candidates: readonly Candidate[],
  fits: readonly Fit[],
): Want[] {
  const wants = new Map<string, Want>()
  const add = (want: Want): void => {
    if (!wants.has(want.what) && wants.size < MOST_WANTS) wants.set(want.what, want)
  }
  // Where the first finding is certain, nothing more is needed.
  if (findings[0]?.strength === 'certain') return []
  for (const finding of findings)
    for (const candidate of candidates)
      if (candidate.kind === finding.kind) for (const want of candidate.wants ?? []) add(want)
  // What the catalogue knows about the difference, for the causes in front.
  for (const finding of findings.length > 1 ? findings.slice(0, 3) : []) {
    const fit = fits.find((one) => one.code === finding.code && one.cause === finding.cause)
    if (fit?.tellApart !== undefined) add({ what: `Whether it is ${fit.code}/${fit.cause}`, how: fit.tellApart })
  }
  if (findings.length === 0 || findings[0]!.strength === 'possible') for (const want of missing(facts)) add(want)
  return [...wants.values()]
}

function missing(facts: Facts): Want[] {
  const { evidence } = facts
  const wants: Want[] = []
  if (facts.status !== undefined && facts.status < 400 && evidence.redirectUrl === undefined)
    wants.push({
      what: 'The call that failed',
      how: `This one was answered with ${facts.status}, which is no failure in itself. If it is the right one: what you expected and did not get.`,
    })
  if (evidence.responseBody === undefined && evidence.redirectUrl === undefined)
    wants.push({
      what: 'The body of the answer',
      how: 'Repeat the call with `curl -i`, or log the body in your program. errorCode, errorSummary and errorCauses tell most.',
    })
  if (evidence.httpStatus === undefined && evidence.redirectUrl === undefined)
    wants.push({
      what: 'The HTTP status',
      how: 'It stands in the first line of `curl -i`: 401, 403, 404 and 429 mean different things.',
    })
  if (evidence.responseHeaders === undefined)
    wants.push({
      what: 'The headers of the answer',
      how: 'WWW-Authenticate, x-rate-limit-* and x-okta-request-id; an answer to an access token often has nothing else.',
    })
  if (facts.method === undefined || facts.path === undefined)
    wants.push({ what: 'Method and path of the request', how: 'For example `GET /api/v1/users/00u…`, with its query.' })
  if (facts.authorization === undefined)
    wants.push({
      what: 'How the caller authenticates',
      how: 'The word in the Authorization header (SSWS, Bearer, DPoP, Basic) is enough; leave the credential out.',
    })
  if (facts.events.length === 0)
    wants.push({
      what: 'System Log events of that moment',
      how: 'filter=transaction.id eq "{x-okta-request-id}", or Reports > System Log for the minute of the failure',
    })
  return wants
}
