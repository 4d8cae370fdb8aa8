export * from './define.ts'
export * from './kinds.ts'
export * from './codes/index.ts'
