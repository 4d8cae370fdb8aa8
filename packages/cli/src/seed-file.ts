// Is this seed file good? Every mistake is told with file and line, path, and what was expected.
import type { SeedInput } from '@errorg/server'
import { type Io, Refusal, whyUnreadable } from './io.ts'

/** One mistake in a seed file. */
export interface SeedFileFault {
  line: number
  path: string
  says: string
}

/** Ends the command with all mistakes of a file. */
export class SeedFileFaults extends Refusal {
  constructor(file: string, faults: readonly SeedFileFault[]) {
    const lines = faults.map((fault) => `  ${file}:${fault.line}  ${fault.path}: ${fault.says}`)
    super(3, `the seed file cannot be used, and nothing was started.\n${lines.join('\n')}`)
  }
}

/** Reads a seed file, or refuses it. */
export async function readSeedFile(path: string, io: Io): Promise<{ path: string; text: string; seed: SeedInput }> {
  const text = await io.readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new Refusal(3, `cannot read the seed file ${path}: ${whyUnreadable(error)}.`)
  })
  const { readSeedText } = await import('@errorg/server')
  const read = await readSeedText(text)
  if (!read.ok) throw new SeedFileFaults(path, read.faults)
  return { path, text, seed: read.seed }
}

/** Finds the line of a mistake that only showed when the seed was applied, such as an owner who does not exist. */
export async function seedFaultAt(text: string, fault: { path: string; says: string }): Promise<SeedFileFault> {
  const { LineCounter, parseDocument } = await import('yaml')
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const path = fault.path.split(/[.[\]]+/).filter((part) => part !== '')
  const keys = path.map((part) => (/^\d+$/.test(part) ? Number(part) : part))
  for (let depth = keys.length; depth > 0; depth--) {
    const node = document.getIn(keys.slice(0, depth), true) as { range?: readonly number[] } | undefined
    const start = node?.range?.[0]
    if (start !== undefined) return { line: lines.linePos(start).line, path: fault.path, says: fault.says }
  }
  return { line: 1, path: fault.path, says: fault.says }
}
