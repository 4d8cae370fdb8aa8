import { describe, expect, it } from 'vitest'
import { diagnose, diagnoseEvidence } from './index.ts'

describe('a diagnosis', () => {
  it('has the shape that outsiders rely on', () => {
    const answer = diagnose(
      '{"errorCode":"E0000016","errorSummary":"Activation failed because the user is already active","errorCauses":[]}',
    )
    expect(Object.keys(answer)).toEqual(['schema', 'findings', 'wants', 'gaps'])
    const [first] = answer.findings
    expect(Object.keys(first!)).toEqual(['code', 'cause', 'kind', 'strength', 'because', 'fix'])
    expect(first).toMatchObject({
      code: 'E0000016',
      cause: 'user-already-active',
      kind: 'user-status-forbids-operation',
    })
    expect(Object.keys(first!.because[0]!)).toEqual(['place', 'quote', 'says'])
    expect(first!.fix.length).toBeGreaterThan(0)
  })

  it('names a cause by the operation where the sentence is shared', () => {
    const taken = {
      httpStatus: 400,
      method: 'POST',
      responseBody: {
        errorCode: 'E0000001',
        errorSummary: 'Api validation failed: name',
        errorCauses: [{ errorSummary: 'name: An object with this field already exists in the current organization' }],
      },
    }
    expect(diagnoseEvidence({ ...taken, path: '/api/v1/groups' }).findings[0]!.cause).toBe('group-name-taken')
    expect(diagnoseEvidence({ ...taken, path: '/api/v1/zones' }).findings[0]!.cause).toBe('zone-name-taken')
  })

  it('gives several kinds for an answer that hides its reason, none of them certain', () => {
    const { findings, wants } = diagnoseEvidence({
      httpStatus: 401,
      path: '/api/v1/users',
      responseBody: { errorCode: 'E0000011', errorSummary: 'Invalid token provided' },
      requestHeaders: { authorization: `SSWS 00${'aB3_'.repeat(10)}` },
    })
    expect(findings.slice(0, 3).map((finding) => finding.kind)).toEqual([
      'api-token-revoked-or-expired',
      'api-token-owner-inactive',
      'api-token-ip-restricted',
    ])
    expect(findings.some((finding) => finding.strength === 'certain')).toBe(false)
    expect(wants.map((want) => want.how).join(' ')).toContain('system.api_token.revoke')
  })

  it.each([
    [
      'E0000038',
      'POST',
      '/api/v1/users/00u1abcdEFGH23456789/lifecycle/expire_password',
      "This operation is not allowed in the user's current status.",
      ['status-forbids', 'no-password-to-expire'],
    ],
    [
      'E0000057',
      'GET',
      '/home/bookmark/0oa1abcdEFGH23456789/aln1abcdEFGH2345678',
      'Access to this application is denied due to a policy.',
      ['app-rule-denies', 'device-not-accepted'],
    ],
  ])('calls causes of %s that look alike possible, and names all', (code, method, path, errorSummary, causes) => {
    const responseBody = { errorCode: code, errorSummary, errorCauses: [] }
    const { findings, wants } = diagnoseEvidence({ httpStatus: 403, method, path, responseBody })
    expect(findings.map(({ cause, strength }) => [cause, strength])).toEqual(causes.map((cause) => [cause, 'possible']))
    expect(wants.length).toBeGreaterThan(0)
  })

  it('lets the log decide between them', () => {
    const { findings } = diagnoseEvidence({
      httpStatus: 401,
      responseBody: { errorCode: 'E0000011', errorSummary: 'Invalid token provided' },
      requestContext: { authorizationScheme: 'SSWS' },
      logEvents: [{ eventType: 'system.api_token.revoke', outcome: { result: 'SUCCESS' } }],
    })
    expect(findings[0]).toMatchObject({ cause: 'token-revoked', kind: 'api-token-revoked-or-expired' })
  })

  it('finds the code by its sentence', () => {
    expect(
      diagnose('Operation failed because user profile is mastered under another system.').findings[0],
    ).toMatchObject({
      code: 'E0000023',
      kind: 'user-sourced-externally',
    })
  })

  it('finds the one line of a long log that matters', () => {
    const noise = Array.from({ length: 60 }, (_, at) => `2026-01-01T00:00:${at} INFO worker ${at} is waiting for work`)
    const line = 'ERROR Okta HTTP 403 E0000006 You do not have permission to perform the requested action'
    const { findings } = diagnose([...noise, line, ...noise].join('\n'))
    expect(findings[0]).toMatchObject({ code: 'E0000006', kind: 'admin-role-lacks-permission' })
  })

  it('puts steps that follow from the evidence before those of the catalogue', () => {
    const { findings } = diagnose(
      'HTTP/2 429 \ndate: Tue, 14 Nov 2023 22:13:20 GMT\nx-rate-limit-limit: 600\nx-rate-limit-remaining: 0\nx-rate-limit-reset: 1700000030\n\n{"errorCode":"E0000047","errorSummary":"API call exceeded rate limit due to too many requests.","errorCauses":[]}',
    )
    expect(findings[0]!.fix[0]).toContain('Wait 31 seconds')
  })

  it('does not know, and says what to send', () => {
    const { findings, wants } = diagnose('it does not work')
    expect(findings).toEqual([])
    expect(wants.map((want) => want.what)).toContain('The HTTP status')
  })

  it('asks nothing when it is certain, and nothing when told not to', () => {
    expect(diagnoseEvidence({ httpStatus: 415 }).wants).toEqual([])
    expect(diagnose('it does not work', { ask: false }).wants).toEqual([])
  })

  it('says which call each finding of a recording is about', () => {
    const entry = (path: string, status: number, errorCode: string) => ({
      request: { method: 'GET', url: `https://a.okta.com${path}`, headers: [] },
      response: { status, headers: [], content: { text: JSON.stringify({ errorCode }) } },
    })
    const { findings } = diagnose(
      JSON.stringify({
        log: { entries: [entry('/api/v1/users/1', 404, 'E0000007'), entry('/api/v1/groups', 429, 'E0000047')] },
      }),
      { as: 'har' },
    )
    expect(findings.slice(0, 2).map((finding) => finding.kind)).toEqual(['resource-not-found', 'rate-limit-exceeded'])
    expect(findings[0]!.because[0]!.place).toMatch(/^call 1: /)
    expect(findings[1]!.because[0]!.place).toMatch(/^call 2: /)
  })

  it('refuses a form it does not know and lists the others', () => {
    expect(diagnose('x', { as: 'yaml' }).gaps[0]!.send).toContain('curl, har, json, evidence')
  })

  it('takes evidence with unknown fields and odd types', () => {
    const { findings } = diagnose(
      JSON.stringify({ httpStatus: '429', tool: 'Terraform', requestContext: 'nightly job' }),
    )
    expect(findings[0]!.kind).toBe('rate-limit-exceeded')
  })
})

