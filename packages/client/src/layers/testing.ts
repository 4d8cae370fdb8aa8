// How do the tests of `authorize` get an org, a credential and the error of a call that gets no token?
import type { Credential } from '../auth/credential.ts'
import { createFakeOrg, type FakeOrgOptions } from '../auth/testing.ts'
import { TokenError } from '../errors.ts'
import type { ClientEvent } from '../events.ts'
import { createFakeClock } from '../testing.ts'
import { type AuthorizeOptions, authorize } from './authorize.ts'
import { orgUrl } from './common-suite.ts'

/** A client with a secret. */
export const secretAuth: Credential = {
  clientId: '0oa1',
  clientSecret: 'a-secret-of-the-app',
  scopes: ['okta.users.read'],
}

/** The layer `authorize` between a caller and an org that is made up. */
export function world(options: Partial<AuthorizeOptions> = {}, org: Partial<FakeOrgOptions> = {}) {
  const clock = createFakeClock()
  const events: ClientEvent[] = []
  const fake = createFakeOrg({ clock, ...org })
  const layer = authorize({ orgUrl, auth: secretAuth, clock, onEvent: (event) => events.push(event), ...options })
  return { ...fake, clock, events, layer, call: layer(fake.fetch) }
}

/** The same thing so many times. */
export const times = <Value>(count: number, make: (n: number) => Value): Value[] =>
  Array.from({ length: count }, (_one, n) => make(n))

/** The error that a call ends with. */
export async function failure(promise: Promise<unknown>): Promise<TokenError> {
  const error = await promise.then(
    () => undefined,
    (caught: unknown) => caught,
  )
  if (!(error instanceof TokenError)) throw new Error(`Not a TokenError: ${String(error)}`)
  return error
}
