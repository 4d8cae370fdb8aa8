// How does a bench talk to a server in a process of its own? By messages: it says how much CPU it has used.
import { fork } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const servers = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../servers')

/** Starts servers/<name> and waits until it says what it is. */
export async function startServer(name, options = {}) {
  const child = fork(path.join(servers, name), {
    execArgv: ['--expose-gc', ...(process.env.BENCH_SERVER_FLAGS ?? '').split(' ').filter(Boolean)],
  })
  const ask = (question) =>
    new Promise((resolve, reject) => {
      const ended = () => reject(new Error(`${name} ended before it answered`))
      child.once('exit', ended)
      child.once('message', (message) => {
        child.off('exit', ended)
        resolve(message)
      })
      child.send(question)
    })
  const ready = await ask(options)
  return {
    ...ready,
    /** Microseconds of CPU since its start, all threads. */
    cpu: async () => (await ask({ ask: 'cpu' })).cpu,
    /** Asks one of the server's own questions, its `asks`. */
    ask: (question, facts = {}) => ask({ ask: question, ...facts }),
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', resolve)
        if (child.connected) child.send({ ask: 'stop' })
        else resolve()
      }),
  }
}

/** Starts what `start` makes of the first message's options, and answers the questions above. In the server's process. */
export function serveQuestions(start) {
  let stop
  let asks = {}
  // When the bench is ended from outside, nobody would stop this process.
  process.on('disconnect', () => process.exit(1))
  process.on('message', async (message) => {
    if (message.ask === undefined) {
      const server = await start(message)
      stop = server.stop
      asks = server.asks ?? asks
      process.send(server.ready)
    } else if (Object.hasOwn(asks, message.ask)) {
      process.send(await asks[message.ask](message))
    } else if (message.ask === 'cpu') {
      const { user, system } = process.cpuUsage()
      process.send({ cpu: user + system })
    } else if (message.ask === 'stop') {
      await stop()
      process.exit(0)
    }
  })
}
