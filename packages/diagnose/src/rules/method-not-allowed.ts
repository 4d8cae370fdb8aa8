// Does the path exist, but not with this HTTP method?
import { heard } from '../facts.ts'
import { because, byCode, byRequest, byStatus, changesPartly, type Rule, speak } from './rule.ts'

export const methodNotAllowed: Rule = {
  kind: 'method-not-allowed',
  speak(facts) {
    const said = heard(
      facts,
      /does not support the provided http method|method not allowed|request method '?\w+'? (?:is )?not supported/i,
    )
    if (facts.code !== 'E0000022' && facts.status !== 405 && !said) return []
    if (facts.code !== undefined && facts.code !== 'E0000022') return []
    const methods = facts.methods.join(', ')
    const has = facts.method !== undefined && facts.methods.includes(facts.method)
    return speak(
      'method-not-allowed',
      // Where the API has the very method, this object or this word in the path refuses, or nothing stood for the id.
      has ? 'possible' : 'certain',
      [
        facts.code !== undefined
          ? byCode(facts, 'The path is known, the method is not.')
          : said
            ? because(said, 'The path is known, the method is not.')
            : byStatus(facts, 'The path is known, the method is not.'),
        facts.path !== undefined &&
          byRequest(
            facts,
            methods === ''
              ? 'This is the request that was refused.'
              : has
                ? 'The API has this method here, so look for an empty id or an unknown word in the path.'
                : `This path takes ${methods}.`,
          ),
      ],
      {
        first:
          methods === '' || has
            ? []
            : facts.method === 'PATCH' && changesPartly(facts)
              ? ['Send the same body with POST: that is the partial update here. PUT replaces the whole user.']
              : [`Use ${facts.methods.join(' or ')} on this path.`],
        fix: [
          'Look the operation up in the API reference and use its method.',
          'Check that no part of the path is empty: `/api/v1/users/` with an id that is missing is the list, which takes other methods.',
          'A redirect (http to https, or to a custom domain) can turn a POST into a GET: call the final URL at once.',
        ],
        weight: 8,
      },
    )
  },
}
