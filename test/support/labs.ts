import type { DeskConfig } from '../../main/features/types.ts'

/** The desk of extension 1001 at the servers that were recorded. */
export function deskOfLab(version: string): DeskConfig {
  const isModern = version === '16' || version === '22'
  return {
    extension: '1001',
    hintContext: isModern ? 'hints' : 'default',
    devices: [isModern ? 'PJSIP/1001' : 'SIP/1001'],
    mailboxes: ['1001@default'],
    dialContext: isModern ? 'internal' : 'default',
    voicemailNumber: '*97',
    voicemailExten: '',
    outsidePrefix: '',
    popupLingerMs: 4000,
  }
}
