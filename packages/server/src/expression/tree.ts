// What is an expression made of, once it is read?

/** A part of an expression. `at` is its place in the text. */
export type Tree =
  | { readonly kind: 'value'; readonly value: string | number | boolean | null }
  | { readonly kind: 'list'; readonly items: readonly Tree[] }
  /** `{'group.id': '00g…'}` */
  | { readonly kind: 'map'; readonly entries: readonly (readonly [string, Tree])[] }
  /** `user.firstName`: a root, and the names that follow it. */
  | { readonly kind: 'path'; readonly at: number; readonly root: string; readonly names: readonly string[] }
  /** `String.len(…)`, `isMemberOfGroup(…)`, `user.getInternalProperty(…)` */
  | { readonly kind: 'call'; readonly at: number; readonly name: string; readonly args: readonly Tree[] }
  /** Names asked of a value: `user.getLinkedObject("manager").email`, `user.profile.login.contains("@")` */
  | { readonly kind: 'member'; readonly of: Tree; readonly names: readonly Named[] }
  | { readonly kind: 'not' | 'minus'; readonly at: number; readonly of: Tree }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Tree[] }
  | {
      readonly kind: 'compare'
      readonly at: number
      readonly sign: '==' | '!=' | '<' | '<=' | '>' | '>='
      readonly left: Tree
      readonly right: Tree
    }
  | { readonly kind: 'sum'; readonly first: Tree; readonly steps: readonly Arithmetic[] }
  | { readonly kind: 'choice'; readonly condition: Tree; readonly yes: Tree; readonly no: Tree }
  /** `a ?: b`: a, unless it is null. */
  | { readonly kind: 'elvis'; readonly of: Tree; readonly no: Tree }

/** A name, and the place of the dot before it. With arguments it is a method. */
export interface Named {
  readonly at: number
  readonly name: string
  readonly args?: readonly Tree[]
}

/** One step of a chain of equal rank: `+ user.lastName`. */
export interface Arithmetic {
  readonly at: number
  readonly sign: '+' | '-' | '*' | '/' | '%'
  readonly by: Tree
}

/** An expression that was read, and what can be told of it without a user. */
export interface Expression {
  readonly text: string
  readonly tree: Tree
  /** Does it ask for the user's groups? They cost a look-up. */
  readonly asksGroups: boolean
  /** Does it ask for users that the user is linked to? */
  readonly asksLinks: boolean
  /** The attributes it names, by root: `{ user: ['firstName'] }`. */
  readonly attributes: Readonly<Record<string, readonly string[]>>
  /** The functions it calls, with the texts that they are given as they stand. */
  readonly calls: readonly Called[]
}

/** A call in an expression. `runs` is the function that answers it, under its full name; a method counts its value. */
export interface Called {
  readonly name: string
  readonly runs: string
  readonly at: number
  readonly count: number
  readonly texts: readonly string[]
}
