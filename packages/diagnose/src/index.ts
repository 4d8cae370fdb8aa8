// What this package offers: a diagnosis from text or evidence, the readers, and the shapes of both.
export { type DiagnoseOptions, diagnose, diagnoseEvidence } from './diagnose.ts'
export { type Evidence, toEvidence } from './evidence.ts'
export type { Because, Diagnosis, Finding, Gap, Strength, Want } from './finding.ts'
export { readGuessed } from './readers/guess.ts'
export { readers } from './readers/index.ts'
export type { Reader, Reading } from './readers/reader.ts'
