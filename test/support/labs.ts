import type { DeskConfig, ServerLimits } from '../../main/features/types.ts'
import { limitsOf } from '../../main/ami/translate/limits.ts'
import { defaultOffice } from '../../main/features/office-config.ts'

/** The desk of an extension at the servers that were recorded. */
export function deskOfLab(version: string, extension = '1001'): DeskConfig {
  const isModern = version === '16' || version === '22'
  return {
    extension,
    hintContext: isModern ? 'hints' : 'default',
    devices: [`${isModern ? 'PJSIP' : 'SIP'}/${extension}`],
    mailboxes: [`${extension}@default`],
    dialContext: isModern ? 'internal' : 'default',
    voicemailNumber: '*97',
    voicemailExten: '',
    outsidePrefix: '',
    popupLingerMs: 4000,
    office: defaultOffice,
  }
}

/** What the recorded servers lack, for an account that may do all. */
export function limitsOfLab(version: string): ServerLimits {
  const dialect = version === '16' || version === '22' ? 'modern' : version === '1.8' || version === '11' ? 'middle' : 'legacy'
  return limitsOf({ actions: null, dialect })
}

/** The same people at every server: who calls from outside, and Bob at 1002, whom old releases know by his number only. */
export function namesOfLab(line: string): string {
  return line
    .replace(/(?:John Caller|Customer Karla) <(?:02083361234|\+15550100)>/, 'CALLER')
    .replace(/(?:Alice|Alice One) <1001>/, 'ALICE')
    .replace(/by (?:Bob|Bob Two|1002)$/, 'by BOB')
    .replace(/by (?:Carol|Carol Three|1003)$/, 'by CAROL')
    .replace(/^dial (?:1002|0420555123):/, 'dial FAR:')
    .replace(/^(answered|talks to) .* <(?:1002|0420555123)>/, '$1 FAR')
}
