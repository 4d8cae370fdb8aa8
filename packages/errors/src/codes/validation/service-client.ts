// Which service app do proofs about keys, secrets and granted scopes begin with?

/** Its public key, as a JWK. */
export const publicKey = {
  kid: 'first',
  kty: 'EC',
  crv: 'P-256',
  x: 'NesYxWofr9qVhSZVd0pnjfgmyl6Z3c8BfhxYkDEiS7Q',
  y: '07Ok0qI8rqRSt24DEcpc4rp6IO47pRoBOXCW_pKvkQo',
}

/** The body that makes it. */
export const serviceClient = {
  label: 'Nightly job',
  name: 'oidc_client',
  signOnMode: 'OPENID_CONNECT',
  credentials: { oauthClient: { token_endpoint_auth_method: 'private_key_jwt' } },
  settings: {
    oauthClient: { application_type: 'service', grant_types: ['client_credentials'], jwks: { keys: [publicKey] } },
  },
}
