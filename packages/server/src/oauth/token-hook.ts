// What does the token hook of an access rule make of the tokens? Its server sees their claims and may change them. An
// error in its answer stops the request; when it cannot be reached or used, the tokens stay as they are (documented).
import { redirectErrors } from '@errorg/errors/oauth'
import { redactText } from '@errorg/errors/wire'
import { isoDate } from '../clock.ts'
import { serverScopes } from '../entities/auth-server.ts'
import { type InlineHook, inlineHooks } from '../entities/hook.ts'
import { isObject, type JsonObject } from '../fields.ts'
import { callInlineHook, logUnusable } from '../hooks/call-inline.ts'
import { type Draft, type Drafts, patchClaims } from '../hooks/patch-claims.ts'
import type { Exchange } from '../http/exchange.ts'
import type { Org } from '../org.ts'
import type { Stored } from '../state/state.ts'
import type { RuleHook } from './access.ts'
import { refuseAs } from './errors.ts'
import type { Seen } from './events.ts'
import type { Grant } from './mint.ts'

/** The tokens as the hook wants them; refuses with server_error when it answers with an error. */
export async function askTokenHook(
  org: Org,
  x: Exchange,
  seen: Seen,
  grant: Grant,
  { hookId, policyId, ruleId }: RuleHook,
  drafts: Drafts,
): Promise<Drafts> {
  const hook = await org.state.load(inlineHooks, hookId)
  if (hook?.value.status !== 'ACTIVE' || hook.value.type !== 'com.okta.oauth2.tokens.transform') return drafts
  const data = {
    context: { ...contextOf(org, x, seen, grant), policy: { id: policyId, rule: { id: ruleId } } },
    ...(drafts.identity && { identity: showDraft(drafts.identity) }),
    ...(drafts.access && {
      access: { ...showDraft(drafts.access), scopes: await showScopes(org, grant) },
    }),
  }
  const answer = await callInlineHook(org, x, hook, { source: urlOf(org, x.path), data })
  if (!answer.ok || answer.body === undefined) return drafts
  const { body } = answer
  if (body.error !== undefined && body.error !== null) return refuseForHook(org, x, hook, body)
  if (body.commands === undefined || body.commands === null) return drafts
  const patched = patchClaims(body.commands, drafts)
  if (patched.ok) return patched.drafts
  logUnusable(org, x, hook, `The response could not be applied: ${patched.says}`, body)
  return drafts
}

function refuseForHook(org: Org, x: Exchange, hook: Stored<InlineHook>, body: JsonObject): never {
  const summary = isObject(body.error) ? body.error.errorSummary : undefined
  const description = typeof summary === 'string' && summary !== '' ? summary.slice(0, 1_000).toWellFormed() : undefined
  logUnusable(org, x, hook, description ?? 'The external service returned an error.', body)
  return refuseAs(
    redirectErrors.server_error,
    'inline-hook-failed',
    {},
    {
      reason: description === undefined ? 'callback_returned_error_without_description' : 'callback_returned_error',
      description,
    },
  )
}

// What says when and for how long is not the hook's (recorded sample of the documentation).
const unseen: ReadonlySet<string> = new Set(['iat', 'exp', 'scp'])

function showDraft({ claims, lifetimeSeconds }: Draft) {
  return {
    claims: Object.fromEntries(Object.entries(claims).filter(([name]) => !unseen.has(name))),
    token: { lifetime: { expiration: lifetimeSeconds } },
  }
}

async function showScopes(org: Org, { server, scopes }: Grant): Promise<Record<string, unknown>> {
  const rows = await org.state.find(serverScopes, 'server', server.id)
  return Object.fromEntries(
    scopes.map((name) => [name, { id: rows.find(({ value }) => value.name === name)?.id ?? name, action: 'GRANT' }]),
  )
}

function contextOf(org: Org, x: Exchange, seen: Seen, { server, app, user, scopes }: Grant): Record<string, unknown> {
  const { oauth, label } = app.value
  return {
    request: {
      id: x.requestId,
      method: x.method,
      url: { value: urlOf(org, x.incoming.target) },
      ipAddress: x.address,
    },
    protocol: {
      type: 'OAUTH2.0',
      request: {
        scope: scopes.join(' '),
        state: x.query.get('state') ?? undefined,
        redirect_uri: seen.redirectUri,
        response_mode: seen.responseMode,
        response_type: seen.responseType,
        client_id: oauth!.clientId,
        grant_type: seen.grantType,
      },
      issuer: { uri: server.issuer },
      client: { id: oauth!.clientId, name: label, type: oauth!.authMethod === 'none' ? 'PUBLIC' : 'CONFIDENTIAL' },
    },
    ...(user && {
      user: {
        id: user.id,
        passwordChanged: user.value.passwordChangedAt === undefined ? null : isoDate(user.value.passwordChangedAt),
        profile: profileOf(user.value.profile),
        _links: {
          groups: { href: `${org.baseUrl}/api/v1/users/${user.id}/groups` },
          factors: { href: `${org.baseUrl}/api/v1/users/${user.id}/factors` },
        },
      },
    }),
  }
}

// A session token in the address would let the service sign in as the user.
const urlOf = (org: Org, target: string): string => redactText(org.baseUrl + target)

function profileOf(profile: JsonObject): JsonObject {
  const { login, firstName, lastName, locale, timezone } = profile
  return { login, firstName, lastName, locale: locale ?? 'en', timeZone: timezone ?? 'America/Los_Angeles' }
}
