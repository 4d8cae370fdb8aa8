import { describe, expect, it } from 'vitest'
import { readGuessed } from './guess.ts'

const envelope = { errorCode: 'E0000007', errorSummary: 'Not found: Resource not found: 1 (User)' }
const part = (json: string): string => btoa(json).replaceAll('=', '')
const jwt = `${part('{"alg":"RS256","kid":"k"}')}.${part('{"iss":"https://a.okta.com","exp":1}')}.c2ln`

describe('the form of the input is guessed', () => {
  it.each([
    ['a body', JSON.stringify(envelope), { responseBody: envelope }],
    [
      'evidence',
      JSON.stringify({ httpStatus: 404, responseBody: envelope }),
      { httpStatus: 404, responseBody: envelope },
    ],
    ['evidence around a list', JSON.stringify([{ httpStatus: 404 }]), { httpStatus: 404 }],
    ['curl -i', `HTTP/1.1 404 Not Found\n\n${JSON.stringify(envelope)}`, { httpStatus: 404, responseBody: envelope }],
    ['a redirect', 'com.acme.app:/cb?error=access_denied', { redirectUrl: 'com.acme.app:/cb?error=access_denied' }],
    ['a token', jwt, { tokenClaims: { payload: { iss: 'https://a.okta.com', exp: 1 } } }],
    [
      'claims',
      '{"iss":"https://a.okta.com","aud":"x"}',
      { tokenClaims: { payload: { iss: 'https://a.okta.com', aud: 'x' } } },
    ],
    [
      'a log',
      '[{"eventType":"user.session.start","outcome":{"result":"FAILURE"}}]',
      { logEvents: [{ eventType: 'user.session.start', outcome: { result: 'FAILURE' } }] },
    ],
    [
      'a log, one event a line',
      '{"eventType":"a"}\n{"eventType":"b"}',
      { logEvents: [{ eventType: 'a' }, { eventType: 'b' }] },
    ],
    ['a page', '<!DOCTYPE html><title>400</title>', { responseBody: { page: '400' } }],
    [
      'a body inside a log line',
      `2026-01-01 ERROR call failed: ${JSON.stringify(envelope)} (attempt 1)`,
      { responseBody: envelope },
    ],
    ['words', 'Okta HTTP 404 E0000007 Not found', { responseBody: { text: 'Okta HTTP 404 E0000007 Not found' } }],
    ['a status behind a body', `${JSON.stringify(envelope)}404`, { responseBody: envelope }],
  ])('%s', (_name, input, expected) => {
    expect(readGuessed(input).evidences[0]).toMatchObject(expected)
  })

  it.each([
    ['nothing', '  \n'],
    ['bytes', 'PK\u0003\u0004\u0000\u0000\u0008'],
  ])('%s is a gap that says what to send', (_name, input) => {
    const { evidences, gaps } = readGuessed(input)
    expect(evidences).toEqual([])
    expect(gaps).toHaveLength(1)
    expect(gaps[0]!.send).toContain('curl -v')
  })

  it('tells that JSON was cut', () => {
    const { evidences, gaps } = readGuessed('{"errorCode":"E0000007","errorSummary":"Not fou')
    expect(evidences).toHaveLength(1)
    expect(gaps[0]!.what).toContain('does not end')
  })
})
