// Is this about what a remote app answered to Okta, and which words are the app's own?
import { type Facts, logged } from '../facts.ts'
import type { Said } from '../sentences.ts'
import { fromProvisioning } from './rule.ts'

/** The failure lies between Okta and a remote app: no error of Okta's API is in it. */
export function isRemoteAnswer(facts: Facts): boolean {
  if (facts.code !== undefined && facts.code !== 'E0000059') return false
  return fromProvisioning(facts) || logged(facts, { eventType: /^application\.provision\./ }) !== undefined
}

/** The first sentence of the remote app that fits: in the failed task, the answer, or the log event of the push. */
export function remoteSays(facts: Facts, pattern: RegExp): Said | undefined {
  return (
    facts.said.find(({ text }) => pattern.test(text)) ??
    logged(facts, { eventType: /^application\.provision\./, reason: pattern })
  )
}
