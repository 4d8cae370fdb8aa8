// What is wrong with a filter of the System Log, or with the one that a SCIM server got?
import { defineError } from '../define.ts'
import { call } from '../proofs/step.ts'

const logQueryPage = 'okta/okta-developer-docs docs/reference/system-log-query'

/** The filter cannot be used. */
export const E0000053 = defineError({
  code: 'E0000053',
  title: 'Filter cannot be used',
  area: 'lists',
  retry: 'never',
  reference: { status: 400, description: 'Invalid SCIM filter.' },
  current: { status: 400, summary: 'Invalid SCIM filter.' },
  note: 'In the System Log the summary is replaced by a sentence about the fault, and the code also comes with status 500. An operator that exists but does not suit the field is E0000031 there. Users and groups refuse a bad filter with E0000031 as well.',
  causes: {
    'log-operator-unknown': {
      kind: 'query-invalid',
      says: 'The filter uses a comparison word that does not exist.',
      tellApart: 'The summary says "Unrecognized attribute operator" and counts its position from 0.',
      fix: [
        'Go to the position that the summary names.',
        'Use one of eq, ne, co, sw, ew, pr, gt, ge, lt, le, and `and`, `or`, `not` between comparisons.',
        'Encode the filter for the URL, so that blanks and quotes arrive whole.',
      ],
      operations: ['GET /api/v1/logs'],
      wire: {
        summary:
          "Invalid filter '{filter}': Unrecognized attribute operator '{operator}' at position {position}. Expected: eq,co,sw,pr,gt,ge,lt,le",
      },
      sources: [{ mark: 'documented', where: logQueryPage }],
      proof: {
        given: [],
        call: call('GET /api/v1/logs?filter=eventType%20eqq%20%22user.session.start%22'),
        mend: call('GET /api/v1/logs?filter=eventType%20eq%20%22user.session.start%22'),
      },
    },
    'log-field-unknown': {
      kind: 'query-invalid',
      says: 'The filter names a field that log events do not have, or that cannot be filtered, such as `published`.',
      tellApart: 'The summary begins with "field is not valid:" and names the field.',
      fix: [
        'Compare the name with a log event; upper and lower case count: `eventType`, not `event_type` or `eventtype`.',
        'For times use the parameters `since` and `until` instead of `published`.',
        'For free text use `q`.',
      ],
      operations: ['GET /api/v1/logs'],
      wire: { summary: 'field is not valid: {field}' },
      sources: [{ mark: 'documented', where: logQueryPage }],
      proof: {
        given: [],
        call: call('GET /api/v1/logs?filter=some_invalid_field%20eq%20%22x%22'),
        mend: call('GET /api/v1/logs?filter=eventType%20eq%20%22x%22'),
      },
    },
    'log-since-too-old': {
      kind: 'query-invalid',
      says: '`since` lies more than 180 days back. Events are kept for 90 days.',
      tellApart: 'The summary begins with "Invalid parameter: The since parameter".',
      fix: [
        'Ask for the last 90 days at most; older events are gone.',
        'To keep events longer, read them regularly with a `next` link, or set up a log stream.',
      ],
      operations: ['GET /api/v1/logs'],
      wire: { summary: 'Invalid parameter: The since parameter is over 180 days prior to the current day.' },
      sources: [{ mark: 'documented', where: logQueryPage }],
      proof: {
        given: [],
        call: call('GET /api/v1/logs?since=2010-01-01T00:00:00Z'),
        mend: call('GET /api/v1/logs'),
      },
    },
    'log-filter-unreadable': {
      kind: 'query-invalid',
      says: 'The filter does not follow the grammar: an open quote, a missing value, or a bracket without its partner.',
      tellApart: 'The summary begins with "Invalid filter" and speaks neither of an operator nor of a field.',
      fix: [
        'Check that each comparison has a field, an operator and a value: `eventType eq "user.session.start"`.',
        'Put texts in double quotes, close every bracket, and encode the whole filter for the URL.',
        'Cut the filter down until it works, then add the parts one by one.',
      ],
      operations: ['GET /api/v1/logs'],
      wire: { summary: "Invalid filter '{filter}': {message}" },
      sources: [{ mark: 'inferred', where: `by analogy with the unknown operator in ${logQueryPage}` }],
      proof: {
        given: [],
        call: call('GET /api/v1/logs?filter=eventType%20eq%20%22user.session.start'),
        mend: call('GET /api/v1/logs?filter=eventType%20eq%20%22user.session.start%22'),
      },
    },
    'log-service-fault': {
      kind: 'okta-service-error',
      says: 'The System Log failed while it answered the query; the filter is not at fault.',
      tellApart: 'The status is 500.',
      fix: [
        'Send the same query again after a few seconds.',
        'If it keeps failing, ask for a shorter time between `since` and `until`, and look at status.okta.com.',
      ],
      operations: ['GET /api/v1/logs'],
      wire: {
        status: 500,
        summary:
          "Sorry, there's been an error. We aren't sure what caused it, but we've logged this and will work to address it. Please try your request again.",
      },
      sources: [{ mark: 'documented', where: logQueryPage }],
    },
    'scim-filter-refused': {
      kind: 'scim-server-fault',
      says: 'The SCIM server of an app refused the filter with which Okta looks for a user.',
      tellApart: 'The call provisions users to an app; it is not a query of the System Log.',
      fix: [
        'Try it yourself: `curl -G {base}/Users --data-urlencode \'filter=userName eq "ada@example.com"\'`.',
        'Support `eq` on the attribute that the app uses as its unique id, most often `userName`, with quotes around the value.',
        'Answer "nobody found" with 200 and an empty list.',
      ],
      operations: ['POST /api/v1/apps/{id}/users'],
      sources: [{ mark: 'inferred', where: 'the title of the code, "OPP invalid SCIM filter"' }],
    },
  },
})
