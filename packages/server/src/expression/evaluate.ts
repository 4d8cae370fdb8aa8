// What is the value of an expression for this user? Works on the tree; only what counts is worked out.
import { type Budget, createBudget, fitsText, sizeOf, spend } from './budget.ts'
import { asFault, unevaluable } from './fault.ts'
import { textOf } from './functions/function.ts'
import { functions } from './functions/index.ts'
import { functionOf } from './functions/methods.ts'
import type { ExpressionScope } from './scope.ts'
import type { Arithmetic, Expression, Named, Tree } from './tree.ts'

/** The value; throws ExpressionFault of the kind `unevaluable`, and nothing else. */
export function evaluateExpression(
  { tree }: Expression,
  scope: ExpressionScope,
  budget: Budget = createBudget(),
): unknown {
  try {
    return work(tree, scope, budget)
  } catch (error) {
    throw asFault(error)
  }
}

function work(tree: Tree, scope: ExpressionScope, budget: Budget): unknown {
  // Every node is come to once at most, so this alone never uses up the budget.
  budget.left -= 1
  switch (tree.kind) {
    case 'value':
      return tree.value
    case 'path':
      return follow(tree, scope)
    case 'call':
      return call(tree.name, tree.args, tree.at, scope, budget)
    case 'member':
      return tree.names.reduce((value, one) => ask(value, one, scope, budget), work(tree.of, scope, budget))
    case 'list':
      return tree.items.map((item) => work(item, scope, budget))
    case 'map':
      return Object.fromEntries(tree.entries.map(([name, one]) => [name, work(one, scope, budget)]))
    case 'not':
      return !isTrue(work(tree.of, scope, budget))
    case 'minus':
      return -asNumber(work(tree.of, scope, budget), tree.at)
    case 'and':
      return tree.parts.every((part) => isTrue(work(part, scope, budget)))
    case 'or':
      return tree.parts.some((part) => isTrue(work(part, scope, budget)))
    case 'compare':
      return compare(tree, scope, budget)
    case 'sum':
      return tree.steps.reduce((value, step) => reckon(value, step, scope, budget), work(tree.first, scope, budget))
    case 'choice':
    case 'elvis':
      return choose(tree, scope, budget)
  }
}

// A chain of choices hangs on `no`: followed in a loop, so that its length costs no depth.
function choose(first: Tree, scope: ExpressionScope, budget: Budget): unknown {
  let tree = first
  for (;;) {
    if (tree.kind === 'choice') tree = isTrue(work(tree.condition, scope, budget)) ? tree.yes : tree.no
    else if (tree.kind === 'elvis') {
      const value = work(tree.of, scope, budget) ?? null
      if (value !== null) return value
      tree = tree.no
    } else return work(tree, scope, budget)
  }
}

function follow({ at, root, names }: Tree & { kind: 'path' }, { values }: ExpressionScope): unknown {
  if (!Object.hasOwn(values, root)) return unevaluable(at, `nothing is called "${root}"`)
  let value = values[root]
  for (const name of names) value = memberOf(value, name, at)
  return value ?? null
}

function memberOf(value: unknown, name: string, at: number): unknown {
  if (typeof value !== 'object' || value === null) return unevaluable(at, `"${name}" is asked of nothing`)
  return Object.hasOwn(value, name) ? ((value as Record<string, unknown>)[name] ?? null) : null
}

function ask(value: unknown, { at, name, args }: Named, scope: ExpressionScope, budget: Budget): unknown {
  if (!args) return memberOf(value, name, at)
  if (value === null || value === undefined) return unevaluable(at, `"${name}" is asked of nothing`)
  const known = functionOf(name, value)
  if (known === undefined) return unevaluable(at, `there is no function "${name}"`)
  return call(known, [{ kind: 'value', value }, ...args], at, scope, budget)
}

function call(name: string, args: readonly Arg[], at: number, scope: ExpressionScope, budget: Budget): unknown {
  const known = functions[name]
  if (!known) return unevaluable(at, `there is no function "${name}"`)
  if (args.length < known.least || args.length > known.most) {
    return unevaluable(at, `${name} does not take ${args.length} arguments`)
  }
  const values = args.map((arg) => (arg.kind === 'value' ? arg.value : work(arg, scope, budget)))
  spend(budget, sizeOf(values, at), at)
  const value = known.run(values, scope, at, budget)
  if (typeof value === 'string') fitsText(value.length, at)
  return value
}

/** An argument that is to be worked out, or is a value already. */
type Arg = Tree | { readonly kind: 'value'; readonly value: unknown }

function compare(
  { at, sign, left, right }: Tree & { kind: 'compare' },
  scope: ExpressionScope,
  budget: Budget,
): boolean {
  const one = work(left, scope, budget) ?? null
  const other = work(right, scope, budget) ?? null
  if (sign === '==') return one === other
  if (sign === '!=') return one !== other
  const order = orderOf(one, other, at)
  if (sign === '<') return order < 0
  if (sign === '<=') return order <= 0
  return sign === '>' ? order > 0 : order >= 0
}

// As in SpEL: null is nothing, not zero, and comes before everything.
function orderOf(one: unknown, other: unknown, at: number): number {
  if (one === null || other === null) return (one === null ? 0 : 1) - (other === null ? 0 : 1)
  if (typeof one === 'number' && typeof other === 'number') return one - other
  if (typeof one === 'string' && typeof other === 'string') return one < other ? -1 : one > other ? 1 : 0
  return unevaluable(at, `${nounOf(one)} cannot be compared with ${nounOf(other)}`)
}

function reckon(value: unknown, { at, sign, by }: Arithmetic, scope: ExpressionScope, budget: Budget): unknown {
  const right = work(by, scope, budget)
  if (sign === '+' && (typeof value !== 'number' || typeof right !== 'number')) {
    return joined(value, right, at, budget)
  }
  const [one, other] = [asNumber(value, at), asNumber(right, at)]
  if (other === 0 && (sign === '/' || sign === '%')) return unevaluable(at, 'it divides by zero')
  const result = operators[sign](one, other)
  return Number.isFinite(result) ? result : unevaluable(at, 'a number grows too large')
}

const operators: Readonly<Record<Arithmetic['sign'], (one: number, other: number) => number>> = {
  '+': (one, other) => one + other,
  '-': (one, other) => one - other,
  '*': (one, other) => one * other,
  '/': (one, other) => one / other,
  '%': (one, other) => one % other,
}

function joined(left: unknown, right: unknown, at: number, budget: Budget): string {
  spend(budget, sizeOf(left, at) + sizeOf(right, at), at)
  const text = textOf(left) + textOf(right)
  fitsText(text.length, at)
  return text
}

function asNumber(value: unknown, at: number): number {
  return typeof value === 'number' ? value : unevaluable(at, `${nounOf(value)} is no number`)
}

function nounOf(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'string' ? 'a text' : `a ${typeof value}`
}

function isTrue(value: unknown): boolean {
  return value === true
}
