import type { Headers } from '#contract/admin.ts'

export interface OriginateForm {
  readonly channel: string
  readonly kind: 'extension' | 'application'
  readonly exten: string
  readonly context: string
  readonly priority: string
  readonly application: string
  readonly data: string
  readonly timeoutSeconds: string
  readonly callerId: string
  readonly account: string
  readonly variables: Headers
  readonly codecs: string
  readonly channelId: string
  readonly otherChannelId: string
  readonly preDialGosub: string
  readonly earlyMedia: boolean
  readonly wait: boolean
}

export const emptyOriginate: OriginateForm = { channel: '', kind: 'extension', exten: '', context: '', priority: '1', application: '', data: '', timeoutSeconds: '30', callerId: '', account: '', variables: [], codecs: '', channelId: '', otherChannelId: '', preDialGosub: '', earlyMedia: false, wait: false }

/** The headers of the Originate; what is empty is left out. */
export function originateFields(form: OriginateForm): Headers {
  const seconds = Number(form.timeoutSeconds)
  const target: Headers = form.kind === 'extension'
    ? [['Exten', form.exten], ['Context', form.context], ['Priority', form.priority]]
    : [['Application', form.application], ['Data', form.data]]
  const all: Headers = [
    ['Channel', form.channel],
    ...target,
    ['Timeout', form.timeoutSeconds !== '' && seconds > 0 ? String(Math.round(seconds * 1000)) : ''],
    ['CallerID', form.callerId],
    ['Account', form.account],
    ...form.variables.filter(([name]) => name !== '').map(([name, value]) => ['Variable', `${name}=${value}`] as const),
    ['Codecs', form.codecs],
    ['EarlyMedia', form.earlyMedia ? 'true' : ''],
    ['ChannelId', form.channelId],
    ['OtherChannelId', form.otherChannelId],
    ['PreDialGoSub', form.preDialGosub],
    ['Async', form.wait ? 'false' : 'true'],
  ]
  return all.filter(([, value]) => value !== '')
}

export type OriginateWarning = 'callerid-name-only' | 'callerid-comma' | 'local-answers' | 'no-technology' | 'sync-blocks' | 'long-timeout' | 'no-timeout' | 'variable-comma'

/** What surprises people about the call as it is filled in. */
export function originateWarnings(form: OriginateForm): readonly OriginateWarning[] {
  const found: OriginateWarning[] = []
  const seconds = Number(form.timeoutSeconds)
  if (form.channel !== '' && !form.channel.includes('/'))
    found.push('no-technology')
  if (/^local\//i.test(form.channel) && !/\/n\b/i.test(form.channel))
    found.push('local-answers')
  if (form.timeoutSeconds === '' || !(seconds > 0))
    found.push('no-timeout')
  else if (seconds > 120)
    found.push('long-timeout')
  if (form.callerId !== '' && !/[<\d]/.test(form.callerId))
    found.push('callerid-name-only')
  if (form.callerId.includes(',') && !form.callerId.includes('"'))
    found.push('callerid-comma')
  if (form.variables.some(([, value]) => value.includes(',')))
    found.push('variable-comma')
  if (form.wait)
    found.push('sync-blocks')
  return found
}
