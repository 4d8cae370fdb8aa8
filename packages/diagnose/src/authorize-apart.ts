// Which cause of a redirect error is it, where the sentence is that of all of them? The authorize request itself shows
// it: a parameter that is missing, sent twice, or has a value that nobody knows.
import type { Answer, Question } from './causes-apart.ts'
import type { Facts } from './facts.ts'
import { parameter, serverAsked, toAuthorize } from './rules/oauth.ts'
import { shown } from './rules/rule.ts'
import { scopeWords } from './scopes.ts'

const PROMPTS = ['none', 'login', 'consent', 'enroll_authenticator']
const MODES = ['query', 'fragment', 'form_post', 'okta_post_message']
const MOST_SECONDS = 2 ** 31 - 1

/** The scopes of OpenID Connect that ask for claims of the user. */
const OF_USER = ['profile', 'email', 'address', 'phone']
const OPENID = ['openid', 'offline_access', 'device_sso', 'groups', ...OF_USER]

/** The request was seen with its parameters, so that one that is not among them was not sent. */
const seen = (facts: Facts): boolean => toAuthorize(facts) && facts.query.has('client_id')

/** Weighs a fault of the request: shown in it, or shown not to be there; undefined where the request was not seen. */
function fault(found: string | false, says: string, { for: score = 4, against = -3 } = {}): Answer {
  return found === false ? { score: against } : { score, because: { place: 'path', quote: shown(found), says } }
}

const ofRequest =
  (ask: (query: URLSearchParams, facts: Facts) => Answer | undefined): Question =>
  (facts) =>
    seen(facts) ? ask(facts.query, facts) : undefined

const typesOf = (query: URLSearchParams): string[] => scopeWords(query.get('response_type') ?? 'code')
const asksForTokens = (query: URLSearchParams): boolean =>
  typesOf(query).some((type) => type === 'token' || type === 'id_token')
const modeOf = (query: URLSearchParams): string => query.get('response_mode') ?? ''
const modeAndType = (query: URLSearchParams): string =>
  `response_mode=${modeOf(query)} with response_type=${typesOf(query).join(' ')}`

/** The words of `scope`, of an authorize or a token request; undefined where the request was not seen. */
function scopesAsked(facts: Facts): string[] | undefined {
  const scope = parameter(facts, 'scope')
  if (scope !== undefined) return scopeWords(scope)
  return seen(facts) || parameter(facts, 'grant_type') !== undefined ? [] : undefined
}

const ofScopes =
  (ask: (scopes: readonly string[], facts: Facts) => Answer): Question =>
  (facts) => {
    const scopes = scopesAsked(facts)
    return scopes && ask(scopes, facts)
  }

const missing = (query: URLSearchParams, name: string): string | false => !query.get(name) && `no ${name}`

/** The questions of the authorize request, by cause. */
export const authorizeQuestions: Readonly<Record<string, Question>> = {
  'invalid_request/parameter-sent-twice': ofRequest((query) => {
    const names = [...new Set(query.keys())].filter((name) => query.getAll(name).length > 1)
    return fault(names.length > 0 && names.join(', '), 'These parameters stand in the request more than once.')
  }),
  'invalid_request/prompt-unknown': ofRequest((query) => {
    const odd = scopeWords(query.get('prompt') ?? '').some((word) => !PROMPTS.includes(word))
    return fault(odd && `prompt=${query.get('prompt')}`, `The values of prompt are ${PROMPTS.join(', ')}.`)
  }),
  'invalid_request/max-age-out-of-range': ofRequest((query) => {
    const age = query.get('max_age')
    const odd = age !== null && !(/^\d+$/.test(age) && Number(age) <= MOST_SECONDS)
    return fault(odd && `max_age=${age}`, 'This is no whole number of seconds.')
  }),
  'invalid_request/state-missing': ofRequest((query) =>
    fault(missing(query, 'state'), 'Okta demands a state.', { for: 3, against: -2 }),
  ),
  'invalid_request/nonce-missing': ofRequest((query) =>
    fault(asksForTokens(query) && missing(query, 'nonce'), 'Whoever takes a token from authorize has to send a nonce.'),
  ),
  'invalid_request/identity-provider-unknown': ofRequest((query) =>
    fault(query.has('idp') && `idp=${query.get('idp')}`, 'The request names an identity provider.', { for: 2 }),
  ),
  // Many apps do without PKCE, so its absence says little.
  'invalid_request/pkce-missing': ofRequest((query) =>
    fault(typesOf(query).includes('code') && missing(query, 'code_challenge'), 'The request is made without PKCE.', {
      for: 0.5,
    }),
  ),
  // An address that is not registered is never redirected to.
  'invalid_request/redirect-uri-not-registered': (facts) =>
    facts.evidence.redirectUrl === undefined ? undefined : { score: -3 },

  'unsupported_response_mode/response-mode-unknown': ofRequest((query) =>
    fault(
      !MODES.includes(modeOf(query)) && `response_mode=${modeOf(query)}`,
      `The response modes are ${MODES.join(', ')}.`,
    ),
  ),
  'unsupported_response_mode/query-with-tokens': ofRequest((query) =>
    fault(modeOf(query) === 'query' && asksForTokens(query) && modeAndType(query), 'Tokens never go into a query.'),
  ),
  'unsupported_response_mode/post-message-with-code': ofRequest((query) =>
    fault(
      modeOf(query) === 'okta_post_message' && !asksForTokens(query) && modeAndType(query),
      'A message to a frame carries tokens, no code.',
    ),
  ),

  'invalid_scope/no-scope-sent': ofScopes((scopes) =>
    fault(scopes.length === 0 && 'no scope', 'The request asks for no scope.'),
  ),
  'invalid_scope/openid-missing': ofScopes((scopes) => {
    const ofUser = scopes.filter((scope) => OF_USER.includes(scope))
    const without = ofUser.length > 0 && !scopes.includes('openid')
    return fault(without && `scope=${scopes.join(' ')}`, 'Scopes of OpenID Connect need openid beside them.')
  }),
  'invalid_scope/custom-scope-at-org-server': ofScopes((scopes, facts) => {
    const own = scopes.filter((scope) => !OPENID.includes(scope) && !scope.startsWith('okta.'))
    const found = serverAsked(facts) === 'org' && own.length > 0
    return fault(found && own.join(' '), 'These are no scopes of Okta, and the org server was asked for them.')
  }),
  'invalid_scope/api-scope-at-custom-server': ofScopes((scopes, facts) => {
    const okta = scopes.filter((scope) => scope.startsWith('okta.'))
    const found = serverAsked(facts) !== 'org' && okta.length > 0
    return fault(found && okta.join(' '), 'Scopes of Okta exist at the org server only.', { for: 2 })
  }),
  // Every custom server has the scopes of OpenID Connect, but for groups; what else there is differs.
  'invalid_scope/scope-not-configured': ofScopes((scopes, facts) => {
    if (serverAsked(facts) === 'org') return { score: -3 }
    return { score: scopes.every((scope) => OPENID.includes(scope) && scope !== 'groups') ? -2 : 0 }
  }),

  // The org server has no access policies.
  'access_denied/no-policy-matches': (facts) => (serverAsked(facts) === 'org' ? { score: -3 } : undefined),
}
