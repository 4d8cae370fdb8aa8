// Why can an expression not be used? One error for both moments: while it is read, and while it is worked out.

/** An expression that cannot be read, or that means nothing here. */
export class ExpressionFault extends Error {
  override name = 'ExpressionFault'
  constructor(
    /** `unreadable`: the text is no expression, whoever asks. `unevaluable`: it has no value for these profiles. */
    readonly kind: 'unreadable' | 'unevaluable',
    /** The place in the text, counted from 0. */
    readonly at: number,
    /** Why, as the end of a sentence. */
    readonly why: string,
    options?: ErrorOptions,
  ) {
    super(`at ${at}: ${why}`, options)
  }
}

/** Refuses a text. */
export function unreadable(at: number, why: string): never {
  throw new ExpressionFault('unreadable', at, why)
}

/** Refuses a value. */
export function unevaluable(at: number, why: string): never {
  throw new ExpressionFault('unevaluable', at, why)
}

/** Whatever goes wrong inside an evaluation, the text has no value: an error of ours must not stop the others' work. */
export function asFault(error: unknown): ExpressionFault {
  if (error instanceof ExpressionFault) return error
  return new ExpressionFault('unevaluable', 0, `it cannot be worked out: ${String(error).slice(0, 200)}`, {
    cause: error,
  })
}
