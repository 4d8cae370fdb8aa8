import { judge, logEvent, oauth } from './speaks-and-stays-silent.ts'
import { userNotAssignedToApp } from './user-not-assigned-to-app.ts'

judge(userNotAssignedToApp, {
  speaks: [
    [
      'a redirect',
      {
        redirectUrl:
          'https://app.example.com/cb?error=access_denied&error_description=User+is+not+assigned+to+the+client+application.',
      },
      'certain',
    ],
    [
      'a page',
      {
        httpStatus: 403,
        responseBody: {
          page: '403 App Not Assigned. Sorry, you cannot access Demo because you are not assigned this app in Okta.',
        },
      },
      'certain',
    ],
    ['the event', logEvent(null, 'app.generic.unauth_app_access_attempt'), 'certain'],
    [
      'the event by its words',
      { logEvents: [{ displayMessage: 'User attempted unauthorized access to app', outcome: { result: 'FAILURE' } }] },
      'certain',
    ],
    ['the reason in the log', logEvent('user_not_assigned', 'app.oauth2.authorize'), 'certain'],
  ],
  silent: [
    [
      'a policy',
      oauth('access_denied', 'Policy evaluation failed for this request, please check the policy configurations.'),
    ],
    ['the user refused', oauth('access_denied', 'The resource owner or authorization server denied the request.')],
    ['an assignment that was taken away later', logEvent(null, 'application.user_membership.remove', 'SUCCESS')],
    [
      'a role that is not assigned',
      {
        httpStatus: 403,
        responseBody: {
          errorCode: 'E0000006',
          errorSummary: 'You do not have permission to perform the requested action',
        },
      },
    ],
  ],
})
