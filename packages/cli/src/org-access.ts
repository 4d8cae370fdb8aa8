// Which org is asked, and with which credential? The org is a flag; the credential comes from the environment, because
// flags stand in the history of the shell and in the list of processes.
import { isThisMachine } from './addresses.ts'
import { type Io, Refusal } from './io.ts'

/** The way into an org. */
export interface OrgAccess {
  /** Scheme, host and port. */
  orgUrl: string
  /** The whole header value. */
  authorization: string
  /** The environment variable it came from. */
  tokenName: string
}

// As Okta's own tools name it, in the order in which they are looked for.
const TOKEN_NAMES = ['OKTA_API_TOKEN', 'OKTA_CLIENT_TOKEN'] as const

/** Reads both. `who` says whose token it has to be, for the message that asks for one. */
export function readOrgAccess(text: string, tokenEnv: string | undefined, who: string, io: Io): OrgAccess {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.hash || url.username)
    throw new Refusal(2, '--org takes the base URL of the org and no more, such as https://example.okta.com.')
  if (url.protocol === 'http:' && !isThisMachine(url))
    throw new Refusal(
      2,
      `--org ${url.origin}: over plain http others could read the credential, so http is taken for this machine only. Use https.`,
    )
  // A credential in place of a name would be in the shell's history and in the list of processes already.
  if (tokenEnv !== undefined && !/^[A-Za-z_][A-Za-z0-9_]{0,99}$/.test(tokenEnv))
    throw new Refusal(2, '--token-env takes the name of an environment variable, not a credential.')
  const tokenName = tokenEnv ?? TOKEN_NAMES.find((name) => io.env[name]) ?? TOKEN_NAMES[0]
  const token = (io.env[tokenName] ?? '').trim()
  if (token === '')
    throw new Refusal(
      4,
      `--org needs a credential to ask with, and ${tokenName} is not set. Put an API token of ${url.host} into ${
        tokenEnv === undefined ? `${TOKEN_NAMES.join(' or ')}` : tokenEnv
      }, of an administrator who may read ${who}. Nothing was asked.`,
    )
  return { orgUrl: url.origin, authorization: authorizationOf(token), tokenName }
}

/** API tokens go with SSWS, access tokens with Bearer; whoever wrote the word is taken at it. */
function authorizationOf(token: string): string {
  if (/^(?:SSWS|Bearer)\s/i.test(token)) return token.replace(/\s+/, ' ')
  return /^ey[\w-]+\.[\w-]+\./.test(token) ? `Bearer ${token}` : `SSWS ${token}`
}
