import { peers } from '@errorg/errors/proofs'
import { expect, test } from 'vitest'
import { startProofPeer } from './proof-peers.ts'

test('a server answers every request as it was told', async () => {
  const peer = await startProofPeer('answers', { status: 503, body: { a: 1 } })
  expect(new URL(peer.url).hostname).toBe('127.0.0.1')
  for (const method of ['GET', 'POST']) {
    const answer = await fetch(peer.url, { method, body: method === 'POST' ? '{}' : undefined })
    expect([answer.status, answer.headers.get('content-type'), await answer.json()]).toEqual([
      503,
      'application/json',
      { a: 1 },
    ])
  }
  await peer.close()
  await expect(fetch(peer.url)).rejects.toThrow()
})

test('the service of an event hook sends the challenge back and takes events', async () => {
  const peer = await startProofPeer('verifies', {})
  const answer = await fetch(peer.url, { headers: { 'x-okta-verification-challenge': 'abc' } })
  expect(await answer.json()).toEqual({ verification: 'abc' })
  expect((await fetch(peer.url, { method: 'POST', body: '{}' })).status).toBe(204)
  await peer.close()
})

test('every way to behave can be started, and no other', async () => {
  for (const behaves of Object.keys(peers)) await (await startProofPeer(behaves, {})).close()
  await expect(startProofPeer('toString', {})).rejects.toThrow('no server behaves like "toString"')
})
