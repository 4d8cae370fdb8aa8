import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseErrorBody, renderErrorBody, renderOAuthErrorBody } from './error-body.ts'

const id = 'oaeAAAAAAAAAAAAAAAAAAAAAA'

test('the envelope is compact, with five members in the recorded order', () => {
  expect(renderErrorBody({ code: 'E0000007', summary: 'Not found: x', id })).toBe(
    `{"errorCode":"E0000007","errorSummary":"Not found: x","errorLink":"E0000007","errorId":"${id}","errorCauses":[]}`,
  )
})

test('what is rendered is parsed back', () => {
  const cause = fc.record(
    {
      summary: fc.string(),
      reason: fc.string(),
      location: fc.string(),
      locationType: fc.string(),
      domain: fc.string(),
    },
    { requiredKeys: ['summary'] },
  )
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.array(cause), (code, summary, causes) => {
      const text = renderErrorBody({ code, summary, id, causes })
      const expected = { form: 'okta', code, summary, link: code, id, causes }
      expect(parseErrorBody(text)).toEqual(expected)
      expect(parseErrorBody(JSON.parse(text))).toEqual(expected)
    }),
  )
})

test('a cause may be a plain text', () => {
  const text = renderErrorBody({ code: 'E0000001', summary: 's', id, causes: ['login: taken'] })
  expect(text).toContain('"errorCauses":[{"errorSummary":"login: taken"}]')
})

test('OAuth pairs, with what stands beside them', () => {
  expect(
    parseErrorBody(renderOAuthErrorBody({ error: 'invalid_grant', description: 'PKCE verification failed.' })),
  ).toEqual({ form: 'oauth', code: 'invalid_grant', summary: 'PKCE verification failed.', causes: [] })
  expect(parseErrorBody('{"error":"mfa_required","error_description":"x","mfa_token":"t"}')?.more).toEqual({
    mfa_token: 't',
  })
  expect(renderOAuthErrorBody({ error: 'invalid_request' })).toBe('{"error":"invalid_request"}')
})

test('an envelope with an OAuth word as code keeps its form: that tells an unknown client from a wrong secret', () => {
  expect(parseErrorBody('{"errorCode":"invalid_client","errorSummary":"x","errorId":"y"}')).toMatchObject({
    form: 'okta',
    code: 'invalid_client',
  })
})

test('the edge, network policy, SCIM 2.0 and 1.1, Identity Engine', () => {
  expect(parseErrorBody('{"status":404,"message":"Resource not found"}')).toEqual({
    form: 'edge',
    summary: 'Resource not found',
    status: 404,
    causes: [],
  })
  expect(parseErrorBody('{"error":"Forbidden","message":"Access denied by network policy"}')).toMatchObject({
    form: 'edge',
    code: 'Forbidden',
  })
  expect(
    parseErrorBody({ schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], detail: 'User exists', status: '409' }),
  ).toEqual({ form: 'scim', summary: 'User exists', status: 409, causes: [] })
  expect(parseErrorBody({ Errors: [{ description: 'no', code: 409 }, { description: 'also' }] })).toEqual({
    form: 'scim',
    summary: 'no',
    status: 409,
    causes: [{ summary: 'also' }],
  })
  expect(
    parseErrorBody({
      version: '1.0.0',
      messages: { type: 'array', value: [{ message: 'Authentication failed', i18n: { key: 'errors.E0000004' } }] },
    }),
  ).toEqual({ form: 'idx', code: 'errors.E0000004', summary: 'Authentication failed', causes: [] })
})

test('pages give their title, or the error code and description they show', () => {
  expect(parseErrorBody('<html><head><title>Okta - Sign In</title></head></html>')).toEqual({
    form: 'page',
    summary: 'Okta - Sign In',
    causes: [],
  })
  const page = `<!doctype html><h1>400</h1><p><b>Error Code:</b> invalid_client</p>
    <p>Description: Invalid value for &#39;client_id&#39; parameter.</p>`
  expect(parseErrorBody(page)).toMatchObject({
    form: 'page',
    code: 'invalid_client',
    summary: "Invalid value for 'client_id' parameter.",
  })
})

test('a cut body still gives its first members', () => {
  expect(parseErrorBody('{"errorCode":"E0000001","errorSummary":"Api \\"x\\"","errorLi')).toEqual({
    form: 'okta',
    code: 'E0000001',
    summary: 'Api "x"',
    causes: [],
    broken: true,
  })
})

test('an order mark, blanks and double encoding do not matter', () => {
  const text = renderErrorBody({ code: 'E0000004', summary: 's', id })
  expect(parseErrorBody(`\uFEFF \n${text}\n`)?.code).toBe('E0000004')
  expect(parseErrorBody(JSON.stringify(text))?.code).toBe('E0000004')
})

test('what is no error is undefined', () => {
  for (const body of [
    '',
    ' ',
    '{}',
    '[]',
    'null',
    '"x"',
    '{"id":"00u1","status":"ACTIVE"}',
    '{"message":"hi"}',
    null,
    5,
  ]) {
    expect(parseErrorBody(body)).toBeUndefined()
  }
})

test('any value is survived, and causes are always a list', () => {
  const likely = fc.dictionary(
    fc.constantFrom(
      'errorCode',
      'errorSummary',
      'errorCauses',
      'error',
      'message',
      'messages',
      'status',
      'Errors',
      'schemas',
    ),
    fc.anything(),
  )
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.string(), fc.json(), likely), (body) => {
      const parsed = parseErrorBody(body)
      if (parsed !== undefined) expect(Array.isArray(parsed.causes)).toBe(true)
    }),
  )
})
