export * from './ledger.ts'
export * from './run.ts'
export * from './step.ts'
