// Why was a profile mapping not accepted?
import { defineError } from '../define.ts'

/** The profile mapping was not accepted. */
export const E0000045 = defineError({
  code: 'E0000045',
  title: 'Field mapping refused',
  area: 'provisioning',
  retry: 'never',
  reference: { status: 400, description: 'Field mapping bad request.' },
  current: { status: 400, summary: 'Field mapping bad request.' },
  note: 'No answer with this code is public. A mapping to an attribute that does not exist is recorded as E0000001.',
  causes: {
    'mapping-expression-wrong': {
      kind: 'validation-invalid-value',
      says: 'An expression of the mapping cannot be read, or names something that the source profile does not have.',
      fix: [
        'Send the properties one at a time to find the expression that is refused.',
        'Look for an unfinished name (`user.`), a missing quote or bracket, and attribute names with another spelling than in the source schema.',
        'Try the expression in Directory > Profile Editor > Mappings, which shows its result for one user.',
        'Repair it and send the mapping again.',
      ],
      operations: ['POST /api/v1/mappings/{id}'],
      sources: [{ mark: 'inferred', where: 'the title of the code, "Field mapping API exception"' }],
    },
  },
})
