// Does the org not know the origin of the page, or of the place that the browser is to be sent to?
import { type Facts, heard, logged, toldThat } from '../facts.ts'
import type { Because } from '../finding.ts'
import { because, byCode, type Rule, shown, speak } from './rule.ts'

const fix = [
  'Add the origin of the page to Security > API > Trusted Origins with CORS ticked: scheme, host and port as the browser shows them, no slash at the end, no wildcard.',
  'If it is there: is it ACTIVE, is the scope CORS (calls) and not only REDIRECT (returning), is it http and https, localhost and 127.0.0.1?',
  'Look at the status of the refused call in the network tab first. Where Okta refuses before it works (401, 403, 429, a wrong path), the answer has no CORS headers either: then put that right.',
]
const ofToken = [
  'The token endpoint lets the pages read its answer that live where the client is sent back to: add a Sign-in redirect URI of this origin to the app.',
]
const ofWildcard = [
  'Keys and metadata are answered with `Access-Control-Allow-Origin: *`: ask for them without credentials (`withCredentials: false`); newer versions of the SDKs do.',
]
const ofBrowserRoute = [
  'Let the browser go to /authorize as a whole (a redirect or a link): no page may read it with a background call.',
]
const ofRedirect = [
  'Add the origin of the address to Security > API > Trusted Origins with Redirect ticked.',
  'Send the address whole, with its scheme; after a sign-out of an OpenID Connect app register it under Sign-out redirect URIs instead.',
]

// What the browsers write into their consoles, and what people make of it.
const BLOCKED =
  /\bblocked by CORS\b|\bCORS policy\b|\bcross-origin (?:request|read) blocked\b|\bdoesn.t pass access control check\b|\bno 'access-control-allow-origin'|\borigin\b.{0,80}\bis (?:therefore )?not allowed (?:access|by access-control-allow-origin)|\bcors (?:error|issue|header|missing|fail)/i
const WILDCARD = /must not be the wildcard '?\*'? when the request's credentials mode/i
const REDIRECT =
  /\b(?:fromURI|redirectUrl|redirect url|relay ?state)\b.{0,80}\b(?:not (?:a )?(?:trusted|allowed|valid|permitted)|invalid|untrusted)|\bnot (?:a |one of the )?trusted origins?\b/i

export const originNotTrusted: Rule = {
  kind: 'origin-not-trusted',
  speak(facts) {
    const redirect = logged(facts, { eventType: /^org\.not_configured_origin\.redirection/ }) ?? heard(facts, REDIRECT)
    if (redirect)
      return speak(
        'origin-not-trusted',
        'likely',
        [because(redirect, 'Okta sends browsers only to origins that the org trusts.')],
        { fix: ofRedirect, weight: 8 },
      )
    const wildcard = heard(facts, WILDCARD) ?? toldThat(facts, WILDCARD)
    if (wildcard)
      return speak(
        'origin-not-trusted',
        'likely',
        [because(wildcard, 'The answer is for every page, and for none that sends cookies.')],
        { first: ofWildcard, fix, weight: 6 },
      )
    const blocked = heard(facts, BLOCKED) ?? toldThat(facts, BLOCKED)
    if (blocked)
      return speak(
        'origin-not-trusted',
        // A preflight or a network error has no code; where there is one, the browser's words may only hide it.
        facts.code === undefined ? 'certain' : 'possible',
        [because(blocked, 'The browser kept the answer from the page.'), pageOf(facts)],
        { first: firstFor(facts), fix, weight: facts.code === undefined ? 8 : 3 },
      )
    return unreadable(facts)
  },
}

function firstFor(facts: Facts): readonly string[] {
  const path = facts.path ?? ''
  if (/\/v1\/token$/.test(path)) return ofToken
  return /\/v1\/authorize$/.test(path) ? ofBrowserRoute : []
}

function pageOf(facts: Facts): Because | undefined {
  const origin = facts.requestHeader('origin')
  if (origin !== undefined)
    return { place: 'requestHeaders.origin', quote: shown(origin), says: 'This is the origin that has to be trusted.' }
  const told = toldThat(facts, /^page ?origin: \S/i) ?? toldThat(facts, /^origin: https?:/i)
  return told && because(told, 'This is the origin that has to be trusted.')
}

// The exchange itself: an Origin header, an answer with headers, and none that allows anything.
function unreadable(facts: Facts) {
  const origin = facts.requestHeader('origin')
  const answered = facts.evidence.responseHeaders !== undefined
  if (origin === undefined || !answered || sameOrigin(facts, origin)) return []
  const allowed = facts.header('access-control-allow-origin')
  if (allowed === origin || allowed === '*') return []
  const preflight = facts.method === 'OPTIONS'
  const fine = facts.status !== undefined && facts.status < 400
  // A refusal before the handler carries no such headers whatever the origin is: its own code explains more.
  if (!preflight && !fine) return []
  const evidence = [
    pageOf(facts),
    {
      place: 'responseHeaders',
      quote:
        allowed === undefined ? 'no access-control-allow-origin' : `access-control-allow-origin: ${shown(allowed)}`,
      says: 'Without this header for its own origin the browser keeps the answer from the page.',
    },
    facts.code !== undefined && byCode(facts, 'The call itself was answered.'),
  ]
  return speak('origin-not-trusted', 'likely', evidence, { first: firstFor(facts), fix, weight: 7 })
}

function sameOrigin(facts: Facts, origin: string): boolean {
  return facts.host !== undefined && origin.toLowerCase().replace(/^https?:\/\//, '') === facts.host
}
