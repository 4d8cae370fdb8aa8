// The cheapest server there is: node:http answers the same bytes to everybody, after it has read the request whole.
import http from 'node:http'
import { serveQuestions } from '../measure/child.mjs'

serveQuestions(async ({ status, headers, body }) => {
  const server = http.createServer((request, response) => {
    request.on('data', () => undefined)
    request.on('end', () => {
      response.sendDate = false
      response.writeHead(status, headers)
      response.end(body)
    })
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { ready: { port: server.address().port }, stop: async () => server.closeAllConnections() }
})
