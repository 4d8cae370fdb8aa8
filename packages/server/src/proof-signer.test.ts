import { createPublicKey, verify } from 'node:crypto'
import { expect, test } from 'vitest'
import { createProofSigner } from './proof-signer.ts'

test('signs with the key that it shows', async () => {
  const signer = createProofSigner()(() => Date.UTC(2026, 10, 20))
  const { jwk, kid } = (await signer('key', { kid: 'k1' })) as { jwk: object; kid: string }
  const { jwt } = (await signer('assertion', { kid: 'k1', iss: 'me', exp: 5 })) as { jwt: string }
  const [header = '', claims = '', signature = ''] = jwt.split('.')
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString())
  expect(read(header)).toEqual({ alg: 'RS256', kid })
  expect(read(claims)).toEqual({ iat: Date.UTC(2026, 10, 20) / 1000, exp: 5, iss: 'me' })
  const key = createPublicKey({ key: jwk, format: 'jwk' } as Parameters<typeof createPublicKey>[0])
  expect(verify('RSA-SHA256', Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, 'base64url'))).toBe(true)
  expect(JSON.stringify(jwk)).not.toContain('"d"')
})

test('says what it cannot sign', async () => {
  await expect(createProofSigner()(() => 0)('dpop', {})).rejects.toThrow('"dpop"')
})
