// Are the issuer that is expected and the one that is found not the same string?
import type { Facts } from '../facts.ts'
import { isSameServer, serverOfIssuer } from '../token/issuing-server.ts'
import { namedBy, toldUnder } from './oauth.ts'
import { type Rule, shown, speak } from './rule.ts'

const fix = [
  'Copy `issuer` from the metadata of the server, `{issuer}/.well-known/openid-configuration`, to the letter: host, path, no slash at the end.',
  'With a custom domain, let sign-in and verifier use the same host. The issuer of a custom server can be fixed: Security > API > your server > Issuer.',
  'Look whether a proxy or a gateway changes the host, and whether `/oauth2/default` is missing.',
]

export const issuerMismatch: Rule = {
  kind: 'issuer-mismatch',
  speak(facts) {
    const named = namedBy(
      facts,
      {
        sentence:
          /\bissuer\b.{0,200}\b(?:did not match|does(?: not|n't) match|not match|mismatch\w*|is not (?:valid|trusted|expected)|validation failed|unexpected)\b|\b(?:invalid|unexpected|wrong|mismatched) (?:token )?issuer\b|\biss\b["'` ]{0,3}(?:claim)?.{0,60}\b(?:not valid|invalid|must be|mismatch|unexpected|not match)\b|\bIDX10205\b|\bunexpected "iss"/i,
      },
      'The issuer is compared character by character, and it differs.',
    )
    const pair = configuredAgainst(facts)
    // Okta says so of a token of another server.
    if (named && !/\baccess token provided has an invalid issuer|_token' has an invalid issuer/i.test(named.quote))
      return speak('issuer-mismatch', 'certain', [named, ...(pair ?? [])], { fix, weight: 8 })
    return []
  },
}

/** The issuer of the token and the configured one, where they are one server under two spellings. */
function configuredAgainst(facts: Facts) {
  const { iss } = facts.claims
  const configured = toldUnder(facts, /\b(?:issuer|authority)\b/).find((text) => serverOfIssuer(text) !== undefined)
  if (typeof iss !== 'string' || configured === undefined || configured === iss) return undefined
  const [one, other] = [serverOfIssuer(iss), serverOfIssuer(configured)]
  if (!one || !other || !isSameServer(one, other)) return undefined
  return [
    { place: `${facts.claimsPlace}.iss`, quote: shown(iss), says: 'This is the issuer of the token.' },
    { place: 'requestContext', quote: shown(configured), says: 'This is the issuer that is configured.' },
  ]
}
