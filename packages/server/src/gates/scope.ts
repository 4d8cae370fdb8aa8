// Does the access token carry the scope of this operation? API tokens and sessions have no scopes: all is open to them
// that the roles allow.
import { renderInsufficientScope } from '@errorg/errors/wire'
import { refuse } from '../oauth/errors.ts'
import type { Gate } from './gate.ts'
import { namesCaller } from './own.ts'

/** A missing scope is answered with 403, an empty body, and a challenge that names the scope (reported). */
export const scopeGate: Gate = {
  name: 'scope',
  stage: 'handler',
  pass(org, x) {
    const held = x.caller?.scopes
    if (!held || !x.operation) return
    const { scopes } = x.operation
    // `.manage` does not contain `.read`: the one is for GET, the other for all else (documented).
    // `okta.users.read.self` is for whoever authorized the token (documented).
    const own = x.route.ownScopes && namesCaller(x)
    if (scopes.every((scope) => held.includes(scope) || (own && held.includes(`${scope}.self`)))) return
    const { host } = new URL(org.baseUrl)
    refuse(
      403,
      'insufficient_scope',
      'The access token provided does not contain the required scopes.',
      'scope-missing',
      {
        form: 'empty',
        headers: [['www-authenticate', renderInsufficientScope({ host, scopes, resource: x.path })]],
      },
    )
  },
}
