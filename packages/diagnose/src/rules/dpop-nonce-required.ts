// Does the server want a nonce in the DPoP proof that the proof does not have yet?
import { namedBy } from './oauth.ts'
import { byCode, type Rule, speak } from './rule.ts'

const fix = [
  'Take the value of the `dpop-nonce` header from this very answer and send the same request again, with a new proof that has it as its `nonce` claim.',
  'Keep the nonce for the next requests, and replace it whenever an answer brings another one: it counts for about a day.',
  'In an SDK, bring it up to date first: this answer is a step of the flow, and newer versions take it themselves.',
]

export const dpopNonceRequired: Rule = {
  kind: 'dpop-nonce-required',
  speak(facts) {
    const nonce = facts.header('dpop-nonce')
    const named =
      facts.code === 'use_dpop_nonce'
        ? byCode(facts, 'The proof has to carry a nonce of the server.')
        : namedBy(
            facts,
            {
              sentence: /\buse_dpop_nonce\b|\brequires? (?:a )?nonce in (?:the )?DPoP proof\b/i,
              reasons: 'use_dpop_nonce',
            },
            'The proof has to carry a nonce of the server.',
          )
    if (!named) return []
    return speak(
      'dpop-nonce-required',
      'certain',
      [
        named,
        nonce !== undefined && { place: 'responseHeaders.dpop-nonce', quote: nonce, says: 'This is the nonce to use.' },
      ],
      { fix, weight: 9 },
    )
  },
}
