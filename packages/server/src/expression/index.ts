// Okta's expression language: read a text once, work it out for a user.
export { type Budget, createBudget, MOST_STEPS, spend } from './budget.ts'
export { createExpressionCache, type ReadExpression } from './cache.ts'
export { evaluateExpression } from './evaluate.ts'
export { ExpressionFault } from './fault.ts'
export { isKnownCall } from './known.ts'
export { LONGEST, parseExpression } from './parse.ts'
export type { ExpressionScope, ScopeGroup } from './scope.ts'
export type { Expression, Tree } from './tree.ts'
