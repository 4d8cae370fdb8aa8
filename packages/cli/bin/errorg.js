#!/usr/bin/env node
// The command: a shim over the built program, committed so that npm can link it before anything is built.
import('../dist/main.js').catch((error) => {
  if (error?.code === 'ERR_MODULE_NOT_FOUND' && String(error.message).includes('dist')) {
    console.error('errorg is not built yet. Run `npm run build` in the repository first.')
    process.exit(2)
  }
  throw error
})
