import type { InputOf } from '#contract/command.ts'
import type { Commands } from '#contract/commands.ts'
import type { ExtensionProposal, ProfileView } from '#contract/setup.ts'
import { computed, reactive } from 'vue'
import { typedMailbox, wholeMailbox } from './mailbox.ts'
import { useCodesForm } from './useCodesForm.ts'

type LineDraft = InputOf<Commands['setup.save']>['line']

const split = (text: string): string[] => text.split(/[,;\s]+/).filter(part => part !== '')

/** What is mine on the server: first as proposed, or as it was for the same extension, then as changed by hand. */
export function useLineForm(profile: ProfileView | null) {
  const form = reactive({
    extension: profile?.extension ?? '',
    hintContext: profile?.hintContext ?? '',
    devices: '',
    mailboxes: '',
    dialContext: '',
    voicemailNumber: '',
    voicemailExten: '',
    outsidePrefix: '',
  })
  const codes = useCodesForm(profile?.codes)

  function fill(proposal: ExtensionProposal): void {
    const known = profile?.extension === proposal.extension && profile.hintContext === proposal.hintContext ? profile : null
    const { extension, hintContext, devices, mailboxes, dialContext, voicemailNumber } = known ?? proposal
    Object.assign(form, {
      extension,
      hintContext,
      devices: devices.join(', '),
      mailboxes: mailboxes.map(typedMailbox).join(', '),
      dialContext,
      voicemailNumber,
      voicemailExten: known?.voicemailExten ?? '',
      outsidePrefix: known?.outsidePrefix ?? '',
    })
  }

  function draft(): LineDraft {
    const { extension, hintContext, devices, mailboxes, dialContext, voicemailNumber, voicemailExten, outsidePrefix } = form
    return {
      extension: extension.trim(),
      hintContext: hintContext.trim(),
      devices: split(devices),
      mailboxes: split(mailboxes).map(wholeMailbox),
      dialContext: dialContext.trim(),
      voicemailNumber: voicemailNumber.trim(),
      voicemailExten: voicemailExten.trim(),
      outsidePrefix: outsidePrefix.trim(),
      ...codes.draft(),
    }
  }

  const hasPhone = computed(() => split(form.devices).length > 0)
  return { form, codes, fill, draft, hasPhone }
}

export type LineForm = ReturnType<typeof useLineForm>
