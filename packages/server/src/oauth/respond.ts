// How does the answer of /authorize get back to the application? In the query or the fragment of its address, as a form
// that the browser posts, or as a message to the window that asked.
import { redirectWireOf } from '@errorg/errors'
import { renderRedirect } from '@errorg/errors/wire'
import type { Answer } from '../http/exchange.ts'
import type { Org } from '../org.ts'
import { renderFormPost, renderPostMessage } from '../pages/oauth-pages.ts'
import type { OAuthRefusal } from './errors.ts'

/** The ways back that Okta knows. */
export const responseModes = ['query', 'fragment', 'form_post', 'okta_post_message'] as const

/** One of them. */
export type ResponseMode = (typeof responseModes)[number]

/** Where an answer goes. The address is one that the application registered. */
export interface WayBack {
  redirectUri: string
  mode: ResponseMode
  state: string | undefined
}

type Headers = NonNullable<Answer['headers']>

/** Sends what was asked for. */
export function sendBack(way: WayBack, params: readonly (readonly [string, string])[], headers: Headers = []): Answer {
  const all = [...params, ...(way.state === undefined ? [] : [['state', way.state] as const])]
  if (way.mode === 'query' || way.mode === 'fragment') {
    const text = new URLSearchParams(all.map(([name, value]): [string, string] => [name, value])).toString()
    const mark = way.mode === 'fragment' ? '#' : '?'
    return redirect(way.redirectUri + (way.redirectUri.includes(mark) ? '&' : mark) + text, headers)
  }
  return page(way, all, headers)
}

/** Sends a refusal. Its words and their encoding depend on the contract. */
export function sendRefusal(org: Org, way: WayBack, refusal: OAuthRefusal, headers: Headers = []): Answer {
  const { contract } = org.settings
  const { entry } = refusal.more
  const wire = entry && redirectWireOf(entry, refusal.causeId, contract)
  const error = wire?.error ?? refusal.error
  // Today's text was filled when it was raised; the reference's has no holes.
  const description = contract === 'reference' && wire ? wire.description : refusal.description
  const { redirectUri, mode, state } = way
  if (mode === 'query' || mode === 'fragment') {
    return redirect(renderRedirect({ redirectUri, error, description, state, contract, place: mode }), headers)
  }
  const params: [string, string][] = [
    ...(state === undefined ? [] : [['state', state] satisfies [string, string]]),
    ['error', error],
    ['error_description', description],
  ]
  return page(way, params, headers)
}

function redirect(location: string, headers: Headers = []): Answer {
  // Documented: what stands in the address must not travel on as the referrer.
  return {
    status: 302,
    text: '',
    headers: [['location', ascii(location)], ['referrer-policy', 'no-referrer'], ...headers],
  }
}

// A registered address may hold what a header cannot.
function ascii(url: string): string {
  return url.replace(/[^\x21-\x7e]+/g, (text) => encodeURIComponent(text.toWellFormed()))
}

function page(way: WayBack, params: readonly (readonly [string, string])[], headers: Headers = []): Answer {
  const render = way.mode === 'form_post' ? renderFormPost : renderPostMessage
  const answer = render(way.redirectUri, params)
  return { ...answer, headers: [...answer.headers, ...headers] }
}
