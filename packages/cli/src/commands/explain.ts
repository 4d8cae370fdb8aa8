// What does this error mean? Looks it up and prints it as data or as text; what nobody knows gets suggestions.
import { kinds } from '@errorg/errors/kinds'
import { allCauses, allCodeLines, explanationOf, nearest } from '../explanation.ts'
import { type ExitCode, type Io, Refusal } from '../io.ts'
import { explanationText } from '../render/explanation.ts'
import { listText } from '../render/list.ts'

/** The flags of `explain`, as typed. */
export interface ExplainOptions {
  list?: boolean
  by?: 'status' | 'code' | 'kind'
  json?: boolean
}

/** Explains one thing, or lists all. */
export async function explain(what: string | undefined, options: ExplainOptions, io: Io): Promise<ExitCode> {
  if (options.list) {
    const list = listBy(options.by ?? 'code')
    io.out(options.json ? `${JSON.stringify({ schema: 1, ...list })}\n` : listText(list, io))
    return 0
  }
  if (what === undefined) {
    throw new Refusal(
      2,
      'explain what? Give a code (E0000047 or 47), an OAuth error (access_denied), an HTTP status (403) or a kind; --list shows all.',
    )
  }
  const explanation = explanationOf(what)
  if (!explanation) {
    const near = nearest(what)
    const hint =
      near.length > 0 ? `Did you mean ${near.join(' or ')}?` : 'errorg explain --list shows everything that is known.'
    throw new Refusal(2, `nothing is known about "${what.slice(0, 80)}". ${hint}`)
  }
  io.out(options.json ? `${JSON.stringify({ schema: 1, ...explanation })}\n` : explanationText(explanation, io))
  return 0
}

/** Everything there is, in one of three orders. */
export type List =
  | { by: 'code'; codes: ReturnType<typeof allCodeLines> }
  | { by: 'status'; statuses: { status: number; codes: ReturnType<typeof allCodeLines> }[] }
  | { by: 'kind'; kinds: { kind: string; says: string; causes: { code: string; cause: string; says: string }[] }[] }

function listBy(by: 'status' | 'code' | 'kind'): List {
  const codes = allCodeLines()
  if (by === 'code') return { by, codes }
  if (by === 'status') {
    const statuses = [...new Set(codes.map((line) => line.status))].sort((a, b) => a - b)
    return {
      by,
      statuses: statuses.map((status) => ({ status, codes: codes.filter((line) => line.status === status) })),
    }
  }
  const causes = allCauses()
  return {
    by,
    kinds: Object.entries(kinds).map(([kind, { says }]) => ({
      kind,
      says,
      causes: causes
        .filter((cause) => cause.kind === kind)
        .map(({ code, cause, says: truth }) => ({ code, cause, says: truth })),
    })),
  }
}
