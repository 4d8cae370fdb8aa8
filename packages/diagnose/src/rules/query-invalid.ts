// Is a filter, search, sort, paging, date or cursor parameter wrong, or combined in a way that is not allowed?
import { heard } from '../facts.ts'
import { strangersInFilter } from '../filter-of-list.ts'
import { kindOfCode } from '../kind-of-code.ts'
import { because, byCode, type Rule, shown, speak } from './rule.ts'

const PARAMETERS = ['filter', 'search', 'q', 'after', 'since', 'until', 'limit', 'sortBy', 'sortOrder', 'expand']
const SENTENCE =
  /\binvalid (?:search|filter|cursor|paging|expression in filter)\b|\bquery is malformed\b|\bfield is not valid\b|\boperator and field\b|\bunrecognized attribute operator\b|\b(?:filter|search|limit|since|until|after|expand|sort\w*) (?:parameter|query|expression)\b|^(?:since|until|limit|filter|search|after|q): |\binvalid date\b|Can't specify a search query and filter/i

export const queryInvalid: Rule = {
  kind: 'query-invalid',
  speak(facts) {
    const said = heard(facts, SENTENCE)
    const coded = kindOfCode(facts.code) === 'query-invalid' || facts.code === 'E0000053'
    if (
      !coded &&
      !(
        said &&
        (facts.code === undefined ||
          facts.code === 'E0000001' ||
          facts.code === 'E0000002' ||
          facts.code === 'E0000009' ||
          facts.code === 'E0000037')
      )
    )
      return []
    if (!coded && facts.status !== undefined && facts.status !== 400 && facts.status !== 500) return []
    const sent = PARAMETERS.filter((name) => facts.query.has(name))
    const quote = sent.map((name) => `${name}=${facts.query.get(name)}`).join('&')
    const both = ['q', 'search', 'filter'].filter((name) => facts.query.has(name))
    const named = /^(since|until|limit|filter|search|after|q): (.{3,200}?)\.?$/.exec(facts.causes[0] ?? '')
    const bare = /\b(?:eq|ne|gt|ge|lt|le|sw|co|ew)\s+[^"\s(]/i.test(
      `${facts.query.get('filter') ?? ''} ${facts.query.get('search') ?? ''}`,
    )
    const strangers = strangersInFilter(facts)
    return speak(
      'query-invalid',
      coded || facts.code !== undefined ? 'certain' : 'likely',
      [
        coded
          ? byCode(facts, 'A parameter of the query was refused.')
          : because(said!, 'A parameter of the query was refused.'),
        coded &&
          facts.summary !== undefined && {
            place: 'responseBody.errorSummary',
            quote: [facts.summary, ...facts.causes].join(' '),
            says: 'The answer says what is wrong with it.',
          },
        sent.length > 0 && {
          place: 'path',
          quote,
          says:
            both.length > 1
              ? `The parameters ${both.join(' and ')} cannot be combined here.`
              : strangers
                ? `This list has no filter by ${strangers.names.map((name) => shown(name)).join(' and ')}.`
                : bare
                  ? 'A text value in an expression has to stand in double quotes.'
                  : 'These are the parameters that were sent.',
        },
      ],
      {
        first: [
          ...(named ? [`Correct \`${named[1]}\`: ${shown(named[2]!)}.`] : []),
          ...(strangers?.steps ?? []),
          ...(both.length > 1 ? [`Send only one of ${both.join(' and ')}.`] : []),
          ...(bare ? ['Put text and dates in double quotes: `profile.login eq "ada@example.com"`.'] : []),
        ],
        fix: [
          'Write filters as `attribute operator "value"`; the operators and attributes differ from resource to resource.',
          'Dates are written `2026-01-31T00:00:00.000Z`. Percent-encode the whole expression.',
          'Take `after` only from the `next` link of the answer before; follow that link as it is.',
        ],
        weight: 8,
      },
    )
  },
}
