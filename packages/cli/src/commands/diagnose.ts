// Why did this call fail? Reads a file or stdin, hands it to the diagnosis, prints what that found. With an org, the
// diagnosis asks it about what the input leaves open.
import type { Diagnosis, DiagnosisWithOrg } from '@errorg/diagnose'
import { type ExitCode, type Io, Refusal, whyUnreadable } from '../io.ts'
import { readOrgAccess } from '../org-access.ts'
import { diagnosisText } from '../render/diagnosis.ts'

/** The flags of `diagnose`, as typed. */
export interface DiagnoseOptions {
  as?: 'curl' | 'har' | 'json' | 'evidence' | 'redirect' | 'token' | 'log'
  org?: string
  tokenEnv?: string
  json?: boolean
}

const USAGE = `give it what you saw of the failing call, as a file or on stdin. For example:
  errorg diagnose answer.json
  curl -sSv https://example.okta.com/api/v1/users/me 2>&1 | errorg diagnose
It reads curl output, HAR files, JSON bodies, Evidence JSON, redirect URLs, tokens and System Log events.`

/** What the credential for --org has to open. */
const READS = 'users, roles and the System Log'

/**
 * Diagnoses one input. Exit 1 when a cause was found, 0 when none was, 3 when the input could not be read; with an org
 * 4 when it does not take the credential, 5 when it cannot be reached.
 */
export async function diagnose(file: string | undefined, options: DiagnoseOptions, io: Io): Promise<ExitCode> {
  // What is wrong with the flags is said before anything is read or sent.
  const org = options.org === undefined ? undefined : readOrgAccess(options.org, options.tokenEnv, READS, io)
  if (!org && options.tokenEnv !== undefined)
    throw new Refusal(2, '--token-env names the credential for --org, and there is no --org.')
  const input = await readInput(file, io)
  if (input.trim() === '') throw new Refusal(2, `the input is empty; ${USAGE}`)
  const { diagnose: find, diagnoseWithOrg } = await import('@errorg/diagnose')
  if (!org) {
    const diagnosis = find(input, { as: options.as, now: io.now() })
    show(diagnosis, options, io)
    return exitOf(diagnosis)
  }
  const diagnosis = await diagnoseWithOrg(input, { as: options.as, now: io.now(), ...org, fetch: io.fetch })
  show(diagnosis, options, io)
  return exitOfAsking(diagnosis, org.tokenName, io) ?? exitOf(diagnosis)
}

function show(diagnosis: Diagnosis | DiagnosisWithOrg, options: DiagnoseOptions, io: Io): void {
  if (options.json) io.out(`${JSON.stringify(diagnosis)}\n`)
  else io.out(diagnosisText(diagnosis, io))
}

/** Asking went wrong as a whole: the diagnosis is that of the input alone, and the exit code says so. */
function exitOfAsking({ org }: DiagnosisWithOrg, tokenName: string, io: Io): ExitCode | undefined {
  if (org.state !== 'refused' && org.state !== 'unreachable') return undefined
  const why = org.gaps.map((gap) => `${gap.what} ${gap.why}`).join(' ')
  const diagnosed = 'The diagnosis is that of the input alone.'
  if (org.state === 'refused') {
    io.err(`errorg: ${org.url} does not take the credential in ${tokenName}. ${why} ${diagnosed}\n`)
    return 4
  }
  io.err(`errorg: ${org.url} could not be asked. ${why} ${diagnosed}\n`)
  return 5
}

async function readInput(file: string | undefined, io: Io): Promise<string> {
  if (file !== undefined && file !== '-') {
    return await io.readFile(file).catch((error: NodeJS.ErrnoException) => {
      throw new Refusal(3, `cannot read ${file}: ${whyUnreadable(error)}.`)
    })
  }
  if (io.stdin.isTTY) throw new Refusal(2, USAGE)
  return await io.stdin.read()
}

function exitOf(diagnosis: Diagnosis): ExitCode {
  if (diagnosis.findings.length > 0) return 1
  return diagnosis.gaps.length > 0 ? 3 : 0
}
