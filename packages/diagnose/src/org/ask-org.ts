// What does the org itself know about a failed call? Asks only what could decide between the findings, and puts the
// answers among the evidence; nothing is decided here.
import { type Evidence, isRecord } from '../evidence.ts'
import { normalise } from '../facts.ts'
import type { Diagnosis, Gap } from '../finding.ts'
import { type Asked, type AskOptions, type AskState, type Channel, openChannel } from './channel.ts'
import { questions } from './index.ts'
import { isHostOf } from './origin.ts'

/** What asking brought. */
export interface OrgAnswers {
  /** The evidence with what was learnt, under `requestContext.askedOrg` and `logEvents`. */
  evidence: Evidence
  asked: readonly Asked[]
  gaps: readonly Gap[]
  state: AskState
}

const MOST_EVENTS = 200

/** Asks a real org, or a running errorg, about one failed call. Only reads. Never throws. */
export async function askOrg(evidence: Evidence, first: Diagnosis, options: AskOptions): Promise<OrgAnswers> {
  const channel = openChannel(options)
  const more = await askThrough(channel, evidence, first, options.now)
  return { evidence: more, asked: channel.asked, gaps: channel.gaps, state: channel.state }
}

/** The same through a way that is open already: several calls share its limits. */
export async function askThrough(
  channel: Channel,
  evidence: Evidence,
  first: Diagnosis,
  now: number | undefined,
): Promise<Evidence> {
  if (channel.origin === undefined || isSettled(first)) return evidence
  const { host } = normalise(evidence, now)
  if (host !== undefined && !isHostOf(host, channel.origin)) {
    channel.gap({
      what: `The call went to ${host.slice(0, 200)}, which is not ${new URL(channel.origin).host}.`,
      why: 'Ids, tokens and logs of one org mean nothing in another, so nothing was asked.',
      send: `The address of that org, and a token of it.`,
    })
    return evidence
  }
  let known = evidence
  for (const question of questions) {
    try {
      const answer = await question.ask({ facts: normalise(known, now), findings: first.findings }, channel)
      if (answer) known = withLearnt(known, question.name, answer.learnt, answer.events ?? [])
    } catch (error) {
      // An answer of a shape that nobody foresaw must not cost the diagnosis.
      channel.gap({
        what: `The question ${question.name}.`,
        why: `The org answered in an unexpected form${error instanceof TypeError ? '' : ' or not at all'}.`,
        send: 'The answer, to whoever maintains this program.',
      })
    }
  }
  return known
}

/** One certain cause and nothing beside it: no answer could change that. */
function isSettled({ findings }: Diagnosis): boolean {
  const [best, ...others] = findings
  return best?.strength === 'certain' && best.cause !== null && others.length === 0
}

function withLearnt(evidence: Evidence, name: string, learnt: unknown, events: readonly unknown[]): Evidence {
  const before = evidence.requestContext?.askedOrg
  const askedOrg = { ...(isRecord(before) && before), [name]: JSON.parse(JSON.stringify(learnt)) as unknown }
  const logEvents = [...(evidence.logEvents ?? []), ...events].slice(-MOST_EVENTS)
  return {
    ...evidence,
    requestContext: { ...evidence.requestContext, askedOrg },
    ...(logEvents.length > 0 && { logEvents }),
  }
}
