// Is this token good for what it is meant for? Looks at it as a verifier does and says in which server, audience, time,
// scope or signature it fails, quoting claims and never the token.
import { decodeToken, type TokenProblem } from '@errorg/errors/wire'
import type { Because, Finding, Gap, Strength, Want } from '../finding.ts'
import { coversScope, scopesOf, scopeWords } from '../scopes.ts'
import { claimsInWords, quoteClaim, type TokenInWords } from './claims-in-words.ts'
import { type IssuingServer, isSameServer, serverInWords, serverOfAddress, serverOfIssuer } from './issuing-server.ts'
import { isMilliseconds, momentInWords, secondsOf, spanInWords } from './moment.ts'
import { checkSignature, type SignatureCheck } from './signature.ts'
import { type Decoded, isOrgAccessToken, typeOfToken } from './token-type.ts'

/** What the token is held against. Whatever is left out is not checked. */
export interface JudgeOptions {
  /** The issuer that the verifier is set up for. */
  issuer?: string
  /** The audience that the verifier expects. */
  audience?: string
  /** Scopes that the call needs: a list, or words with blanks between. */
  scope?: string | readonly string[]
  /** The client that the token is to be issued to. */
  clientId?: string
  /** The nonce of the sign-in; only ID tokens carry it. */
  nonce?: string
  /** A JSON Web Key Set to check the signature with. */
  jwks?: unknown
  /** The address that the keys came from: it tells whose they are. */
  jwksFrom?: string
  /** The clock, in milliseconds. */
  now: number
  /** By how many seconds two clocks may differ. Default 5. */
  leewaySeconds?: number
}

/** How the signature came off. */
export type SignatureState = 'valid' | 'invalid' | 'key-unknown' | 'not-checked'

/** The judgement on a token: a diagnosis, and the token in words. */
export interface TokenJudgement {
  schema: 1
  findings: readonly Finding[]
  wants: readonly Want[]
  gaps: readonly Gap[]
  /** Absent where nothing of the token can be read. */
  token?: TokenInWords & { signature: SignatureState }
}

const LEEWAY_SECONDS = 5
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

function finding(
  kind: Finding['kind'],
  cause: string,
  strength: Strength,
  because: readonly Because[],
  fix: readonly string[],
): Finding {
  return { code: null, cause, kind, strength, because, fix }
}

function claim(token: Decoded, name: string, says: string): Because {
  const value = token.payload[name]
  return { place: `tokenClaims.payload.${name}`, quote: value === undefined ? '(absent)' : quoteClaim(value), says }
}

// ---------------------------------------------------------------------------------------------------------
// Its form

function notReadable(text: string, problems: readonly TokenProblem[], some: boolean): Gap | undefined {
  const send = 'The access token or ID token as the program received it: three parts with dots between.'
  if (text === '') return { what: 'Nothing.', why: 'The token is empty.', send }
  if (problems.includes('api-token'))
    return {
      what: 'An API token, not a JWT.',
      why: 'Such a token holds nothing that can be read; it goes into `Authorization: SSWS …`. Take care where you paste it.',
      send,
    }
  if (problems.includes('encrypted'))
    return {
      what: 'An encrypted token.',
      why: 'It has five parts, and only the one it is meant for can open it.',
      send: 'The token after decryption.',
    }
  if (!some && !/^ey[\w-]/.test(text))
    return {
      what: 'A text that is no JWT.',
      why: 'A JWT begins with `ey`. Opaque tokens, such as refresh tokens, hold nothing that can be read.',
      send,
    }
  return undefined
}

