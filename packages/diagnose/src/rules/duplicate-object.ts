// Is there an object with this unique value already?
import { methodsOf } from '@errorg/errors/operations'
import { type Facts, heard, toldThat } from '../facts.ts'
import { kindOfCode } from '../kind-of-code.ts'
import { because, byCode, byStatus, fromProvisioning, type Rule, shown, speak } from './rule.ts'

const SENTENCE =
  /\balready exists?\b|\balready (?:been )?(?:assigned|in use|taken|uploaded|registered|mapped|associated|set up|an? owner)\b|\bmust not be the same as an existing\b|\bthere is already an?\b|\bname already\b|\bmust be unique\b|\bduplicate\b/i
/** What stands twice in one request is no second object. */
const TWICE_IN_REQUEST =
  /\bduplicated? (?:\w+ )?(?:parameter|param|query|header|argument|key|claim|element|item|entry|entries|value|member)s?\b|\bduplicates? (?:in|within|are not allowed)\b/i

/** Nothing but the word speaks for it. */
const ONLY_THE_WORD = /^(?!.*(?:\balready\b|\bexist|\bmust not be the same\b|\bmust be unique\b)).*\bduplicate\b/is

export const duplicateObject: Rule = {
  kind: 'duplicate-object',
  speak(facts) {
    const found = heard(facts, SENTENCE)
    const said = found && TWICE_IN_REQUEST.test(found.text) ? undefined : found
    const coded = kindOfCode(facts.code) === 'duplicate-object'
    if (!said && !coded) {
      const conflict = heard(facts, /\bconflict(?:s|ing)?\b/i)
      if (facts.code !== undefined || !(conflict || facts.status === 409)) return []
      return speak(
        'duplicate-object',
        'possible',
        [
          conflict
            ? because(conflict, 'A conflict is most often a value that another object has.')
            : byStatus(facts, 'A conflict is most often a value that another object has.'),
        ],
        {
          fix: ['Find the object that has this value (login, e-mail, name, external id) and link or change it.'],
          weight: 4,
        },
      )
    }
    if (facts.code !== undefined && !coded && !['E0000001', 'E0000002', 'E0000027', 'E0000195'].includes(facts.code))
      return []
    if (said && /already (?:active|activated|used|verified|locked|suspended|in progress|being)/i.test(said.text))
      return []
    const remote = fromProvisioning(facts)
    const field = /^([\w.]{1,60}): /.exec(facts.causes[0] ?? '')?.[1]
    const soon = toldThat(
      facts,
      /\b(?:delet\w+|remov\w+|destroy\w*)\b.{0,60}\b(?:create|recreate|again|at once|same)\b/i,
    )
    return speak(
      'duplicate-object',
      // The bare word can mean much; where the code says the same, it does not.
      remote ? 'possible' : !coded && said && ONLY_THE_WORD.test(said.text) ? 'likely' : 'certain',
      [
        said
          ? because(
              said,
              remote ? 'The object exists at the remote application.' : 'Another object has this value already.',
            )
          : byCode(facts, 'Another object has this value already.'),
        !coded &&
          facts.code !== undefined &&
          byCode(facts, 'Okta has no own status for this: it answers 400, and only the inner sentence tells.'),
        soon && because(soon, 'A deletion takes a moment to be known everywhere.'),
      ],
      {
        first: [
          ...(soon ? ['After a deletion wait some seconds before you create the same name again.'] : []),
          ...(selfService(facts)
            ? [
                'With self-service registration the primary e-mail has to be unique too, and the answer still says login: look for its owner.',
              ]
            : []),
        ],
        fix: [
          ...stepsFor(facts, field),
          'If your program repeated a create after a timeout, the first try may have succeeded: read back before you create again.',
        ],
        weight: 8,
      },
    )
  },
}

function selfService(facts: Facts): boolean {
  return toldThat(facts, /self service/i) !== undefined
}

/** What to do depends on the object: what its part of the API can list, activate and delete. */
function stepsFor(facts: Facts, field: string | undefined): string[] {
  const isLogin = field === 'login' || /login/.test(facts.summary ?? '')
  const collection = facts.code === 'E0000157' ? '/api/v1/authenticators' : collectionOf(facts)
  if (isLogin || collection === '/api/v1/users')
    return [
      isLogin
        ? 'Look for the user with this login: `GET /api/v1/users/{login}`. Deactivated users keep their login; a filter or search finds them, a plain list does not.'
        : `Look for the user who has this ${shown(field ?? 'value')}, deactivated users too, and use or update that one.`,
      'Or choose another value, or delete the old user first, which takes two calls: the first DELETE deactivates, the second deletes.',
    ]
  const has = `this ${shown(field ?? 'value')}`
  if (collection === undefined)
    return [
      `Look for the object that has ${has} and use or update it. One that is inactive counts too.`,
      'Or choose another value, or delete the old object first; most have to be deactivated before.',
    ]
  const one = `${collection}/{id}`
  const canSwitch = methodsOf(`${one}/lifecycle/activate`).includes('POST')
  const canDelete = methodsOf(one).includes('DELETE')
  const isKeyed = collection === '/api/v1/authenticators'
  return [
    methodsOf(collection).includes('GET')
      ? `Find the object that has ${isKeyed ? 'this key' : has} and use or update it: \`GET ${collection}\`.`
      : `Look for the object that has ${has} and use or update it.`,
    ...(canSwitch
      ? [
          `If its status is INACTIVE, it counts all the same. Activate it instead of making another one: \`POST ${one}/lifecycle/activate\`.`,
        ]
      : []),
    isKeyed
      ? 'Another name does not help: of most kinds an org has one authenticator, and it cannot be deleted.'
      : canDelete
        ? `Or choose another value, or delete the old object first${canSwitch ? ', after you have deactivated it' : ''}.`
        : 'Or choose another value.',
  ]
}

/** The collection that the call adds to or that holds the object it changes, with the ids of the call. */
function collectionOf({ path, operation }: Facts): string | undefined {
  if (path === undefined || operation === undefined) return undefined
  return operation.path.endsWith('}') ? path.slice(0, path.lastIndexOf('/')) : path
}
