/** What Asterisk puts before the name of a channel while a transfer, a park or an asynchronous goto moves it about. */
const TEMPORARY_PREFIX = /^(?:AsyncGoto|Transfered|Surrogate|Parked|Bridge)\//
const MASQUERADE_SUFFIX = /<(?:MASQ|ZOMBIE)>$/
const LOCAL_HALF = /[;,][12]$/

/** `TECH/name` of the device that a channel belongs to, spelled as the server spells it; `Agent/1001` and other names without a dash are their own device. */
export function deviceOfChannel(name: string): string {
  let channel = name
  while (MASQUERADE_SUFFIX.test(channel))
    channel = channel.replace(MASQUERADE_SUFFIX, '')
  while (TEMPORARY_PREFIX.test(channel))
    channel = channel.replace(TEMPORARY_PREFIX, '')
  if (channel.startsWith('Local/'))
    channel = channel.replace(LOCAL_HALF, '')
  // Device names may hold dashes, dots and @ themselves, and the suffix is not always hexadecimal: only the last dash is sure.
  const dash = channel.lastIndexOf('-')
  return dash > channel.indexOf('/')
    ? channel.slice(0, dash)
    : channel
}

/**
 * The phones of a hint such as `PJSIP/1001&SIP/1001&Custom:DND1001,CustomPresence:1001`, in its order, each once. What computes a
 * state without being a phone (`Custom:`, `Queue:`, `park:`, `MWI:`, …) is written with a colon and left out, presence stands behind the comma.
 */
export function devicesOfHint(hint: string): string[] {
  const [devices = ''] = hint.split(',', 1)
  const found = new Map<string, string>()
  for (const part of devices.split('&')) {
    const device = part.trim()
    if (/^[^:/]+\/./.test(device) && !found.has(device.toLowerCase()))
      found.set(device.toLowerCase(), device)
  }
  return [
    ...found.values(),
  ]
}
