import type { RightView } from '#contract/setup.ts'

/** The least that lets Ringside do all it does, on every release of Asterisk; classes that an old one does not know are ignored there. */
const READ = ['call', 'agent']
const WRITE = ['call', 'agent', 'originate']

/** The two lines of `manager.conf` that grant everything Ringside uses, with what this account was found to lack. */
export function accessLines(rights: readonly RightView[] = []): string {
  const classes = (kind: 'read' | 'write', usual: readonly string[]): string => {
    const lacking = rights.flatMap(({ needs }) => {
      const [word, list] = (needs ?? '').split(/\s*=\s*/)
      return word === kind && list ? list.split(/\s*,\s*/) : []
    })
    return `${kind} = ${[...new Set([...usual, ...lacking])].join(',')}`
  }
  return `${classes('read', READ)}\n${classes('write', WRITE)}`
}

/** An account for one person as an administrator would add it; what stands in angle brackets is for them to fill in. */
export function accountStanza(account: string): string {
  return [
    `[${account.trim() || 'ringside'}]`,
    'secret = <a long random password>',
    'deny = 0.0.0.0/0.0.0.0',
    'permit = <network of the desks>/255.255.255.0',
    accessLines(),
  ].join('\n')
}
