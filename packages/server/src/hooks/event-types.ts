// Which events can an event hook subscribe to? Those that Okta's catalogue of event types marks `event-hook-eligible`
// (read in September 2026).

const byArea: Readonly<Record<string, string>> = {
  'access.request':
    'cancel condition.activate condition.create condition.deactivate condition.delete condition.invalidate ' +
    'condition.update create expire reject resolve sequence.create sequence.delete sequence.update settings.update',
  'access.review': 'action close create remediate start update',
  'app.access_request': 'approver.approve approver.deny delete deny expire grant request',
  'app.ad': 'password_migration_campaign.user.migrate.end',
  'app.oauth2':
    'as.consent.grant as.consent.revoke as.consent.revoke.implicit.as as.consent.revoke.implicit.client ' +
    'as.consent.revoke.implicit.scope as.consent.revoke.implicit.user as.consent.revoke.user ' +
    'as.consent.revoke.user.client client.privilege.grant client.privilege.revoke trusted_server.add ' +
    'trusted_server.delete',
  application:
    'lifecycle.activate lifecycle.create lifecycle.deactivate lifecycle.delete lifecycle.update ' +
    'policy.sign_on.deny_access provision.group_push.mapping.update.or.delete.failed.with.error provision.user.sync ' +
    'user_membership.add user_membership.change_password user_membership.remove user_membership.update',
  'certification.campaign': 'close context.update item.decide item.remediate launch',
  device:
    'enrollment.create lifecycle.activate lifecycle.deactivate lifecycle.delete lifecycle.suspend ' +
    'lifecycle.unsuspend user.add user.remove',
  group:
    'application_assignment.add application_assignment.remove application_assignment.update lifecycle.create ' +
    'lifecycle.delete privilege.grant privilege.revoke profile.update user_membership.add user_membership.remove',
  iam:
    'policy.configuration.update resourceset.bindings.add resourceset.bindings.delete resourceset.create ' +
    'resourceset.delete resourceset.resources.add resourceset.resources.delete resourceset.resources.update ' +
    'resourceset.update role.create role.delete role.permission.conditions.add role.permission.conditions.delete ' +
    'role.permissions.add role.permissions.delete role.update',
  inline_hook: 'executed',
  policy:
    'auth_reevaluate.fail lifecycle.activate lifecycle.deactivate lifecycle.update rule.activate rule.add ' +
    'rule.deactivate rule.delete rule.update',
  security:
    'authenticator.lifecycle.activate authenticator.lifecycle.create authenticator.lifecycle.deactivate ' +
    'authenticator.lifecycle.update breached_credential.detected trusted_origin.activate trusted_origin.create ' +
    'trusted_origin.deactivate trusted_origin.delete trusted_origin.update',
  system:
    'api_token.create api_token.request_outside_allowed_range api_token.revoke email.delivery idp.key.create ' +
    'idp.key.delete idp.key.update idp.lifecycle.activate idp.lifecycle.create idp.lifecycle.deactivate ' +
    'idp.lifecycle.delete idp.lifecycle.read_client_secret idp.lifecycle.update import.complete import.group.create ' +
    'import.group.delete import.roadblock import.start log_stream.lifecycle.activate log_stream.lifecycle.create ' +
    'log_stream.lifecycle.deactivate log_stream.lifecycle.delete log_stream.lifecycle.update ' +
    'oauth2.token.request_outside_allowed_range org.rate_limit.violation org.rate_limit.warning ' +
    'sms.send_phone_verification_message voice.send_phone_verification_call',
  user:
    'account.lock account.privilege.grant account.privilege.revoke account.report_suspicious_activity_by_enduser ' +
    'account.reset_password account.unlock account.unlock_by_admin account.update_password account.update_profile ' +
    'authentication.auth_via_IDP authentication.auth_via_mfa authentication.auth_via_social ' +
    'authentication.authenticate authentication.sso authentication.universal_logout ' +
    'authentication.universal_logout.scheduled behavior.profile.reset credential.enroll identity_verification ' +
    'identity_verification.start import.password lifecycle.activate lifecycle.create lifecycle.deactivate ' +
    'lifecycle.delete.initiated lifecycle.reactivate lifecycle.suspend lifecycle.unsuspend mfa.factor.activate ' +
    'mfa.factor.deactivate mfa.factor.reset_all mfa.factor.suspend mfa.factor.unsuspend mfa.factor.update risk.change ' +
    'risk.detect session.clear session.context.change session.end session.start',
}

/** Event types that an event hook can subscribe to. */
export const hookableEvents: ReadonlySet<string> = new Set(
  Object.entries(byArea).flatMap(([area, names]) => names.split(' ').map((name) => `${area}.${name}`)),
)
