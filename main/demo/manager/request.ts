import type { Message } from '../../ami/wire/message.ts'

/** An action as it came, its values freed of control characters: they go back in answers and into names that others see. */
export interface Request {
  /** Empty where the packet names none. */
  readonly action: string
  readonly actionId: string | null
  /** Empty where the header is not there. */
  readonly get: (header: string) => string
  readonly all: (header: string) => readonly string[]
  /** Every header in its order, the action and its id included. */
  readonly entries: readonly (readonly [name: string, value: string])[]
}

export function requestOf(message: Message): Request {
  return {
    action: clean(message.get('Action')),
    actionId: clean(message.get('ActionID')) || null,
    get: header => clean(message.get(header)).trim(),
    all: header => message.all(header).map(clean),
    entries: message.entries().map(([name, value]) => [clean(name), clean(value)]),
  }
}

/** As Asterisk reads a yes. */
export const isTrue = (text: string): boolean => /^(?:true|yes|on|[1yt])$/i.test(text)

function clean(text: string | undefined): string {
  // eslint-disable-next-line no-control-regex -- these are what must not pass
  return (text ?? '').replace(/[\0-\x1F\x7F\u2028\u2029]/g, '')
}
