import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { createClient } from '../create-client.ts'
import { answer, orgUrl, scripted, userUrl } from '../layers/common-suite.ts'
import { createFakeClock } from '../testing.ts'
import { underOktaSdk } from './okta-sdk.ts'

function seat(...answers: Parameters<typeof scripted>) {
  const { fetch, calls } = scripted(...answers)
  const clock = createFakeClock()
  const client = createClient({ orgUrl, auth: { token: 'mine' }, clock, random: () => 0, fetch })
  return { client, calls, clock }
}

test('a request of the SDK goes through the layers with the credential of the client', async () => {
  const { client, calls, clock } = seat(answer(503), answer())
  const headers = { Authorization: 'SSWS of the sdk', Accept: 'application/json', DPoP: undefined }
  const response = await clock.until(underOktaSdk(client).fetch({ url: userUrl, method: 'get', headers }))
  expect(response.status).toBe(200)
  expect(JSON.parse((await response.buffer()).toString())).toEqual({ id: '00u1' })
  expect(calls).toHaveLength(2)
  const sent = new Headers(calls[0]![1]?.headers)
  expect([sent.get('authorization'), sent.get('accept'), sent.get('dpop')]).toEqual([
    'SSWS mine',
    'application/json',
    null,
  ])
  expect(calls[0]![1]?.method).toBe('GET')
})

test('or with that of the SDK', async () => {
  const { client, calls } = seat(answer())
  const headers = { Authorization: 'SSWS of the sdk' }
  await underOktaSdk(client, { credential: 'sdk' }).fetch({ url: userUrl, method: 'post', headers, body: '{"a":1}' })
  expect(new Headers(calls[0]![1]?.headers).get('authorization')).toBe('SSWS of the sdk')
  expect(calls[0]![1]).toMatchObject({ method: 'POST', body: '{"a":1}' })
})

test('a form with a file is sent whole', async () => {
  const { client, calls } = seat(answer())
  const form = Object.assign(new PassThrough(), {
    getHeaders: () => ({ 'content-type': 'multipart/form-data; boundary=b' }),
  })
  form.end('--b\r\nwhole\r\n--b--')
  await underOktaSdk(client).fetch({ url: userUrl, method: 'POST', headers: {}, body: form })
  const [, init] = calls[0]!
  expect(new Headers(init?.headers).get('content-type')).toBe('multipart/form-data; boundary=b')
  expect(Buffer.from(init?.body as ArrayBuffer).toString()).toBe('--b\r\nwhole\r\n--b--')
})
