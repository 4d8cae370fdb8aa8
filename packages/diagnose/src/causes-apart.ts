// Which of several causes is it, where Okta sends the same words for all of them? The difference then lies in the
// request, the numbers or the log: one small question a cause.

import { authorizeQuestions } from './authorize-apart.ts'
import { isRecord } from './evidence.ts'
import { type Facts, heard, logged, toldThat } from './facts.ts'
import type { Because } from './finding.ts'
import { changesGroup } from './group-of-call.ts'
import { changesHolder } from './holder-of-call.ts'
import { bodyBroken, bodySeen, bodySent } from './request-body.ts'
import { toAuthorize } from './rules/oauth.ts'
import { isOfOthers } from './rules/validation-invalid-value.ts'
import { refusedBeforeRights } from './whole-answer.ts'

/** What a look at the request, the numbers or the log says of one cause. */
export interface Answer {
  score: number
  because?: Because
  /** This call is one of those that the cause is met on, listed as such or not: its operations say nothing more. */
  atHome?: true
}

/** Speaks for (above 0) or against (below 0) one cause; undefined where nothing is known. */
export function tellApart(code: string, cause: string, facts: Facts): Answer | undefined {
  const ask = questions[`${code}/${cause}`] ?? authorizeQuestions[`${code}/${cause}`]
  return ask?.(facts)
}

/** Asks for what tells one cause from its siblings. */
export type Question = (facts: Facts) => Answer | undefined

const scheme = (facts: Facts): string | undefined => facts.authorization?.scheme
/** Undefined where the body was not seen: then nothing is known of what stands in it. */
const has = (facts: Facts, name: string): boolean | undefined =>
  bodySeen(facts) ? isRecord(facts.requestBody) && name in facts.requestBody : undefined
const when = (holds: boolean | undefined, score: number, against = 0): Answer | undefined =>
  holds === undefined ? undefined : holds ? { score } : against === 0 ? undefined : { score: against }

const SIGN_IN = /^\/(?:api\/v1\/authn|api\/v1\/sessions|idp\/idx|login)(?:\/|$)/
const inSignIn = (facts: Facts): boolean | undefined =>
  facts.path === undefined ? undefined : SIGN_IN.test(facts.path)

/** A token in the Authorization header is the matter, not one in a body. */
const aboutHeader = (facts: Facts): Answer | undefined => when(inSignIn(facts) && !facts.authorization, -3)