/** What each fault of form is called, and how it shows; in the order in which one leads to the others. */
const FAULTS: readonly [TokenProblem, cause: string, says: string][] = [
  ['blank-inside', 'token-has-blanks', 'Blanks or line ends stand inside. A verifier refuses that.'],
  ['truncated', 'token-cut', 'The end is missing: it begins well and is shorter than its algorithm makes it.'],
  ['not-three-parts', 'token-not-three-parts', 'A JWT has three parts with two dots between.'],
  ['bad-base64', 'token-not-base64url', 'A part has characters or a length that base64url does not have.'],
  ['bad-json', 'token-not-json', 'A part is no JSON object after decoding, so characters were changed on the way.'],
  ['unsigned', 'token-unsigned', 'It is not signed, so anybody can have written it. Okta signs every token.'],
]

function malformedBy(text: string, problems: readonly TokenProblem[]): Finding[] {
  const found = FAULTS.filter(([problem]) => problems.includes(problem))
  const [first] = found
  if (!first) return []
  const parts = text.split('.').length
  const shape = `${parts} ${parts === 1 ? 'part' : 'parts'}, ${text.length} characters`
  return [
    finding(
      'token-malformed',
      first[1],
      'certain',
      found.map(([problem, , says]) => ({ place: 'token', quote: `${problem} (${shape})`, says })),
      first[0] === 'unsigned'
        ? [
            'Take tokens from the token endpoint of Okta only, and let the verifier demand RS256.',
            'If a test made this one, sign it with a key that the verifier knows.',
          ]
        : [
            'Print the length and the last five characters of the token where your program receives it and where it sends it, and compare.',
            'Look for a column, a header or a cookie that is too short for it, and for line ends from a file or a terminal.',
            'Get a new token and pass it on as it is.',
          ],
    ),
  ]
}

// ---------------------------------------------------------------------------------------------------------
// Access token or ID token

function typeOf(token: Decoded, options: JudgeOptions): Finding[] {
  const { type, by } = typeOfToken(token)
  if (by === undefined) return []
  const { cid } = token.payload
  const shows: Because = {
    place: `tokenClaims.${by}`,
    quote: quoteClaim(by.startsWith('header.') ? token.header[by.slice(7)] : token.payload[by.slice(8)]),
    says: type === 'id' ? 'Only ID tokens have this.' : 'Only access tokens have this.',
  }
  if (type === 'id' && wanted(options.scope).length > 0)
    return [
      finding(
        'wrong-token-type',
        'id-token-as-access-token',
        'certain',
        [
          shows,
          { place: '--scope', quote: wanted(options.scope).join(' '), says: 'Scopes are in access tokens only.' },
        ],
        idForAccess,
      ),
    ]
  if (type === 'id' && options.audience !== undefined && !audiences(token).includes(options.audience))
    return [
      finding(
        'wrong-token-type',
        'id-token-as-access-token',
        'likely',
        [shows, claim(token, 'aud', 'The audience of an ID token is the client, which is no API.')],
        idForAccess,
      ),
    ]
  const expectsId =
    options.nonce !== undefined ||
    (options.audience !== undefined && options.audience === cid && !audiences(token).includes(options.audience))
  if (type === 'access' && expectsId)
    return [
      finding(
        'wrong-token-type',
        'access-token-as-id-token',
        'certain',
        [
          shows,
          options.nonce === undefined
            ? claim(token, 'cid', 'The audience that is expected is the client: that is how ID tokens are checked.')
            : { place: '--nonce', quote: quoteClaim(options.nonce), says: 'A nonce is in ID tokens only.' },
        ],
        [
          'Hand the ID token to the code that checks who signed in: `id_token` of the token answer.',
          'To check an access token, expect the audience of the authorization server and no nonce.',
        ],
      ),
    ]
  return []
}

const idForAccess = [
  'Send the access token: `access_token` of the token answer, not `id_token`.',
  'ID tokens tell your own client who signed in. An API never takes them.',
]

// ---------------------------------------------------------------------------------------------------------
// Who issued it

