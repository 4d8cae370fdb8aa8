import { judge, oauth } from './speaks-and-stays-silent.ts'
import { webSsoClientNotAllowed } from './web-sso-client-not-allowed.ts'

const apps = { apps: 'the federation app and a native client' }

judge(webSsoClientNotAllowed, {
  speaks: [
    ['the words of the server', { responseBody: 'The client is not an allowed Web SSO client of the app' }, 'certain'],
    ['two apps and no reason', { httpStatus: 400, requestContext: apps }, 'possible'],
  ],
  silent: [
    ['two apps and a reason', oauth('invalid_grant', 'The code is expired', { httpStatus: 400, requestContext: apps })],
    ['two apps that work', { httpStatus: 200, requestContext: apps }],
    ['one app', { httpStatus: 400, requestContext: { app: 'native' } }],
  ],
})
