import type { Channel, Headers } from './channel.ts'
import { channelHeaders } from './channel.ts'

export interface BridgeKind {
  readonly type: 'basic' | 'base' | 'parking' | 'agent_hold'
  readonly technology: string
  readonly creator: string
  readonly name: string
}

const TWO_PARTIES: BridgeKind = { type: 'basic', technology: 'simple_bridge', creator: '<unknown>', name: '<unknown>' }

interface Bridge extends BridgeKind {
  readonly id: string
  readonly members: readonly string[]
  /** Announcers of a conference: counted, but never told of. */
  readonly unseen: number
  readonly createdAt: number
}

export interface BridgesParts {
  readonly random: () => number
  readonly now: () => number
  readonly tell: (event: string, headers: Headers) => void
  readonly channel: (id: string) => Channel
  readonly change: (id: string, change: Partial<Channel>) => Channel
  readonly setAccount: (id: string, account: string) => void
}

/** Who hears whom. */
export class Bridges {
  readonly #parts: BridgesParts
  readonly #bridges = new Map<string, Bridge>()

  constructor(parts: BridgesParts) {
    this.#parts = parts
  }

  get all(): readonly Bridge[] {
    return [...this.#bridges.values()]
  }

  membersOf(id: string): readonly string[] {
    return this.#bridges.get(id)?.members ?? []
  }

  /** Of two parties none is left. */
  isSpent(id: string): boolean {
    const { members, type } = this.#known(id)
    return type === 'basic' && members.length === 0
  }

  has(id: string): boolean {
    return this.#bridges.has(id)
  }

  create(kind: BridgeKind = TWO_PARTIES): string {
    const id = uuid(this.#parts.random)
    this.#bridges.set(id, { ...kind, id, members: [], unseen: 0, createdAt: this.#parts.now() })
    this.#parts.tell('BridgeCreate', this.headers(id))
    return id
  }

  addAnnouncer(id: string): void {
    this.#change(id, { unseen: 1 })
  }

  /** `insteadOf` has just made room for it. */
  enter(id: string, member: string, insteadOf?: string): void {
    const { channel, change, setAccount, tell } = this.#parts
    const others = this.membersOf(id).map(channel)
    const isTalk = this.#known(id).type === 'basic'
    const [first] = others
    if (isTalk && first) {
      // Whoever talks to each other is one call from then on: the older id stays.
      const oldest = [...others, channel(member)].sort((one, two) => one.createdAt - two.createdAt || one.order - two.order)[0]?.linkedid ?? ''
      for (const other of others) change(other.uniqueid, { linkedid: oldest })
      change(member, { linkedid: oldest })
      if (channel(member).account === '')
        setAccount(member, first.account)
    }
    this.#change(id, { members: [...this.membersOf(id), member] })
    tell('BridgeEnter', [
      ...this.headers(id),
      ...channelHeaders(change(member, { bridge: id })),
      ...insteadOf === undefined
        ? []
        : [['SwapUniqueid', insteadOf] as const],
    ])
    if (isTalk && this.membersOf(id).length > 2)
      this.#change(id, { technology: 'softmix' })
  }

  leave(id: string, member: string): void {
    // Mixing three is another technology; a bridge goes back when it next has something to do.
    if (this.#known(id).type === 'basic' && this.membersOf(id).length <= 2)
      this.#change(id, { technology: TWO_PARTIES.technology })
    this.#change(id, { members: this.membersOf(id).filter(one => one !== member) })
    this.#parts.tell('BridgeLeave', [
      ...this.headers(id),
      ...channelHeaders(this.#parts.change(member, { bridge: null })),
    ])
  }

  destroy(id: string): void {
    this.#change(id, { unseen: 0 })
    const headers = this.headers(id)
    this.#bridges.delete(id)
    this.#parts.tell('BridgeDestroy', headers)
  }

  /** All leave, `first` first, and it is gone, if it is not already. */
  dissolve(id: string, first: string): void {
    if (!this.has(id))
      return
    for (const member of [...this.membersOf(id)].sort((one, two) => Number(two === first) - Number(one === first))) this.leave(id, member)
    this.destroy(id)
  }

  headers(id: string, prefix = ''): Headers {
    const { type, technology, creator, name, members, unseen } = this.#known(id)
    return [
      [`${prefix}BridgeUniqueid`, id],
      [`${prefix}BridgeType`, type],
      [`${prefix}BridgeTechnology`, technology],
      [`${prefix}BridgeCreator`, creator],
      [`${prefix}BridgeName`, name],
      [`${prefix}BridgeNumChannels`, members.length + unseen],
      [`${prefix}BridgeVideoSourceMode`, 'none'],
    ]
  }

  #change(id: string, change: Partial<Bridge>): void {
    this.#bridges.set(id, { ...this.#known(id), ...change })
  }

  #known(id: string): Bridge {
    const bridge = this.#bridges.get(id)
    if (!bridge)
      throw new Error(`no bridge ${id}`)
    return bridge
  }
}

function uuid(random: () => number): string {
  const digits = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('')
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20)}`
}
