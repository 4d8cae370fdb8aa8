// What does E0000031 mean: what is wrong with the filter or search, and how is it written right?
import { defineError } from '../define.ts'
import { call } from '../proofs/step.ts'

/** A filter or search expression, or the cursor of a search, cannot be used. */
export const E0000031 = defineError({
  code: 'E0000031',
  title: 'Search criteria invalid',
  area: 'lists',
  retry: 'never',
  reference: { status: 400, description: 'Bad request. Invalid filter parameter.' },
  current: { status: 400, summary: 'Invalid search criteria.' },
  summaryInReference: 'Bad request. Invalid filter parameter.',
  note:
    'The text was changed: the reference says "Bad request. Invalid filter parameter.", orgs today say "Invalid search ' +
    'criteria." The System Log replaces the summary. The cause, if there is one, tells the parts apart: "Invalid search ' +
    'syntax.", "Invalid search query.", "Invalid cursor."',
  causes: {
    'search-unreadable': {
      kind: 'query-invalid',
      says: 'The filter or search expression does not parse, or uses an attribute or operator that this list does not take.',
      tellApart: 'The URL has filter or search; the cause is about syntax or query, or absent.',
      fix: [
        'Put text in double quotes: status eq "ACTIVE". Numbers, true and false go without.',
        'Inside a value write \\" for a quote and \\\\ for a backslash; no other escapes.',
        'Encode the URL exactly once: %2520 in the URL on the wire means that it was done twice.',
        'Attribute names are case-sensitive; a custom one needs its prefix (profile.department).',
        'Use only operators that the list knows: users search takes eq ge gt le lt sw pr, and co on profile.firstName, lastName, email and login; never ne or ew.',
        'If the first page worked and a later one fails, search by an attribute that more can be found by, or begin again.',
      ],
      operations: ['GET /api/v1/groups', 'GET /api/v1/users', 'GET /api/v1/apps'],
      wire: { causes: ['Invalid search syntax.'] },
      sources: [
        {
          mark: 'reported',
          where:
            'https://github.com/okta/okta-powershell-cli/issues/48 and /issues/60 (double encoding, stray escape), https://github.com/okta/okta-sdk-java/issues/587 (no quotes), https://github.com/okta/okta-sdk-dotnet/issues/323 (later page)',
        },
      ],
      proof: {
        given: [],
        call: call('GET /api/v1/users?search=profile.lastName%20eq%20Byron&limit=1'),
        mend: call('GET /api/v1/users?search=profile.lastName%20eq%20%22Byron%22&limit=1'),
      },
    },
    'search-cursor-unknown': {
      kind: 'query-invalid',
      says: 'The value of after does not belong to this search.',
      tellApart: 'The URL has after, and the cause is "Invalid cursor.". Lists without a search answer E0000029.',
      fix: [
        'Take the whole URL from the Link header with rel="next" and call it as it is.',
        'If you have changed the search, or the cursor is old, begin again without after.',
      ],
      operations: ['GET /api/v1/devices', 'GET /api/v1/users'],
      wire: { causes: ['Invalid cursor.'] },
      sources: [
        { mark: 'recorded', where: 'okta/okta-sdk-python tests/integration/cassettes, test_device_it (on /devices)' },
      ],
      proof: {
        given: [],
        call: call('GET /api/v1/users?after=page-two&search=status%20eq%20%22ACTIVE%22&limit=1'),
        mend: call('GET /api/v1/users?search=status%20eq%20%22ACTIVE%22&limit=1'),
      },
    },
    'log-operator-not-supported': {
      kind: 'query-invalid',
      says: 'The System Log does not allow this operator on this field.',
      tellApart: 'Only on /api/v1/logs; the summary names the operator and the field.',
      fix: [
        'Use another operator on the field: eq or sw instead of co on debugContext.debugData.url and requestUri.',
        'Or filter by another field, such as eventType, and sort out the rest in your program.',
      ],
      operations: ['GET /api/v1/logs'],
      wire: {
        summary:
          'The supplied combination of operator and field is not currently supported. Operator: {operator}, Field: {field}',
      },
      sources: [{ mark: 'documented', where: 'okta/okta-developer-docs docs/reference/system-log-query, Errors' }],
      proof: {
        given: [],
        call: call('GET /api/v1/logs?filter=debugContext.debugData.url%20co%20%22%2Foauth%2F%22&limit=1'),
        mend: call('GET /api/v1/logs?filter=eventType%20sw%20%22app.oauth2%22&limit=1'),
      },
    },
  },
})
