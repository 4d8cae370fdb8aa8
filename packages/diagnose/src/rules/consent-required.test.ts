import { consentRequired } from './consent-required.ts'
import { judge, logEvent, oauth } from './speaks-and-stays-silent.ts'

judge(consentRequired, {
  speaks: [
    [
      'an administrator has granted nothing',
      oauth('consent_required', 'You are not allowed any of the requested scopes.'),
      'certain',
    ],
    [
      'a machine',
      oauth(
        'consent_required',
        'The following scopes require user consent and cannot be granted for the client credentials grant type: [x].',
      ),
      'certain',
    ],
    [
      'a silent redirect',
      {
        redirectUrl:
          'https://app.example.com/cb#error=consent_required&error_description=The+following+scopes+require+user+consent',
      },
      'certain',
    ],
    ['the word alone', oauth('consent_required'), 'certain'],
    ['the reason in the log', logEvent('no_org_scopes_granted', 'app.oauth2.token.grant'), 'certain'],
    [
      'somebody tells that the scope wants consent',
      {
        httpStatus: 400,
        requestContext: { grantType: 'client_credentials', scope: 'own scope with consent required' },
      },
      'likely',
    ],
    [
      'the user answered the page that asks',
      {
        method: 'POST',
        path: '/oauth2/default/v1/authorize/consent',
        redirectUrl: 'https://app.example.com/cb?error=access_denied',
      },
      'certain',
    ],
    [
      'somebody tells that the user said no',
      {
        redirectUrl: 'https://app.example.com/cb?error=access_denied',
        requestContext: { note: 'the user declined consent' },
      },
      'certain',
    ],
  ],
  silent: [
    [
      'a denial that may have other reasons',
      {
        redirectUrl:
          'https://app.example.com/cb?error=access_denied&error_description=The+resource+owner+or+authorization+server+denied+the+request.',
      },
    ],
    [
      'a scope with consent in a flow that can ask',
      { httpStatus: 400, requestContext: { grantType: 'authorization_code', scope: 'consent required' } },
    ],
    [
      'an unknown scope',
      oauth('invalid_scope', 'One or more scopes are not configured for the authorization server resource.'),
    ],
  ],
})
