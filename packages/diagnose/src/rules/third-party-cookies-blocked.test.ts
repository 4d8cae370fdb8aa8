import { judge, oauth } from './speaks-and-stays-silent.ts'
import { thirdPartyCookiesBlocked } from './third-party-cookies-blocked.ts'

const SENTENCE = 'The client specified not to prompt, but the user is not logged in.'

judge(thirdPartyCookiesBlocked, {
  speaks: [
    [
      'one browser of several',
      oauth('login_required', SENTENCE, { requestContext: { browser: 'Safari', chrome: 'works' } }),
      'likely',
    ],
    [
      'cookies that are blocked',
      { httpStatus: 404, path: '/api/v1/sessions/me', requestContext: { setting: 'third-party cookies are blocked' } },
      'likely',
    ],
  ],
  silent: [
    ['nobody who speaks of browsers', oauth('login_required', SENTENCE)],
    ['a browser alone', oauth('login_required', SENTENCE, { requestContext: { browser: 'Safari' } })],
    [
      'a failure of something else',
      { httpStatus: 400, path: '/api/v1/users', requestContext: { browser: 'Safari', chrome: 'works' } },
    ],
  ],
})
