import type { AdminTableName } from '#contract/admin.ts'
import { useTexts } from '../../../composables/useTexts.ts'

const FLAGS: ReadonlySet<string> = new Set(['paused', 'dynamic', 'locked', 'muted', 'dnd'])
const SECONDS: ReadonlySet<string> = new Set(['seconds', 'holdSeconds', 'talkSeconds'])
const EPOCHS: ReadonlySet<string> = new Set(['lastCall', 'since'])

/** Values of tables as a person reads them; what is not understood stays as the server says it. */
export function useCells() {
  const { t, stopwatch, timeOfDay } = useTexts()

  return function cell(table: AdminTableName, column: string, value: string): string {
    if (value === '')
      return ''
    if (table === 'queue-members' && column === 'status' && /^[0-8]$/.test(value))
      return t(`admin.member.${value}`)
    if (FLAGS.has(column) && /^(?:1|yes|true|0|no|false)$/i.test(value))
      return t(/^(?:1|yes|true)$/i.test(value) ? 'admin.field.yes' : 'admin.field.no')
    if (SECONDS.has(column) && /^\d+$/.test(value))
      return stopwatch(Number(value) * 1000)
    if (EPOCHS.has(column) && /^\d{9,10}$/.test(value))
      return timeOfDay(Number(value) * 1000, Date.now())
    if (EPOCHS.has(column) && value === '0')
      return ''
    return value
  }
}
