// What does an HTTP status from Okta usually mean, what helps now, and what helps for good?
// The advice of the troubleshooting guide for 401, 403, 429 and 500, in our own words, and the same for the others.

/** Advice for one HTTP status. */
export interface StatusAdvice {
  title: string
  /** What it says in general, in a sentence or two. */
  says: string
  causes: readonly string[]
  now: readonly string[]
  later: readonly string[]
}

const advice: Readonly<Record<number, StatusAdvice>> = {
  400: {
    title: 'Bad Request',
    says: 'Okta read the request and found something in it that it cannot accept. Sending it again unchanged gives the same answer.',
    causes: [
      'A field is missing, too long, of the wrong type, or taken already (E0000001; `errorCauses` names each one).',
      'The body is no JSON, or not the JSON this operation wants (E0000003).',
      'A filter, search, date or paging parameter is wrong (E0000031, E0000029, E0000030).',
      'At an OAuth endpoint: `invalid_grant`, `invalid_scope`, `invalid_request` and others; `error_description` says which rule.',
    ],
    now: [
      'Read `errorCauses` in the body, one line for each field; at OAuth endpoints read `error_description`.',
      'Compare the request as it was sent (`curl -v`) with the documentation of that operation.',
    ],
    later: ['Check input before you send it, and log `errorCauses`, not only the status.'],
  },
  401: {
    title: 'Unauthorized',
    says: 'Okta does not know who is calling: the credentials are missing, malformed, expired or revoked.',
    causes: [
      'The access token has expired; most live for an hour.',
      'The token was cut off or altered on the way, or the word before it is missing: `SSWS` for an API token, `Bearer` for an access token.',
      'The API token was revoked, was not used for 30 days, or its owner was deactivated (E0000011).',
      'The token comes from another authorization server than the one that has to accept it: the org server and a custom one such as `default` have different issuers and keys.',
      'A username or password is wrong (E0000004), or a client secret is (`invalid_client`).',
    ],
    now: [
      'Look into the token without sending it anywhere: `exp` against the time, `iss` and `aud` against what the receiver expects.',
      'Look at the Authorization header as it was sent (`curl -v`): one word, one blank, the whole token.',
      'For an API token: look it up under Security > API > Tokens.',
    ],
    later: [
      'Renew access tokens before they expire: keep `expires_in`, and use refresh tokens or the client credentials flow.',
      'Give each job its own token, and watch the date of its last use.',
    ],
  },
  403: {
    title: 'Forbidden',
    says: 'Okta knows who is calling, and this caller may not do this, or not in this state. New credentials of the same kind do not help.',
    causes: [
      'The access token lacks the scope of this operation, such as `okta.users.read`; the `WWW-Authenticate` header names it and the body may be empty.',
      'The user is not assigned to the app, neither directly nor through a group (`access_denied`).',
      'A policy says no: the sign-on policy of the org or app (network zone, device, factor), or the access policy of the authorization server.',
      'The owner of the API token has an administrator role that is too small, such as Read Only for a write (E0000006).',
      'It is not about rights at all: many operations answer 403 when the object is in the wrong state (E0000016, E0000038, E0000056).',
    ],
    now: [
      'Read `errorCode` first. It tells rights (E0000005, E0000006) from state (E0000016, E0000038 …).',
      'Compare `scp` in the token with the scope of the operation, and with Applications > your app > Okta API Scopes.',
      'Check Applications > your app > Assignments, and Security > API > your server > Access Policies.',
    ],
    later: [
      'Go through custom scopes and group rules regularly: who gets which scope, and through which group.',
      'Give service accounts a role that fits the job, and assign apps to groups instead of single users.',
    ],
  },
  404: {
    title: 'Not Found',
    says: 'The object or the path does not exist for this caller.',
    causes: [
      'The id is wrong, or belongs to another org or another type of object (E0000007; the summary names the type).',
      'The object was deleted, or the caller may not see it.',
      'The path is misspelt, or has lost a part: `/api/v1/user` for `/api/v1/users` (E0000008, E0000022).',
      'The host is wrong: the Admin Console address (`-admin`) or another org.',
    ],
    now: [
      'Read the words after "Resource not found": they hold the id and the type that was looked for.',
      'List the objects and look for the id. Check host and path character by character.',
    ],
    later: ['Keep ids together with the org they come from, and treat a 404 on delete as done.'],
  },
  405: {
    title: 'Method Not Allowed',
    says: 'The path exists, and not with this method.',
    causes: [
      'Another method was meant: updates are `POST` (partial) or `PUT` (whole) depending on the operation (E0000022).',
      'An empty id has turned the path of an object into that of a list.',
      'A redirect has turned a POST into a GET.',
    ],
    now: ['Check the method and the path as sent (`curl -v`).', 'Do not follow redirects silently.'],
    later: ['Refuse empty ids in your program before they get into a path.'],
  },
  406: {
    title: 'Not Acceptable',
    says: 'The operation cannot answer in the way that was asked for.',
    causes: ['The Accept header names a type that this operation does not have.'],
    now: ['Send `Accept: application/json`.'],
    later: ['Set the Accept header once, where all calls are made.'],
  },
  409: {
    title: 'Conflict',
    says: 'The request collides with something that exists or is going on.',
    causes: [
      'An object of this name is there already.',
      'A job still works on the object, such as an activation (E0000112).',
      'Two callers changed the same thing at the same moment.',
    ],
    now: ['Read the object, see whether what you wanted has happened already, and only then try again.'],
    later: ['Let one process at a time change an object, and make creating idempotent: look first, then create.'],
  },
  410: {
    title: 'Gone',
    says: 'What the request refers to existed and is over.',
    causes: ['A transaction, code or link has expired or was used already.'],
    now: ['Begin the operation again from its first step.'],
    later: ['Finish such steps within their lifetime and do not store their links.'],
  },
  415: {
    title: 'Unsupported Media Type',
    says: 'The body came in a type that the operation does not read. Most Okta operations say so with 400 (E0000021) or 404 (E0000012).',
    causes: ['The Content-Type header is missing or names something else than the body is.'],
    now: ['Send `Content-Type: application/json`; at token endpoints `application/x-www-form-urlencoded`.'],
    later: ['Let the HTTP library set the header together with the body.'],
  },
  423: {
    title: 'Locked',
    says: 'The object is held by something else for the time being.',
    causes: ['A migration, a deletion or another change of the same object is still running.'],
    now: ['Wait a little, read the object, try again.'],
    later: ['Let one process at a time change an object.'],
  },
  429: {
    title: 'Too Many Requests',
    says: 'More calls than a limit allows. The refused call was not carried out, so it may be sent again after the wait.',
    causes: [
      'All callers of the org together have used up the limit of this endpoint for this minute (E0000047).',
      'This token or app has used up its share of that limit, half of it by default.',
      'Too many calls are in flight at once: `x-rate-limit-limit` and `x-rate-limit-remaining` are both 0.',
      'A limit for one user or one phone: sign-ins, passcodes, text messages (E0000109).',
    ],
    now: [
      'Stop sending. Read `x-rate-limit-reset` (seconds since 1970) and wait until then plus a second, measured from the `date` header of the same answer.',
      'With a limit of 0 and a remaining of 0, wait a second or two instead and send fewer calls at once.',
      'See who calls: Reports > Rate limits, or the System Log with `eventType eq "system.org.rate_limit.violation"`.',
    ],
    later: [
      'Retry with exponential backoff and jitter where no reset time is given.',
      'Cache answers that rarely change, ask for larger pages, and use event hooks instead of polling.',
      'Slow down while `x-rate-limit-remaining` falls. Give each job its own token.',
    ],
  },
  431: {
    title: 'Request Header Fields Too Large',
    says: 'The headers together are larger than Okta reads.',
    causes: ['Cookies have piled up, or a token with very many groups travels in a header.'],
    now: ['Delete the cookies of the org. Look at the size of the token.'],
    later: ['Put fewer groups into tokens; filter the groups claim.'],
  },
  500: {
    title: 'Internal Server Error',
    says: 'Something failed inside Okta, or in a system that Okta called for you.',
    causes: [
      'A fault or an outage at Okta (E0000009).',
      'A SCIM server, hook or directory behind Okta answered nonsense or nothing (E0000049, E0000051).',
      'A claim or expression cannot be evaluated (`server_error` at OAuth endpoints).',
    ],
    now: [
      'Look at status.okta.com.',
      'Read back whether the write happened before you send it again; then retry reads with growing waits.',
      'Note `errorId` and `x-okta-request-id`: support can find the call by them.',
    ],
    later: [
      'Put a circuit breaker around Okta, so that an outage does not take your app with it.',
      'Set timeouts (ten seconds is a good start) and fail fast instead of collecting waiting threads.',
    ],
  },
  501: {
    title: 'Not Implemented',
    says: 'The operation is not offered, for this object or in this org.',
    causes: [
      'The operation does not exist for an object of this type (E0000060).',
      'The path is documented and not built (E0000052); a local errorg org answers so too for what it does not have yet.',
    ],
    now: ['Look whether the operation is documented for this type of object and this edition.'],
    later: ['Do not retry it; ask for the feature or use another operation.'],
  },
  502: {
    title: 'Bad Gateway',
    says: 'A system behind Okta, or a gateway before it, gave no usable answer.',
    causes: ['Short trouble at Okta or in your own proxy; a remote application that Okta calls is down.'],
    now: ['Look at status.okta.com and at your proxy. Retry reads with growing waits.'],
    later: ['Set timeouts and a circuit breaker; read back before repeating a write.'],
  },
  503: {
    title: 'Service Unavailable',
    says: 'Okta takes no such calls at the moment.',
    causes: [
      'The org is in read-only mode during maintenance: reading works, writing does not (E0000010).',
      'Okta is overloaded or being repaired.',
    ],
    now: ['Look at status.okta.com and for an announced maintenance. Try a GET on the same path.'],
    later: ['Queue writes so that they survive an hour of read-only mode, and retry with growing waits.'],
  },
  504: {
    title: 'Gateway Timeout',
    says: 'A system behind Okta did not answer in time. Whether the call was carried out is open.',
    causes: ['A slow factor provider, agent or application behind Okta; a very large search.'],
    now: ['Read back whether the write happened. Ask for less at once.'],
    later: ['Use shorter pages and narrower searches, and set your own timeout below that of your callers.'],
  },
}

