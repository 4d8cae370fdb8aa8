import { expect, test } from 'vitest'
import { pathClass } from './path-class.ts'

test.each([
  ['GET', '/api/v1/users', 'READ /api/v1/users'],
  ['POST', '/api/v1/users', 'WRITE /api/v1/users'],
  ['GET', '/api/v1/users/00u1a2b3c4d5e6f7g8h9', 'READ /api/v1/users/{}'],
  ['HEAD', '/api/v1/users/ada', 'READ /api/v1/users/{}'],
  ['GET', '/api/v1/users/me', 'READ /api/v1/users/{}'],
  ['GET', '/api/v1/users/ada%40example.com/groups', 'READ /api/v1/users/{}/groups'],
  ['POST', '/api/v1/users/00u1/lifecycle/reset_password', 'WRITE /api/v1/users/{}/lifecycle/reset_password'],
  ['GET', '/api/v1/groups/rules', 'READ /api/v1/groups/rules'],
  ['GET', '/api/v1/groups/rules/0pr1a2', 'READ /api/v1/groups/rules/{}'],
  ['DELETE', '/api/v1/apps/0oa1/users/00u1', 'WRITE /api/v1/apps/{}/users/{}'],
  ['GET', '/api/v1/authorizationServers/default/policies', 'READ /api/v1/authorizationServers/default/policies'],
  ['POST', '/oauth2/ausQbCdEfGhIjKlMnOpQ/v1/token', 'WRITE /oauth2/{}/v1/token'],
  ['POST', '/oauth2/v1/token', 'WRITE /oauth2/v1/token'],
  ['GET', '//', 'READ '],
])('%s %s', (method, path, expected) => expect(pathClass(method, path)).toBe(expected))
