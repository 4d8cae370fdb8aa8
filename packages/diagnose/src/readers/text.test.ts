import { describe, expect, it } from 'vitest'
import { diagnose } from '../diagnose.ts'
import { readGuessed } from './guess.ts'
import { text, toldInWords } from './text.ts'

describe('what a program says of the call', () => {
  it.each([
    [
      'Python requests',
      'requests.exceptions.HTTPError: 429 Client Error: Too Many Requests for url: https://example.okta.com/api/v1/users?limit=200',
      { httpStatus: 429, path: 'https://example.okta.com/api/v1/users?limit=200' },
    ],
    [
      'Guzzle',
      'Client error: `GET https://example.okta.com/api/v1/groups` resulted in a `403 Forbidden` response:',
      { httpStatus: 403, method: 'GET', path: 'https://example.okta.com/api/v1/groups' },
    ],
    ['axios', 'AxiosError: Request failed with status code 401', { httpStatus: 401 }],
    ['.NET', 'Response status code does not indicate success: 403 (Forbidden).', { httpStatus: 403 }],
    ['PowerShell', 'The remote server returned an error: (401) Unauthorized.', { httpStatus: 401 }],
    ['two statuses', 'HTTP 401, then HTTP 403', {}],
    ['another server', 'GET https://example.com/users failed', {}],
    ['no call', 'It has 401 rows', {}],
  ])('%s', (_name, words, expected) => {
    expect(toldInWords(words)).toEqual(expected)
  })

  it('is evidence beside the body that the program printed', () => {
    const { evidences } = readGuessed(
      'PUT https://example.okta.com/api/v1/groups/00g1 failed: 403 Forbidden {"errorCode":"E0000006","errorSummary":"No"}',
    )
    expect(evidences[0]).toMatchObject({
      httpStatus: 403,
      method: 'PUT',
      path: 'https://example.okta.com/api/v1/groups/00g1',
      responseBody: { errorCode: 'E0000006' },
    })
  })
})

describe('a log', () => {
  const quiet = '2026-01-01 INFO request 12 answered in 3 ms, nothing to see on this line\n'.repeat(20_000)

  it.each([
    ['the message of an SDK', '2026-01-01 ERROR Okta HTTP 401 E0000011 Invalid token provided\n', 'E0000011'],
    [
      'a body',
      '2026-01-01 ERROR {"errorCode":"E0000007","errorSummary":"Not found: Resource not found: 1 (User)"}\n',
      'E0000007',
    ],
    ['an exchange', 'HTTP/1.1 400 Bad Request\n\n{"errorCode":"E0000003","errorSummary":"x"}\n', 'E0000003'],
  ])('is looked through for %s', (_name, line, code) => {
    expect(diagnose(`${quiet}${line}${quiet}`).findings[0]).toMatchObject({ code })
  })

  it('keeps the neighbours of a telling line, and says that it is not whole', () => {
    const { evidences, gaps } = text.read(
      `${quiet}before\nOkta HTTP 401 E0000011 Invalid token provided\nafter\n${quiet}`,
    )
    const { text: words } = evidences[0]!.responseBody as { text: string }
    expect(words).toContain('before\nOkta HTTP 401')
    expect(words).toContain('after')
    expect(words.length).toBeLessThan(2_000)
    expect(gaps[0]!.why).toContain('lines around')
  })
})

describe('little input', () => {
  it('a code alone is a code', () => {
    expect(diagnose('E0000047').findings[0]).toMatchObject({ code: 'E0000047' })
  })

  it('an API token alone holds nothing, and does not come out again', () => {
    const token = `00${'aB3_'.repeat(10)}`
    for (const input of [token, `SSWS ${token}`]) {
      const diagnosis = diagnose(input)
      expect(diagnosis.findings).toEqual([])
      expect(diagnosis.gaps[0]!.why).toContain('API token')
      expect(JSON.stringify(diagnosis)).not.toContain('aB3_')
    }
  })
})
