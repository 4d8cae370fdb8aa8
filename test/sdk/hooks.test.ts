// Does the official Node SDK, unmodified and over real HTTP, work on hooks, their keys and log streams, and do hooks that
// it makes really call their servers?
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createOrg, type RunningOrg, startProofPeer } from '@errorg/server'
import { Client } from '@okta/okta-sdk-nodejs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { counted, listOf, refusal, used } from './calls.ts'
import { operations } from './operations.ts'

let org: RunningOrg
let client: Client
beforeAll(async () => {
  org = await createOrg({ passwordCost: 2 })
  const { url } = await org.listen()
  client = new Client({ orgUrl: url, token: org.token, cacheMiddleware: null })
})
beforeEach(() => org.reset())
afterAll(() => org.close())

const URI = 'https://hooks.example.com/okta'
const channel = (uri = URI, config: object = {}) => ({
  type: 'HTTP',
  version: '1.0.0',
  config: { uri, method: 'POST', ...config },
})

describe('event hooks', () => {
  const events = { type: 'EVENT_TYPE', items: ['user.lifecycle.create'] }

  test('are made, read, replaced, switched and deleted', async () => {
    const api = counted(client.eventHookApi)
    const authScheme = { type: 'HEADER', key: 'Authorization', value: 'Basic c2VjcmV0' }
    const eventHook = { name: 'Audit', events, channel: channel(URI, { authScheme }) }
    const made = await api.createEventHook!({ eventHook })
    const { id: eventHookId } = made
    expect(made).toMatchObject({ name: 'Audit', status: 'ACTIVE', verificationStatus: 'UNVERIFIED', events })
    expect(made.channel.config).toMatchObject({ uri: URI, authScheme: { type: 'HEADER', key: 'Authorization' } })
    expect(made.channel.config.authScheme.value).toBeUndefined()
    expect((await api.getEventHook!({ eventHookId })).name).toBe('Audit')
    expect((await listOf(api.listEventHooks!())).map((hook) => (hook as { id: string }).id)).toEqual([eventHookId])
    const replaced = await api.replaceEventHook!({ eventHookId, eventHook: { ...eventHook, name: 'Audit 2' } })
    expect(replaced.name).toBe('Audit 2')
    expect(await refusal(api.deleteEventHook!({ eventHookId }))).toMatchObject({ status: 400, errorCode: 'E0000001' })
    expect((await api.deactivateEventHook!({ eventHookId })).status).toBe('INACTIVE')
    expect((await api.activateEventHook!({ eventHookId })).status).toBe('ACTIVE')
    await api.deactivateEventHook!({ eventHookId })
    await api.deleteEventHook!({ eventHookId })
    expect(await refusal(api.getEventHook!({ eventHookId }))).toMatchObject({
      status: 404,
      errorSummary: `Not found: Resource not found: ${eventHookId} (Webhook)`,
    })
  })

  test('are verified by their server and tell it what happens', async () => {
    const api = counted(client.eventHookApi)
    // biome-ignore lint/suspicious/noExplicitAny: a body of any shape
    let told: (body: any) => void = () => {}
    const told1 = new Promise<Parameters<typeof told>[0]>((resolve) => {
      told = resolve
    })
    const server = createServer((request, response) => {
      let text = ''
      request.on('data', (part) => {
        text += part
      })
      request.on('end', () => {
        const value = request.headers['x-okta-verification-challenge']
        response.writeHead(200, { 'content-type': 'application/json' })
        response.end(request.method === 'GET' ? JSON.stringify({ verification: value }) : undefined)
        if (request.method === 'POST') told(JSON.parse(text))
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const uri = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const { id: eventHookId } = await api.createEventHook!({ eventHook: { name: 'A', events, channel: channel(uri) } })
    expect((await api.verifyEventHook!({ eventHookId })).verificationStatus).toBe('VERIFIED')
    const profile = { firstName: 'Ada', lastName: 'Byron', email: 'ada@sdk.test', login: 'ada@sdk.test' }
    const user = await client.userApi.createUser!({ activate: false, body: { profile } })
    const body = await told1
    expect(body).toMatchObject({
      eventType: 'com.okta.event_hook',
      source: `${org.url}/api/v1/eventHooks/${eventHookId}`,
    })
    expect(body.data.events[0]).toMatchObject({ eventType: 'user.lifecycle.create', target: [{ id: user.id }] })
    server.closeAllConnections()
    server.close()
  })
})

test('inline hooks are made, read, changed, executed, switched and deleted', async () => {
  const api = counted(client.inlineHookApi)
  const commands = [{ type: 'com.okta.access.patch', value: [{ op: 'add', path: '/claims/a', value: '1' }] }]
  const peer = await startProofPeer('answers', { body: { commands } })
  const inlineHook = {
    name: 'Payroll',
    type: 'com.okta.oauth2.tokens.transform',
    version: '1.0.0',
    channel: channel(peer.url),
  }
  const made = await api.createInlineHook!({ inlineHook })
  const { id: inlineHookId } = made
  expect(made).toMatchObject({ ...inlineHook, status: 'ACTIVE', channel: { type: 'HTTP', version: '1.0.0' } })
  expect((await api.getInlineHook!({ inlineHookId })).channel.config.uri).toBe(peer.url)
  expect(await listOf(api.listInlineHooks!({ type: 'com.okta.oauth2.tokens.transform' }))).toHaveLength(1)
  expect(await listOf(api.listInlineHooks!({ type: 'com.okta.import.transform' }))).toHaveLength(0)
  const executed = await api.executeInlineHook!({ inlineHookId, payloadData: { eventType: inlineHook.type, data: {} } })
  expect(executed.commands).toHaveLength(1)
  expect(executed.commands[0].type).toBe('com.okta.access.patch')
  await peer.close()
  expect(await refusal(api.executeInlineHook!({ inlineHookId, payloadData: { data: {} } }))).toMatchObject({
    status: 400,
    errorCode: 'E0000001',
    errorSummary: 'Api validation failed: Inline hook execution failed',
  })
  const replaced = await api.replaceInlineHook!({ inlineHookId, inlineHook: { ...inlineHook, name: 'Payroll 2' } })
  expect(replaced.name).toBe('Payroll 2')
  const updated = await api.updateInlineHook!({ inlineHookId, inlineHook: { ...inlineHook, name: 'Payroll 3' } })
  expect(updated.name).toBe('Payroll 3')
  expect((await api.deactivateInlineHook!({ inlineHookId })).status).toBe('INACTIVE')
  expect((await api.activateInlineHook!({ inlineHookId })).status).toBe('ACTIVE')
  await api.deactivateInlineHook!({ inlineHookId })
  await api.deleteInlineHook!({ inlineHookId })
  expect(await refusal(api.getInlineHook!({ inlineHookId }))).toMatchObject({
    status: 404,
    errorSummary: `Not found: Resource not found: ${inlineHookId} (InlineHook)`,
  })
})

test('hook keys are made, read, renamed and deleted', async () => {
  const api = counted(client.hookKeyApi)
  const made = await api.createHookKey!({ keyRequest: { name: 'Signing' } })
  const { id: hookKeyId, keyId } = made
  expect(made).toMatchObject({ name: 'Signing', id: expect.stringMatching(/^HKY/) })
  expect(await listOf(api.listHookKeys!())).toMatchObject([{ id: hookKeyId, keyId }])
  expect((await api.getHookKey!({ hookKeyId })).name).toBe('Signing')
  expect(await api.getPublicKey!({ keyId })).toMatchObject({ kty: 'RSA', kid: keyId, e: 'AQAB' })
  expect((await api.replaceHookKey!({ hookKeyId, keyRequest: { name: 'Old' } })).name).toBe('Old')
  await api.deleteHookKey!({ hookKeyId })
  expect(await refusal(api.getHookKey!({ hookKeyId }))).toMatchObject({ status: 404, errorCode: 'E0000007' })
})

test('log streams and their schemas', async () => {
  const api = counted(client.logStreamApi)
  const schemas = counted(client.schemaApi)
  const settings = { accountId: '123456789012', eventSourceName: 'okta-events', region: 'us-east-2' }
  const instance = { type: 'aws_eventbridge', name: 'To AWS', settings }
  const made = await api.createLogStream!({ instance })
  const { id: logStreamId } = made
  expect(made).toMatchObject({ ...instance, status: 'ACTIVE' })
  expect((await api.getLogStream!({ logStreamId })).settings).toMatchObject(settings)
  expect(await listOf(api.listLogStreams!({ filter: 'type eq "aws_eventbridge"' }))).toHaveLength(1)
  const replaced = await api.replaceLogStream!({ logStreamId, instance: { ...instance, name: 'To Ohio' } })
  expect(replaced.name).toBe('To Ohio')
  const status = async () => (await api.getLogStream!({ logStreamId })).status
  await api.deactivateLogStream!({ logStreamId })
  expect(await status()).toBe('INACTIVE')
  await api.activateLogStream!({ logStreamId })
  expect(await status()).toBe('ACTIVE')
  expect(await listOf(schemas.listLogStreamSchemas!())).toMatchObject([
    { title: 'AWS EventBridge' },
    { title: 'Splunk Cloud' },
  ])
  const schema = await schemas.getLogStreamSchema!({ logStreamType: 'splunk_cloud_logstreaming' })
  expect(schema.title).toBe('Splunk Cloud')
  await api.deleteLogStream!({ logStreamId })
  expect(await refusal(api.getLogStream!({ logStreamId }))).toMatchObject({
    status: 404,
    errorSummary: `Not found: Resource not found: ${logStreamId} (AppInstance)`,
  })
})

test('these are the operations that were used', () => {
  expect([...used].sort()).toEqual([...operations.hooks].sort())
})
