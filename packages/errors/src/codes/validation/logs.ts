// Which rules about queries of the System Log can a request break? Causes of E0000001.
import type { Cause } from '../../define.ts'
import { call } from '../../proofs/step.ts'

/** Causes of E0000001 in this part of the API. */
export const logsCauses = {
  'log-date-invalid': {
    kind: 'query-invalid',
    says: 'since or until of a System Log query is no date.',
    tellApart: 'Only on /api/v1/logs. A bad date inside a user filter is E0000030.',
    fix: [
      'Send ISO 8601, such as 2026-01-31T12:00:00.000Z.',
      'Encode the plus of a time zone as %2B: a bare plus arrives as a blank.',
    ],
    operations: ['GET /api/v1/logs'],
    wire: {
      summary:
        "Api validation failed: '{field}': The date format in your query is not recognized. Please enter dates using ISO8601 string format. '{field}': must be a valid date-time or empty.",
      causes: [
        '{field}: The date format in your query is not recognized. Please enter dates using ISO8601 string format.',
        '{field}: must be a valid date-time or empty.',
      ],
    },
    sources: [{ mark: 'documented', where: 'okta/okta-developer-docs docs/reference/system-log-query, Errors' }],
    proof: {
      given: [],
      call: call('GET /api/v1/logs?until=yesterday'),
      mend: call('GET /api/v1/logs?limit=1'),
    },
  },
  'log-query-too-long': {
    kind: 'query-invalid',
    says: 'The free-text query q of the System Log has a word of more than 40 characters.',
    tellApart: 'Only on /api/v1/logs with q.',
    fix: [
      'Shorten the words.',
      'To find an exact value, use filter with its field instead, such as filter=transaction.id eq "…".',
    ],
    operations: ['GET /api/v1/logs'],
    wire: {
      summary:
        "Api validation failed: 'q': Freeform search cannot contain items longer than 40 characters. Please shorten the items in your search or use an advanced filter to query by specific fields.",
    },
    sources: [{ mark: 'documented', where: 'okta/okta-developer-docs docs/reference/system-log-query, Errors' }],
    proof: {
      given: [],
      call: call('GET /api/v1/logs?limit=1&q=averyveryveryveryveryverylongwordthatnobodywouldsay'),
      mend: call('GET /api/v1/logs?limit=1&q=ada'),
    },
  },
} as const satisfies Record<string, Cause>
