// Does the remote app refuse the user that Okta pushes, or the state of that user?
import { toldThat } from '../facts.ts'
import { isRemoteAnswer, remoteSays } from './provisioning.ts'
import { because, type Rule, speak } from './rule.ts'

const fix = [
  'Read the whole answer of the remote app: Dashboard > Tasks, or the System Log event of the push.',
  'Look for the account there: one that exists already, or was invited or disabled by hand, collides with a new one. Link or remove it.',
  'Compare the mapped attributes with what the app demands (required fields, lengths, unique values): Provisioning > Attribute Mappings.',
  'Retry the task after the correction.',
]

export const scimDataRejected: Rule = {
  kind: 'scim-data-rejected',
  speak(facts) {
    if (!isRemoteAnswer(facts)) return []
    const said = remoteSays(
      facts,
      /\b(?:400|409|422)\b|\bbad request\b|\bconflict\b|\balready (?:exists|taken|in use|a member|invited)\b|\bduplicate\b|\bunique\w*\b|\b(?:required|invalid|missing|unknown) (?:attribute|field|value)\b|\b(?:attribute|field|value)\b.{0,40}\b(?:required|invalid|too long|not allowed)\b/i,
    )
    const some = toldThat(
      facts,
      /\b(?:other|most|some|single|few) (?:users?|people|accounts?)\b|\bonly (?:some|one|few|certain) \b|\b(?:invited|created|added) (?:by hand|manually|before)\b/i,
    )
    const pushed = said ?? (some && remoteSays(facts, /./))
    if (!pushed) return []
    return speak(
      'scim-data-rejected',
      'likely',
      [
        because(pushed, 'The remote app read the push and refused it.'),
        some && because(some, 'Some users pass, so the connection and the credential are in order.'),
      ],
      { fix, weight: some ? 8 : 6 },
    )
  },
}
