// May this user sign in, or open this app, from this address, and is a second factor wanted?
import type { Policy, PolicyRule } from './entities/policy.ts'
import { isObject, type JsonObject } from './fields.ts'
import type { Exchange } from './http/exchange.ts'
import type { LogParty, LogResult } from './log/event.ts'
import type { Org } from './org.ts'
import { matchPolicy, matchRule, policyOfApp, type Subject, subjectOf } from './policy-match.ts'
import type { Stored } from './state/state.ts'

/** What is asked. */
export interface SignOnAsk {
  userId: string
  /** The caller's, `x.address`. */
  address: string
  /** The id of an application: then its app sign-in policy decides, else the sign-on policies of the org. */
  appId?: string
  /** How the user has shown who it is so far; a factor among it answers a rule that wants one. */
  amr?: readonly string[]
}

/** What the policies say. */
export interface SignOnVerdict {
  access: 'ALLOW' | 'DENY' | 'CHALLENGE'
  /** What decided; undefined when nothing fits, which denies. */
  policy: Stored<Policy> | undefined
  rule: Stored<PolicyRule> | undefined
  /** As the System Log says it. */
  reason: string
  /** How long a session that begins now may lie idle. */
  sessionIdleMinutes: number
  /** It denies, and a rule before would have fitted on a device that is registered or managed. */
  wantsDevice: boolean
}

/** How long a session may lie idle where no rule says otherwise. */
export const IDLE_MINUTES = 120

/** Evaluates the sign-on policies. Reads only; the caller logs the verdict with `logSignOn`. */
export async function evaluateSignOn(
  org: Org,
  { userId, address, appId, amr = [] }: SignOnAsk,
): Promise<SignOnVerdict> {
  const subject = await subjectOf(org, userId, address)
  const { policy, rule, wantsDevice } = await (appId === undefined
    ? decideForOrg(org, subject)
    : decideForApp(org, appId, subject))
  const wish = wishOf(rule?.value)
  const access = wish.access === 'ALLOW' && wish.factor && !hasFactor(amr) ? 'CHALLENGE' : wish.access
  return {
    access,
    policy,
    rule,
    reason: `Sign-on policy evaluation resulted in ${access}`,
    sessionIdleMinutes: wish.idleMinutes,
    wantsDevice: access === 'DENY' && wantsDevice,
  }
}

type Decision = Pick<SignOnVerdict, 'policy' | 'rule' | 'wantsDevice'>

async function decideForOrg(org: Org, subject: Subject): Promise<Decision> {
  const found = await matchPolicy(org, 'OKTA_SIGN_ON', subject)
  return { policy: found?.policy, rule: found?.rule, wantsDevice: false }
}

async function decideForApp(org: Org, appId: string, subject: Subject): Promise<Decision> {
  const policy = await policyOfApp(org, appId)
  return { policy, ...(policy ? await matchRule(org, policy.id, subject) : { rule: undefined, wantsDevice: false }) }
}

/** Is there more than a password among the ways in which the user has shown who it is? */
export function hasFactor(amr: readonly string[]): boolean {
  return amr.includes('mfa') || amr.some((one) => FACTORS.has(one))
}

const FACTORS: ReadonlySet<string> = new Set(['otp', 'sms', 'tel', 'email', 'swk', 'hwk', 'kba', 'phr', 'oob'])

function wishOf(rule: PolicyRule | undefined): { access: 'ALLOW' | 'DENY'; factor: boolean; idleMinutes: number } {
  const signon = member(rule?.actions, 'signon')
  const appSignOn = member(rule?.actions, 'appSignOn')
  const idle = member(signon, 'session').maxSessionIdleMinutes
  const access = signon.access ?? appSignOn.access
  return {
    // Whatever is not ALLOW lets nobody in, a rule of an unknown kind included.
    access: access === 'ALLOW' || access === 'CHALLENGE' ? 'ALLOW' : 'DENY',
    factor:
      access === 'CHALLENGE' ||
      signon.requireFactor === true ||
      member(appSignOn, 'verificationMethod').factorMode === '2FA',
    idleMinutes: typeof idle === 'number' && idle > 0 ? idle : IDLE_MINUTES,
  }
}

const member = (value: unknown, name: string): JsonObject => {
  const inner = isObject(value) ? value[name] : undefined
  return isObject(inner) ? inner : {}
}

/** A policy as an event shows one: `{ policyType: 'OktaSignOn' }`. */
export function policyParty({ id, value }: Stored<Policy>): LogParty {
  const policyType = value.type.toLowerCase().replace(/(?:^|_)([a-z])/g, (_all, letter: string) => letter.toUpperCase())
  return { id, type: 'PolicyEntity', alternateId: 'unknown', displayName: value.name, detailEntry: { policyType } }
}

/** Writes `policy.evaluate_sign_on` about a verdict. */
export function logSignOn(
  org: Org,
  x: Exchange,
  verdict: SignOnVerdict,
  actor: LogParty,
  others: readonly LogParty[] = [],
): void {
  const { policy, rule } = verdict
  org.log(x, {
    eventType: 'policy.evaluate_sign_on',
    displayMessage: 'Evaluation of sign-on policy',
    result: verdict.access satisfies LogResult,
    reason: verdict.reason,
    severity: verdict.access === 'DENY' ? 'WARN' : 'INFO',
    actor,
    targets: [
      ...others,
      ...(policy ? [policyParty(policy)] : []),
      ...(rule
        ? [
            {
              id: rule.id,
              type: 'PolicyRule',
              alternateId: policy?.id ?? 'unknown',
              displayName: rule.value.name,
              detailEntry: { policyRuleFactorMode: factorModeOf(rule.value) },
            },
          ]
        : []),
    ],
  })
}

/** Writes that an app was not opened, for the reason that a verdict gives. */
export function logAppDenied(org: Org, x: Exchange, { reason }: SignOnVerdict, actor: LogParty, app: LogParty): void {
  org.log(x, {
    eventType: 'application.policy.sign_on.deny_access',
    displayMessage: 'Deny user access due to app sign on policy',
    result: 'DENY',
    severity: 'WARN',
    reason,
    actor,
    targets: [app],
  })
}

function factorModeOf(rule: PolicyRule): string {
  return wishOf(rule).factor ? '2FA' : '1FA'
}
