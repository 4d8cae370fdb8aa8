// What does this package offer under its main name? The catalogue with its types; /wire, /operations, /retry and
// the runner in /proofs have subpaths of their own.

export * from './codes/index.ts'
export * from './define.ts'
export * from './kinds.ts'
export * from './oauth/index.ts'
export * from './proofs/step.ts'
