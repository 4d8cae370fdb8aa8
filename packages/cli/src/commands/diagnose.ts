// Why did this call fail? Reads a file or stdin, hands it to the diagnosis, prints what that found.
import type { Diagnosis } from '@errorg/diagnose'
import { type ExitCode, type Io, Refusal } from '../io.ts'
import { diagnosisText } from '../render/diagnosis.ts'

/** The flags of `diagnose`, as typed. */
export interface DiagnoseOptions {
  as?: 'curl' | 'har' | 'json' | 'evidence' | 'redirect' | 'token' | 'log'
  org?: string
  json?: boolean
}

const USAGE = `give it what you saw of the failing call, as a file or on stdin. For example:
  errorg diagnose answer.json
  curl -sSv https://example.okta.com/api/v1/users/me 2>&1 | errorg diagnose
It reads curl output, HAR files, JSON bodies, Evidence JSON, redirect URLs, tokens and System Log events.`

/** Diagnoses one input. Exit 1 when a cause was found, 0 when none was, 3 when the input could not be read. */
export async function diagnose(file: string | undefined, options: DiagnoseOptions, io: Io): Promise<ExitCode> {
  if (options.org !== undefined) {
    throw new Refusal(
      2,
      'diagnose --org is not built yet: it will ask an org about what the input leaves open. Leave it out to diagnose from the input alone.',
    )
  }
  const input = await readInput(file, io)
  if (input.trim() === '') throw new Refusal(2, `the input is empty; ${USAGE}`)
  const { diagnose: find } = await import('@errorg/diagnose')
  const diagnosis = await find(input, { as: options.as })
  if (options.json) io.out(`${JSON.stringify(diagnosis)}\n`)
  else io.out(diagnosisText(diagnosis, io))
  return exitOf(diagnosis)
}

async function readInput(file: string | undefined, io: Io): Promise<string> {
  if (file !== undefined && file !== '-') {
    return await io.readFile(file).catch((error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'ENOENT' ? 'there is no such file' : error.code === 'EISDIR' ? 'it is a folder' : error.message
      throw new Refusal(3, `cannot read ${file}: ${why}.`)
    })
  }
  if (io.stdin.isTTY) throw new Refusal(2, USAGE)
  return await io.stdin.read()
}

function exitOf(diagnosis: Diagnosis): ExitCode {
  if (diagnosis.findings.length > 0) return 1
  return diagnosis.gaps.length > 0 ? 3 : 0
}
