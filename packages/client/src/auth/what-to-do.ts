// What can somebody do who was refused a token? One sentence for each answer, chosen by how the token was asked for.

/** How a token was asked for. */
export interface Asked {
  by: 'key' | 'secret' | 'nothing'
  refresh: boolean
  /** The custom authorization server, if it was one. */
  server?: string
  scope: string
}

/** The sentence. Without a status there was no answer. */
export function whatToDo(asked: Asked, status: number | undefined, error: string | undefined): string {
  const { by, refresh, server, scope } = asked
  if (server !== undefined && error === 'invalid_scope' && /(?:^| )okta\./.test(scope)) {
    return 'Scopes that begin with `okta.` are given by the org alone: leave `auth.server` out.'
  }
  switch (error) {
    case 'invalid_client':
      if (by === 'key') {
        return 'See that the app is active, is set to public key / private key, and lists the public half of this key as active under the same kid.'
      }
      return by === 'secret'
        ? 'Compare client id and secret with those of the app, and see that the app is active.'
        : 'Give `clientSecret` or `privateKey`: this app has to prove itself.'
    case 'invalid_grant':
      return refresh
        ? 'The refresh token has expired, was revoked, or was used a second time: the user has to sign in again.'
        : 'Ask for the token in the way that the app is set to.'
    case 'invalid_scope':
      return 'Ask for scopes that this authorization server has, spelt as there.'
    case 'consent_required':
      return 'Grant the scopes to the app: Admin Console, the app, Okta API Scopes.'
    case 'unauthorized_client':
      return `Switch the grant type ${refresh ? 'refresh_token' : 'client_credentials'} on in the app.`
    case 'access_denied':
      if (status === 403) return 'See which network zones the app names, and whether this address is in them.'
      return refresh
        ? 'See that an access policy has a rule for this client, and ask for no more scopes than the sign-in had.'
        : 'See that an access policy of the authorization server has a rule for this client, the grant type client_credentials and all of the scopes.'
    case 'invalid_dpop_proof':
    case 'use_dpop_nonce':
      return 'The app demands DPoP, which this client does not speak: switch it off in the app.'
    case 'E0000015':
      return 'The org has no API Access Management: leave `auth.server` out, or have it switched on.'
  }
  if (status === undefined) return 'See that `orgUrl` is right and can be reached from here; the next call asks again.'
  if (status === 429) return 'Too many token requests: the next call asks again once the window is over.'
  if (status >= 500) return 'It may work in a while; the next call asks again.'
  if (status === 404 && server !== undefined) return `See that there is an authorization server with the id ${server}.`
  if (error !== undefined) return 'The same request gets the same answer: what it names has to change first.'
  return 'See that `orgUrl` is the address of the org itself, without `-admin` and with its own domain.'
}
