import type { EventTranslators } from './translator.ts'
import { channelNamed, channelOf } from './channel.ts'
import { given, isTrue } from './text.ts'
import { one } from './translator.ts'

export const transferEvents: EventTranslators = {
  blindtransfer: one((message, at) => {
    const transferer = channelOf(message, 'Transferer')
    return transferer && {
      type: 'transfer.blind',
      success: isTrue(message.get('Result')),
      transferer,
      transferee: channelOf(message, 'Transferee'),
      exten: given(message.get('Extension')),
      context: given(message.get('Context')),
      at,
    }
  }),
  attendedtransfer: one((message, at) => {
    const transferer = channelOf(message, 'OrigTransferer')
    const second = channelOf(message, 'SecondTransferer')
    const target = channelOf(message, 'TransferTarget')
    const toApplication = message.get('DestType')?.toLowerCase() === 'app'
    return transferer && {
      type: 'transfer.attended',
      success: isTrue(message.get('Result')),
      transferer,
      // Whichever of the two calls was with somebody: who is left of it is called the transferee or the target.
      transferee: channelOf(message, 'Transferee') ?? (toApplication ? target : null),
      target,
      replaced: toApplication ? [transferer, ...second ? [second] : []] : [],
      at,
    }
  }),
  /** 1.6 to 11, chan_sip only, and only when it succeeds. */
  transfer: one((message, at) => {
    const transferer = channelNamed(message.get('Channel'), message.get('Uniqueid'))
    switch (message.get('TransferType')?.toLowerCase()) {
      case 'blind':
        return transferer && {
          type: 'transfer.blind',
          success: true,
          transferer,
          transferee: channelNamed(message.get('TargetChannel'), message.get('TargetUniqueid')),
          exten: given(message.get('TransferExten')),
          context: given(message.get('TransferContext')),
          at,
        }
      // TargetChannel is here the transferer's other leg.
      case 'attended':
        return transferer && { type: 'transfer.attended', success: true, transferer, transferee: null, target: null, replaced: [], at }
      default:
        return null
    }
  }),
  pickup: one((message, at) => {
    const picker = channelOf(message)
    const target = channelOf(message, 'Target')
    return picker && target && { type: 'call.pickedUp', picker, target, at }
  }),
}
