import { scopeParameterMissing } from './scope-parameter-missing.ts'
import { judge, logEvent, oauth } from './speaks-and-stays-silent.ts'

judge(scopeParameterMissing, {
  speaks: [
    ['the org server', oauth('invalid_scope', 'No scopes were requested.'), 'certain'],
    [
      'a custom server',
      oauth(
        'invalid_scope',
        "The authorization server resource does not have any configured default scopes, 'scope' must be provided.",
      ),
      'certain',
    ],
    ['the reason in the log', logEvent('no_default_scopes'), 'certain'],
  ],
  silent: [
    [
      'an unknown scope',
      oauth('invalid_scope', 'One or more scopes are not configured for the authorization server resource.'),
    ],
    [
      'openid left out',
      oauth('invalid_scope', "Requests for ID tokens or access tokens with OpenID scopes require the 'openid' scope."),
    ],
  ],
})
