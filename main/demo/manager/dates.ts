const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const two = (number: number): string => String(number).padStart(2, '0')

/** `Mon Nov 23 03:41:38 AM UTC 2026`, as the voicemail dates its messages. */
export function dateText(at: number): string {
  const date = new Date(at)
  const hours = date.getUTCHours()
  const day = String(date.getUTCDate()).padStart(2, ' ')
  return `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${day} ${two(hours % 12 || 12)}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} ${hours < 12
    ? 'AM'
    : 'PM'} UTC ${date.getUTCFullYear()}`
}

/** `2026-11-23` and `03:35:21`. */
export function dayAndTime(at: number): readonly [day: string, time: string] {
  const [day = '', time = ''] = new Date(at).toISOString().split('T')
  return [day, time.slice(0, 8)]
}

/** `1 hour, 2 minutes, 3 seconds`, as the console tells how long it runs. */
export function spanText(seconds: number): string {
  const parts = ([
    [Math.floor(seconds / 86_400), 'day'],
    [Math.floor(seconds / 3600) % 24, 'hour'],
    [Math.floor(seconds / 60) % 60, 'minute'],
    [seconds % 60, 'second'],
  ] as const).filter(([count]) => count > 0)
  return parts.length === 0
    ? '0 seconds'
    : parts.map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`).join(', ')
}
