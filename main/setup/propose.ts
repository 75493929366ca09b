import type { ExtensionProposal } from '#contract/setup.ts'
import type { Asker } from '../ami/session/types.ts'
import { AppError } from '../errors.ts'
import { devicesOfHint } from '../pbx/device-name.ts'
import { mailboxOwners } from './check.ts'

/** Where phones dial from, by how often it is met: FreePBX and its family first. */
const usualContexts = [
  'from-internal',
  'internal',
  'local',
  'phones',
  'users',
  'office',
  'default',
]
/** FreePBX and the sample dialplans reach one's own mailbox by these. */
const usualVoicemailNumbers = ['*97', '*98', '8500', '*86']

/**
 * What can be found out about one extension: its devices from the hint, its mailbox from the voicemail users, and the
 * context that its phone dials from. Nothing rings.
 */
export async function propose(asker: Asker, extension: string, hintContext: string): Promise<ExtensionProposal> {
  const state = await asker.action('ExtensionState', { Exten: extension, Context: hintContext })
  const hint = state.get('Hint') ?? ''
  const found = devicesOfHint(hint)
  const devices = found.length > 0
    ? found
    : [`PJSIP/${extension}`, `SIP/${extension}`]
  const owners = await mailboxOwners(asker)
  const own = owners.filter(owner => owner.mailbox === extension)
  const mailboxes = (own.length > 0
    ? own
    : [
        { mailbox: extension, context: 'default' },
      ]).map(owner => `${owner.mailbox}@${owner.context}`)
  const contexts = [
    ...new Set([usualContexts[0] ?? '', hintContext, ...usualContexts]),
  ].filter(context => context !== '')
  const dialContext = await firstThat(contexts, context => canDial(asker, context, extension)) ?? (hintContext || 'default')
  const voicemailNumber = await firstThat(usualVoicemailNumbers, number => canDial(asker, dialContext, number)) ?? '*97'
  return {
    extension,
    hintContext,
    devices: [...devices],
    mailboxes,
    dialContext,
    voicemailNumber,
  }
}

/**
 * Whether the dialplan knows a number in a context, without ringing anything: Originate checks the extension before it
 * touches the channel (11 and later, recorded on 16 and 22), and a channel technology that nobody has fails by itself.
 * False where the server refuses; older servers and accounts without `originate` cannot be asked and answer false too.
 */
async function canDial(asker: Asker, context: string, exten: string): Promise<boolean> {
  if (asker.server.dialect === 'legacy' || asker.server.actions?.has('originate') === false)
    return false
  try {
    await asker.action('Originate', {
      Channel: 'RingsideProbe/none',
      Context: context,
      Exten: exten,
      Priority: 1,
      Async: true,
      Timeout: 1000,
    })
    return true
  }
  catch (error) {
    if (error instanceof AppError)
      return false
    throw error
  }
}

async function firstThat<T>(candidates: readonly T[], test: (candidate: T) => Promise<boolean>): Promise<T | null> {
  for (const candidate of candidates) {
    if (await test(candidate))
      return candidate
  }
  return null
}
