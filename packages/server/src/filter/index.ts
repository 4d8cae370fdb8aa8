// Filters: what a text means, which fields it uses, whether an object matches.
export { type CompiledFilter, createFilterCache } from './cache.ts'
export { bindFilter, compileFilter, evaluateFilter, instantOf, pathReader, type ReadField } from './evaluate.ts'
export {
  type Comparison,
  type Equality,
  equalityOf,
  type FilterNode,
  type FilterValue,
  fieldsOf,
  type Operator,
  operators,
} from './node.ts'
export {
  type FilterProblem,
  type FilterProblemKind,
  type ParsedFilter,
  type ParseLimits,
  parseFilter,
} from './parse.ts'
