#!/usr/bin/env node
// `npm start`: sets up what is missing, then serves the local org with demo data. Flags pass through to
// `errorg serve`; without --port it listens on 4000, without --seed it has the demo seed.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { build, checkNode, install, root } from './setup.mjs'

checkNode()
await install()
await build()

const child = spawn(
  process.execPath,
  [path.join(root, 'packages/cli/bin/errorg.js'), 'serve', ...process.argv.slice(2)],
  {
    stdio: 'inherit',
  },
)
// The server ends itself on these; waiting for it keeps its goodbye and its exit code.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.once('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))

// npm that is ended by its process id does not pass the signal on. Whoever started us is gone then, and nobody is left
// to stop the server.
const parent = process.ppid
setInterval(() => {
  if (process.ppid !== parent) child.kill('SIGTERM')
}, 500).unref()
