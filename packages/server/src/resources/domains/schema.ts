// Which fields do domains have, and what do they look like on the wire?
import type { EmailDomain } from '../../entities/domain.ts'
import type { FieldRule, FieldTable } from '../../fields.ts'
import type { Stored } from '../../state/state.ts'

const LABEL = '[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?'
const NAME = new RegExp(`^(?:${LABEL}\\.)+[a-zA-Z]{2,63}$`)
const name: FieldRule = {
  type: 'string',
  required: true,
  max: 253,
  form: { test: (text) => NAME.test(text), says: 'must be a domain name such as login.example.com' },
}

/** The body that makes a custom domain. */
export const customFields: FieldTable = {
  domain: name,
  certificateSourceType: { type: 'string', required: true, oneOf: ['MANUAL', 'OKTA_MANAGED'] },
}

/** The body that gives a custom domain to another brand. */
export const brandFields: FieldTable = { brandId: { type: 'string', required: true } }

/** A certificate of one's own. */
export const certificateFields: FieldTable = {
  type: { type: 'string', required: true, oneOf: ['PEM'] },
  certificate: { type: 'string', required: true, max: 20_000 },
  privateKey: { type: 'string', required: true, max: 20_000 },
  certificateChain: { type: 'string', max: 100_000 },
}

const sender: FieldTable = {
  displayName: { type: 'string', required: true },
  userName: {
    type: 'string',
    required: true,
    max: 64,
    form: { test: (text) => /^[^\s@]+$/.test(text), says: 'must be the part of an address before the @' },
  },
}

/** The body that makes an email domain. */
export const emailFields: FieldTable = {
  ...sender,
  domain: name,
  brandId: { type: 'string', required: true },
  validationSubdomain: {
    type: 'string',
    max: 63,
    form: { test: (text) => new RegExp(`^${LABEL}$`).test(text), says: 'must be one part of a domain name' },
  },
}

/** The body that replaces what a sender is called. */
export const senderFields: FieldTable = sender

/** An email domain as Okta shows it. */
export function showEmail({ id, value }: Stored<EmailDomain>): Record<string, unknown> {
  return {
    id,
    domain: value.domain,
    displayName: value.displayName,
    userName: value.userName,
    validationStatus: value.validationStatus,
    validationSubdomain: value.validationSubdomain,
    dnsValidationRecords: [
      { recordType: 'TXT', fqdn: `_oktaverification.${value.domain}`, verificationValue: value.proof },
      {
        recordType: 'CNAME',
        fqdn: `${value.validationSubdomain}.${value.domain}`,
        verificationValue: 'u1.wl.mail.errorg.test',
      },
    ],
  }
}
