// Does no endpoint have this path?
import { methodsOf } from '@errorg/errors/operations'
import { type Facts, heard } from '../facts.ts'
import { because, byCode, byRequest, byStatus, type Rule, shown, speak } from './rule.ts'

const fix = [
  'Compare the path letter by letter with the API reference: `/api/v1` in front, plural names, the case of each letter.',
  'Look at how the URL is put together: a doubled or missing slash, an id that is empty, `/api/v1` twice.',
]

export const pathNotFound: Rule = {
  kind: 'path-not-found',
  speak(facts) {
    const hint = nearby(facts)
    const more = { fix, first: hint ? [hint.fix] : [] }
    if (facts.code === 'E0000008' || facts.code === 'E0000258')
      return speak(
        'path-not-found',
        // A known operation on an id: rather the object is missing.
        facts.methods.length === 0 ? 'certain' : facts.operation?.path.endsWith('}') ? 'possible' : 'likely',
        [
          byCode(facts, 'No endpoint has this path; nothing is said about any object.'),
          facts.path !== undefined && byRequest(facts, hint?.says ?? 'This is the path that was asked for.'),
        ],
        { ...more, weight: 8 },
      )
    if (facts.code !== undefined || (facts.status !== undefined && facts.status !== 404)) return []
    const body = facts.evidence.responseBody
    const edge =
      typeof body === 'object' &&
      body !== null &&
      (body as { status?: unknown }).status === 404 &&
      (body as { message?: unknown }).message === 'Resource not found'
    if (edge) {
      // Recorded 27 times on paths that exist, at moments when their route was not up.
      const exists = facts.methods.length > 0
      return speak(
        'path-not-found',
        facts.path === undefined || exists ? 'likely' : 'certain',
        [
          {
            place: 'responseBody.message',
            quote: 'Resource not found',
            says: 'This form without an error code comes from the layer before the org, and says nothing about any object.',
          },
          facts.path !== undefined &&
            byRequest(
              facts,
              hint?.says ??
                (exists
                  ? 'The API has this path, so its route may have been down for a moment.'
                  : 'This is the path that was asked for.'),
            ),
        ],
        {
          ...more,
          first: exists
            ? [
                'Send the same call again after some seconds: this answer comes also where a path that exists is not up at that moment.',
              ]
            : more.first,
          weight: 8,
        },
      )
    }
    if (facts.status !== 404) return []
    const page = heard(facts, /page not found|404|not found/i)
    const api = facts.path !== undefined && /\/(?:api|oauth2|idp|\.well-known)(?:\/|$)/.test(facts.path)
    if (facts.path !== undefined && facts.methods.length === 0 && (api || hint))
      return speak(
        'path-not-found',
        'likely',
        [
          byRequest(facts, hint?.says ?? 'The API has no operation with this path.'),
          byStatus(facts, 'Nothing was found there.'),
        ],
        { ...more, weight: 7 },
      )
    if (page?.place.endsWith('.page') && facts.path !== undefined)
      return speak(
        'path-not-found',
        'possible',
        [because(page, 'The answer is a page for people, not an answer of the API.')],
        { ...more, weight: 6 },
      )
    return []
  },
}

/** What the path would be if one usual slip were put right. */
function nearby(facts: Facts): { fix: string; says: string } | undefined {
  const { path } = facts
  if (path === undefined || facts.methods.length > 0) return undefined
  const slips: [string, string][] = [
    [`/api/v1${path}`, 'The path lacks `/api/v1` in front.'],
    [path.replace(/^\/v1\//, '/api/v1/'), 'The path lacks `/api` in front.'],
    [path.replace(/^\/api\/(?!v1\/)(?:v\d+\/)?/, '/api/v1/'), 'The version in the path is not v1.'],
    [path.replace(/\/{2,}/g, '/'), 'The path has a doubled slash.'],
    [path.replace(/(\/api\/v1)+/, '/api/v1'), 'The path has `/api/v1` twice.'],
    [path.replace(/^\/api\/v1\/oauth2\//, '/oauth2/'), 'OAuth endpoints do not stand under `/api/v1`.'],
    [
      path.replace(/^\/oauth2\/(authorize|token|userinfo|keys|introspect|revoke|logout)$/, '/oauth2/v1/$1'),
      'The path lacks `/v1`.',
    ],
    [
      path.replace(
        /^\/(?:oauth2\/[^/]+)\/(authorize|token|userinfo|keys|introspect|revoke|logout)$/,
        '/oauth2/default/v1/$1',
      ),
      'The path lacks `/v1`.',
    ],
    [path.toLowerCase(), 'The path differs in upper and lower case.'],
    [path.replace(/^(\/api\/v1\/[a-z]+)/, '$1s'), 'The collection has a plural name.'],
  ]
  for (const [candidate, says] of slips)
    if (candidate !== path && methodsOf(candidate).length > 0)
      return { fix: `Call \`${shown(candidate, 200)}\` instead.`, says }
  return undefined
}