describe('how sure a cause is', () => {
  const refused = {
    httpStatus: 403,
    responseBody: { errorCode: 'E0000006', errorSummary: 'You do not have permission to perform the requested action' },
  }
  const caller = {
    requestHeaders: { authorization: 'SSWS 00…' },
    requestContext: { requestSeenIn: 'request lines' },
  }

  it.each(['PUT', 'DELETE'])(
    '%s of a group, refused: a role that is too small stays as likely as the group',
    (method) => {
      const { findings } = diagnose({ ...refused, ...caller, method, path: '/api/v1/groups/00g1abcdEFGH23456789' })
      expect(findings.map(({ strength }) => strength)).not.toContain('certain')
      expect(findings.slice(0, 2).map(({ cause }) => cause)).toEqual(['role-lacks-permission', 'group-not-manageable'])
    },
  )
})

describe('a change to a group, refused', () => {
  const deletion = {
    httpStatus: 403,
    method: 'DELETE',
    path: '/api/v1/groups/00g1abcdEFGH23456789',
    responseBody: { errorCode: 'E0000006', errorSummary: 'You do not have permission to perform the requested action' },
  }

  it('leaves role and group open, and asks for both', () => {
    const { findings, wants } = diagnose(deletion)
    expect(findings.map(({ cause, strength }) => [cause, strength])).toEqual([
      ['role-lacks-permission', 'possible'],
      ['group-not-manageable', 'possible'],
      ['super-admin-required', 'possible'],
    ])
    expect(wants.map(({ how }) => how)).toContainEqual(expect.stringContaining('BUILT_IN'))
  })

  it.each([
    ['by its name', { requestContext: { groupName: 'Everyone' } }],
    ['by its type', { requestContext: { group: { type: 'BUILT_IN' } } }],
    ['in the request', { method: 'PUT', requestBody: { profile: { name: 'Everyone' } } }],
    ['in the log', { logEvents: [{ target: [{ type: 'UserGroup', displayName: 'Everyone' }] }] }],
    ['as one of an app, for its name', { method: 'PUT', requestContext: { groupType: 'APP_GROUP' } }],
  ])('is about the group where that is named %s', (_how, more) => {
    expect(diagnose({ ...deletion, ...more }).findings[0]).toMatchObject({
      cause: 'group-not-manageable',
      strength: 'likely',
    })
  })

  it('is no matter of the group where an app keeps it: such a group may be deleted', () => {
    const { findings } = diagnose({ ...deletion, requestContext: { groupType: 'APP_GROUP' } })
    expect(findings[0]).toMatchObject({ cause: 'role-lacks-permission' })
  })
})

