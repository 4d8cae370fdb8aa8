// What does the System Log call a session? Documented of `externalSessionId`: a proxy for the actor's session id.
import { hash } from 'node:crypto'

/**
 * The name of a session in events: always the same one, of the same looks as its id (recorded: `102…`). Whoever reads
 * the log cannot find the id by it, which is what the cookie says.
 */
export function sessionName(sessionId: string): string {
  const letters = hash('sha256', `session in the log: ${sessionId}`, 'base64url').replace(/[-_]/g, '')
  return `102${letters.slice(0, 22).padEnd(22, '0')}`
}
