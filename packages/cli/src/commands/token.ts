// Is this token good, and if not, why? Reads one JWT, fetches keys where that was asked for, prints the judgement. The
// token itself is never printed and never sent anywhere.
import type { TokenJudgement } from '@errorg/diagnose'
import { type ExitCode, type Io, Refusal } from '../io.ts'
import { type Keys, keysFrom, keysOfIssuer } from '../keys-of-issuer.ts'
import { judgementText } from '../render/judgement.ts'

/** The flags of `token`, as typed. */
export interface TokenOptions {
  issuer?: string
  audience?: string
  scope?: string
  clientId?: string
  nonce?: string
  jwks?: string
  /** True: fetch the keys of whoever issued the token. False: fetch nothing. */
  fetch?: boolean
  json?: boolean
}

const USAGE = `give it a token, better on stdin than as a word, which stays in the history of the shell. For example:
  errorg token - < token.txt
  echo "$ACCESS_TOKEN" | errorg token --issuer https://example.okta.com/oauth2/default --audience api://default`

/**
 * Judges one token. Exit 0 when it is fine, 1 when something is wrong or its signature could not be checked though it
 * was asked for, 3 when it cannot be read, 5 when the keys cannot be fetched.
 */
export async function token(jwt: string | undefined, options: TokenOptions, io: Io): Promise<ExitCode> {
  const text = await readToken(jwt, io)
  const { judgeToken } = await import('@errorg/diagnose')
  const { issuer, audience, scope, clientId, nonce } = options
  const expected = { issuer, audience, scope, clientId, nonce, now: io.now() }
  const first = await judgeToken(text, expected)
  const keys = await findKeys(options, first, io)
  const found = keys !== undefined && 'jwks' in keys ? keys : undefined
  const judgement = found ? await judgeToken(text, { ...expected, jwks: found.jwks, jwksFrom: found.from }) : first
  if (options.json) io.out(`${JSON.stringify(judgement)}\n`)
  else io.out(judgementText(judgement, { ...options, keys: found?.from }, io))
  if (keys !== undefined && 'trouble' in keys) {
    io.err(`errorg: ${keys.trouble} The signature is not checked.\n`)
    return 5
  }
  return exitOf(judgement, found !== undefined)
}

function exitOf({ findings, gaps, token: read }: TokenJudgement, asked: boolean): ExitCode {
  if (findings.length > 0) return 1
  if (read === undefined) return gaps.length > 0 ? 3 : 0
  return asked && read.signature !== 'valid' ? 1 : 0
}

async function findKeys(options: TokenOptions, first: TokenJudgement, io: Io): Promise<Keys | undefined> {
  if (first.token === undefined) return undefined
  if (options.jwks !== undefined) return await keysFrom(options.jwks, io)
  if (options.fetch === false) return undefined
  if (options.issuer !== undefined) return await keysOfIssuer(options.issuer, '--issuer', io)
  if (options.fetch !== true) return undefined
  const issuer = first.token.claims.find(({ place }) => place === 'payload.iss')?.value
  if (issuer === undefined)
    throw new Refusal(2, '--fetch asks the issuer of the token for its keys, and the token has no `iss`.')
  return await keysOfIssuer(issuer, 'The issuer of the token,', io)
}

async function readToken(jwt: string | undefined, io: Io): Promise<string> {
  if (jwt !== undefined && jwt !== '-') return jwt
  if (io.stdin.isTTY) throw new Refusal(2, USAGE)
  const text = await io.stdin.read()
  if (text.trim() === '') throw new Refusal(2, `the input is empty; ${USAGE}`)
  return text
}
