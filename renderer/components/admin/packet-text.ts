import type { ActionReport, Headers, PacketView } from '#contract/admin.ts'

/** A packet as people know it from the wire. */
export function packetText({ headers, output }: PacketView): string {
  const lines = headers.filter(([name]) => output === null || name.toLowerCase() !== 'output').map(([name, value]) => `${name}: ${value}`)
  return [...lines, ...(output ?? [])].join('\n')
}

/** A whole exchange: what was sent, what was answered, what happened because of it. */
export function reportText({ answer, caused, sent }: ActionReport): string {
  return [sent, ...answer, ...caused].map(packetText).join('\n\n')
}

/** An action as it is typed. */
export function actionText(action: string, fields: Headers): string {
  return [`Action: ${action}`, ...fields.map(([name, value]) => `${name}: ${value}`)].join('\n')
}

/** The headers of a typed action, as far as it can be read; null when there is no `Action` line. */
export function readActionText(text: string): { readonly action: string, readonly fields: Headers } | null {
  const headers = text.split('\n').flatMap((line): Headers => {
    const colon = line.indexOf(':')
    return colon > 0 ? [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()]] : []
  })
  const action = headers.find(([name]) => name.toLowerCase() === 'action')?.[1]
  return action ? { action, fields: headers.filter(([name]) => !/^action(?:id)?$/i.test(name)) } : null
}

/** What a glance should tell: the headers that name somebody or something, without those that every packet bears. */
export function packetSummary({ headers, output }: PacketView): string {
  const told = headers.slice(0, 24).filter(([name, value]) => value !== '' && value !== '<unknown>' && !/^(?:event|action|response|privilege|actionid|sequencenumber|timestamp|language|eventlist|output|secret)$/i.test(name))
  return [...told.map(([name, value]) => `${name}: ${value}`), ...(output ?? []).slice(0, 3)].join('  ').slice(0, 600)
}
