// The seat of the program: connects the command line to the process. All else is in program.ts.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pc from 'picocolors'
import { run } from './program.ts'
import { textOfBytes } from './text-of-bytes.ts'

// Whoever reads our output may stop reading (`errorg explain --list | head`); that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

async function readStdin(): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return textOfBytes(Buffer.concat(chunks))
}

async function keepFile(name: string, text: string) {
  const folder = await mkdtemp(path.join(tmpdir(), 'errorg-'))
  const file = path.join(folder, name)
  await writeFile(file, text, { mode: 0o600 })
  return { path: file, remove: () => rm(folder, { recursive: true, force: true }) }
}

function onStop(stop: () => void): () => void {
  let asked = false
  const listener = () => {
    // The second time is an order, not a wish.
    if (asked) process.exit(130)
    asked = true
    stop()
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, listener)
  return () => {
    for (const signal of signals) process.off(signal, listener)
  }
}

const code = await run(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  stdin: { isTTY: process.stdin.isTTY === true, read: readStdin },
  readFile: async (file) => textOfBytes(await readFile(file)),
  keepFile,
  env: process.env,
  // picocolors also colours files where CI is set; only a terminal, or somebody who asks, gets colours here.
  color: pc.isColorSupported && (process.stdout.isTTY === true || Boolean(process.env.FORCE_COLOR)),
  columns: process.stdout.columns ?? 100,
  onStop,
  fetch,
  now: Date.now,
})
// Kept-alive connections would hold the process for seconds; what was written has to leave first.
process.stdout.write('', () => process.stderr.write('', () => process.exit(code)))
