// What can be asked, in this order: what the log has on the call first, since later questions read it; then whom or
// what the call was about; then who called.
import { limitOfCall } from './limit-of-call.ts'
import { logOfCall } from './log-of-call.ts'
import { objectOfCall } from './object-of-call.ts'
import type { Question } from './question.ts'
import { rolesOfCaller } from './roles-of-caller.ts'
import { tokenOfCaller } from './token-of-caller.ts'
import { userOfCall } from './user-of-call.ts'

/** All questions. */
export const questions: readonly Question[] = [
  logOfCall,
  limitOfCall,
  userOfCall,
  objectOfCall,
  rolesOfCaller,
  tokenOfCaller,
]
