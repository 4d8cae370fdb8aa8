// Is a value of the request wrong, missing, obsolete, or in the wrong place?
import { type Facts, heard } from '../facts.ts'
import { kindOfCode } from '../kind-of-code.ts'
import { because, byCode, byStatus, changesPartly, fromProvisioning, type Rule, speak } from './rule.ts'

/** A value that is well formed and taken already, or a password that a policy refuses: no fault of a value's form. */
const OF_OTHERS = /\ban object with this field already exists\b|\bpassword requirements were not met\b/i

/** Every reason that the answer gives is one of another kind. */
export function isOfOthers({ causes }: Pick<Facts, 'causes'>): boolean {
  return causes.length > 0 && causes.every((cause) => OF_OTHERS.test(cause))
}

export const validationInvalidValue: Rule = {
  kind: 'validation-invalid-value',
  speak(facts) {
    const fix = [
      'Read `errorCauses`: each entry names a field and its rule. Correct every field named there; the list is complete.',
      'If the named field looks right, look at its neighbours: a misspelt word elsewhere can make a field "required".',
      'Compare names and values with the API reference letter by letter, upper and lower case included.',
    ]
    if (isOfOthers(facts)) return []
    const rule = heard(facts, RULE)
    if (
      facts.code !== undefined &&
      (kindOfCode(facts.code) === 'validation-invalid-value' || facts.code === 'E0000001' || facts.code === 'E0000002')
    ) {
      const several = facts.causes.length > 1
      const named = several ? facts.causes.join('; ') : (facts.causes[0] ?? facts.summary)
      const odd = oddWord(facts)
      return speak(
        'validation-invalid-value',
        facts.code === 'E0000001' || facts.code === 'E0000002' ? 'likely' : 'certain',
        [
          byCode(facts, 'The request was understood and a value in it was refused.'),
          named !== undefined && {
            place: several
              ? 'responseBody.errorCauses'
              : facts.causes.length > 0
                ? 'responseBody.errorCauses[0].errorSummary'
                : 'responseBody.errorSummary',
            quote: named,
            says: several
              ? `These are the rules that were broken, ${facts.causes.length} of them.`
              : 'This is the rule that was broken.',
          },
          odd && {
            place: odd.place,
            quote: odd.text,
            says: 'Okta writes such words with an underscore, not a hyphen.',
          },
        ],
        {
          fix,
          first: [
            ...(odd ? [`Write \`${odd.text.replaceAll('-', '_')}\` instead of \`${odd.text}\`.`] : []),
            ...(changesPartly(facts) && facts.method === 'PUT' && facts.causes.some((cause) => EMPTY.test(cause))
              ? [
                  'PUT replaces the whole object, and what is left out counts as empty. To change single fields, send the same body with POST.',
                ]
              : []),
          ],
          weight: 4,
        },
      )
    }
    const metadata = heard(facts, /\binvalid_client_metadata\b/)
    if (metadata && !fromProvisioning(facts)) return speakOfMetadata(facts, metadata)
    // At the OAuth endpoints each parameter has a kind of its own.
    if (facts.code !== undefined || fromProvisioning(facts) || facts.path?.startsWith('/oauth2/')) return []
    // A page for people is no answer of the API, whatever it says must be.
    if (
      rule &&
      !rule.place.endsWith('.page') &&
      (facts.status === 400 ||
        facts.status === 422 ||
        (facts.status === undefined && /Api validation failed/i.test(rule.text)))
    )
      return speak(
        'validation-invalid-value',
        'likely',
        [
          because(rule, 'The answer names the rule that was broken.'),
          facts.status !== undefined && byStatus(facts, 'The request was refused as it stands.'),
        ],
        { fix, weight: 4 },
      )
    return []
  },
}

/** The registration of clients answers in the form of RFC 7591, and names one field at a time. */
function speakOfMetadata(facts: Facts, metadata: { place: string; text: string }) {
  const described = heard(facts, /`\w+`: /)
  return speak(
    'validation-invalid-value',
    'certain',
    [
      because(metadata, 'A field of the client that was to be registered was refused.'),
      described && because(described, 'This is the field and its rule.'),
    ],
    {
      fix: [
        'Correct the field that error_description names, and send the whole client again: only the first fault is told.',
        'A replacing PUT needs all settings, and neither client_id_issued_at nor client_secret_expires_at.',
      ],
      weight: 6,
    },
  )
}

const EMPTY = /\bcannot be (?:left )?(?:blank|empty|null)\b|\bis required\b/i

const RULE =
  /api validation failed|\b(?:must be|must not|must contain|is invalid|not (?:a )?valid|invalid value|cannot be (?:left )?(?:blank|empty|null)|is required|missing required|not defined in profile|too long|too short|exceeds|out of range|does not match (?:required )?pattern)\b/i

/** A grant type or response type spelt with hyphens somewhere in the request body. */
function oddWord(facts: Facts): { place: string; text: string } | undefined {
  const walk = (value: unknown, place: string, depth: number): { place: string; text: string } | undefined => {
    if (typeof value === 'string')
      return /^(?:client-credentials|authorization-code|refresh-token|device-code|implicit-hybrid)$/.test(value)
        ? { place, text: value }
        : undefined
    if (typeof value !== 'object' || value === null || depth > 6) return undefined
    for (const [name, part] of Object.entries(value).slice(0, 100)) {
      const found = walk(part, `${place}.${name}`, depth + 1)
      if (found) return found
    }
    return undefined
  }
  return walk(facts.requestBody, 'requestBody', 0)
}
