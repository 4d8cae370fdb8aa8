// What does the catalogue hold, in the shape that pages need? One list of entries, codes first, then redirect errors.

const MARKS = ['recorded', 'documented', 'reported', 'inferred']

/** How certain facts are, most certain first. */
export const marks = MARKS

/** Every code and redirect error with its causes, in the order of the reference. */
export function entriesOf({ codes, redirectErrors, proofsOf, ledger }) {
  const whys = new Map(ledger.map(({ code, cause, why }) => [`${code}/${cause}`, why]))
  const entry = (name, it, redirect) => {
    const proofs = proofsOf(it)
    const causes = Object.entries(it.causes).map(([id, cause]) => ({
      id,
      name: `${name}/${id}`,
      code: name,
      cause,
      mark: bestMark(cause.sources),
      proofs: proofs.filter((listed) => listed.causeId === id).map((listed) => listed.proof),
      why: whys.get(`${name}/${id}`),
    }))
    return { name, it, redirect, causes, mark: bestMark(causes.flatMap(({ cause }) => cause.sources)) }
  }
  return [
    ...Object.entries(codes).map(([name, it]) => entry(name, it, false)),
    ...Object.entries(redirectErrors).map(([name, it]) => entry(name, it, true)),
  ]
}

function bestMark(sources) {
  return MARKS.find((mark) => sources.some((source) => source.mark === mark)) ?? 'inferred'
}
