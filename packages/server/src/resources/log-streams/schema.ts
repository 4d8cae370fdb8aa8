// What does a log stream look like on the wire, and which settings has each type? The schemas are those that Okta
// publishes; what they say is what is checked.
import { isoDate } from '../../clock.ts'
import type { LogStream, LogStreamType } from '../../entities/log-stream.ts'
import type { FieldTable } from '../../fields.ts'
import type { Org } from '../../org.ts'
import type { Stored } from '../../state/state.ts'

/** The types, in the order in which Okta lists them. */
export const logStreamTypes: readonly LogStreamType[] = ['aws_eventbridge', 'splunk_cloud_logstreaming']

const form = (pattern: RegExp, says: string) => ({ test: (text: string) => pattern.test(text), says })

/** Rules of the members of a body. */
export const logStreamFields: FieldTable = {
  type: { type: 'string', required: true, oneOf: logStreamTypes },
  name: { type: 'string', required: true, max: 100 },
  settings: { type: 'object', required: true },
}

// Regions of the published description and of the published schema.
const regions: Readonly<Record<string, string>> = {
  'us-east-2': 'US East (Ohio)',
  'us-east-1': 'US East (N. Virginia)',
  'us-west-1': 'US West (N. California)',
  'us-west-2': 'US West (Oregon)',
  'ap-northeast-1': 'Asia Pacific (Tokyo)',
  'ap-northeast-2': 'Asia Pacific (Seoul)',
  'ap-northeast-3': 'Asia Pacific (Osaka)',
  'ap-south-1': 'Asia Pacific (Mumbai)',
  'ap-southeast-1': 'Asia Pacific (Singapore)',
  'ap-southeast-2': 'Asia Pacific (Sydney)',
  'ca-central-1': 'Canada (Central)',
  'eu-central-1': 'Europe (Frankfurt)',
  'eu-west-1': 'Europe (Ireland)',
  'eu-west-2': 'Europe (London)',
  'eu-west-3': 'Europe (Paris)',
  'eu-south-1': 'Europe (Milan)',
  'eu-north-1': 'Europe (Stockholm)',
  'sa-east-1': 'South America (Sao Paulo)',
}

const editions: Readonly<Record<string, string>> = { aws: 'AWS', aws_govcloud: 'AWS GovCloud', gcp: 'GCP' }

const says = {
  accountId: 'Account number must be 12 digits.',
  eventSourceName:
    'Event source name can use numbers, letters, the symbols ".", "-" or "_". It must use fewer than 76 characters.',
  host: 'Host should be a domain without http or https. For example: acme.splunkcloud.com',
  token: 'The HEC token must be a GUID.',
}

// Without the repetition of the published pattern inside another one, which takes very long for some hosts.
const host = /^[a-z0-9](?:[a-z0-9-]{0,98}[a-z0-9])?\.splunkcloud(?:gc|fed)?\.com$/
const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Rules of the settings of each type. */
export const settingFields: Readonly<Record<LogStreamType, FieldTable>> = {
  aws_eventbridge: {
    accountId: { type: 'string', required: true, form: form(/^\d{12}$/, says.accountId) },
    eventSourceName: { type: 'string', required: true, form: form(/^[.\-_A-Za-z0-9]{1,75}$/, says.eventSourceName) },
    region: { type: 'string', required: true, oneOf: Object.keys(regions) },
  },
  splunk_cloud_logstreaming: {
    edition: { type: 'string', required: true, oneOf: Object.keys(editions) },
    host: { type: 'string', required: true, form: form(host, says.host) },
    token: { type: 'string', required: true, form: form(guid, says.token) },
  },
}

/** Settings that stay as they were made (documented). */
export const writtenOnce: Readonly<Record<LogStreamType, readonly string[]>> = {
  aws_eventbridge: ['accountId', 'eventSourceName', 'region'],
  splunk_cloud_logstreaming: [],
}

/** A log stream as Okta shows it; the keys are those of recorded answers. Its token is not shown. */
export function showLogStream(org: Org, { id, value }: Stored<LogStream>): Record<string, unknown> {
  const self = `${org.baseUrl}/api/v1/logStreams/${id}`
  const step = value.status === 'ACTIVE' ? 'deactivate' : 'activate'
  const { token: _, ...settings } = value.settings
  return {
    id,
    type: value.type,
    name: value.name,
    lastUpdated: isoDate(value.lastUpdatedAt),
    created: isoDate(value.createdAt),
    status: value.status,
    settings,
    _links: {
      self: { href: self, method: 'GET' },
      [step]: { href: `${self}/lifecycle/${step}`, method: 'POST' },
    },
  }
}

const choices = (names: Readonly<Record<string, string>>) =>
  Object.entries(names).map(([value, title]) => ({ title, const: value }))

const name = {
  title: 'Name',
  description: 'A name for this log stream in Okta',
  type: 'string',
  writeOnce: false,
  pattern: '^.{1,100}$',
}

const bodies: Readonly<Record<LogStreamType, { title: string; settings: Readonly<Record<string, unknown>> }>> = {
  aws_eventbridge: {
    title: 'AWS EventBridge',
    settings: {
      description: 'Configuration properties specific to AWS EventBridge',
      type: 'object',
      properties: {
        accountId: {
          title: 'AWS Account ID',
          description: 'Your Amazon AWS Account ID.',
          type: 'string',
          writeOnce: true,
          pattern: '^\\d{12}$',
        },
        eventSourceName: {
          title: 'AWS Event Source Name',
          description: 'An alphanumeric name (no spaces) to identify this event source in AWS EventBridge.',
          type: 'string',
          writeOnce: true,
          pattern: '^[\\.\\-_A-Za-z0-9]{1,75}$',
        },
        region: {
          title: 'AWS Region',
          description: 'The destination AWS region for your system log events.',
          type: 'string',
          writeOnce: true,
          oneOf: choices(regions),
        },
      },
      required: ['eventSourceName', 'accountId', 'region'],
      errorMessage: { properties: { accountId: says.accountId, eventSourceName: says.eventSourceName } },
    },
  },
  splunk_cloud_logstreaming: {
    title: 'Splunk Cloud',
    settings: {
      description: 'Configuration properties specific to Splunk Cloud',
      type: 'object',
      properties: {
        edition: {
          title: 'Splunk Cloud edition',
          description: 'Edition of the Splunk Cloud instance',
          type: 'string',
          writeOnce: false,
          oneOf: choices(editions),
        },
        host: {
          title: 'Host',
          description:
            'The domain for your Splunk Cloud instance without http or https. For example: acme.splunkcloud.com',
          type: 'string',
          writeOnce: false,
          pattern: '^([a-z0-9]+(-[a-z0-9]+)*){1,100}\\.splunkcloud(gc|fed)?\\.com$',
        },
        token: {
          title: 'HEC Token',
          description: 'The token from your Splunk Cloud HTTP Event Collector (HEC).',
          type: 'string',
          writeOnce: true,
          writeOnly: true,
          pattern: '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}',
        },
      },
      required: ['edition', 'host', 'token'],
      errorMessage: { properties: { host: says.host } },
    },
  },
}

/** The schema of a type as Okta publishes it. */
export function showLogStreamSchema(org: Org, type: LogStreamType): Record<string, unknown> {
  const { title, settings } = bodies[type]
  const self = `${org.baseUrl}/api/v1/meta/schemas/logStream/${type}`
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: self,
    title,
    type: 'object',
    properties: { settings, name },
    required: ['name', 'settings'],
    errorMessage: { properties: { name: "Name can't exceed 100 characters." } },
    _links: { self: { href: self, method: 'GET' } },
  }
}
