import { describe, expect, test } from 'vitest'
import { copyOf, discard, isJson, peekText, receive, receivedBytes } from './body.ts'

const text = '{"name":"Ærø","list":[1,2]}'
const make = () => new Response(text, { status: 201, headers: { 'content-type': 'application/json' } })

describe('a received body', () => {
  test('reads as it would have, in every way, once', async () => {
    expect(await (await receive(make())).text()).toBe(text)
    expect(await (await receive(make())).json()).toEqual(JSON.parse(text))
    expect(Buffer.from(await (await receive(make())).arrayBuffer()).toString()).toBe(text)
    expect(await (await (await receive(make())).blob()).text()).toBe(text)
    expect(await new Response((await receive(make())).body).text()).toBe(text)

    const response = await receive(make())
    expect(response.bodyUsed).toBe(false)
    await response.text()
    expect(response.bodyUsed).toBe(true)
    await expect(response.json()).rejects.toThrow(/already been read/)
    expect(() => response.clone()).toThrow(/consumed/)
  })

  test('is not used up by looking at the stream, but by reading it', async () => {
    const looked = await receive(make())
    expect(looked.body).not.toBeNull()
    expect(looked.bodyUsed).toBe(false)
    expect(await looked.text()).toBe(text)
    const read = await receive(make())
    await read.body?.getReader().read()
    expect(read.bodyUsed).toBe(true)
    await expect(read.text()).rejects.toThrow(TypeError)
  })

  test('can be peeked at any number of times and is still whole', async () => {
    const response = make()
    expect(await peekText(response)).toBe(text)
    expect(await peekText(response)).toBe(text)
    const twin = response.clone()
    expect(await response.json()).toEqual(JSON.parse(text))
    expect(await twin.json()).toEqual(JSON.parse(text))
    expect(twin.status).toBe(201)
  })

  test('keeps its bytes to itself', async () => {
    const response = await receive(make())
    const bytes = receivedBytes(response)!
    const copy = copyOf(response, bytes)
    new Uint8Array(await copy.arrayBuffer()).fill(0)
    new Uint8Array(await response.arrayBuffer()).fill(0)
    expect(Buffer.from(bytes).toString()).toBe(text)
  })
})

test('nothing to read, nothing left to read, and a body that breaks off', async () => {
  const empty = new Response(null, { status: 204 })
  expect(await receive(empty)).toBe(empty)
  expect(await peekText(empty)).toBe('')
  const used = make()
  await used.text()
  expect(await peekText(used)).toBeUndefined()
  const broken = new Response(
    new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"na'))
        controller.error(new TypeError('terminated'))
      },
    }),
  )
  expect(await peekText(broken)).toBeUndefined()
})

test('JSON is received whole, files and very long answers are not', () => {
  const typed = (type: string, more: Record<string, string> = {}) =>
    new Response('{}', { headers: { 'content-type': type, ...more } })
  expect(isJson(typed('application/json;charset=UTF-8'))).toBe(true)
  expect(isJson(typed('application/problem+json'))).toBe(true)
  expect(isJson(typed('image/png'))).toBe(false)
  expect(isJson(typed('application/json', { 'content-length': '90000000' }))).toBe(false)
  expect(isJson(new Response(null, { headers: { 'content-type': 'application/json' } }))).toBe(false)
})

test('what is discarded lets go of its stream', async () => {
  let cancelled = false
  const response = new Response(
    new ReadableStream({
      cancel() {
        cancelled = true
      },
    }),
  )
  discard(response)
  await Promise.resolve()
  expect(cancelled).toBe(true)
  const kept = await receive(make())
  discard(kept)
  expect(await kept.text()).toBe(text)
})
