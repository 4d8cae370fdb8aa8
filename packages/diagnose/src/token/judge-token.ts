// Is this token good for what it is meant for? Looks at it as a verifier does and says in which server, audience, time,
// scope or signature it fails, quoting claims and never the token.
import { decodeToken } from '@errorg/errors/wire'
import type { Finding, Gap, Want } from '../finding.ts'
import { claimsInWords, type TokenInWords } from './claims-in-words.ts'
import { audienceOf, clientOf } from './judge/audience.ts'
import { malformedBy, notReadable } from './judge/form.ts'
import type { JudgeOptions } from './judge/judging.ts'
import { keyOf, type SignatureState, stateOf, wantsFor } from './judge/key.ts'
import { scopesFor } from './judge/scopes.ts'
import { serverOf } from './judge/server.ts'
import { timesOf } from './judge/times.ts'
import { typeOf } from './judge/type.ts'
import { checkSignature, type SignatureCheck } from './signature.ts'
import { type Decoded, isOrgAccessToken } from './token-type.ts'

export type { JudgeOptions, SignatureState }

/** The judgement on a token: a diagnosis, and the token in words. */
export interface TokenJudgement {
  schema: 1
  findings: readonly Finding[]
  wants: readonly Want[]
  gaps: readonly Gap[]
  /** Absent where nothing of the token can be read. */
  token?: TokenInWords & { signature: SignatureState }
}

const MOST_TOKEN = 32_000

/** Judges one token. Never throws; the text of the token is in nothing that it gives back. */
export async function judgeToken(jwt: string, options: JudgeOptions): Promise<TokenJudgement> {
  const text = bare(jwt.slice(0, MOST_TOKEN))
  const { header, payload, problems } = decodeToken(text)
  const refused = notReadable(text, problems, header !== undefined || payload !== undefined)
  if (refused) return { schema: 1, findings: [], wants: [], gaps: [refused] }
  const token: Decoded = { header: header ?? {}, payload: payload ?? {} }
  const malformed = malformedBy(text, problems)
  if (payload === undefined) return { schema: 1, findings: malformed, wants: [], gaps: [] }
  const signed = malformed.length === 0 && options.jwks !== undefined && !isOrgAccessToken(token)
  const check: SignatureCheck | undefined = signed ? await checkSignature(text, token.header, options.jwks) : undefined
  const findings = [
    ...malformed,
    ...typeOf(token, options),
    ...serverOf(token, options, check),
    ...audienceOf(token, options),
    ...keyOf(token, options, check),
    ...timesOf(token, options),
    ...clientOf(token, options),
    ...scopesFor(token, options),
  ]
  return {
    schema: 1,
    findings,
    wants: check === undefined && malformed.length === 0 ? wantsFor(token, options) : [],
    gaps:
      check?.result === 'not-checked'
        ? [{ what: 'The signature.', why: check.why, send: 'The key set of the server that issued the token.' }]
        : [],
    token: { ...claimsInWords(token, options.now), signature: stateOf(check) },
  }
}

/** The token without scheme word, quotes and blanks. */
function bare(text: string): string {
  return text
    .trim()
    .replace(/^["'`]|["'`]$/g, '')
    .replace(/^(?:Bearer|DPoP|SSWS)\s+/i, '')
    .trim()
}
