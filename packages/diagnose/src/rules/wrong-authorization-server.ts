// Does the request or the token belong to another authorization server than the one that has to accept it?
import type { Facts } from '../facts.ts'
import { toldThat } from '../facts.ts'
import { serverInWords, serverOfIssuer } from '../token/issuing-server.ts'
import { namedBy, parameter, serverAsked, toldUnder } from './oauth.ts'
import { because, byRequest, byStatus, type Rule, refusedForCaller, shown, speak, toManagementApi } from './rule.ts'

const fix = [
  'Decide who reads the token. `/api/v1` takes tokens of the org server only (`/oauth2/v1/…`); an API of your own needs a custom server (`/oauth2/{id}/v1/…`).',
  'Set issuer or discovery address of the client to that server, and the verifier to the same issuer.',
  'Codes, refresh tokens and subject tokens count at the server that issued them, nowhere else.',
]

export const wrongAuthorizationServer: Rule = {
  kind: 'wrong-authorization-server',
  speak(facts) {
    const named = namedBy(
      facts,
      {
        sentence:
          /\bclient cannot use a custom authorization server|\bonly be used with a custom authorization server|\b(?:grant|request_uri) was issued for another authorization server|\bauthorization server id\b.{0,60}\b(?:is invalid|does not match)\b|\baccess token provided (?:has an invalid issuer|is not intended for Okta)|\bissuer isn't a trusted authorization server|\bcannot use a custom authorization server\b/i,
        reasons:
          'org_authorization_server_only_client|unsupported_grant_type_client_creds_org_as|mismatched_authorization_server|invalid_authorization_server|access_token_invalid_(?:issuer|audience)|authorize_request_uri_mismatched_authorization_server|direct_auth_invalid_as_id|associated_server_not_trusted|mfa_attestation_cannot_use_custom_as',
      },
      'Another authorization server is needed here.',
    )
    if (named) return speak('wrong-authorization-server', 'certain', [named], { fix, weight: 9 })
    const scopes = namedBy(
      facts,
      { sentence: /\bCustom scopes are not allowed for this request/i, reasons: 'illegal_custom_scope' },
      'The org server knows the scopes of OpenID and of Okta, and no others.',
    )
    if (scopes)
      return speak('wrong-authorization-server', 'likely', [scopes], {
        first: ['For scopes of your own, use a custom server, such as `/oauth2/default`.'],
        fix,
        weight: 9,
      })
    const atCustom = serverAsked(facts) !== undefined && serverAsked(facts) !== 'org'
    const asked = parameter(facts, 'scope') ?? toldUnder(facts, /^(?:scopes? requested|requested scopes?)$/).join(' ')
    if (atCustom && /\bokta\.\w/.test(asked) && (facts.code === 'invalid_scope' || facts.code === 'access_denied'))
      return speak(
        'wrong-authorization-server',
        'likely',
        [
          {
            place: 'request',
            quote: shown(asked),
            says: 'Scopes that begin with `okta.` exist at the org server only.',
          },
        ],
        { fix, weight: 8 },
      )
    return ofToken(facts) ?? ofSubject(facts) ?? ofConfiguration(facts)
  },
}

/** A token of a custom server at the management API, or one of another server than the verifier is set up for. */
function ofToken(facts: Facts) {
  const { iss } = facts.claims
  const server = serverOfIssuer(iss)
  if (!server || server.kind === 'other') return undefined
  const issued = {
    place: `${facts.claimsPlace}.iss`,
    quote: shown(String(iss)),
    says: `The token was issued by ${serverInWords(server)}.`,
  }
  if (server.kind === 'custom' && toManagementApi(facts) && refusedForCaller(facts))
    return speak(
      'wrong-authorization-server',
      'certain',
      [issued, byRequest(facts, 'This API takes tokens of the org server only.')],
      {
        fix,
        weight: 9,
      },
    )
  const configured = toldUnder(facts, /\b(?:issuer|authority)\b/).map((text) => ({
    text,
    server: serverOfIssuer(text),
  }))
  const other = configured.find((one) => one.server && one.server.kind !== 'other' && one.server.id !== server.id)
  if (other && (facts.status === undefined || facts.status === 401 || facts.status === 403))
    return speak(
      'wrong-authorization-server',
      'likely',
      [
        issued,
        {
          place: 'requestContext',
          quote: shown(other.text),
          says: `The verifier expects ${serverInWords(other.server!)}.`,
        },
      ],
      { fix, weight: 6 },
    )
  return undefined
}

/** Token exchange at the org server with a token of a custom one. */
function ofSubject(facts: Facts) {
  const refused = namedBy(
    facts,
    {
      sentence: /'(?:subject|actor|interclient|web_sso)_token' (?:is invalid|has an invalid issuer)/i,
      reasons: 'invalid_subject_token|invalid_actor_token|web_sso_token_invalid_iss',
    },
    'The token that was handed in does not count at this server.',
  )
  if (!refused) return undefined
  const custom = toldThat(facts, /\bcustom authorization server\b|\/oauth2\/(?!v1\b)[\w-]+/i)
  const issuer = toldThat(facts, /\binvalid issuer\b/i)
  return speak(
    'wrong-authorization-server',
    custom || issuer ? 'likely' : 'possible',
    [
      refused,
      custom && because(custom, 'It comes from another server than the one that was asked.'),
      issuer && because(issuer, 'The issuer is what is refused.'),
    ],
    { fix, weight: custom || issuer ? 8 : 4 },
  )
}

/** Metadata of a custom server that the org does not have. */
function ofConfiguration(facts: Facts) {
  const server = serverAsked(facts)
  const none = toldThat(facts, /\bauthorization servers?\b.*: (?:0|none|no)\b/i)
  if (none && server !== undefined && server !== 'org' && facts.status !== undefined && facts.status >= 400)
    return speak(
      'wrong-authorization-server',
      'likely',
      [
        byRequest(facts, 'This is the address of a custom server.'),
        because(none, 'The org has none.'),
        byStatus(facts, 'It was refused.'),
      ],
      {
        fix: [
          'Use the org server: set the issuer to the bare URL of the org, and the id of the server to nothing.',
          ...fix,
        ],
        weight: 8,
      },
    )
  return []
}
