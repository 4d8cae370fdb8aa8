import { describe, expect, it } from 'vitest'
import { parseCurlCommand } from './curl-command.ts'

describe('a curl command', () => {
  it.each([
    ['a plain one', 'curl https://a.okta.com/api/v1/users', { method: 'GET', path: 'https://a.okta.com/api/v1/users' }],
    ['glued short options', 'curl -sSXDELETE https://a.okta.com/x', { method: 'DELETE' }],
    [
      'a form',
      'curl https://a.okta.com/oauth2/v1/token -d grant_type=client_credentials -d scope=x',
      { method: 'POST', requestBody: 'grant_type=client_credentials&scope=x' },
    ],
    [
      '-G puts data into the query',
      "curl -G https://a.okta.com/api/v1/users --data-urlencode 'q=a'",
      { method: 'GET', path: 'https://a.okta.com/api/v1/users?q=a' },
    ],
    [
      '--json',
      `curl --json '{"a":1}' https://a.okta.com/x`,
      {
        method: 'POST',
        requestBody: { a: 1 },
        requestHeaders: { accept: 'application/json', 'content-type': 'application/json' },
      },
    ],
    [
      '-u',
      'curl -u id:secret https://a.okta.com/x',
      { requestHeaders: { authorization: `Basic ${btoa('id:secret')}` } },
    ],
    ['-I', 'curl -I https://a.okta.com/x', { method: 'HEAD' }],
    [
      'continued lines of cmd.exe',
      'curl ^\n -X PUT ^\n https://a.okta.com/x',
      { method: 'PUT', path: 'https://a.okta.com/x' },
    ],
    ['what stands behind a pipe', 'curl https://a.okta.com/x | jq .', { path: 'https://a.okta.com/x' }],
    ['quotes within quotes', `curl https://a.okta.com/x -H 'X-A: it'"'"'s'`, { requestHeaders: { 'x-a': "it's" } }],
    [
      'a variable that the shell leaves alone',
      "curl https://a.okta.com/x -H 'Authorization: SSWS $TOKEN'",
      { requestContext: { shellVariablesInSingleQuotes: ['$TOKEN'] } },
    ],
  ])('%s', (_name, command, expected) => {
    expect(parseCurlCommand(command)).toMatchObject(expected)
  })

  it('without a URL is nothing', () => {
    expect(parseCurlCommand('curl --version')).toBeUndefined()
    expect(parseCurlCommand('echo hello')).toBeUndefined()
  })
})
