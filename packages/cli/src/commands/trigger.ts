// Can this error be made to happen for its genuine reason, recognised from its answer, and cured? Runs proofs.
import { type Diagnosis, diagnose, type Evidence } from '@errorg/diagnose'
import type { Contract, ErrorEntry, Mark, RedirectErrorEntry } from '@errorg/errors'
import { codes, findCode } from '@errorg/errors/codes'
import { findRedirectError, redirectErrors } from '@errorg/errors/oauth'
import { type LedgerEntry, type ListedProof, ledger, type ProofRun, proofsOf, runProof } from '@errorg/errors/proofs'
import { header } from '@errorg/errors/wire'
import { markOf, nearest } from '../explanation.ts'
import { type ExitCode, type Io, Refusal } from '../io.ts'
import { freshOrgs, type ProofOrgs, runningOrg } from '../proof-orgs.ts'
import { proofText } from '../render/proof.ts'
import { proofScript } from '../render/proof-script.ts'
import { proofTable } from '../render/proof-table.ts'

/** The flags of `trigger`, as typed. */
export interface TriggerOptions {
  all?: boolean
  org?: string
  controlTokenEnv?: string
  contract?: Contract
  steps?: boolean
  curl?: boolean
  json?: boolean
}

/** One line of `trigger --json`. */
export interface ProofResult {
  code: string
  cause: string
  kind: string
  contract: Contract
  mark: Mark
  /** Did the call fail with this code, and for this cause as the org itself knows it? */
  raised: boolean
  /** Did the same call (or the mended one) succeed afterwards? */
  cured: boolean
  status: number | null
  /** What the diagnosis found, from the failing exchange alone. */
  found: { cause: string | null; kind: string } | null
  /** The true cause is among all that it found: an answer that several causes share decides no more. */
  named: boolean
}

/** A proof that was run, with everything there is to show. */
export interface TriggeredProof {
  listed: ListedProof
  result: ProofResult
  run: ProofRun
  diagnosis: Diagnosis | undefined
}

/** Runs the proofs that were asked for, or shows them. Exit 1 when one did not raise its cause or was not cured. */
export async function trigger(what: string | undefined, options: TriggerOptions, io: Io): Promise<ExitCode> {
  if (options.steps && options.curl) throw new Refusal(2, 'give --steps or --curl, not both.')
  const { proofs, unproven } = select(what, options)
  if (proofs.length === 0 && !options.json) {
    const reason = unproven[0]
      ? `${what} cannot be triggered yet: ${unproven[0].why}`
      : `${what} has no proof for the contract ${options.contract}.`
    throw new Refusal(1, `${reason} \`errorg explain ${what}\` says what it means.`)
  }
  if (options.steps) {
    const data = proofs.map(({ code, causeId, cause, proof }) => ({ code, cause: causeId, kind: cause.kind, ...proof }))
    io.out(`${JSON.stringify({ schema: 1, proofs: data }, null, 2)}\n`)
    return 0
  }
  if (options.curl) {
    io.out(proofScript(proofs, options.contract))
    return 0
  }

  const orgs =
    options.org === undefined
      ? await freshOrgs()
      : await runningOrg({ url: options.org, controlTokenEnv: options.controlTokenEnv ?? 'ERRORG_CONTROL_TOKEN', io })
  const done: TriggeredProof[] = []
  try {
    for (const listed of proofs) {
      const triggered = await runOne(listed, orgs, options.contract)
      done.push(triggered)
      if (!options.json && !options.all) io.out(`${done.length > 1 ? '\n' : ''}${proofText(triggered, io)}`)
    }
  } finally {
    orgs.close()
  }
  if (options.json) {
    const entries = unproven.map(({ code, cause, why }) => ({ code, cause, why }))
    io.out(`${JSON.stringify({ schema: 1, proofs: done.map((one) => one.result), ledger: entries })}\n`)
  } else if (options.all) io.out(proofTable(done, unproven, io))
  else for (const { code, cause, why } of unproven) io.err(`errorg: ${code}/${cause} cannot be triggered yet: ${why}\n`)

  const failed = done.some(({ result }) => !result.raised || !result.cured)
  return failed || done.length === 0 ? 1 : 0
}

