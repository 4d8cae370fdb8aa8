import { describe, expect, it } from 'vitest'
import { type ServerPolicy, type ServerRule, serverPolicies, serverRules } from '../entities/auth-server.ts'
import { put } from '../state/state.ts'
import { type TestOrg, testOrg } from '../testing.ts'
import { standardLifetimes } from './new-server.ts'
import { type AccessQuestion, evaluateAccess } from './policy.ts'
import { loadServer } from './servers.ts'

const since = { createdAt: 0, lastUpdatedAt: 0, system: false }
const nobody = { users: [], groups: [], usersExcluded: [], groupsExcluded: [] }
const everyone = { ...nobody, groups: ['EVERYONE'] }

async function withPolicies(
  t: TestOrg,
  policies: (Partial<ServerPolicy> & { rules: Partial<ServerRule>[] })[],
): Promise<void> {
  for (const [i, { rules, ...policy }] of policies.entries()) {
    const value: ServerPolicy = {
      serverId: 'ausTest',
      name: `P${i}`,
      description: '',
      status: 'ACTIVE',
      priority: i + 1,
      clients: ['ALL_CLIENTS'],
      ...since,
      ...policy,
    }
    await t.org.state.change([put(serverPolicies, `00p${i}`, value)])
    for (const [k, rule] of rules.entries()) {
      const one: ServerRule = {
        policyId: `00p${i}`,
        name: `P${i}R${k}`,
        status: 'ACTIVE',
        priority: k + 1,
        grantTypes: ['authorization_code'],
        people: everyone,
        scopes: ['*'],
        ...standardLifetimes,
        ...since,
        ...rule,
      }
      await t.org.state.change([put(serverRules, `0pr${i}${k}`, one)])
    }
  }
}

const question: AccessQuestion = {
  clientId: '0oaOne',
  userId: '00uAda',
  scopes: ['orders.read'],
  grantType: 'authorization_code',
}

async function ask(t: TestOrg, part: Partial<AccessQuestion> = {}): Promise<string> {
  const server = { ...(await loadServer(t.org, 'default'))!, id: 'ausTest' }
  const answer = await evaluateAccess(t.org, server, { ...question, ...part })
  return answer.allowed ? answer.rule.value.name : answer.reason
}

describe('access policies', () => {
  it('let nobody in where there are none', async () => {
    const t = await testOrg()
    expect(await ask(t)).toBe('no_matching_policy')
  })

  it.each<[string, Partial<ServerPolicy> & { rules: Partial<ServerRule>[] }, Partial<AccessQuestion>, string]>([
    ['another client', { clients: ['0oaTwo'], rules: [{}] }, {}, 'no_matching_policy'],
    ['this client', { clients: ['0oaTwo', '0oaOne'], rules: [{}] }, {}, 'P0R0'],
    ['an inactive policy', { status: 'INACTIVE', rules: [{}] }, {}, 'no_matching_policy'],
    ['a policy without rules', { rules: [] }, {}, 'no_matching_rule'],
    ['an inactive rule', { rules: [{ status: 'INACTIVE' }, {}] }, {}, 'P0R1'],
    ['another grant', { rules: [{ grantTypes: ['password'] }] }, {}, 'no_matching_rule'],
    ['nobody named', { rules: [{ people: nobody }] }, {}, 'no_matching_rule'],
    ['the user named', { rules: [{ people: { ...nobody, users: ['00uAda'] } }] }, {}, 'P0R0'],
    ['the user excluded', { rules: [{ people: { ...everyone, usersExcluded: ['00uAda'] } }] }, {}, 'no_matching_rule'],
    [
      'no people for a machine',
      { rules: [{ people: nobody, grantTypes: ['client_credentials'] }] },
      { userId: undefined, grantType: 'client_credentials' },
      'P0R0',
    ],
    [
      'one scope too many',
      { rules: [{ scopes: ['orders.read'] }] },
      { scopes: ['orders.read', 'orders.write'] },
      'no_matching_scope',
    ],
    [
      'scopes of OpenID unnamed',
      { rules: [{ scopes: ['orders.read'] }] },
      { scopes: ['openid', 'offline_access', 'orders.read'] },
      'P0R0',
    ],
    ['only OpenID, no scope in the rule', { rules: [{ scopes: [] }] }, { scopes: ['openid'] }, 'P0R0'],
    ['a refresh of what a code began', { rules: [{}] }, { grantType: 'refresh_token' }, 'P0R0'],
    [
      'a refresh where only machines may',
      { rules: [{ grantTypes: ['client_credentials'] }] },
      { grantType: 'refresh_token' },
      'no_matching_rule',
    ],
    ['a later rule', { rules: [{ scopes: ['a'] }, { grantTypes: ['password'] }, {}] }, {}, 'P0R2'],
    ['the first of several in their order', { rules: [{ priority: 2 }, { priority: 1 }] }, {}, 'P0R1'],
  ])('with %s', async (_what, policy, part, said) => {
    const t = await testOrg()
    await withPolicies(t, [policy])
    expect(await ask(t, part)).toBe(said)
  })

  it('are asked in their order, the next one where no rule fits', async () => {
    const t = await testOrg()
    await withPolicies(t, [
      { priority: 3, rules: [{}] },
      { priority: 1, clients: ['0oaOne'], rules: [{ scopes: ['a'] }] },
      { priority: 2, rules: [{ grantTypes: ['password'] }] },
    ])
    expect(await ask(t)).toBe('P0R0')
    expect(await ask(t, { grantType: 'implicit' })).toBe('no_matching_rule')
    expect(await ask(t, { scopes: ['a'] })).toBe('P1R0')
  })

  it('look at the groups of the user', async () => {
    const t = await testOrg()
    const group = (await t.call('POST /api/v1/groups', { profile: { name: 'Engineers' } })).json.id
    await withPolicies(t, [{ rules: [{ people: { ...nobody, groups: [group] } }] }])
    expect(await ask(t, { userId: t.adminId })).toBe('no_matching_rule')
    await t.call(`PUT /api/v1/groups/${group}/users/${t.adminId}`)
    expect(await ask(t, { userId: t.adminId })).toBe('P0R0')
  })
})
