// The readers, in the order in which `--as` lists them.
import { curl } from './curl.ts'
import { evidence } from './evidence.ts'
import { har } from './har.ts'
import { json } from './json.ts'
import { log } from './log.ts'
import type { Reader } from './reader.ts'
import { redirect } from './redirect.ts'
import { text } from './text.ts'
import { token } from './token.ts'

/** All readers; the name is the word for `--as`. */
export const readers: readonly Reader[] = [curl, har, json, evidence, redirect, token, log, text]
