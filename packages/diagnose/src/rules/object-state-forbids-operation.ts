// Does the state of an object other than a user (active app, built-in group, policy in use, running job) forbid this?
import { heard, toldThat } from '../facts.ts'
import { closedGroupNamed } from '../group-of-call.ts'
import { kindOfCode } from '../kind-of-code.ts'
import { because, byCode, fromProvisioning, type Rule, speak } from './rule.ts'

const SENTENCE =
  /\bmust be (?:deactivated|disabled|inactive|removed|unassigned)\b|\bcannot (?:be )?(?:delete|remove|modif|deactivat|activat|disable|edit|update|chang)\w*\b.{0,120}\b(?:because|while|with the status|in use|default|system|built-in)|\b(?:is|are) (?:currently )?(?:being )?used by\b|\bcurrently (?:being )?(?:used|in use)\b|\bin use by\b|\bbuilt-in group|\b(?:system|default|built-in)\b.{0,60}\bcan(?:not|'t) be\b|\bdeletion process .{0,200}incomplete\b|\bwith the status INVALID\b|\b(?:still|already) (?:running|in progress|being set up|being initialized)\b|\bonly an? .{0,60} in .{0,60} status can be\b|\bis in (?:an )?(?:in)?active (?:state|status)\b|\bbelongs to .{0,60} not allowed\b/i

export const objectStateForbidsOperation: Rule = {
  kind: 'object-state-forbids-operation',
  speak(facts) {
    const said = heard(facts, SENTENCE)
    const coded = kindOfCode(facts.code) === 'object-state-forbids-operation'
    if (!coded && facts.code !== undefined && !['E0000001', 'E0000006', 'E0000020'].includes(facts.code)) return []
    if (fromProvisioning(facts)) return []
    const group = facts.code === 'E0000006' ? closedGroupNamed(facts) : undefined
    if (group)
      return speak(
        'object-state-forbids-operation',
        'likely',
        [because(group, 'Okta or an app keeps this group; not even a super administrator may do this to it.')],
        { cause: 'group-not-manageable', weight: 9 },
      )
    const told =
      coded || said
        ? undefined
        : toldThat(
            facts,
            /\b(?:app|application|policy|rule|zone|idp|authenticator|authorization server)\b.{0,20}\bstatus\b: ?ACTIVE\b/i,
          )
    if (!coded && !said && !(told && facts.method === 'DELETE' && (facts.status === 403 || facts.status === 400)))
      return []
    return speak(
      'object-state-forbids-operation',
      coded || said ? 'certain' : 'possible',
      [
        coded && byCode(facts, 'The object is not in a state that allows this.'),
        said && because(said, 'The answer gives the reason.'),
        told && because(told, 'Most objects have to be deactivated before they are deleted.'),
      ],
      {
        fix: [
          'Read the object and bring it into the state that the answer names: most have to be deactivated before they are deleted.',
          'If others use it, take it out there first: policies, rules, apps or assignments that name it.',
          'Built-in and default objects stay as they are. If a job is still running, wait and send the same call again.',
        ],
        weight: 7,
      },
    )
  },
}
