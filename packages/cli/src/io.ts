// What does a command touch outside itself? Everything is handed in, so that tests run commands without a process.

/** The world as a command sees it. */
export interface Io {
  /** Writes to stdout: the result, nothing else. */
  out(text: string): void
  /** Writes to stderr: talk for people. */
  err(text: string): void
  stdin: {
    /** True where nobody piped anything in. */
    isTTY: boolean
    read(): Promise<string>
  }
  readFile(path: string): Promise<string>
  /** Keeps a text in a new file that only this user can read, for as long as the command runs. */
  keepFile(name: string, text: string): Promise<{ path: string; remove(): Promise<void> }>
  env: Readonly<Record<string, string | undefined>>
  /** May results be coloured? */
  color: boolean
  /** Characters in a line. */
  columns: number
  /** Calls `stop` once when the person or the system ends the command; gives back how to take that off again. */
  onStop(stop: () => void): () => void
  fetch: typeof fetch
  /** Milliseconds since 1970. */
  now(): number
}

/** 0 done and nothing wrong, 1 a problem was found, 2 usage, 3 input unreadable, 4 credentials needed, 5 network. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5

/** Ends a command early with a message for people. */
export class Refusal extends Error {
  readonly exit: ExitCode
  constructor(exit: ExitCode, message: string) {
    super(message)
    this.name = 'Refusal'
    this.exit = exit
  }
}

/** Why a file could not be read, in words. */
export function whyUnreadable({ code, message }: NodeJS.ErrnoException): string {
  return code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : message
}
