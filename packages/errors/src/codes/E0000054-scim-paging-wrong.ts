// What is wrong with the paging of a SCIM answer?
import { defineError } from '../define.ts'

/** The paging values of a SCIM list contradict each other. */
export const E0000054 = defineError({
  code: 'E0000054',
  title: 'SCIM paging values are wrong',
  area: 'provisioning',
  retry: 'never',
  reference: { status: 400, description: 'Invalid pagination properties.' },
  current: { status: 400, summary: 'Invalid pagination properties.' },
  note: 'The values are in the answer of the SCIM server, not in your request. For cursors of the Okta API see E0000029. No answer with this code is public; its title is "OPP invalid pagination properties".',
  causes: {
    'scim-page-numbers-wrong': {
      kind: 'scim-server-fault',
      says: 'A SCIM list counts from 0, gives numbers as text, or holds more or fewer items than it says.',
      fix: [
        'Ask for a page yourself: `curl "{base}/Users?startIndex=1&count=2"`.',
        'Give `startIndex`, `itemsPerPage` and `totalResults` as whole numbers without quotes. `startIndex` begins at 1.',
        '`itemsPerPage` is the number of `Resources` on this page; `totalResults` counts all pages and stays the same while you page.',
        'Keep the order of the list stable between pages, then start the import again.',
      ],
      sources: [
        { mark: 'inferred', where: 'the title of the code, "OPP invalid pagination properties"' },
        { mark: 'documented', where: 'okta/okta-developer-docs docs/reference/scim: whole numbers are required' },
      ],
    },
  },
})