const CLIENT: StatusAdvice = {
  title: 'a refusal of the request',
  says: 'Okta is not known to answer this status, so a proxy, gateway or load balancer on the way may have sent it.',
  causes: ['Something between you and Okta answered: a proxy, firewall or gateway. Or Okta has begun to use it.'],
  now: [
    'Look at the headers: Okta sends `x-okta-request-id`. Without it, another machine answered.',
    'Send the same call with `curl -v` from a machine without that proxy.',
  ],
  later: ['Log the headers of failing answers, with credentials removed.'],
}

const SERVER: StatusAdvice = {
  title: 'a fault on the way or at Okta',
  says: 'Okta is not known to answer this status, so a proxy, gateway or content network on the way may have sent it.',
  causes: ['A gateway or content network could not reach Okta, or not in time.'],
  now: [
    'Look at status.okta.com and at your proxy. Retry reads with growing waits; read back before repeating a write.',
  ],
  later: ['Set timeouts and a circuit breaker.'],
}

/** Advice for a status from 400 to 599; for those that Okta does not use, what they say about the way there. */
export function adviceFor(status: number): StatusAdvice {
  return advice[status] ?? (status < 500 ? CLIENT : SERVER)
}

/** The statuses that have advice of their own. */
export const knownStatuses: readonly number[] = Object.keys(advice).map(Number)
