// Which claims about a user do the scopes of OpenID Connect give?
import type { User } from '../entities/user.ts'
import type { Stored } from '../state/state.ts'

/**
 * The claims by scope. `thin`: what an ID token holds when an access token comes with it, by which a client can ask
 * `/userinfo` for the rest (documented).
 */
export function profileClaims(
  { value: user }: Stored<User>,
  scopes: readonly string[],
  extent: 'thin' | 'full',
): Record<string, unknown> {
  const { profile } = user
  const claims: Record<string, unknown> = {}
  const add = (name: string, value: unknown) => {
    if (value !== undefined && value !== null && value !== '') claims[name] = value
  }
  if (scopes.includes('profile')) {
    add('name', `${profile.firstName ?? ''} ${profile.lastName ?? ''}`.trim())
    add('preferred_username', profile.login)
    if (extent === 'full') {
      add('nickname', profile.nickName)
      add('given_name', profile.firstName)
      add('middle_name', profile.middleName)
      add('family_name', profile.lastName)
      add('profile', profile.profileUrl)
      add('zoneinfo', profile.timezone ?? 'America/Los_Angeles')
      add('locale', profile.locale ?? 'en_US')
      add('updated_at', Math.floor(user.lastUpdatedAt / 1000))
    }
  }
  if (scopes.includes('email')) {
    add('email', profile.email)
    if (extent === 'full') claims.email_verified = true
  }
  if (extent === 'full' && scopes.includes('phone')) add('phone_number', profile.primaryPhone)
  if (extent === 'full' && scopes.includes('address')) {
    const address = Object.entries({
      street_address: profile.streetAddress,
      locality: profile.city,
      region: profile.state,
      postal_code: profile.zipCode,
      country: profile.countryCode,
    }).filter(([, value]) => value !== undefined && value !== null && value !== '')
    if (address.length > 0) claims.address = Object.fromEntries(address)
  }
  return claims
}