describe('a condition of a group rule', () => {
  const refused = (...causes: string[]) =>
    diagnose({
      httpStatus: 400,
      method: 'POST',
      path: '/api/v1/groups/rules',
      responseBody: {
        errorCode: 'E0000001',
        errorSummary: 'Api validation failed: validateRule',
        errorCauses: causes.map((errorSummary) => ({ errorSummary })),
      },
    }).findings

  it.each([
    ['Invalid property nosuch in expression', 'rule-expression-not-allowed'],
    ['Invalid property nosuch in expression user.nosuch == "a"', 'rule-expression-not-allowed'],
    ['Invalid function user.isMemberOf', 'rule-expression-not-allowed'],
    ['Invalid number of parameters of String.len in expression String.len() == 1', 'rule-expression-not-allowed'],
    ['Invalid expression syntax (user.title == "x"', 'rule-expression-unreadable'],
  ])('is told from its siblings: %s', (text, cause) => {
    expect(refused(text)[0]).toMatchObject({ cause })
    expect(refused(text, 'conditions: Invalid expression').map((finding) => finding.cause)).toEqual([cause])
  })
})

describe('what to do about a duplicate', () => {
  const taken = (path: string | undefined, responseBody: Record<string, unknown>) =>
    diagnose({
      httpStatus: 409,
      method: 'POST',
      ...(path !== undefined && { path }),
      responseBody,
    }).findings[0]!.fix.join(' ')
  const authenticator = {
    errorCode: 'E0000157',
    errorSummary: 'Another authenticator with key: google_otp is already active.',
  }
  const other = { errorCode: 'E0000161', errorSummary: 'Unique domain name required.' }

  it.each(['/api/v1/authenticators', undefined])('of an authenticator is to activate it (path %s)', (path) => {
    const fix = taken(path, authenticator)
    expect(fix).toContain('POST /api/v1/authenticators/{id}/lifecycle/activate')
    expect(fix).toContain('GET /api/v1/authenticators')
    expect(fix).not.toMatch(/\buser\b|delete the old/)
  })

  it.each([
    ['/api/v1/idps', /INACTIVE.+\/idps\/\{id\}\/lifecycle\/activate.+after you have deactivated it/],
    ['/api/v1/groups', /GET \/api\/v1\/groups.+delete the old object first\./],
    ['/api/v1/users', /two calls/],
    [undefined, /deactivated before/],
  ])('fits what %s can do', (path, wanted) => {
    expect(taken(path, other)).toMatch(wanted)
    if (path !== '/api/v1/users') expect(taken(path, other)).not.toMatch(/\buser\b/)
  })
})

describe('an empty list of reasons', () => {
  const unlock = (errorCauses?: unknown[]) =>
    diagnose({
      httpStatus: 403,
      method: 'POST',
      path: '/api/v1/users/00u1abcdEFGH23456789/lifecycle/unlock',
      responseBody: {
        errorCode: 'E0000032',
        errorSummary: 'Unlock is not allowed for this user.',
        ...(errorCauses && { errorCauses }),
      },
    }).findings.map(({ cause, strength }) => [cause, strength])

  it('speaks for a cause that has none to give, and proves nothing', () => {
    expect(unlock([])[0]).toEqual(['locked-at-directory', 'likely'])
    expect(unlock([]).flat()).toContain('user-not-locked-out')
  })

  it('says nothing where the list was not seen', () => {
    expect(unlock()[0]![0]).toBe('user-not-locked-out')
  })
})

describe('a custom role', () => {
  it('comes first where somebody speaks of one', () => {
    const { findings } = diagnose({
      httpStatus: 403,
      method: 'POST',
      path: '/api/v1/users/00u1abcdEFGH23456789/lifecycle/suspend',
      responseBody: { errorCode: 'E0000006' },
      requestContext: { caller: 'a helper with a custom role and a resource set' },
    })
    expect(findings[0]).toMatchObject({ cause: 'outside-resource-set' })
  })
})

