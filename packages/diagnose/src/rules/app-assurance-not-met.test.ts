import { appAssuranceNotMet } from './app-assurance-not-met.ts'
import { judge, oauth } from './speaks-and-stays-silent.ts'

const exchange = { grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange' }

judge(appAssuranceNotMet, {
  speaks: [
    ['the words of the server', oauth('invalid_grant', 'The required assurance is not met.'), 'certain'],
    ['an exchange without a reason', oauth('invalid_grant', undefined, { requestBody: exchange }), 'likely'],
  ],
  silent: [
    ['an exchange with a reason', oauth('invalid_grant', "'subject_token' is invalid.", { requestBody: exchange })],
    [
      'a code without a reason',
      oauth('invalid_grant', undefined, { requestBody: { grant_type: 'authorization_code' } }),
    ],
    ['another word', oauth('invalid_client', undefined, { requestBody: exchange })],
  ],
})
