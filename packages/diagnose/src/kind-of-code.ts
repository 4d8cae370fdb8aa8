// Which kind does a code alone stand for? For codes of the reference the catalogue answers, where all causes of the code
// have one kind; for younger codes, which have no entry yet, the table below, read off their published summaries.
import { codes } from '@errorg/errors/codes'
import { type Kind, kinds } from '@errorg/errors/kinds'
import type { Facts } from './facts.ts'
import type { Candidate } from './finding.ts'

/** Digits of the younger codes (`62` is E0000062), by kind. A code whose summary is only a hole is left out. */
const YOUNGER: Partial<Record<Kind, string>> = {
  'duplicate-object': '62 88 90 96 108 120 132 136 157 161 171 182 183 195 197 202 203 222 230 232 263',
  'okta-service-error': '65 67 74 84 100 115 138 139 181 191 240',
  'object-state-forbids-operation':
    '66 75 77 78 86 102 103 104 107 111 126 134 135 137 141 142 143 145 148 152 154 162 165 166 168 174 178 180 184 185 187 188 190 192 193 194 200 201 209 211 213 217 219 220 221 225 226 239 241 244 245 246 248 249 250 251 252 253 254 255 257 260 262 264 265 268',
  'validation-invalid-value':
    '89 91 93 98 99 121 123 124 125 127 140 170 172 176 177 208 218 223 224 231 235 236 237 242 243 256 261 266',
  'user-sourced-externally': '76 179',
  'user-status-forbids-operation': '79 117 155 259',
  'password-policy-violation': '80',
  'credentials-invalid': '82 83 87 207',
  'token-expired': '105 110',
  'sign-on-policy-denied': '72 73 85 267',
  'app-assurance-not-met': '92',
  'authenticator-not-available': '71 97 158 159 214 229',
  'resource-not-found': '95 153 156 163 198 269',
  'rate-limit-exceeded': '118 133 146 147 150 151 186 204 205',
  'user-locked-out': '119',
  'content-type-wrong': '122 149',
  'query-invalid': '94',
  'endpoint-unsupported': '189 215 227 228',
  'feature-not-enabled': '233 247',
  'origin-not-trusted': '212',
  'path-not-found': '258',
}

const byCode = new Map<string, Kind>()
for (const entry of Object.values(codes)) {
  const [kind, ...others] = new Set<Kind>(Object.values(entry.causes).map((cause) => cause.kind))
  if (kind !== undefined && others.length === 0) byCode.set(entry.code, kind)
}
for (const [kind, digits] of Object.entries(YOUNGER))
  for (const number of digits.split(' ')) byCode.set(`E${number.padStart(7, '0')}`, kind as Kind)

/** The kind that this code stands for whatever else is known; undefined where several are possible. */
export function kindOfCode(code: string | undefined): Kind | undefined {
  return code === undefined ? undefined : byCode.get(code)
}

/** What a younger code says by itself, for kinds whose rule does not speak. */
export function voiceOfCode(facts: Facts): Candidate[] {
  if (facts.code === undefined || Object.hasOwn(codes, facts.code)) return []
  const kind = kindOfCode(facts.code)
  if (kind === undefined) return []
  return [
    {
      kind,
      strength: 'likely',
      weight: 2,
      because: [{ place: facts.codePlace, quote: facts.code, says: kinds[kind].says }],
      fix: kinds[kind].look,
    },
  ]
}
