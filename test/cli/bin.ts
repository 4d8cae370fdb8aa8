// How do the end-to-end tests run the built command? As a process of its own, the way a person does.
import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const BIN = fileURLToPath(new URL('../../packages/cli/bin/errorg.js', import.meta.url))

/** What a process left behind. */
export interface Ended {
  code: number | null
  out: string
  err: string
}

/** A process that is still running. */
export interface Running {
  child: ChildProcess
  ended: Promise<Ended>
  /** Resolves with the first line of stdout. */
  firstLine: Promise<string>
}

/** Serves a demo org; `env` is what the examples of the documents expect. */
export async function serveDemo(): Promise<{ served: Running; env: { ORG: string; TOKEN: string } }> {
  const served = errorg(['serve', '--port', '0', '--json'])
  const { url, token } = JSON.parse(await served.firstLine) as { url: string; token: string }
  return { served, env: { ORG: url, TOKEN: token } }
}

/** Starts a program. Its environment has no colours and no terminal. */
export function start(
  command: string,
  args: readonly string[],
  extra: { stdin?: string; env?: NodeJS.ProcessEnv; cwd?: string } = {},
): Running {
  // Taken out, not emptied: Node itself complains about the two together, even when they are empty.
  const { FORCE_COLOR, NO_COLOR, CI, ...env } = process.env
  const child = spawn(command, args, { env: { ...env, ...extra.env }, cwd: extra.cwd })
  let out = ''
  let err = ''
  let first: (line: string) => void = () => {}
  let noFirst: (error: Error) => void = () => {}
  const firstLine = new Promise<string>((resolve, reject) => {
    first = resolve
    noFirst = reject
  })
  firstLine.catch(() => undefined)
  child.stdout.on('data', (chunk) => {
    out += chunk
    const end = out.indexOf('\n')
    if (end >= 0) first(out.slice(0, end))
  })
  child.stderr.on('data', (chunk) => {
    err += chunk
  })
  // A command that does not read its input may have ended before it is written.
  child.stdin.on('error', () => undefined)
  child.stdin.end(extra.stdin ?? '')
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      noFirst(new Error(`ended with ${code} before it printed a line: ${err}`))
      resolve({ code, out, err })
    })
  })
  return { child, ended, firstLine }
}

/** Starts the built `errorg`. */
export function errorg(args: readonly string[], extra?: Parameters<typeof start>[2]): Running {
  return start(process.execPath, [BIN, ...args], extra)
}
