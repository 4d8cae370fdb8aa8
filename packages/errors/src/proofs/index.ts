// What is proven, how is a proof run, and how is it shown?
export * from './control.ts'
export * from './curl.ts'
export type { Exchange } from './exchange.ts'
export * from './ledger.ts'
export * from './list.ts'
export * from './peers.ts'
export * from './run.ts'
export * from './step.ts'
