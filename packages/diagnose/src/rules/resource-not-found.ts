// Is the object not there: wrong id, id of something else, deleted, or not visible to the caller?
import { heard, toldThat } from '../facts.ts'
import { kindOfCode } from '../kind-of-code.ts'
import { because, byCode, byRequest, byStatus, type Rule, shown, speak } from './rule.ts'

const fix = [
  'Read the id that the answer quotes: is it the one you meant, whole and of this kind of object?',
  'Percent-encode logins and names in the path: `#` as `%23`, `/` as `%2F`, `+` as `%2B`.',
  'List the collection with the same token and look for the object. If it is not there, it was deleted, or it belongs to another org.',
  'An object that was created a moment ago may need a second: try again after a short wait.',
]

/** What the first characters of an id say, for the types that get confused. */
const PREFIXES: Readonly<Record<string, readonly [prefix: RegExp, name: string]>> = {
  User: [/^00u/, 'a user id begins with 00u'],
  UserGroup: [/^00g/, 'a group id begins with 00g'],
  AppInstance: [/^0oa/, 'an app id begins with 0oa'],
  OAuth2AppInstance: [/^0oa/, 'an app id begins with 0oa'],
  PublicClientApp: [/^0oa/, 'a client id begins with 0oa'],
  AuthorizationServer: [/^aus/, 'an authorization server id begins with aus'],
  NetworkZone: [/^nzo/, 'a zone id begins with nzo'],
  Token: [/^00T/, 'the id of an API token begins with 00T'],
}
const OTHER_PREFIX = /^(?:00u|00g|0oa|aus|nzo|00T|00p|rst|0pr|rul|tos|who|cal|oty|osc|aut|bnd)/

export const resourceNotFound: Rule = {
  kind: 'resource-not-found',
  speak(facts) {
    const found = /Resource not found: (.{1,300}) \((\w{1,80})\)/.exec(
      facts.summary ?? heard(facts, /Resource not found: /)?.text ?? '',
    )
    const [, id, type] = found ?? []
    if (type === 'Session' && id === 'me') return []
    const envelope = facts.code === 'E0000007' || found !== null
    if (envelope || kindOfCode(facts.code) === 'resource-not-found') {
      const server = type === 'AuthorizationServer' && facts.path?.startsWith('/oauth2/')
      const prefix = type ? PREFIXES[type] : undefined
      const mixed = id !== undefined && prefix !== undefined && OTHER_PREFIX.test(id) && !prefix[0].test(id)
      const asked =
        id === undefined
          ? undefined
          : // `00u1 (User)` is Okta's own sentence once more.
            toldThat(facts, new RegExp(`: .*${id.slice(0, 100).replace(/[^\w]/g, '.')}(?! \\()[#/?%+ ]`))
      return speak(
        'resource-not-found',
        server ? 'possible' : id || facts.code !== 'E0000007' ? 'certain' : 'likely',
        [
          facts.code !== undefined &&
            byCode(facts, 'The path and the method were understood; the object was not found.'),
          id !== undefined && {
            place: 'responseBody.errorSummary',
            quote: facts.summary ?? found![0],
            says: `Okta looked for "${shown(id)}" among objects of the type ${type}.`,
          },
          mixed &&
            prefix && {
              place: 'responseBody.errorSummary',
              quote: id,
              says: `This is the id of something else: ${prefix[1]}.`,
            },
          asked &&
            because(
              asked,
              'The name that was meant is longer than the one Okta looked for: a character was not encoded.',
            ),
        ],
        { fix, first: mixed ? ['Use an id of the right kind of object here.'] : [], weight: 7 },
      )
    }
    // Where the API has the very operation and its path ends with an id, it is the object that was not found: older orgs
    // say so with the code of a missing path.
    if (facts.code === 'E0000008' && facts.operation?.path.endsWith('}') === true) {
      return speak(
        'resource-not-found',
        'likely',
        [
          byCode(facts, 'Some operations answer with this code when the object is missing.'),
          byRequest(facts, 'The API has this path; its last part is an id.'),
        ],
        { fix, weight: 9 },
      )
    }
    const foreign = heard(facts, /\bbelongs to another (?:user|org|group|app)\b/i)
    if (foreign && facts.status !== undefined && facts.status >= 400)
      return speak(
        'resource-not-found',
        'certain',
        [because(foreign, 'The object is there, but not for this caller.')],
        {
          fix: [
            'List the collection with the credentials that you call with, and use an id from there.',
            'Or make the call as the owner of the object.',
          ],
          weight: 7,
        },
      )
    const said = heard(
      facts,
      /\bresource\b.{0,80}\b(?:not found|does not exist)|\b(?:user|group|app|application|object|entity|policy|rule)\b.{0,60}\b(?:not found|does not exist|could not be found)|_ResourceNotFound\b/i,
    )
    if (said && (facts.status === 404 || facts.status === undefined) && facts.code === undefined && !isEdge(facts))
      return speak(
        'resource-not-found',
        facts.status === 404 ? 'certain' : 'likely',
        [because(said, 'The object is not there.')],
        { fix },
      )
    if (facts.status !== 404 || facts.code !== undefined || isEdge(facts)) return []
    const soon = toldThat(
      facts,
      /\b(?:at once|immediately|right (?:after|away)|just (?:created|made)|then|straight after|eventual|1 in \d+)\b/i,
    )
    const known = facts.operation !== undefined || facts.methods.length > 0
    if (!known && !soon) return []
    return speak(
      'resource-not-found',
      soon ? 'likely' : 'possible',
      [
        byStatus(facts, 'Something was not found.'),
        facts.path !== undefined &&
          known &&
          byRequest(facts, 'The API has this path, so the object is what is missing.'),
        soon && because(soon, 'A new object is not visible everywhere at once.'),
      ],
      { fix, wants: [{ what: 'The body of the answer', how: 'It names the id and the type that Okta looked for.' }] },
    )
  },
}

/** The bare answer of the layer before the org, which says nothing about objects. */
function isEdge(facts: { evidence: { responseBody?: unknown } }): boolean {
  const body = facts.evidence.responseBody as { status?: unknown; message?: unknown; page?: unknown } | undefined
  if (typeof body !== 'object' || body === null) return false
  return (body.status === 404 && body.message === 'Resource not found') || typeof body.page === 'string'
}
