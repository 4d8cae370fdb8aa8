import { describe, expect, it } from 'vitest'
import { isSameServer, serverOfAddress, serverOfIssuer } from './issuing-server.ts'

describe('the server of an issuer', () => {
  it.each([
    ['https://example.okta.com', { kind: 'org', origin: 'https://example.okta.com' }],
    ['https://example.okta.com/', { kind: 'org', origin: 'https://example.okta.com' }],
    ['https://Example.okta.com/oauth2/default', { kind: 'custom', origin: 'https://example.okta.com', id: 'default' }],
    ['http://127.0.0.1:4000/oauth2/aus1/', { kind: 'custom', origin: 'http://127.0.0.1:4000', id: 'aus1' }],
    ['https://example.okta.com/oauth2/v1', { kind: 'other', origin: 'https://example.okta.com' }],
    ['https://sts.example.net/tenant/v2.0', { kind: 'other', origin: 'https://sts.example.net' }],
    ['example.okta.com', undefined],
    ['javascript:alert(1)', undefined],
    [7, undefined],
  ])('%s', (issuer, expected) => {
    expect(serverOfIssuer(issuer)).toEqual(expected)
  })

  it.each([
    ['https://a.okta.com/oauth2/v1/keys', 'org', undefined],
    ['https://a.okta.com/.well-known/openid-configuration', 'org', undefined],
    ['https://a.okta.com/oauth2/default/v1/keys?client_id=x', 'custom', 'default'],
    ['https://a.okta.com/oauth2/aus1/.well-known/oauth-authorization-server', 'custom', 'aus1'],
    ['https://a.okta.com/.well-known/oauth-authorization-server/oauth2/aus1', 'custom', 'aus1'],
    ['https://a.okta.com/jwks.json', 'other', undefined],
  ])('of the address %s', (address, kind, id) => {
    expect(serverOfAddress(address)).toMatchObject({ kind, ...(id !== undefined && { id }) })
  })

  it('is the same under another host', () => {
    const [a, b, c] = ['https://a.okta.com/oauth2/x', 'https://login.example.com/oauth2/x', 'https://a.okta.com'].map(
      (issuer) => serverOfIssuer(issuer)!,
    ) as [
      NonNullable<ReturnType<typeof serverOfIssuer>>,
      NonNullable<ReturnType<typeof serverOfIssuer>>,
      NonNullable<ReturnType<typeof serverOfIssuer>>,
    ]
    expect(isSameServer(a, b)).toBe(true)
    expect(isSameServer(a, c)).toBe(false)
  })
})
