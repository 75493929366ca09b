import type { Headers, PacketView } from '#contract/admin.ts'
import type { Message } from '../ami/wire/message.ts'

/** What stands for a secret wherever a person or a file could see it. */
const MASK = '••••••'

/** Headers that hold a secret, or what a secret could be tried against. */
const SECRET = /^(?:secret|key|password|md5secret|md5cred|remotesecret|auth-?pass(?:word)?|dbpass|vmsecret)$/i
const SECRET_INSIDE = /\b((?:remote|md5|db|vm)?secret|password|auth_pass|md5_cred)(\s*=>?\s*)([^\s,;&]+)/gi

/** A packet as windows and files may see it. */
export function packetView(packet: Message, seen: { readonly id: number, readonly at: number, readonly direction: 'in' | 'out' }): PacketView {
  return {
    ...seen,
    kind: packet.kind,
    name: packet.name,
    headers: maskSecrets(packet.entries()),
    output: packet.output?.map(maskSecretsInText) ?? null,
  }
}

export function maskSecrets(headers: Headers): Headers {
  // A variable tells its name in one header and its value in the next.
  const names = headers.some(([name, value]) => /^(?:variable|var-\d+)$/i.test(name) && SECRET.test(value))
  return headers.map(([name, value]) => {
    if (value !== '' && (SECRET.test(name) || (/^challenge$/i.test(name) && /^\d+$/.test(value)) || (names && /^(?:value|value-\d+|match-\d+)$/i.test(name))))
      return [name, MASK] as const
    return [name, maskSecretsInText(value)] as const
  })
}

/** `secret=…` and its like, as in lines of configuration files. */
export function maskSecretsInText(text: string): string {
  return text.replace(SECRET_INSIDE, (_all, key: string, between: string) => `${key}${between}${MASK}`)
}
