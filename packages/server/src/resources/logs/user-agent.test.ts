import { expect, test } from 'vitest'
import { readUserAgent } from './user-agent.ts'

test.each([
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:72.0) Gecko/20100101 Firefox/72.0',
    // Recorded with these words.
    { browser: 'FIREFOX', os: 'Mac OS X', device: 'Computer' },
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36 Edg/120.0',
    { browser: 'EDGE', os: 'Windows 10', device: 'Computer' },
  ],
  [
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36',
    { browser: 'CHROME', os: 'Linux', device: 'Computer' },
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Version/17.0 Safari/604.1',
    { browser: 'SAFARI', os: 'iOS (iPhone)', device: 'Mobile' },
  ],
  ['okta-sdk-golang/2.20 golang/go1.20 linux/amd64', { browser: 'UNKNOWN', os: 'Unknown', device: 'Unknown' }],
  ['', { browser: 'UNKNOWN', os: 'Unknown', device: 'Unknown' }],
])('%s', (raw, expected) => {
  expect(readUserAgent(raw)).toEqual(expected)
})