/** A rule that says that something has to be there. */
const ABSENT =
  /\b(?:can(?:not|'t)|must not|may not|should not) be (?:left )?(?:blank|empty|null|undefined|missing|absent)\b|\b(?:is|are) (?:required|missing|mandatory)\b|\bmust (?:be (?:specified|provided|present|given|set)|have a value)\b|\bmissing required\b/i

const questions: Readonly<Record<string, Question>> = {
  // Okta says it in many ways; the catalogue has the commonest.
  'E0000001/required-field-missing': (facts) => {
    const quote = facts.causes.find((cause) => ABSENT.test(cause))
    if (quote === undefined) return undefined
    const says = 'The field that this rule is about was absent or empty.'
    return { score: 5, because: { place: 'responseBody.errorCauses', quote, says } }
  },
  'E0000001/value-invalid': (facts) =>
    (isOfOthers(facts) ? { score: -6 } : undefined) ??
    when(
      facts.causes.some((cause) => ABSENT.test(cause) || /already|Password requirements/i.test(cause)),
      -2,
    ),

  'E0000001/rule-expression-unreadable': (facts) => when(unknownName(facts) !== undefined, -3),
  'E0000001/rule-expression-not-allowed': (facts) => {
    const named = unknownName(facts)
    if (named === undefined) return undefined
    const says = 'The expression could be read: this name in it is the fault.'
    return { score: 3, because: { place: 'responseBody.errorCauses', quote: named, says } }
  },

  'E0000003/body-missing': (facts) => {
    const is = bodySent(facts)
    return when(is === undefined ? undefined : !is, 3, -5)
  },
  'E0000003/body-not-json': (facts) => {
    const is = bodySent(facts)
    if (is === false) return { score: -2 }
    // Sent and not shown: broken JSON is met more often than JSON of the wrong outline.
    if (is && !bodySeen(facts)) return { score: 2.5 }
    return when(is ? bodyBroken(facts) : undefined, 3, -2)
  },
  'E0000003/body-unreadable-shape': (facts) => {
    const is = bodySent(facts)
    if (is === false) return { score: -2 }
    if (is && !bodySeen(facts)) return { score: 2 }
    return when(is ? !bodyBroken(facts) : undefined, 3, -2)
  },

  'E0000004/session-token-dead': (facts) =>
    when(facts.path === '/api/v1/sessions' || has(facts, 'sessionToken'), 2, -2),
  'E0000004/activation-token-dead': (facts) => when(has(facts, 'token') || has(facts, 'activationToken'), 3, -2),
  'E0000004/credentials-wrong': (facts) => when(facts.path === '/api/v1/sessions' || has(facts, 'token'), -2),
  'E0000004/second-factor-demanded': (facts) =>
    when(toldThat(facts, /\b(?:mfa|second factor|another factor|multi-?factor|2fa)\b/i) !== undefined, 3, -0.5),

  'E0000005/bearer-not-a-token': (facts) =>
    when(
      facts.authorization
        ? scheme(facts) === 'bearer' &&
            facts.authorization.credential !== 'jwt' &&
            facts.authorization.credential !== 'hidden'
        : undefined,
      3,
      -2,
    ) ?? { score: -2 },
  'E0000005/session-cookie-invalid': (facts) => {
    const cookie = facts.requestHeader('cookie') !== undefined
    // Who sees the whole request and no cookie in it sees no session either.
    if (!cookie && facts.requestComplete) return { score: -3 }
    return when(
      cookie || (facts.path !== undefined && /\/users\/me\b|\/sessions\/me\b/.test(facts.path)),
      2,
      facts.authorization ? -2 : -1,
    )
  },
  'E0000005/endpoint-refuses-oauth': (facts) =>
    when(facts.authorization ? scheme(facts) === 'bearer' || scheme(facts) === 'dpop' : undefined, 1, -2),
  'E0000005/credentials-missing': (facts) =>
    when(facts.authorization ? facts.authorization.credential === 'empty' : undefined, 2, -2),

  'E0000006/address-malicious': (facts) => {
    if (logged(facts, { eventType: /^security\.threat\.detected/ })) return { score: 4 }
    if (facts.limits.limit !== undefined || !inSignIn(facts)) return { score: -4 }
    const says = 'A request to sign in asks for no rights: its address is what is refused.'
    const quote = facts.path ?? ''
    return facts.authorization ? { score: -2 } : { score: 1.5, because: { place: 'path', quote, says } }
  },
  'E0000006/address-blocked': (facts) => {
    if (logged(facts, { eventType: /^security\.request\.blocked/ })) return { score: 4 }
    if (facts.limits.limit !== undefined) return { score: -4 }
    if (refusedBeforeRights(facts)) return { score: 3 }
    // A forwarded address says that addresses matter here.
    return { score: facts.requestHeader('x-forwarded-for') === undefined ? -1 : 1 }
  },
  'E0000006/client-has-no-role': (facts) => {
    if (facts.authorization || facts.claims.cid !== undefined) {
      const { cid } = facts.claims
      return { score: scheme(facts) === 'bearer' || scheme(facts) === 'dpop' || cid !== undefined ? 2 : -2 }
    }
    // Users and groups are read by every caller: without a word of a service app the path says nothing.
    const app = toldThat(facts, /\b(?:service app|client credentials|private key|access token|oauth)\b/i)
    return { score: app || facts.path === undefined ? 0 : -2.5 }
  },
  // Rights are missing far more often: the operation alone puts the group beside them, not before.
  'E0000006/group-not-manageable': (facts) =>
    when(facts.path === undefined ? undefined : changesGroup(facts) !== undefined, -0.5, -2),
  // Before a sign-in nobody has a role.
  'E0000006/role-lacks-permission': (facts) =>
    when(scheme(facts) === 'ssws', 0.5) ?? when(inSignIn(facts) && !facts.authorization, -2),
  // Standard roles are met far more often than custom ones with their resource sets.
  'E0000006/outside-resource-set': (facts) =>
    ofCustomRole(facts, 'A custom role covers only what is in its resource set.'),
  'E0000006/attribute-outside-conditions': (facts) =>
    has(facts, 'profile') === false
      ? { score: -4 }
      : ofCustomRole(facts, 'A custom role can be limited to some attributes.', -1.5),
  'E0000006/subscription-not-own': (facts) =>
    when(facts.path === undefined ? undefined : /\/users\/(?!me\/)[^/]+\/subscriptions\b/.test(facts.path), 2, -4) ?? {
      score: -1.5,
    },
  // Roles are missing more often than the target has one: it is named behind that.
  'E0000006/super-admin-required': (facts) =>
    changesHolder(facts)
      ? { score: 0, atHome: true }
      : when(facts.path === undefined ? undefined : /\/(?:roles|grants)\b/.test(facts.path), 1, -1),

  'E0000007/user-already-gone': (facts) =>
    when(facts.path === undefined ? undefined : /\/lifecycle\/deactivate$/.test(facts.path), 2, -4) ?? { score: -2 },
  'E0000007/authorization-server-missing': (facts) =>
    when(facts.path === undefined ? undefined : facts.path.startsWith('/oauth2/'), 2, -4),
  'E0000007/session-missing': (facts) => when(facts.summary?.includes('(Session)'), 2, -4),

  'E0000011/token-unknown': aboutHeader,
  'E0000011/token-revoked': (facts) =>
    when(logged(facts, { eventType: /^system\.api_token\.revoke/ }) !== undefined, 3) ?? aboutHeader(facts),
  'E0000011/token-expired-unused': aboutHeader,
  'E0000011/owner-inactive': aboutHeader,
  'E0000011/outside-network': aboutHeader,
  'E0000011/jwt-sent-as-ssws': (facts) =>
    when(
      facts.authorization ? scheme(facts) === 'ssws' && facts.authorization.credential === 'jwt' : undefined,
      3,
      -4,
    ) ?? { score: -0.5 },
  'E0000011/ssws-word-missing': (facts) =>
    when(facts.authorization ? scheme(facts) === 'bare' : undefined, 3, -4) ?? { score: -0.5 },
  'E0000011/scheme-unknown': (facts) => {
    const { authorization } = facts
    if (!authorization) return { score: -1 }
    if (authorization.scheme !== 'other' && authorization.scheme !== 'basic') return { score: -4 }
    const says = 'The API takes SSWS, Bearer and DPoP, and this header begins with none of them.'
    return { score: 3, because: { place: authorization.place, quote: authorization.quote, says } }
  },
  'E0000011/state-token-dead': (facts) => when(has(facts, 'stateToken') || inSignIn(facts) === true, 2, -2),
  'E0000011/recovery-token-dead': (facts) =>
    when(has(facts, 'recoveryToken') || /\/recovery\//.test(facts.path ?? ''), 2, -2),

  'E0000014/new-password-weak': (facts) =>
    when(
      facts.causes.some((cause) => /password requirements|complexity|policy|history/i.test(cause)),
      2,
    ),
  // A policy with a least age names it among its requirements, whichever of them was not met.
  'E0000014/password-too-young': (facts) =>
    when(
      facts.causes.some((cause) => /must have elapsed since you last changed/i.test(cause)),
      2,
      -4,
    ),

  'E0000016/activation-already-begun': (facts) =>
    when(toldThat(facts, /\bPROVISIONED\b|pending user action/i) !== undefined, 3, -0.5),

  // A method that the API has on this path is no wrong one; one that it lacks is.
  'E0000022/method-not-supported': (facts) =>
    when(facts.method === undefined || facts.methods.length === 0 ? undefined : !hasMethod(facts), 2, -2),
  'E0000022/id-empty': (facts) => when(facts.path === undefined ? undefined : /\/\/|\/$/.test(facts.path), 3, -3),
  'E0000022/lifecycle-word-unknown': (facts) =>
    when(
      facts.path === undefined ? undefined : /^\/api\/v1\/features\/[^/]+\/(?!(?:en|dis)able$)/i.test(facts.path),
      2,
      -4,
    ),
  'E0000022/feature-in-closed-beta': (facts) => when(facts.path?.endsWith('/disable'), -4),
  'E0000022/default-brand-lacks-it': (facts) =>
    when(facts.path === undefined ? undefined : /well-known-uris/.test(facts.path), 2, -4),

  'E0000023/deactivation-misjudged': (facts) =>
    when(
      facts.path === undefined ? undefined : /\/lifecycle\/deactivate$/.test(facts.path) || facts.method === 'DELETE',
      2,
      -4,
    ) ?? when(toldThat(facts, /deprovision|deactivat/i) !== undefined, 1, -2),

  // Only today's sentence goes on with a reason.
  'E0000027/group-already-pushed': (facts) =>
    heard(facts, /already/i) ? { score: 3 } : when(facts.summary?.includes(' : '), -1),

  // The sentence begins with the name of what was read; a parameter of that name stands in the URL.
  'E0000037/flag-unreadable': (facts) => ofParameter(facts, 'flag'),
  'E0000037/number-unreadable': (facts) =>
    ofParameter(facts, 'number') ?? when(facts.method === undefined ? undefined : facts.method === 'GET', 1, -2),
  'E0000037/word-not-in-list': (facts) =>
    ofParameter(facts, 'word') ?? when(facts.method === undefined ? undefined : facts.method !== 'GET', 1, -2),

  'E0000039/app-owned-by-okta': (facts) => {
    const name = pointer(facts.requestBody, ['name'])
    return when(typeof name === 'string' ? /^(?:saasure|okta_|okta-)/.test(name) : undefined, 2, -2)
  },
  'E0000042/custom-error-page-off': (facts) => {
    const url = pointer(facts.requestBody, ['accessibility', 'errorRedirectUrl'])
    return when(typeof url === 'string' ? /^https?:\/\/[\w.-]+/.test(url) : undefined, 2, -2)
  },
  'E0000042/error-url-unreadable': (facts) => {
    const url = pointer(facts.requestBody, ['accessibility', 'errorRedirectUrl'])
    return when(typeof url === 'string' ? !/^https?:\/\/[\w.-]+/.test(url) : undefined, 2, -2)
  },

  'E0000047/concurrency-exceeded': (facts) => when(zeros(facts), 4, -4),
  'E0000047/bucket-used-up': (facts) => (zeros(facts) ? { score: -4 } : (bucketLimit(facts, 1) ?? { score: 0.5 })),
  'E0000047/token-share-used-up': (facts) => (zeros(facts) ? { score: -4 } : bucketLimit(facts, 2)),
  'E0000047/client-limit-used-up': (facts) =>
    zeros(facts) ? { score: -4 } : facts.limits.limit === 60 ? { score: 1 } : { score: -1.5 },
  'E0000047/user-limit-used-up': (facts) =>
    zeros(facts)
      ? { score: -4 }
      : logged(facts, { reason: /user_rate_limited/i })
        ? { score: 4 }
        : facts.limits.limit === undefined
          ? undefined
          : { score: -1 },
  'E0000047/passcode-tries-used-up': (facts) => when(factorCall(facts), 0.5, -2),
  'E0000047/factor-call-just-made': (facts) =>
    when(toldThat(facts, /\bcall\b/i) !== undefined && factorCall(facts), 2, -2),

  'E0000052/operation-not-built': (facts) => when(heard(facts, /scim/i) !== undefined, -1, 1),

  'E0000059/scim-credentials-wrong': (facts) =>
    when(heard(facts, /\b(?:401|403|unauthorized|forbidden|credential|token)\b/i) !== undefined, 3),
  'E0000059/scim-url-wrong': (facts) =>
    when(heard(facts, /\b(?:404|not found|url|host|resolve)\b/i) !== undefined && facts.causes.length > 0, 2),
  'E0000059/scim-server-down': (facts) =>
    when(
      facts.causes.some((cause) => /\b(?:5\d\d|refused|timed? ?out|unreachable|no response)\b/i.test(cause)),
      3,
    ),

  // Consent is refused at a page of its own, not at authorize.
  'access_denied/consent-refused': (facts) => when(inConsent(facts), 3) ?? when(toAuthorize(facts), -2),

  'E0000068/code-clock-adrift': (facts) =>
    when(toldThat(facts, /\bclock\b|\btime\b.{0,20}\b(?:off|wrong|set)\b/i) !== undefined, 3, -1),
}

// Custom roles are met more rarely than standard ones, and then people speak of them.
function ofCustomRole(facts: Facts, says: string, unsaid = 0): Answer {
  const custom = toldThat(facts, /\bcustom (?:admin )?roles?\b|\bresource[- ]?sets?\b|\bCUSTOM\b/)
  if (!custom) return { score: unsaid - (scheme(facts) === 'ssws' ? 0.5 : 1) }
  return { score: 1, because: { place: custom.place, quote: custom.text, says } }
}

// The page that asks the user for consent has an address below that of authorize.
function inConsent(facts: Facts): boolean {
  return (
    (facts.path !== undefined && /^\/oauth2\/(?:[^/]+\/)?v1\/authorize\/consent$/.test(facts.path)) ||
    toldThat(facts, /\bconsent (?:page|screen|dialog)\b|\b(?:declined|refused|denied) consent\b/i) !== undefined
  )
}

/** What the answer says of a parameter of the URL that is none of its type. */
function ofParameter(facts: Facts, wanted: 'flag' | 'number' | 'word'): Answer | undefined {
  for (const { text } of facts.said) {
    const [, name = '', rule = ''] = /(?:^|\. )([A-Za-z]\w{0,40}): (?:'[^']*')?(.{0,200})/.exec(text) ?? []
    if (!facts.query.has(name)) continue
    const type = /\btrue\b|\bfalse\b|\bboolean\b/i.test(rule)
      ? 'flag'
      : /\bnumber\b|\binteger\b/i.test(rule)
        ? 'number'
        : 'word'
    if (type !== wanted) return { score: -3 }
    const says = 'The answer names this parameter of the URL.'
    return { score: 3, because: { place: 'path', quote: `${name}=${facts.query.get(name)}`, says } }
  }
  return undefined
}

/** What the answer says of a name in an expression, rather than of its form. */
function unknownName(facts: Facts): string | undefined {
  return facts.causes.find((cause) => /^(?:[\w.]+: )?Invalid (?:property|function|number of parameters) /i.test(cause))
}

function hasMethod(facts: Facts): boolean {
  return facts.method !== undefined && facts.methods.includes(facts.method)
}

function zeros(facts: Facts): boolean {
  return facts.limits.limit === 0 && facts.limits.remaining === 0
}

function factorCall(facts: Facts): boolean {
  return facts.path !== undefined && /\/factors\/[^/]+\/(?:resend|verify|lifecycle\/activate)/.test(facts.path)
}

function pointer(value: unknown, names: readonly string[]): unknown {
  let part = value
  for (const name of names) part = isRecord(part) ? part[name] : undefined
  return part
}

/**
 * Limits a minute that whole buckets have by default, free edition first (okta/okta-developer-docs before 2025-12-16,
 * and recorded headers). A token or app gets half of each.
 */
const BUCKETS: readonly [path: RegExp, limits: readonly number[]][] = [
  [/^\/api\/v1\/apps(?:$|\/[^/]+\/)/, [20, 100]],
  [/^\/api\/v1\/apps\/[^/]+$/, [100, 500, 600]],
  [/^\/api\/v1\/groups\/[^/]+$/, [100, 600, 1000]],
  [/^\/api\/v1\/groups/, [100, 500, 600]],
  [/^\/api\/v1\/users\/[^/]+$/, [100, 600, 1000, 2000]],
  [/^\/api\/v1\/users/, [100, 600]],
  [/^\/api\/v1\/logs/, [20, 50, 120]],
  [/^\/api\/v1\/authn/, [100, 500, 600]],
  [/^\/api\/v1\/sessions/, [100, 600, 750]],
  [/^\/oauth2\/v1\/clients/, [25, 100]],
  [/^\/oauth2\//, [300, 1200, 2000]],
  [/^\/api\/v1\/(?:devices|certificateAuthorities)/, [100, 150]],
  [/^\/api\/v1\//, [100, 600, 1200]],
]

/** Speaks where the limit of the answer is the whole, or the half, of what such a bucket has by default. */
function bucketLimit(facts: Facts, parts: 1 | 2): Answer | undefined {
  const { limit } = facts.limits
  if (limit === undefined || facts.path === undefined) return undefined
  const [, limits] = BUCKETS.find(([path]) => path.test(facts.path!)) ?? []
  const whole = limits?.find((one) => one === limit * parts || one === limit * parts - (parts - 1))
  if (whole === undefined) return undefined
  const says =
    parts === 1
      ? 'This is a limit that the whole bucket of this path has by default, all tokens together.'
      : `By default the bucket of this path has ${whole}, and one token or app may use half of it.`
  const quote = parts === 1 ? `limit ${limit}` : `limit ${limit}, half of ${whole}`
  return { score: 2, because: { place: 'responseHeaders.x-rate-limit-limit', quote, says } }
}