function serverOf(token: Decoded, options: JudgeOptions, check: SignatureCheck | undefined): Finding[] {
  const { iss } = token.payload
  const expected = serverOfIssuer(options.issuer)
  const keys = serverOfAddress(options.jwksFrom)
  const actual = serverOfIssuer(iss)
  const found: Finding[] = []
  // Whose keys they are says more than which issuer is set: it is what fails first.
  const against = keys && keys.kind !== 'other' ? keys : expected
  const crossed =
    actual !== undefined &&
    against !== undefined &&
    actual.kind !== 'other' &&
    against.kind !== 'other' &&
    !isSameServer(actual, against) &&
    check?.result !== 'valid'
  if (crossed) found.push(crossing(token, options, actual, against, check))
  else if (options.issuer !== undefined && iss !== options.issuer)
    found.push(issuerDiffers(token, options.issuer, actual, expected))
  if (isOrgAccessToken(token)) {
    const local = options.jwks !== undefined || (against !== undefined && against.kind !== 'org')
    const forOther = options.audience !== undefined && !audiences(token).includes(options.audience)
    if (local || forOther) found.push(onlyForOkta(token))
  }
  return found
}

function crossing(
  token: Decoded,
  options: JudgeOptions,
  actual: IssuingServer,
  against: IssuingServer,
  check: SignatureCheck | undefined,
): Finding {
  const { kid } = token.header
  const cause =
    actual.kind === 'org'
      ? 'token-from-org-server'
      : against.kind === 'org'
        ? 'token-from-custom-server'
        : 'token-from-other-custom-server'
  const ofKeys = options.jwks !== undefined && options.jwksFrom !== undefined
  const own =
    actual.kind === 'custom'
      ? `\`${actual.origin}/oauth2/${actual.id}\` as the issuer, and the keys at \`${actual.origin}/oauth2/${actual.id}/v1/keys\``
      : undefined
  return finding(
    'wrong-authorization-server',
    cause,
    'certain',
    [
      claim(token, 'iss', `It was issued by ${serverInWords(actual)}.`),
      ofKeys
        ? { place: '--jwks', quote: quoteClaim(options.jwksFrom), says: `These are keys of ${serverInWords(against)}.` }
        : { place: '--issuer', quote: quoteClaim(options.issuer), says: `That is ${serverInWords(against)}.` },
      ...(check?.result === 'key-unknown' && typeof kid === 'string'
        ? [{ place: 'tokenClaims.header.kid', quote: quoteClaim(kid), says: 'No key of that server has this name.' }]
        : []),
    ],
    own !== undefined
      ? [
          `To accept this token, give your verifier ${own}.`,
          against.kind === 'org'
            ? 'To call `/api/v1`, get a token of the org server instead: authorize and token endpoint under `/oauth2/v1/`. It takes no others.'
            : `To get a token of \`${against.id}\`, use its endpoints: \`${against.origin}/oauth2/${against.id}/v1/authorize\` and \`…/token\`.`,
        ]
      : [
          `Get the token from \`${against.origin}/oauth2/${against.id}\`: its authorize and token endpoints, \`/oauth2/${against.id}/v1/…\`.`,
          'Set issuer or discovery address of the client that signs in to that server; issuer of the client and of the verifier have to be the same.',
          'Pointing the verifier at the org server does not help for access tokens: their keys are not published.',
        ],
  )
}

function issuerDiffers(
  token: Decoded,
  expected: string,
  actual: IssuingServer | undefined,
  wantedServer: IssuingServer | undefined,
): Finding {
  const { iss } = token.payload
  const near = typeof iss === 'string' && tidy(iss) === tidy(expected)
  const otherHost = actual !== undefined && wantedServer !== undefined && actual.origin !== wantedServer.origin
  const says = near
    ? 'They differ only in a slash at the end, upper case or blanks, and are compared character by character.'
    : otherHost
      ? 'It is the same server under another host, such as a custom domain and the Okta domain.'
      : 'It is another issuer than the one that the verifier expects.'
  return finding(
    'issuer-mismatch',
    near ? 'issuer-spelt-differently' : otherHost ? 'issuer-host-differs' : 'issuer-differs',
    'certain',
    [claim(token, 'iss', says), { place: '--issuer', quote: quoteClaim(expected), says: 'This is what is expected.' }],
    [
      'Copy `issuer` from the metadata of the server, `/.well-known/openid-configuration`, to the letter.',
      ...(otherHost
        ? [
            'Let the sign-in and the verifier use the same host. The server can have a fixed issuer: Security > API > your server > Issuer.',
          ]
        : []),
      'Look whether a proxy changes the host, or whether two environments are mixed.',
    ],
  )
}

