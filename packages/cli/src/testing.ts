// How do this package's tests run a command? With a world of strings in place of a process.
import type { ExitCode, Io } from './io.ts'
import { run } from './program.ts'

/** What a test may hand to a command. */
export interface World {
  /** Text piped in; without it stdin is a terminal. */
  stdin?: string
  env?: Record<string, string>
  files?: Record<string, string>
  color?: boolean
  columns?: number
  fetch?: typeof fetch
  /** Called when the command begins to listen for the end; calling what it is given ends the command. */
  onStop?: (stop: () => void) => void
  /** Files that the command keeps while it runs, by path. The command takes its own out again. */
  kept?: Map<string, string>
  /** Called with each piece of output. */
  onOut?: (text: string) => void
}

/** What a command left behind. */
export interface Ran {
  code: ExitCode
  out: string
  err: string
}

/** Runs a command line to its end. */
export async function errorg(argv: readonly string[], world: World = {}): Promise<Ran> {
  let out = ''
  let err = ''
  const io: Io = {
    out(text) {
      out += text
      world.onOut?.(text)
    },
    err(text) {
      err += text
    },
    stdin: { isTTY: world.stdin === undefined, read: async () => world.stdin ?? '' },
    async readFile(path) {
      const text = world.files?.[path]
      if (text === undefined) throw Object.assign(new Error(`no such file: ${path}`), { code: 'ENOENT' })
      return text
    },
    async keepFile(name, text) {
      const path = `/kept/${name}`
      world.kept?.set(path, text)
      return { path, remove: async () => void world.kept?.delete(path) }
    },
    env: world.env ?? {},
    color: world.color ?? false,
    columns: world.columns ?? 100,
    onStop(stop) {
      world.onStop?.(stop)
      return () => undefined
    },
    fetch: world.fetch ?? fetch,
    now: Date.now,
  }
  const code = await run(argv, io)
  return { code, out, err }
}
