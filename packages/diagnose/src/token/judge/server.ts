// Which server issued it, and is that the one that the verifier expects?
import type { Finding } from '../../finding.ts'
import { quoteClaim } from '../claims-in-words.ts'
import { type IssuingServer, isSameServer, serverInWords, serverOfAddress, serverOfIssuer } from '../issuing-server.ts'
import type { SignatureCheck } from '../signature.ts'
import { type Decoded, isOrgAccessToken } from '../token-type.ts'
import { audiences, claim, finding, type JudgeOptions, tidy } from './judging.ts'

/** The findings about who issued the token. */
export function serverOf(token: Decoded, options: JudgeOptions, check: SignatureCheck | undefined): Finding[] {
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