function onlyForOkta(token: Decoded): Finding {
  const { typ } = token.header
  return finding(
    'org-as-token-not-verifiable',
    'org-access-token-checked-locally',
    'certain',
    [
      ...(typeof typ === 'string'
        ? [{ place: 'tokenClaims.header.typ', quote: quoteClaim(typ), says: 'Okta names its own tokens so.' }]
        : []),
      claim(token, 'iss', 'It was issued by the org authorization server.'),
      claim(token, 'aud', 'It is meant for Okta itself. Its key is not published, and its content may change.'),
    ],
    [
      'Do not verify it yourself. Hand it on to Okta, or ask `POST /oauth2/v1/introspect` whether it is active.',
      'For an API of your own, get tokens from a custom authorization server, such as `/oauth2/default`, with an audience of that API.',
      'To know who signed in, verify the ID token of the same answer.',
    ],
  )
}

function tidy(text: string): string {
  return text.trim().replace(/\/+$/, '').toLowerCase()
}

// ---------------------------------------------------------------------------------------------------------
// For whom

function audiences(token: Decoded): string[] {
  const { aud } = token.payload
  return (Array.isArray(aud) ? aud : [aud]).filter((one) => typeof one === 'string')
}

function audienceOf(token: Decoded, { audience }: JudgeOptions): Finding[] {
  if (audience === undefined || audiences(token).includes(audience)) return []
  const near = audiences(token).some((one) => tidy(one) === tidy(audience))
  return [
    finding(
      'audience-mismatch',
      near ? 'audience-spelt-differently' : 'audience-differs',
      'certain',
      [
        claim(
          token,
          'aud',
          near ? 'It differs only in a slash, upper case or blanks.' : 'It is meant for this audience.',
        ),
        { place: '--audience', quote: quoteClaim(audience), says: 'This is what the verifier expects.' },
      ],
      [
        'Look which of the two is right: the audience of the server stands under Security > API > Authorization Servers.',
        'Set the audience of the verifier to `aud`, or get the token from the server that has the expected audience.',
      ],
    ),
  ]
}

// ---------------------------------------------------------------------------------------------------------
// Who signed it

function keyOf(token: Decoded, options: JudgeOptions, check: SignatureCheck | undefined): Finding[] {
  if (check?.result === 'does-not-fit')
    return [
      finding(
        'token-malformed',
        'signature-does-not-fit',
        'certain',
        [
          {
            place: 'tokenClaims.header.kid',
            quote: quoteClaim(check.kid ?? '(absent)'),
            says: 'The key is in the set, and it did not make this signature: the token was changed, or signed by somebody else.',
          },
        ],
        [
          'Get a new token and check it at once, before anything else handles it.',
          'If that one is good, something changes tokens on the way: compare length and last characters at each step.',
          'If that one is bad too, the keys are those of another org with the same key name, such as a test server.',
        ],
      ),
    ]
  if (check?.result !== 'key-unknown') return []
  const actual = serverOfIssuer(token.payload.iss)
  const keys = serverOfAddress(options.jwksFrom) ?? serverOfIssuer(options.issuer)
  // Keys of another server are told as such.
  if (actual && keys && actual.kind !== 'other' && keys.kind !== 'other' && !isSameServer(actual, keys)) return []
  const known = check.known.slice(0, 5).map(quoteClaim).join(', ') || '(none)'
  const lacks: readonly Because[] = [
    { place: 'tokenClaims.header.kid', quote: quoteClaim(check.kid), says: 'This key signed the token.' },
    { place: '--jwks', quote: known, says: 'The set has only these keys.' },
  ]
  return [
    finding('signing-key-stale', 'key-not-in-set', keys === undefined ? 'possible' : 'likely', lacks, [
      'Fetch the keys of the issuer again: `jwks_uri` in its metadata. Okta rotates them about every 90 days.',
      'Let the verifier fetch them when it meets an unknown `kid`, and keep them no longer than `Cache-Control` says.',
      'If the fresh set lacks the key as well, the token is older than the last rotations, or comes from another org.',
    ]),
    // Where nobody said whose keys they are, they may as well be those of another server.
    ...(keys === undefined
      ? [
          finding(
            'wrong-authorization-server',
            'keys-of-another-server',
            'possible',
            [...lacks, claim(token, 'iss', 'The keys of this issuer are needed.')],
            ['Take the keys from `jwks_uri` in the metadata of that issuer, `{iss}/.well-known/openid-configuration`.'],
          ),
        ]
      : []),
  ]
}

