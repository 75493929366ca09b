import type { LineView } from '#contract/tables.ts'
import type { DeskState } from './desk.ts'
import { comparable } from '../pbx/channels.ts'
import { extensionKey } from '../pbx/extensions.ts'
import { presenceOf } from '../pbx/presence.ts'
import { lineStateOf } from './line.ts'

const FAMILIES = { always: 'CF', busy: 'CFB', noAnswer: 'CFU' } as const

type Line = Pick<DeskState, 'config' | 'pbx'>

/** Under which family and key the server keeps a forward of mine. */
export function forwardKey(extension: string, which: keyof typeof FAMILIES): { readonly family: string, readonly key: string } {
  return { family: FAMILIES[which], key: extension }
}

/** The device that stands in my hint for do not disturb. */
export const dndDevice = (extension: string): string => `Custom:DND${extension}`

/** The database tells for sure; else a device of the hint or my presence, which the dialplan sets together with it. */
export function dndOf({ config, pbx }: Line): LineView['dnd'] {
  const { extension, hintContext } = config
  const stored = pbx.database.get(`DND/${extension}`)
  if (stored !== undefined)
    return stored === null || /^(?:no|0|off)?$/i.test(stored) ? 'off' : 'on'
  const device = pbx.devices.get(dndDevice(extension).toLowerCase())
  if (device !== undefined && device !== 'unknown' && device !== 'invalid')
    return device === 'not_inuse' ? 'off' : 'on'
  const key = extensionKey(extension, hintContext)
  const presence = presenceOf(pbx, key, pbx.extensions.get(key)?.hint ?? null)
  if (presence === null || presence.state === 'not_set' || presence.state === 'invalid')
    return 'unknown'
  return presence.state === 'dnd' ? 'on' : 'off'
}

export function forwardOf({ config, pbx }: Line): LineView['forward'] {
  const read = (which: keyof typeof FAMILIES): string | null | undefined => pbx.database.get(`${FAMILIES[which]}/${config.extension}`)
  const [always, busy, noAnswer] = [read('always'), read('busy'), read('noAnswer')]
  return always === undefined || busy === undefined || noAnswer === undefined
    ? null
    : { always: filled(always), busy: filled(busy), noAnswer: filled(noAnswer) }
}

/** A registration that an event told of, else the state of the device, else that of the only one's extension. */
export function registrationsOf({ config, pbx }: Line): LineView['registrations'] {
  const extension = pbx.extensions.get(extensionKey(config.extension, config.hintContext))
  return config.devices.map((device) => {
    const name = comparable(device)
    const state = pbx.devices.get(name)
    const registered = pbx.peers.get(name)
    if (registered !== undefined)
      return { device, state: registered ? 'reachable' : 'unreachable' }
    if (state !== undefined && state !== 'unknown')
      return { device, state: state === 'unavailable' || state === 'invalid' ? 'unreachable' : 'reachable' }
    if (config.devices.length > 1 || !extension || extension.bits < 0)
      return { device, state: 'unknown' }
    return { device, state: lineStateOf(extension.bits) === 'unavailable' ? 'unreachable' : 'reachable' }
  })
}

function filled(value: string | null): string | null {
  return value === '' ? null : value
}
