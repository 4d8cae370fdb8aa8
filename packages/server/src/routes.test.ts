import { operations } from '@errorg/errors/operations'
import { describe, expect, it } from 'vitest'
import type { Answer } from './http/exchange.ts'
import { createRouteTable, type RouteRow } from './routes.ts'

const handle = async (): Promise<Answer> => ({ status: 200 })
const row = (on: string): RouteRow => ({ on, needs: 'self', handle })
const table = createRouteTable(
  ['GET /api/v1/groups/:groupId', 'GET /api/v1/groups', 'GET /api/v1/:any/me/:last', 'GET /docs'].map(row),
  handle,
)
const found = (method: string, path: string) => {
  const hit = table.find(method, path)
  return hit && [hit.route.built ? hit.route.on : hit.route.operation, hit.params]
}

describe('the route table', () => {
  it('finds what is built, with its parameters', () => {
    expect(found('GET', '/api/v1/groups/00g1')).toEqual(['GET /api/v1/groups/:groupId', { groupId: '00g1' }])
    expect(found('GET', '/docs')).toEqual(['GET /docs', {}])
  })

  it('finds what is not built, also where a built row with a parameter would fit', () => {
    expect(found('GET', '/api/v1/groups/rules')).toEqual(['listGroupRules', {}])
    expect(found('GET', '/api/v1/apps/0oa1')).toEqual(['getApplication', { appId: '0oa1' }])
    // The literal that comes first decides, however much of the rest is built.
    expect(found('GET', '/api/v1/users/me/clients')?.[0]).toBe('listUserClients')
    expect(found('GET', '/api/v1/nothing/me/last')?.[0]).toBe('GET /api/v1/:any/me/:last')
  })

  it('takes a slash at the end for none, and an empty id for none', () => {
    expect(found('GET', '/api/v1/groups/')?.[0]).toBe('GET /api/v1/groups')
    expect(found('GET', '/api/v1/apps/')?.[0]).toBe('listApplications')
    expect(found('GET', '/api/v1/groups//')).toBeUndefined()
  })

  it('finds a path in each of its spellings, also when each room has a router of its own', () => {
    const rooms = createRouteTable(['GET /api/v1/groups/:groupId', 'GET /docs', 'GET /api/v1/:any/me'].map(row), handle)
    const apart = createRouteTable(['GET /api/v1/groups/:groupId', 'GET /docs'].map(row), handle)
    for (const path of ['/api/v1/groups/00g1', '/api/v1/gr%6Fups/00g1', '/%61pi/v1/groups/00g1', '/d%6Fcs']) {
      expect(apart.find('GET', path)?.route.on, path).toBe(rooms.find('GET', path)?.route.on)
      expect(apart.find('GET', path), path).toBeDefined()
    }
    for (const path of ['/api/v1/', '/api/v1', '/api/v1/%zz/x', '/api/v1/constructor', '/api%2Fv1/groups/00g1', '']) {
      expect(apart.find('GET', path), path).toBeUndefined()
    }
  })

  it('names the methods of a path, built or not', () => {
    expect(table.methodsOf('/api/v1/groups')).toEqual(['GET', 'POST'])
    expect(table.methodsOf('/api/v1/groups/00g1')).toEqual(['GET', 'PUT', 'DELETE'])
    expect(table.methodsOf('/nowhere')).toEqual([])
  })

  it('has every operation once, the built ones in their rows', () => {
    const ids = table.routes.map((route) => route.operation)
    expect(new Set(table.routes.map((route) => `${route.method} ${route.template.replace(/:\w+/g, ':')}`)).size).toBe(
      table.routes.length,
    )
    const missing = operations.filter(({ id }) => !ids.includes(id)).map(({ id }) => id)
    // Built here by rows that name no operation.
    expect(missing).toEqual(['listGroups', 'getGroup'])
  })
})