function stateOf(check: SignatureCheck | undefined): SignatureState {
  if (check === undefined) return 'not-checked'
  return check.result === 'does-not-fit' ? 'invalid' : check.result
}

// ---------------------------------------------------------------------------------------------------------
// When

function timesOf(token: Decoded, { now, leewaySeconds = LEEWAY_SECONDS }: JudgeOptions): Finding[] {
  const at = now / 1000
  const [exp, iat, nbf] = ['exp', 'iat', 'nbf'].map((name) => secondsOf(token.payload[name]))
  const wrongUnit = Object.entries({ exp, iat, nbf }).find(([, value]) => value !== undefined && isMilliseconds(value))
  if (wrongUnit)
    return [
      finding(
        'clock-skew',
        'times-in-milliseconds',
        'certain',
        [
          claim(
            token,
            wrongUnit[0],
            'That many seconds since 1970 lie thousands of years ahead: these are milliseconds.',
          ),
        ],
        ['Write the times of a JWT in whole seconds: divide by 1000 where the token is made. Okta writes seconds.'],
      ),
    ]
  const early =
    iat !== undefined && iat > at + leewaySeconds
      ? 'iat'
      : nbf !== undefined && nbf > at + leewaySeconds
        ? 'nbf'
        : undefined
  const found: Finding[] = []
  if (early !== undefined) {
    const moment = secondsOf(token.payload[early])!
    found.push(
      finding(
        'clock-skew',
        early === 'iat' ? 'issued-in-future' : 'not-yet-valid',
        'certain',
        [
          claim(token, early, `That is ${momentInWords(moment, now)}, by the clock of this machine.`),
          { place: 'clock', quote: new Date(now).toISOString(), says: 'This is the time here.' },
        ],
        [
          `Set the clock of this machine: it is at least ${spanInWords(moment - at)} behind that of the server. Compare it with the \`Date\` header of any answer.`,
          'Switch time synchronisation on (NTP); virtual machines and containers drift after they slept.',
          'Let the verifier allow a minute or two of difference.',
        ],
      ),
    )
  }
  if (exp !== undefined && exp <= at - leewaySeconds)
    found.push(
      finding(
        'token-expired',
        'token-past-exp',
        'certain',
        [
          claim(token, 'exp', `It was valid until ${momentInWords(exp, now)}.`),
          ...(iat === undefined ? [] : [claim(token, 'iat', `It was made for ${spanInWords(exp - iat)}.`)]),
        ],
        [
          'Get a new token: with the refresh token, or by signing in again.',
          'Store `expires_in` with the token and renew before it is over; do not wait for the 401.',
        ],
      ),
    )
  return found
}

// ---------------------------------------------------------------------------------------------------------
// For what

