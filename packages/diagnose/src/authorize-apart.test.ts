import { describe, expect, it } from 'vitest'
import { diagnoseEvidence } from './diagnose.ts'

const SENTENCES = {
  invalid_request: 'The request parameters are not valid.',
  invalid_scope: 'The requested scope is invalid, unknown, or malformed.',
  unsupported_response_mode: 'The authorization server does not support the requested response mode.',
  access_denied: 'The resource owner or authorization server denied the request.',
}

/** A redirect with the sentence that all causes of its error share. */
function redirected(error: keyof typeof SENTENCES, query: Record<string, string | string[]>, server = '') {
  const parameters = { client_id: '0oa1abcdEFGH23456789', redirect_uri: 'https://app.example.com/cb', ...query }
  const sent = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) for (const one of [value].flat()) sent.append(name, one)
  const answer = new URLSearchParams({ error, error_description: SENTENCES[error] })
  return diagnoseEvidence({
    httpStatus: 302,
    method: 'GET',
    path: `/oauth2/${server}v1/authorize?${sent}`,
    redirectUrl: `https://app.example.com/cb?${answer}`,
  }).findings
}

const fine = { response_type: 'code', scope: 'openid', state: 'a1', code_challenge: 'b2' }

describe('an authorize request shows its own fault', () => {
  it.each([
    ['a parameter twice', { ...fine, scope: ['openid', 'email'] }, 'parameter-sent-twice'],
    ['a prompt that nobody knows', { ...fine, prompt: 'silent' }, 'prompt-unknown'],
    ['an age below 0', { ...fine, max_age: '-1' }, 'max-age-out-of-range'],
    ['an age beyond 31 bits', { ...fine, max_age: '2147483648' }, 'max-age-out-of-range'],
    ['no state', { response_type: 'code', scope: 'openid', code_challenge: 'b2' }, 'state-missing'],
    ['no nonce for a token', { ...fine, response_type: 'id_token token' }, 'nonce-missing'],
    ['an identity provider', { ...fine, idp: '0oa9abcdEFGH23456789' }, 'identity-provider-unknown'],
    ['no challenge', { response_type: 'code', scope: 'openid', state: 'a1' }, 'pkce-missing'],
  ])('invalid_request: %s', (_name, query, cause) => {
    expect(redirected('invalid_request', query)[0]).toMatchObject({ cause })
  })

  it('says nothing of PKCE where the request has a challenge', () => {
    const causes = redirected('invalid_request', { ...fine, prompt: 'silent' }).map((finding) => finding.cause)
    expect(causes).not.toContain('pkce-missing')
  })

  it('quotes the fault', () => {
    const [first] = redirected('invalid_request', { ...fine, prompt: 'silent' })
    expect(first!.because).toContainEqual(expect.objectContaining({ place: 'path', quote: 'prompt=silent' }))
  })

  it.each([
    [{ ...fine, response_mode: 'web_message' }, 'response-mode-unknown'],
    [{ ...fine, response_type: 'id_token', response_mode: 'query' }, 'query-with-tokens'],
    [{ ...fine, response_mode: 'okta_post_message' }, 'post-message-with-code'],
  ])('unsupported_response_mode: %j', (query, cause) => {
    expect(redirected('unsupported_response_mode', query)[0]).toMatchObject({ cause })
  })

  it.each([
    ['', { response_type: 'code', state: 'a1' }, 'no-scope-sent'],
    ['', { ...fine, scope: 'profile email' }, 'openid-missing'],
    ['', { ...fine, scope: 'openid orders' }, 'custom-scope-at-org-server'],
    ['default/', { ...fine, scope: 'openid orders' }, 'scope-not-configured'],
    ['default/', { ...fine, scope: 'openid okta.users.read' }, 'api-scope-at-custom-server'],
  ])('invalid_scope at /oauth2/%s: %j', (server, query, cause) => {
    expect(redirected('invalid_scope', query, server)[0]).toMatchObject({ cause })
  })

  it('shows no refused consent, and at the org server no access policy', () => {
    const causes = redirected('access_denied', fine).map((finding) => finding.cause)
    expect(causes[0]).not.toBe('consent-refused')
    expect(causes).not.toContain('no-policy-matches')
    expect(redirected('access_denied', fine, 'default/').map((finding) => finding.cause)).toContain('no-policy-matches')
  })
})

describe('a request that was not seen', () => {
  it('is not judged by what it lacks', () => {
    const { findings } = diagnoseEvidence({
      redirectUrl: `https://app.example.com/cb?${new URLSearchParams({ error: 'invalid_request', error_description: SENTENCES.invalid_request })}`,
    })
    const quotes = findings.flatMap((finding) => finding.because.map((one) => one.quote))
    expect(quotes).not.toContain('no state')
    expect(findings.map((finding) => finding.strength)).not.toContain('certain')
  })
})
