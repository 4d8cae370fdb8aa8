// Does the remote app refuse the credential that Okta sends to it?
import { isRemoteAnswer, remoteSays } from './provisioning.ts'
import { because, type Rule, speak } from './rule.ts'

const fix = [
  'Open Applications > your app > Provisioning > Integration and press Test API Credentials: it makes the same call.',
  'Make a new token at the remote app, put it there, and save. Some servers expect `Bearer` as a part of the value.',
  'Retry the failed tasks: Dashboard > Tasks.',
]

export const scimCredentialsInvalid: Rule = {
  kind: 'scim-credentials-invalid',
  speak(facts) {
    if (!isRemoteAnswer(facts)) return []
    const said = remoteSays(
      facts,
      /\bunauthori[sz]ed\b|\b401\b|\b(?:token|credentials?|api key|password|secret)\b.{0,40}\b(?:invalid|expired|revoked|wrong|incorrect|rejected)\b|\b(?:invalid|expired|wrong|bad|missing) (?:scim |api |access |bearer |auth\w* )?(?:token|credentials?|api key|password)\b|\bauthentication (?:failed|required)\b/i,
    )
    if (!said) return []
    return speak(
      'scim-credentials-invalid',
      'likely',
      [because(said, 'The remote app speaks of the credential that Okta sent, not of the user.')],
      { fix, weight: 9 },
    )
  },
}
