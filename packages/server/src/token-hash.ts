// How are tokens kept? As a hash: looking one up tells nothing about other values.
import { hash } from 'node:crypto'

/** The hash under which a token's value is kept. */
export function hashToken(value: string): string {
  return hash('sha256', value, 'base64url')
}
