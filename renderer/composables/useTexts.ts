import type { ErrorCode, Failure } from '#contract/result.ts'
import { useI18n } from 'vue-i18n'
import { spokenMailbox } from './mailbox.ts'

type Details = Readonly<Record<string, string | number>>

/** Words for what is not plain text: failures, times of the day, lengths of time. */
export function useTexts() {
  const { t, locale } = useI18n()

  /** What happened and what to do next; `around` fills what the failure itself does not name. */
  function failureTexts(failure: Pick<Failure, 'code' | 'details'>, around: Details = {}): { readonly what: string, readonly todo: string } {
    const details = { host: t('failure.unnamed.host'), extension: t('failure.unnamed.extension'), number: t('failure.unnamed.number'), ...around, ...failure.details }
    return { what: t(`errors.${failure.code}`, details), todo: t(`errors.${failure.code}-todo`, details) }
  }

  /** `14:02`; with the weekday when it was not today. */
  function timeOfDay(at: number, now: number): string {
    const isToday = new Date(at).toDateString() === new Date(now).toDateString()
    return new Intl.DateTimeFormat(locale.value, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...(isToday ? {} : { weekday: 'short' }) }).format(at)
  }

  function day(iso: string): string {
    const at = Date.parse(iso)
    return Number.isNaN(at) ? iso : new Intl.DateTimeFormat(locale.value, { dateStyle: 'medium' }).format(at)
  }

  const reason = (code: ErrorCode): string => failureTexts({ code }).what

  /** In place of what cannot be shown: that it cannot, why, and what to do about it. */
  function nothingHere(code: ErrorCode): string {
    const { what, todo } = failureTexts({ code })
    return t('tabs.missing', { reason: `${what} ${todo}` })
  }

  /** `PJSIP/1001` as people call it. */
  const phoneName = (device: string): string => device.slice(device.indexOf('/') + 1)

  /** `1001@default` as people call it. */
  const mailboxName = (mailbox: string): string => t('voicemail.box', { box: spokenMailbox(mailbox) })

  return { t, failureTexts, reason, nothingHere, timeOfDay, day, phoneName, mailboxName, stopwatch }
}

/** `0:07`, `12:34`, `1:02:03`: how a telephone counts. */
function stopwatch(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const two = (n: number): string => String(n).padStart(2, '0')
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}
