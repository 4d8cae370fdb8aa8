// Are two parts of the client set up for different flows, so that one does not understand what the other sent?
import { heard, toldThat } from '../facts.ts'
import { because, type Rule, speak } from './rule.ts'

const fix = [
  'Set `responseType`, `responseMode` and `pkce` alike at the part that starts the sign-in (widget, `signInWithRedirect`) and at the part that reads the callback.',
  'With PKCE the code comes in the query: leave `responseMode` out, or set `query` at both. The fragment is where tokens of the implicit flow come.',
  'Let both parts use one instance of the SDK, or the same storage: state and verifier have to be there when the callback is read.',
  'After an update, read its list of breaking changes: defaults of PKCE and response mode have changed between major versions.',
]

export const sdkFlowConfigMismatch: Rule = {
  kind: 'sdk-flow-config-mismatch',
  speak(facts) {
    // An authorization server that says no has its own word for it.
    if (facts.code !== undefined) return []
    const said = heard(
      facts,
      /\bunable to parse (?:a |the )?(?:token|code|response)s? from the url\b|\bunable to retrieve OAuth redirect params\b|\bcould not load PKCE codes?\b|\bPKCE (?:codes?|verifier|meta)\b.{0,40}\b(?:not found|missing|storage)\b|\bstate\b.{0,40}\b(?:does(?:n't| not) match|mismatch|not found in storage)\b|\bno (?:state|verifier|transaction(?: meta)?) (?:found|in storage|saved)\b/i,
    )
    if (!said) return []
    const setting = toldThat(facts, /\b(?:pkce|response (?:mode|type)|flow)\b[^:]*: /i)
    return speak(
      'sdk-flow-config-mismatch',
      'likely',
      [
        because(said, 'The part that reads the callback did not find what it expects.'),
        setting && because(setting, 'This setting decides where the answer comes.'),
      ],
      { fix, weight: 8 },
    )
  },
}
