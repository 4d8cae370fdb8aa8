// What can be asked, in this order: what the log has on the call first, since later questions read it; then whom or
// what the call was about; then who called.
import { customRoleOfCaller } from './custom-role-of-caller.ts'
import { limitOfCall } from './limit-of-call.ts'
import { logOfCall } from './log-of-call.ts'
import { objectOfCall } from './object-of-call.ts'
import { originsOfOrg } from './origins-of-org.ts'
import type { Question } from './question.ts'
import { rolesOfCaller } from './roles-of-caller.ts'
import { schemaOfCall } from './schema-of-call.ts'
import { shareOfToken } from './share-of-token.ts'
import { tokenOfCaller } from './token-of-caller.ts'
import { userOfCall } from './user-of-call.ts'
import { zonesOfOrg } from './zones-of-org.ts'

/** All questions. */
export const questions: readonly Question[] = [
  logOfCall,
  limitOfCall,
  shareOfToken,
  zonesOfOrg,
  originsOfOrg,
  userOfCall,
  objectOfCall,
  schemaOfCall,
  rolesOfCaller,
  customRoleOfCaller,
  tokenOfCaller,
]
