// An org on a socket, as `errorg serve` runs it.
import { createOrg } from '@errorg/server'
import { serveQuestions } from '../measure/child.mjs'

serveQuestions(async ({ settings, seed, signingKeys }) => {
  const org = await createOrg({ settings, seed, signingKeys })
  const { url, port } = await org.listen()
  return { ready: { url, port, token: org.token, seeded: org.seeded }, stop: () => org.close() }
})
