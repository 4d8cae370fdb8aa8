// How are the packages loaded that are CommonJS? By `require`: importing one makes Node read its sources and those of
// all that it requires for names first, which takes three times as long as running them (find-my-way: 41 against 15 ms).
import { createRequire } from 'node:module'
import type findMyWay from 'find-my-way'
import type secureJson from 'secure-json-parse'

const require = createRequire(import.meta.url)

/** Makes a router: `FindMyWay({ … })`. */
export const FindMyWay: typeof findMyWay = require('find-my-way')

/** Parses JSON that somebody sent: `__proto__` is not let through. */
export const parseJson: typeof secureJson.parse = require('secure-json-parse').parse
