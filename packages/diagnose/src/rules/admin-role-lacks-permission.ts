// Is the caller known but without an admin role that covers this operation?
import { heard, toldThat } from '../facts.ts'
import { changesGroup } from '../group-of-call.ts'
import { refusedBeforeRights } from '../whole-answer.ts'
import {
  because,
  byAuthorization,
  byCode,
  byRequest,
  byStatus,
  type Rule,
  speak,
  toManagementApi,
  toSignIn,
} from './rule.ts'

const fix = [
  'Find out who calls: `GET /api/v1/users/me` with the same API token names its owner; for an access token it is the app in `cid`.',
  'Look at the admin roles of that user or app: Security > Administrators, or the Admin roles tab of the app.',
  'Assign a role and a resource set that cover this operation and this object. Rights of an API token follow its owner at once; no new token is needed.',
]
const wants = [
  {
    what: 'The admin roles of the caller',
    how: 'GET /api/v1/users/{id}/roles for the owner of the API token, GET /oauth2/v1/clients/{clientId}/roles for a service app',
  },
]

const SENTENCE = /you do not have permission to perform the requested action/i

export const adminRoleLacksPermission: Rule = {
  kind: 'admin-role-lacks-permission',
  speak(facts) {
    if (facts.code === 'E0000015' || facts.challenge.error === 'insufficient_scope') return []
    const sentence = heard(facts, SENTENCE)
    const role = toldThat(
      facts,
      /\b(?:read[- ]only admin|help ?desk admin|group admin|app(?:lication)? admin|admin roles?|lesser admin|custom role|resource set|super admin)\b/i,
    )
    if (facts.code === 'E0000006' || sentence) {
      const scoped = facts.authorization && facts.authorization.scheme !== 'ssws'
      // What a role refuses has passed the limits and shows them. Who only signs in needs no role.
      const change = role ? undefined : changesGroup(facts)
      const early = refusedBeforeRights(facts) || (toSignIn(facts) && !facts.authorization)
      return speak(
        'admin-role-lacks-permission',
        // Some groups are closed to everybody, in the same words.
        early || change !== undefined ? 'possible' : 'likely',
        [
          sentence
            ? because(sentence, 'Okta knows the caller and refuses the action.')
            : byCode(facts, 'Okta knows the caller and refuses the action.'),
          facts.path !== undefined &&
            byRequest(facts, 'This is the operation that the roles of the caller do not cover.'),
          scoped &&
            byAuthorization(
              facts,
              'A missing scope is answered with an empty body, so the scope is there and the admin role is not.',
            ),
          role && because(role, 'The roles of the caller are part of the story.'),
        ],
        {
          fix,
          first:
            change === undefined
              ? []
              : [
                  `If the group is Everyone${change === 'deletion' ? '' : ' or comes from an app or a directory'}, no role opens it: look at \`type\` in \`GET /api/v1/groups/{id}\` first.`,
                ],
          weight: early ? 2 : 8,
          wants,
        },
      )
    }
    const other = heard(
      facts,
      /\b(?:not (?:authorized|allowed|permitted)|insufficient (?:privileges?|permissions?|rights)|lacks? (?:the )?(?:permission|role|rights)|does not have (?:the )?(?:permission|role|rights|privileges?))\b/i,
    )
    if (other && facts.status === 403 && facts.code === undefined && !facts.path?.startsWith('/oauth2/'))
      return speak(
        'admin-role-lacks-permission',
        'possible',
        [because(other, 'The message speaks of rights.'), byStatus(facts, 'The caller was refused.')],
        { fix, weight: 5, wants },
      )
    if (facts.status === 403 && role && facts.code === undefined && toManagementApi(facts))
      return speak(
        'admin-role-lacks-permission',
        'likely',
        [byStatus(facts, 'The caller was refused.'), because(role, 'The roles of the caller are part of the story.')],
        { fix, wants },
      )
    if (
      facts.status === 403 &&
      facts.code === undefined &&
      facts.said.length === 0 &&
      toManagementApi(facts) &&
      facts.authorization?.scheme === 'ssws'
    )
      return speak(
        'admin-role-lacks-permission',
        'possible',
        [byStatus(facts, 'An API token was refused without a reason; most often its owner lacks a role.')],
        { fix, weight: 4, wants },
      )
    return []
  },
}
