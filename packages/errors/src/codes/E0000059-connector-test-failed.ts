// Why did the test of a provisioning connection fail?
import { defineError } from '../define.ts'

/** The provisioning connection did not pass its test. */
export const E0000059 = defineError({
  code: 'E0000059',
  title: 'Provisioning connection test failed',
  area: 'provisioning',
  retry: 'after-change',
  reference: {
    status: 500,
    description:
      'The connector configuration could not be tested. Make sure that the URL and Authentication Parameters are correct, and that there is an implementation available at the URL provided.',
  },
  current: {
    status: 400,
    summary:
      'The connector configuration could not be tested. Make sure that the URL, Authentication Parameters are correct and that there is an implementation available at the URL provided.',
  },
  summaryInReference:
    'The connector configuration could not be tested. Make sure that the URL and Authentication Parameters are correct, and that there is an implementation available at the URL provided.',
  note: 'The reference gives status 500, today\'s list 400, and the sentence differs by a comma and an "and". Okta saves a connection only after `GET {base}/Users?startIndex=1&count=2` has worked; the console puts "Error authenticating" before the sentence.',
  causes: {
    'scim-credentials-wrong': {
      kind: 'scim-credentials-invalid',
      says: 'The SCIM server answered 401 or 403: the token or password is wrong, expired, or lacks its scheme word.',
      tellApart: 'The log of the SCIM server shows the test call with 401 or 403.',
      fix: [
        'Make the test call yourself with the same credential: `curl -i -H "Authorization: Bearer $TOKEN" "{base}/Users?startIndex=1&count=2"`.',
        'Some app templates send the token exactly as typed, others put `Bearer ` before it. Look in the server log for `Bearer Bearer` or a bare token.',
        'Make a new token at the target, enter it, and test again.',
      ],
      operations: ['POST /api/v1/apps/{id}/connections/default'],
      sources: [{ mark: 'reported', where: 'grokability/snipe-it issue 13901 ("Error authenticating: null. …")' }],
    },
    'scim-url-wrong': {
      kind: 'scim-server-fault',
      says: 'There is no SCIM server at the URL: another host, a missing `/v2`, or a path with `/Users` already in it.',
      tellApart: 'The log of the SCIM server shows no call, or a 404.',
      fix: [
        'Call `{base}/Users?startIndex=1&count=2` from outside your network.',
        'Enter the base URL without `/Users` and with the version path of your server, such as `https://scim.example.com/scim/v2`.',
      ],
      operations: ['POST /api/v1/apps/{id}/connections/default'],
      sources: [{ mark: 'inferred', where: 'the sentence of the error names the URL first' }],
    },
    'scim-server-down': {
      kind: 'scim-server-fault',
      says: 'The SCIM server does not answer: the port is closed, a firewall drops the call, or it answers with an error or nonsense.',
      tellApart: 'The call fails from your own machine too, or only from outside your network.',
      fix: [
        "Check that the server runs, that its certificate is valid, and that Okta's addresses are allowed in.",
        'Check that `GET {base}/Users?startIndex=1&count=2` gives 200 and a list with `totalResults`.',
        'Then test the connection again.',
      ],
      operations: ['POST /api/v1/apps/{id}/connections/default'],
      sources: [
        { mark: 'inferred', where: 'the sentence of the error: "an implementation available at the URL provided"' },
      ],
    },
  },
})
