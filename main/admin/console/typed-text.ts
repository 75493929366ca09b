import type { Headers } from '#contract/admin.ts'
import { AppError } from '../../errors.ts'

/** An action as a person types it, one header a line; blanks around names and values do not count. Throws `packet-unclear` with the line. */
export function readTypedPacket(text: string): { readonly action: string, readonly fields: Headers } {
  const headers = text.split(/\r\n|\r|\n/).map(line => line.trim()).flatMap((line, at) => {
    if (line === '')
      return []
    // Input methods of East Asia write the wide colon.
    const colon = line.search(/[:：]/)
    if (colon <= 0)
      throw new AppError('packet-unclear', `Line ${at + 1} has no colon`, { details: { line: at + 1, text: line } })
    return [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()] as const]
  })
  const action = headers.find(([name]) => name.toLowerCase() === 'action')?.[1] ?? ''
  if (action === '')
    throw new AppError('packet-unclear', 'There is no Action line', { details: { line: 1, text: headers[0]?.join(': ') ?? '' } })
  return { action, fields: headers.filter(([name]) => !/^action(?:id)?$/i.test(name)) }
}
