import { scimServerFault } from './scim-server-fault.ts'
import { judge } from './speaks-and-stays-silent.ts'

const task = (taskError: string) => ({ responseBody: { taskError } })

judge(scimServerFault, {
  speaks: [
    ['a time-out', task('Errors reported by remote server: Read timed out'), 'likely'],
    ['an answer that cannot be read', task('Automatic provisioning failed: unable to parse the response'), 'likely'],
    ['a status of the bridge', { httpStatus: 502, requestContext: { direction: 'Okta to the app' } }, 'likely'],
    [
      'a request that never arrives',
      { requestContext: { provisioning: 'SCIM', requestReceivedByServer: 'no' } },
      'likely',
    ],
  ],
  silent: [
    ['a request that arrives', { requestContext: { provisioning: 'SCIM', requestReceivedByServer: 'yes' } }],
    ['a user who is refused', task('Errors reported by remote server: 400 userName is required')],
    ['a fault of Okta', { httpStatus: 500, path: '/api/v1/users', responseBody: { errorCode: 'E0000009' } }],
  ],
})
