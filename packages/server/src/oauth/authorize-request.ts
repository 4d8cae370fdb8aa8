// What does an authorize request ask for, and may this client ask it? Pure: only parameters and the client are looked at.
import { redirectErrors } from '@errorg/errors/oauth'
import type { Client } from './clients.ts'
import { refuse, refuseAs } from './errors.ts'
import { type Params, refuseDoubled, type SentParams, wordsOf } from './params.ts'
import { type ResponseMode, responseModes, type WayBack } from './respond.ts'

/** A request that can be answered once somebody is signed in. */
export interface AuthorizeRequest {
  wants: { code: boolean; token: boolean; idToken: boolean }
  responseType: string
  scopes: readonly string[]
  nonce: string | null
  codeChallenge: string | null
  prompt: ReadonlySet<string>
  /** Seconds since the user last showed a password; undefined: no matter. */
  maxAge: number | undefined
  sessionToken: string | undefined
  loginHint: string
}

// In the order in which the metadata lists them; words within one in alphabetical order.
const responseTypes: ReadonlySet<string> = new Set([
  'code',
  'id_token',
  'code id_token',
  'code token',
  'id_token token',
  'code id_token token',
  'token',
])

/** The way back, as good as it can be said before the request is checked. */
export function wayBackOf(params: Params, redirectUri: string): WayBack {
  const words = wordsOf(params.get('response_type'))
  const tokens = words.includes('token') || words.includes('id_token')
  const asked = responseModes.find((mode) => mode === params.get('response_mode'))
  const unfit = (asked === 'query' && tokens) || (asked === 'okta_post_message' && words.join() === 'code')
  const mode: ResponseMode = asked === undefined || unfit ? (tokens ? 'fragment' : 'query') : asked
  return { redirectUri, mode, state: params.get('state') }
}

/** Reads and checks a request. */
export function readAuthorizeRequest({ params, doubled }: SentParams, client: Client): AuthorizeRequest {
  const responseType = wordsOf(params.get('response_type')).sort().join(' ')
  mustBeResponseType(responseType, client)
  mustBeResponseMode(params.get('response_mode'), responseType)
  refuseDoubled(doubled)
  const words = responseType.split(' ')
  const wants = { code: words.includes('code'), token: words.includes('token'), idToken: words.includes('id_token') }
  mustBeConfigured(wants, responseType, client)
  if (!params.has('state')) {
    refuseAs(redirectErrors.invalid_request, 'state-missing', {}, { reason: 'invalid_state' })
  }
  if ((wants.token || wants.idToken) && !params.has('nonce')) {
    refuseAs(redirectErrors.invalid_request, 'nonce-missing', {}, { reason: 'invalid_nonce' })
  }
  // The org has no identity providers yet, so none is the right one.
  if (params.has('idp')) {
    refuseAs(redirectErrors.invalid_request, 'identity-provider-unknown', {}, { reason: 'unknown_idp' })
  }
  return {
    wants,
    responseType,
    scopes: wordsOf(params.get('scope')),
    nonce: params.get('nonce') ?? null,
    codeChallenge: readChallenge(params, wants.code, client),
    prompt: readPrompt(params.get('prompt')),
    maxAge: readMaxAge(params),
    sessionToken: params.get('sessionToken'),
    loginHint: params.get('login_hint') ?? '',
  }
}

function mustBeResponseType(responseType: string, client: Client): void {
  if (responseTypes.has(responseType)) return
  refuseAs(
    redirectErrors.unsupported_response_type,
    'response-type-unknown',
    { responseTypes: client.value.oauth.responseTypes.join(', ') },
    { reason: 'unsupported_response_type' },
  )
}

function mustBeResponseMode(mode: string | undefined, responseType: string): void {
  if (mode === undefined) return
  const entry = redirectErrors.unsupported_response_mode
  if (!(responseModes as readonly string[]).includes(mode)) {
    refuseAs(entry, 'response-mode-unknown', {}, { reason: 'unsupported_response_mode' })
  }
  if (mode === 'query' && responseType !== 'code') {
    refuseAs(entry, 'query-with-tokens', {}, { reason: 'unsupported_response_mode_query_with_tokens' })
  }
  if (mode === 'okta_post_message' && responseType === 'code') {
    refuseAs(entry, 'post-message-with-code', {}, { reason: 'unsupported_response_mode_okta_post_message_with_code' })
  }
}

function mustBeConfigured(wants: AuthorizeRequest['wants'], responseType: string, client: Client): void {
  const { grantTypes, responseTypes: configured } = client.value.oauth
  if ((wants.token || wants.idToken) && !grantTypes.includes('implicit')) {
    refuseAs(
      redirectErrors.unauthorized_client,
      'grant-not-enabled',
      { grantTypes: grantTypes.join(', ') },
      { reason: 'unauthorized_client' },
    )
  }
  // An app may have the implicit grant for ID tokens alone; a code at one without the code flow is told as this too
  // (reported).
  for (const word of responseType.split(' ')) {
    const isOpen = word !== 'code' || grantTypes.includes('authorization_code')
    if (isOpen && configured.some((type) => type.split(' ').includes(word))) continue
    refuseAs(
      redirectErrors.unsupported_response_type,
      'response-type-unknown',
      { responseTypes: configured.join(', ') },
      { reason: 'unsupported_response_type' },
    )
  }
}

function readChallenge(params: Params, wantsCode: boolean, client: Client): string | null {
  if (!wantsCode) return null
  const challenge = params.get('code_challenge')
  const { authMethod, pkceRequired } = client.value.oauth
  if (challenge === undefined) {
    if (authMethod !== 'none' && !pkceRequired) return null
    return refuseAs(
      redirectErrors.invalid_request,
      'pkce-missing',
      {},
      {
        reason: 'pkce_missing_challenge',
        description:
          authMethod === 'none'
            ? "PKCE code challenge is required when the token endpoint authentication method is 'NONE'."
            : undefined,
      },
    )
  }
  if (params.get('code_challenge_method') === 'S256') return challenge
  return refuse(
    400,
    'invalid_request',
    "Invalid value for 'code_challenge_method' parameter. Supported values: [S256]",
    'pkce-method-unknown',
    { reason: 'pkce_invalid_challenge_method', entry: redirectErrors.invalid_request },
  )
}

const prompts = ['none', 'login', 'consent', 'login consent', 'enroll_authenticator']

function readPrompt(text: string | undefined): ReadonlySet<string> {
  const words = wordsOf(text)
  const known =
    words.length === 0 || prompts.some((prompt) => prompt.split(' ').sort().join() === words.toSorted().join())
  if (!known) {
    refuseAs(
      redirectErrors.invalid_request,
      'prompt-unknown',
      { prompts: prompts.join(', ') },
      { reason: 'invalid_prompt' },
    )
  }
  return new Set(words)
}

const GREATEST_AGE = 2 ** 31 - 1

function readMaxAge(params: Params): number | undefined {
  const text = params.get('max_age')
  if (text === undefined) return undefined
  if (/^\d{1,10}$/.test(text) && Number(text) <= GREATEST_AGE) return Number(text)
  return refuseAs(redirectErrors.invalid_request, 'max-age-out-of-range', {}, { reason: 'invalid_max_age' })
}