/** The proofs that somebody asked for, and what of it cannot be proven yet. */
function select(what: string | undefined, options: TriggerOptions): { proofs: ListedProof[]; unproven: LedgerEntry[] } {
  const holds = ({ proof }: ListedProof) => !proof.contract || !options.contract || proof.contract === options.contract
  if (options.all) {
    if (what !== undefined) throw new Refusal(2, `give a code or --all, not both: ${what}`)
    const entries: (ErrorEntry | RedirectErrorEntry)[] = [...Object.values(codes), ...Object.values(redirectErrors)]
    return { proofs: entries.flatMap((entry) => proofsOf(entry)).filter(holds), unproven: [...ledger] }
  }
  if (what === undefined) {
    throw new Refusal(
      2,
      'trigger what? Give a code (E0000016), one of its causes (E0000016/user-already-active), or --all.',
    )
  }
  const [name = '', ...rest] = what.split('/')
  const causeId = rest.length === 0 ? undefined : rest.join('/').toLowerCase()
  const entry = findCode(name) ?? findRedirectError(name.toLowerCase())
  if (!entry || (causeId !== undefined && !Object.hasOwn(entry.causes, causeId))) {
    const near = nearest(what).filter((one) => one.includes('/') || findCode(one) || findRedirectError(one))
    const hint = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : 'errorg explain --list shows what there is.'
    throw new Refusal(2, `there is no code or cause "${what.slice(0, 80)}". ${hint}`)
  }
  const code = 'code' in entry ? entry.code : entry.error
  return {
    proofs: proofsOf(entry)
      .filter((listed) => causeId === undefined || listed.causeId === causeId)
      .filter(holds),
    unproven: ledger.filter((one) => one.code === code && (causeId === undefined || one.cause === causeId)),
  }
}

async function runOne(listed: ListedProof, orgs: ProofOrgs, asked: Contract | undefined): Promise<TriggeredProof> {
  const { code, causeId, cause, proof } = listed
  const contract = asked ?? proof.contract ?? orgs.contract
  const org = await orgs.open()
  let run: ProofRun
  let privateCause: string | undefined
  try {
    run = await runProof(proof, org.tools, { contract })
    privateCause = run.raised && (await org.privateCauseOf(run.raised))
  } finally {
    await org.close()
  }
  const diagnosis = run.raised && diagnose(evidenceOf(run.raised))
  const found = diagnosis?.findings[0]
  const result: ProofResult = {
    code,
    cause: causeId,
    kind: cause.kind,
    contract,
    mark: markOf(cause),
    raised: privateCause === `${code}/${causeId}` && showsCode(run, code, contract),
    cured: run.cured,
    status: run.raised?.response.status ?? null,
    found: found ? { cause: found.cause, kind: found.kind } : null,
    named: diagnosis?.findings.some((finding) => finding.cause === causeId) ?? false,
  }
  return { listed, result, run, diagnosis }
}

/** Did the answer show the code? A missing scope is told by a challenge without any. */
function showsCode(run: ProofRun, code: string, contract: Contract): boolean {
  if (!run.raisedAs) return false
  const shown = run.raisedAs.code
  const redirect = findRedirectError(code)
  if (redirect) return shown === (contract === 'current' ? (redirect.current.error ?? code) : code)
  return shown === code || shown === 'insufficient_scope'
}

/** What the caller saw of an exchange, and nothing else. */
function evidenceOf(exchange: NonNullable<ProofRun['raised']>): Evidence {
  const { request, response } = exchange
  const url = new URL(request.url)
  const location = header(response.headers, 'location')
  return {
    method: request.method,
    path: url.pathname + url.search,
    requestHeaders: toRecord(request.headers),
    requestBody: parsed(request.body ?? ''),
    httpStatus: response.status,
    responseHeaders: toRecord(response.headers),
    responseBody: parsed(response.body),
    ...(location !== undefined && { redirectUrl: location }),
  }
}

function toRecord(headers: readonly (readonly [string, string])[]): Record<string, string | string[]> {
  const record: Record<string, string | string[]> = {}
  for (const [name, value] of headers) {
    const before = record[name]
    record[name] = before === undefined ? value : [before, value].flat()
  }
  return record
}

// Only an object or a list: of anything else the text says more, such as its quotes.
function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : text
  } catch {
    return text
  }
}
