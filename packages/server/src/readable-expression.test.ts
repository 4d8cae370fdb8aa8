import { expect, test } from 'vitest'
import { parseExpression } from './expression/index.ts'
import { canBeRead } from './readable-expression.ts'

const judge = (text: string) => () => canBeRead(parseExpression, 'value', text)

test.each(['((', '(((', 'user.', 'user.login ==', '"open', 'a b', 'user.a[', 'user.groups.![name', "user.a['b]", ')('])(
  'no expression: %s',
  (text) => expect(judge(text)).toThrow('E0000001/claim-expression-unreadable'),
)

test.each([
  'user.email',
  'appuser.entitlements.role',
  // What only Okta can work out is not called wrong.
  "user.getGroups({'group.type': {'OKTA_GROUP'}}).![name]",
  'user.groups.?[profile.name == "x"].![profile.name]',
  "user.entitlements['a']",
  'user.profile.a?.b',
])('an expression: %s', (text) => expect(judge(text)).not.toThrow())
