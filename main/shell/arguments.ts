export interface Arguments {
  /** Start in the demo office, whatever the settings say. */
  readonly demo: boolean
  /** What happens in the demo office: it lives as it comes, or plays the minute for pictures first. */
  readonly scenario: 'alive' | 'minute'
  /** Start in the tray, without the window. */
  readonly hidden: boolean
  /** Write what a developer wants into the log, too. */
  readonly verbose: boolean
  /** A `tel:` or `callto:` link to offer for dialling. */
  readonly link: string | null
}

const MINUTE = '--demo=minute'
const LONGEST_LINK = 200
const LINK = /^(?:tel|callto):/i

/** Reads a command line. Its order means nothing: Chromium shuffles what a second start hands over to the first. */
export function readArguments(argv: readonly string[]): Arguments {
  return {
    demo: argv.includes('--demo') || argv.includes(MINUTE),
    scenario: argv.includes(MINUTE)
      ? 'minute'
      : 'alive',
    hidden: argv.includes('--hidden'),
    verbose: argv.includes('--verbose'),
    link: argv.find(isLink) ?? null,
  }
}

/** Whether this may be offered for dialling at all; what it means is read by the core. */
export function isLink(text: string): boolean {
  return LINK.test(text) && text.length <= LONGEST_LINK
}
