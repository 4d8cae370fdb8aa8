// Which of today's events are meant by the event names that the error reference's guide searches for? Okta's catalogue
// of 1,274 types has none of them: the `reference` contract answers them, `current` finds nothing, as Okta today.
import type { FilterNode } from '../../filter/index.ts'

type Alias = { types: readonly string[]; result?: string }

const aliases: Readonly<Record<string, Alias>> = {
  // An objectType of the removed Events API; `legacyEventType` still carries it.
  'core.user_auth.login_failed': { types: ['user.session.start'], result: 'FAILURE' },
  'oauth2.token.grant.reject': {
    types: ['app.oauth2.as.token.grant', 'app.oauth2.token.grant'],
    result: 'FAILURE',
  },
  'app.generic.unassign_user': { types: ['application.user_membership.remove'] },
}

/** A filter in which the guide's names also stand for today's. */
export function widenAliases(node: FilterNode): FilterNode {
  if (node.type === 'not') return { type: 'not', node: widenAliases(node.node) }
  if (node.type !== 'compare') return { type: node.type, nodes: node.nodes.map(widenAliases) }
  if (node.field !== 'eventType' || (node.operator !== 'eq' && node.operator !== 'ne')) return node
  const name = String(node.value).toLowerCase()
  if (!Object.hasOwn(aliases, name)) return node
  const { types, result } = aliases[name]!
  const at = { position: node.position, operatorPosition: node.operatorPosition, valuePosition: node.valuePosition }
  const equals = (field: string, value: string): FilterNode => ({
    type: 'compare',
    field,
    operator: 'eq',
    value,
    ...at,
  })
  const anyType: FilterNode = { type: 'or', nodes: types.map((type) => equals('eventType', type)) }
  const today: FilterNode =
    result === undefined ? anyType : { type: 'and', nodes: [anyType, equals('outcome.result', result)] }
  const meant: FilterNode = { type: 'or', nodes: [equals('eventType', name), today] }
  return node.operator === 'eq' ? meant : { type: 'not', node: meant }
}
