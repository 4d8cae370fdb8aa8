// Which events does Okta write for what happens to apps?
import type { App } from '../../entities/app.ts'
import type { Exchange } from '../../http/exchange.ts'
import type { LogParty } from '../../log/event.ts'
import type { Org } from '../../org.ts'
import type { Stored } from '../../state/state.ts'

// Okta's event types; some of the sentences are inferred.
const messages = {
  'application.lifecycle.create': 'Create application',
  'application.lifecycle.update': 'Update application',
  'application.lifecycle.activate': 'Activate application',
  'application.lifecycle.deactivate': 'Deactivate application',
  'application.lifecycle.delete': 'Delete application',
  'application.user_membership.add': 'Add user to application membership',
  'application.user_membership.update': 'Update user application membership',
  'application.user_membership.remove': "Remove user's application membership",
  'group.application_assignment.add': 'Add assigned application to group',
  'group.application_assignment.update': 'Update group application assignment',
  'group.application_assignment.remove': 'Remove assigned application from group',
  'app.oauth2.token.revoke': 'OAuth2 token revocation request',
  'app.keys.generate': 'Generate app key',
  'app.keys.clone': 'Clone app key',
  'application.provision.group_push.mapping.created': 'Create group push mapping',
  'application.provision.group_push.activate_mapping': 'Activate group push mapping',
  'application.provision.group_push.deactivate_mapping': 'Deactivate group push mapping',
  'application.provision.group_push.removed': 'Remove group push mapping',
  'application.provision.group_push.delete_appgroup': 'Delete application group',
  'app.oauth2.admin.consent.grant': 'Grant scope to application',
  'app.oauth2.admin.consent.revoke': 'Revoke scope from application',
  'app.oauth2.credentials.lifecycle.create': 'Create OAuth2 client credentials',
  'app.oauth2.credentials.lifecycle.activate': 'Activate OAuth2 client credentials',
  'app.oauth2.credentials.lifecycle.deactivate': 'Deactivate OAuth2 client credentials',
  'app.oauth2.credentials.lifecycle.delete': 'Delete OAuth2 client credentials',
} as const

/** An app as an event shows one. */
export function appParty({ id, value }: Pick<Stored<App>, 'id' | 'value'>): LogParty {
  const displayName = value.oauth ? 'OpenID Connect Client' : value.label
  return { id, type: 'AppInstance', alternateId: value.label, displayName }
}

/** Writes an event about an app. */
export function logApp(
  org: Org,
  x: Exchange,
  eventType: keyof typeof messages,
  app: Pick<Stored<App>, 'id' | 'value'>,
  others: readonly LogParty[] = [],
  debug?: Readonly<Record<string, string>>,
): void {
  org.log(x, { eventType, displayMessage: messages[eventType], targets: [appParty(app), ...others], debug })
}
