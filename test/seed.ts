// Which examples do property tests try? The same in every run, so that a red build is the change's own doing;
// `npm run fuzz` looks for new ones by giving other seeds.
import fc from 'fast-check'

const seed = Number(process.env.ERRORG_FUZZ_SEED ?? 20190711)
if (!Number.isSafeInteger(seed))
  throw new Error(`ERRORG_FUZZ_SEED=${process.env.ERRORG_FUZZ_SEED}: give a whole number.`)
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed })
