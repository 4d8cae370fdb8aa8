// Is the user's profile or password mastered elsewhere, so that Okta refuses the change?
import { type Facts, heard, toldThat } from '../facts.ts'
import { namesNoReason } from '../whole-answer.ts'
import { because, byCode, fromProvisioning, type Rule, speak } from './rule.ts'

const fix = [
  'Change the value at its source (Active Directory, LDAP, HR system, identity provider) and let it be imported.',
  'Or take the attribute over: Directory > Profile Editor > the attribute > Source priority > "Inherit from Okta".',
  'Send a partial update (POST) with only the attributes that Okta itself keeps; a full PUT touches the sourced ones too.',
]
const SENTENCE =
  /\bmastered (?:under|by|in)\b|\bexternally (?:sourced|mastered)\b|\b(?:on-premises|directory) mastered\b|\b(?:profile|attribute|password|user)s?\b.{0,60}\b(?:sourced|mastered|managed) (?:by|from|in|outside|externally)\b|\bmastered Directory Sync\b/i

/** Okta says with E0000032 that a user is not locked out. Where it says nothing, the lock is not Okta's to open. */
export function isLockOfDirectory(facts: Facts): boolean {
  return facts.code === 'E0000032' && namesNoReason(facts)
}

export const userSourcedExternally: Rule = {
  kind: 'user-sourced-externally',
  speak(facts) {
    const said = heard(facts, SENTENCE)
    const coded = facts.code === 'E0000023' || facts.code === 'E0000076' || facts.code === 'E0000179'
    if (!said && !coded) {
      if (isLockOfDirectory(facts)) {
        return speak(
          'user-sourced-externally',
          'likely',
          [byCode(facts, 'No reason is given: the user is locked out, and the directory keeps the account.')],
          { first: ['Unlock the account in the directory: unlocking is for users of Okta alone.'], fix: [], weight: 8 },
        )
      }
      // Credentials of a directory's user live in the directory.
      const source = toldThat(
        facts,
        /\b(?:user|profile|password|account|credential)s? (?:source|provider|master|mastered by)\b.{0,20}: ?(?!okta\b)(?:active directory|ad\b|ldap|federation|social|import|hr|workday|idp)/i,
      )
      const about =
        facts.code !== undefined &&
        ['E0000014', 'E0000017', 'E0000034', 'E0000035', 'E0000036', 'E0000038', 'E0000060'].includes(facts.code)
      return source && about
        ? speak(
            'user-sourced-externally',
            'likely',
            [
              because(source, 'What is kept elsewhere has to be changed there.'),
              byCode(facts, 'Okta refuses the change.'),
            ],
            { fix, weight: 8 },
          )
        : []
    }
    const soft = said && fromProvisioning(facts)
    return speak(
      'user-sourced-externally',
      soft ? 'likely' : 'certain',
      [
        said
          ? because(said, 'Okta is not the source of this profile.')
          : byCode(facts, 'Okta is not the source of this profile.'),
        said && coded && byCode(facts, 'The code says the same.'),
      ],
      { fix, weight: 8 },
    )
  },
}
