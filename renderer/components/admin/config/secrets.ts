/** What a covered value looks like, however long it is. */
const COVER = '••••••'
const SECRET = /^(?:.*secret|.*password|.*passwd|.*pass|md5_cred|pin|adminpin)$/i

/** Whether the value of a line would let somebody in. In voicemail.conf a mailbox line begins with its password. */
export function isSecretLine(file: string, name: string, value: string): boolean {
  return SECRET.test(name) || (/(?:^|\/)voicemail\.conf$/.test(file) && /^\d+$/.test(name) && value.includes(','))
}

/** The value as it may be shown; what is not secret in it stays. */
export function coverValue(file: string, name: string, value: string): string {
  if (!isSecretLine(file, name, value) || value === '')
    return value
  const comma = SECRET.test(name) ? -1 : value.indexOf(',')
  return comma < 0 ? COVER : `${COVER}${value.slice(comma)}`
}

/** A line of a file as text, `name = value` or `name => value`, covered likewise. */
export function coverText(file: string, text: string): string {
  const equals = text.indexOf(' =')
  const value = equals < 0 ? -1 : text.indexOf(' ', equals + 2) + 1
  return value <= 0 ? text : `${text.slice(0, value)}${coverValue(file, text.slice(0, equals), text.slice(value))}`
}