function clientOf(token: Decoded, { clientId, nonce }: JudgeOptions): Finding[] {
  const { type } = typeOfToken(token)
  const found: Finding[] = []
  const issuedTo = type === 'id' ? audiences(token) : [token.payload.cid ?? token.payload.client_id]
  if (clientId !== undefined && issuedTo.some((one) => one !== undefined) && !issuedTo.includes(clientId))
    found.push(
      finding(
        'audience-mismatch',
        'issued-to-another-client',
        'certain',
        [
          claim(
            token,
            type === 'id' ? 'aud' : token.payload.cid === undefined ? 'client_id' : 'cid',
            'It was issued to this client.',
          ),
          { place: '--client-id', quote: quoteClaim(clientId), says: 'This is the client that is expected.' },
        ],
        ['Look which app signs in: its client id stands under Applications > your app > General.'],
      ),
    )
  if (nonce !== undefined && type !== 'access' && token.payload.nonce !== nonce)
    found.push(
      finding(
        'sdk-flow-config-mismatch',
        'nonce-differs',
        'certain',
        [
          claim(
            token,
            'nonce',
            token.payload.nonce === undefined ? 'The sign-in was begun without one.' : 'It belongs to another sign-in.',
          ),
          { place: '--nonce', quote: quoteClaim(nonce), says: 'This is the nonce that is expected.' },
        ],
        [
          'Keep the nonce with the sign-in that it was made for: two tabs or a second start replace it.',
          'Do not accept this token: a nonce that differs is what a replayed token looks like.',
        ],
      ),
    )
  return found
}

function wanted(scope: JudgeOptions['scope']): string[] {
  return typeof scope === 'string' || scope === undefined ? scopeWords(scope) : [...scope]
}

function scopesFor(token: Decoded, options: JudgeOptions): Finding[] {
  if (typeOfToken(token).type === 'id') return []
  const carried = scopesOf(token.payload) ?? []
  const missing = wanted(options.scope).filter((scope) => !coversScope(carried, scope))
  if (missing.length === 0) return []
  const name = token.payload.scp === undefined && token.payload.scope !== undefined ? 'scope' : 'scp'
  const names = missing.map((scope) => `\`${quoteClaim(scope)}\``).join(' and ')
  const org = serverOfIssuer(token.payload.iss)?.kind === 'org'
  const own = missing.every((scope) => scope.startsWith('okta.'))
  return [
    finding(
      'missing-scope',
      'scope-not-carried',
      'certain',
      [
        {
          ...claim(token, name, 'These are the scopes that it carries.'),
          ...(carried.length > 0 && { quote: quoteClaim(carried.join(' ')) }),
        },
        { place: '--scope', quote: quoteClaim(missing.join(' ')), says: 'These it lacks.' },
      ],
      [
        `Ask for ${names} in the \`scope\` parameter when you get the token.`,
        own && !org
          ? 'Scopes that begin with `okta.` exist at the org server only: get the token there, `/oauth2/v1/token`.'
          : org
            ? 'The app has to be allowed to have it: Applications > your app > Okta API Scopes > Grant.'
            : 'The scope has to exist on the server and in a rule that lets this client have it: Security > API > your server > Scopes, Access Policies.',
        'Get a new token: one that is issued never gains a scope.',
      ],
    ),
  ]
}

// ---------------------------------------------------------------------------------------------------------

function wantsFor(token: Decoded, options: JudgeOptions): Want[] {
  if (isOrgAccessToken(token) || options.jwks !== undefined) return []
  const server = serverOfIssuer(token.payload.iss)
  if (!server || server.kind === 'other') return []
  const keys =
    server.kind === 'org' ? `${server.origin}/oauth2/v1/keys` : `${server.origin}/oauth2/${server.id}/v1/keys`
  return [{ what: 'Whether the signature is right', how: `The keys of the issuer, at ${quoteClaim(keys)}, decide it.` }]
}
