// Which browser, system and kind of device does a User-Agent header speak of? In the words that Okta's log has for them.

/** What the log says of a user agent. */
export interface UserAgentFacts {
  os: string
  browser: string
  device: string
}

// The first that fits counts: Edge and Opera also say Chrome, Chrome also says Safari.
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\/|\bEdge\//, 'EDGE'],
  [/\bOPR\//, 'OPERA'],
  [/\bFirefox\//, 'FIREFOX'],
  [/\bChrome\/|\bCriOS\//, 'CHROME'],
  [/\bSafari\//, 'SAFARI'],
]

const systems: readonly (readonly [RegExp, string, string])[] = [
  [/\biPhone\b/, 'iOS (iPhone)', 'Mobile'],
  [/\biPad\b/, 'iOS (iPad)', 'Tablet'],
  [/\bAndroid\b/, 'Android', 'Mobile'],
  [/\bWindows NT 10\b/, 'Windows 10', 'Computer'],
  [/\bWindows\b/, 'Windows', 'Computer'],
  [/\bMac OS X\b|\bMacintosh\b/, 'Mac OS X', 'Computer'],
  [/\bLinux\b/, 'Linux', 'Computer'],
]

/** Reads a User-Agent header. Programs that are no browsers (curl, SDKs) are Unknown, as in Okta's log. */
export function readUserAgent(raw: string): UserAgentFacts {
  const browser = browsers.find(([form]) => form.test(raw))?.[1] ?? 'UNKNOWN'
  const system = browser === 'UNKNOWN' ? undefined : systems.find(([form]) => form.test(raw))
  return { browser, os: system?.[1] ?? 'Unknown', device: system?.[2] ?? 'Unknown' }
}
