import type { Component } from 'vue'
import type { CatalogAction } from '#contract/admin.ts'
import { Activity, Cable, CircleParking, Database, FileCog, Headset, List, Megaphone, PhoneCall, PhoneOutgoing, ScrollText, Send, SquareTerminal, Users, UsersRound, Voicemail } from '@lucide/vue'
import { isOffered } from './offers.ts'

export type SectionId = 'console' | 'cli' | 'trace' | 'originate' | 'channels' | 'peers' | 'dahdi' | 'agents' | 'conferences' | 'queues' | 'parking' | 'mailboxes' | 'astdb' | 'config' | 'userevents' | 'log'

export interface SectionSpec {
  readonly id: SectionId
  readonly group: 'wire' | 'live' | 'server'
  readonly icon: Component
  /** One of these actions is enough; none: it works without any. */
  readonly needs: readonly string[]
}

export const sections: readonly SectionSpec[] = [
  { id: 'console', group: 'wire', icon: Send, needs: [] },
  { id: 'cli', group: 'wire', icon: SquareTerminal, needs: ['Command'] },
  { id: 'trace', group: 'wire', icon: Activity, needs: [] },
  { id: 'originate', group: 'wire', icon: PhoneOutgoing, needs: ['Originate'] },
  { id: 'userevents', group: 'wire', icon: Megaphone, needs: ['UserEvent'] },
  { id: 'channels', group: 'live', icon: PhoneCall, needs: ['CoreShowChannels', 'Status'] },
  { id: 'peers', group: 'live', icon: Users, needs: ['PJSIPShowEndpoints', 'SIPpeers', 'IAXpeerlist', 'IAXpeers', 'SKINNYdevices', 'PJSIPShowRegistrationsOutbound', 'SIPshowregistry', 'IAXregistry'] },
  { id: 'queues', group: 'live', icon: List, needs: ['QueueStatus', 'Queues'] },
  { id: 'agents', group: 'live', icon: Headset, needs: ['Agents', 'AgentCallbackLogin'] },
  { id: 'conferences', group: 'live', icon: UsersRound, needs: ['ConfbridgeListRooms', 'MeetmeListRooms'] },
  { id: 'parking', group: 'live', icon: CircleParking, needs: ['ParkedCalls'] },
  { id: 'mailboxes', group: 'live', icon: Voicemail, needs: ['VoicemailUsersList', 'MailboxCount', 'MailboxStatus'] },
  { id: 'dahdi', group: 'live', icon: Cable, needs: ['DAHDIShowChannels', 'ZapShowChannels'] },
  { id: 'astdb', group: 'server', icon: Database, needs: ['DBGetTree', 'DBGet', 'DBPut', 'Command'] },
  { id: 'config', group: 'server', icon: FileCog, needs: ['GetConfig'] },
  { id: 'log', group: 'server', icon: ScrollText, needs: ['Reload', 'ModuleLoad', 'LoggerRotate', 'Command'] },
]

/** The actions that a section lacks, all of them, or null where it works. */
export function lackOf({ needs }: SectionSpec, action: (name: string) => CatalogAction | undefined): readonly CatalogAction[] | null {
  const known = needs.flatMap(name => action(name) ?? [])
  return known.length === 0 || known.some(isOffered) ? null : known
}