describe("Okta's error page", () => {
  const answer = (words: string) =>
    `HTTP/1.1 400 Bad Request\nContent-Type: text/html\n\n<!DOCTYPE html><html><head><title>Okta - Error</title><style>h1{}</style></head><body><h1>400</h1><h3>Bad Request</h3><p>${words}</p></body></html>`
  const sentence =
    "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings: https://acme-admin.okta.com/admin/app/oidc_client/instance/0oa1#tab-general"

  it('with a code is read like an answer', () => {
    const { findings } = diagnose(answer(`Error Code: invalid_request<br>Description: ${sentence}`))
    expect(findings[0]).toMatchObject({ code: 'invalid_request', cause: 'redirect-uri-not-registered' })
    expect(findings[0]!.strength).not.toBe('possible')
  })

  it('without a code is known by its sentence', () => {
    const { findings } = diagnose(answer(`Your request resulted in an error. ${sentence}`))
    expect(findings[0]).toMatchObject({ cause: 'redirect-uri-not-registered', strength: 'certain' })
    expect(findings.map(({ kind }) => kind)).not.toContain('wrong-org-url')
  })
})

describe('the reasons of a finding', () => {
  it('quote the header that decides, not only the code', () => {
    const { findings } = diagnose(
      '> GET /api/v1/users HTTP/1.1\n> Host: example.okta.com\n> Authorization: Token 00aa\n>\n' +
        '< HTTP/1.1 401 Unauthorized\n<\n{"errorCode":"E0000011","errorSummary":"Invalid token provided"}',
    )
    expect(findings[0]).toMatchObject({ cause: 'scheme-unknown' })
    expect(findings[0]!.because.map(({ place }) => place)).toContain('requestHeaders.authorization')
  })

  it('say of a code what it stands for, not the cause once more', () => {
    const { findings } = diagnose({
      responseBody: {
        error: 'invalid_client',
        error_description: 'The client secret supplied for a confidential client is invalid.',
      },
    })
    expect(findings[0]!.because).toContainEqual({
      place: 'responseBody.error',
      quote: 'invalid_client',
      says: 'This stands for: Client is not valid.',
    })
  })

  it('quote the line of a stack trace that tells', () => {
    const { findings } = diagnose(
      'Traceback (most recent call last):\n  File "app.py", line 12\nokta.Error: You do not have permission to perform the requested action\n  at x',
    )
    expect(findings[0]!.because[0]!.quote).toBe(
      'okta.Error: You do not have permission to perform the requested action',
    )
  })
})

describe('what would decide between causes', () => {
  it('names each cause as the findings do', () => {
    const { findings, wants } = diagnose('{"errorCode":"E0000037","errorSummary":"Type mismatch exception."}')
    expect(findings.length).toBeGreaterThan(1)
    expect(wants.map(({ what }) => what)).toContain(`Whether it is ${findings[0]!.code}/${findings[0]!.cause}`)
  })
})

describe('what an answer rules out', () => {
  it('a cause whose own sentence is not among the reasons that the answer names', () => {
    const { findings } = diagnose({
      httpStatus: 400,
      method: 'POST',
      path: '/api/v1/users',
      responseBody: {
        errorCode: 'E0000001',
        errorSummary: 'Api validation failed: login',
        errorCauses: [{ errorSummary: 'login: The field cannot be left blank' }],
      },
    })
    expect(findings[0]).toMatchObject({ cause: 'required-field-missing' })
    expect(findings.map(({ cause }) => cause)).not.toContain('login-taken')
  })

  it('a kind of which the code alone speaks', () => {
    const { findings } = diagnose({
      httpStatus: 403,
      method: 'POST',
      path: '/api/v1/users/00u1abcdEFGH23456789/credentials/forgot_password',
      responseBody: {
        errorCode: 'E0000034',
        errorSummary: 'Forgot password not allowed on specified user.',
        errorCauses: [{ errorSummary: 'The password policy of this user does not allow self-service password reset.' }],
      },
    })
    expect(findings[0]).toMatchObject({ cause: 'self-service-recovery-off', strength: 'certain' })
  })

  it('a session, where the whole request is seen and has no cookie', () => {
    const { findings } = diagnose(
      '> GET /api/v1/users/me HTTP/1.1\n> Host: example.okta.com\n>\n' +
        '< HTTP/1.1 403 Forbidden\n<\n{"errorCode":"E0000005","errorSummary":"Invalid session"}',
    )
    expect(findings.map(({ cause, strength }) => [cause, strength])).toEqual([['credentials-missing', 'certain']])
  })

  it('not a wrong id, where a deactivation finds nobody', () => {
    const { findings } = diagnose({
      httpStatus: 404,
      method: 'POST',
      path: '/api/v1/users/00u1abcdEFGH23456789/lifecycle/deactivate',
      responseBody: {
        errorCode: 'E0000007',
        errorSummary: 'Not found: Resource not found: 00u1abcdEFGH23456789 (User)',
      },
    })
    expect(findings.map(({ cause, strength }) => [cause, strength])).toEqual([
      ['user-already-gone', 'likely'],
      ['resource-missing', 'likely'],
    ])
  })
})

