// How are many requests sent with little CPU? Plain sockets, kept open, one request at a time on each; only the
// status and the length of an answer are read.
import net from 'node:net'

/**
 * Sends `count` requests over `connections` sockets and waits for all answers. `request(i)` gives the bytes.
 * Rejects when an answer has another status than `expect`.
 */
export async function sendAll({ port, count, connections = 16, request, expect }) {
  let sent = 0
  // The client never sleeps: waking a sleeping process costs the writing one more than many requests do, and only
  // the slower of two servers would pay for it.
  let awake = true
  const stayAwake = () => awake && setImmediate(stayAwake)
  stayAwake()
  await Promise.all(
    Array.from({ length: Math.min(connections, count) }, () => {
      return new Promise((resolve, reject) => {
        const socket = net.connect(port, '127.0.0.1')
        let head = ''
        let missing = 0
        const next = () => {
          if (sent === count) {
            socket.end()
            resolve()
            return
          }
          socket.write(request(sent))
          sent += 1
        }
        const refuse = (says) => {
          socket.destroy()
          reject(new Error(says))
        }
        socket.setNoDelay(true)
        socket.on('connect', next)
        socket.on('error', reject)
        socket.on('close', () => reject(new Error('the server closed the connection')))
        socket.on('data', (chunk) => {
          if (missing > 0) {
            missing -= chunk.length
            if (missing === 0) next()
            return
          }
          head += chunk.latin1Slice(0, chunk.length)
          const end = head.indexOf('\r\n\r\n')
          if (end === -1) return
          if (!head.startsWith(`HTTP/1.1 ${expect}`)) return refuse(`expected ${expect}, got ${head.slice(0, 300)}`)
          const length = /\r\ncontent-length: (\d+)/i.exec(head)
          missing = Number(length?.[1] ?? 0) - (head.length - end - 4)
          head = ''
          if (missing === 0) next()
        })
      })
    }),
  ).finally(() => {
    awake = false
  })
}

/** The bytes of a request. */
export function requestBytes({ method, path, headers = {}, body }) {
  const lines = [
    `${method} ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    'accept: application/json',
    'user-agent: errorg-bench',
  ]
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`)
  if (body !== undefined) {
    if (headers['content-type'] === undefined) lines.push('content-type: application/json')
    lines.push(`content-length: ${Buffer.byteLength(body)}`)
  }
  return `${lines.join('\r\n')}\r\n\r\n${body ?? ''}`
}