describe('the words of an SDK', () => {
  const words =
    "OktaApiError: Okta HTTP 403 E0000006 You do not have permission to perform the requested action.\n  url: 'https://example.okta.com/api/v1/users'"

  it('name no service app', () => {
    expect(diagnose(words).findings[0]).toMatchObject({ cause: 'role-lacks-permission' })
  })

  it('repeat an id without having meant a longer one', () => {
    const { findings } = diagnose(
      JSON.stringify({
        err: { message: 'Okta HTTP 404 E0000007 Not found: Resource not found: 00u1 (User).', errorCode: 'E0000007' },
      }),
    )
    expect(findings[0]!.because.map(({ says }) => says).join()).not.toContain('longer')
  })
})

describe('an answer that is no failure', () => {
  it('is read, has no cause, and asks for the call that failed', () => {
    const { findings, wants, gaps } = diagnose('HTTP/1.1 200 OK\n\n[]')
    expect({ findings, gaps }).toEqual({ findings: [], gaps: [] })
    expect(wants[0]).toMatchObject({ what: 'The call that failed', how: expect.stringContaining('200') })
  })
})

describe('a refused parameter', () => {
  it('is the first thing to correct, and is no cause of another endpoint', () => {
    const { findings } = diagnose({
      httpStatus: 400,
      responseBody: {
        errorCode: 'E0000001',
        errorSummary: 'Api validation failed: limit',
        errorCauses: [{ errorSummary: 'limit: must be greater than 0' }],
      },
    })
    expect(findings[0]).toMatchObject({ cause: null, kind: 'query-invalid' })
    expect(findings[0]!.fix[0]).toBe('Correct `limit`: must be greater than 0.')
    expect(findings.map(({ cause }) => cause)).not.toContain('log-query-too-long')
  })
})

describe('causes that look alike on the wire', () => {
  const path = '/api/v1/users/00u1/credentials/change_password'
  const refused = (errorCode: string, errorSummary: string, ...causes: string[]) => ({
    httpStatus: 403,
    method: 'POST',
    path,
    responseBody: JSON.stringify({
      errorCode,
      errorSummary,
      errorCauses: causes.map((one) => ({ errorSummary: one })),
    }),
  })
  const namesOf = ({ findings }: ReturnType<typeof diagnose>) => findings.map(({ cause }) => cause)
  const asks = ({ wants }: ReturnType<typeof diagnose>) => wants.map(({ what }) => what)

  it('are all named, none is certain, and what decides is said', () => {
    const found = diagnose(refused('E0000035', 'Change password not allowed on specified user.'))
    expect(namesOf(found)).toEqual(['user-cannot-change-password', 'no-okta-password'])
    expect(found.findings[0]!.strength).not.toBe('certain')
    expect(asks(found)).toContain('Whether it is E0000035/no-okta-password')
  })

  it('a password policy with a least age may mean the age', () => {
    const says = 'Password requirements were not met. Password requirements: at least 8 characters.'
    const aged = `${says} At least 1 hour(s) must have elapsed since you last changed your password.`
    const found = diagnose(refused('E0000014', 'Update of credentials failed', aged))
    expect(namesOf(found)).toEqual(['new-password-weak', 'password-too-young'])
    expect(found.findings[0]!.strength).not.toBe('certain')
    expect(asks(found)).toContain('Whether it is E0000014/password-too-young')
    const [only, ...others] = diagnose(refused('E0000014', 'Update of credentials failed', says)).findings
    expect([only?.cause, only?.strength, others]).toEqual(['new-password-weak', 'certain', []])
  })

  it('a body that was kept as text says what it says as an object', () => {
    const { responseBody, ...rest } = refused('E0000014', 'Update of credentials failed', 'Old Password is not correct')
    expect(diagnose({ ...rest, responseBody })).toEqual(diagnose({ ...rest, responseBody: JSON.parse(responseBody) }))
  })
})
