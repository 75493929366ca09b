import type { NewMember } from '../exchange/queue-members.ts'
import type { QueueParts } from '../exchange/queue.ts'
import type { QueuePlan, Staff } from '../office.ts'
import type { ConfigCategory, ConfigFile } from './config-file.ts'
import { CallQueue } from '../exchange/queue.ts'
import { callerAt, CONTEXT, deviceOf, userOf } from '../office.ts'

/** What of the file is read again: which queues there are and how they work, or who is in them. */
interface Reload {
  readonly parameters: boolean
  readonly members: boolean
  /** Of this queue alone; empty: of all. */
  readonly queue: string
}

interface QueuesParts extends Pick<QueueParts, 'exchange' | 'dialplan'> {
  readonly staff: Staff
  /** The file as it is now. */
  readonly file: () => ConfigFile | undefined
}

/** Every queue of the office, as its file had them when it was last read. */
export class Queues {
  readonly #parts: QueuesParts
  #all: readonly CallQueue[]
  #read: ConfigFile | undefined

  constructor(parts: QueuesParts, plans: readonly QueuePlan[]) {
    const { staff } = parts
    this.#parts = parts
    this.#read = parts.file()
    this.#all = plans.map(({ name, strategy, serviceLevelSeconds, members }) => this.#create(name, { strategy, serviceLevelSeconds }, members.map(({ extension, isDynamic, penalty, pausedFor }) => ({
      name: staff.at(extension)?.name ?? extension,
      device: deviceOf(extension),
      caller: callerAt(staff, extension),
      isDynamic,
      penalty,
      isPaused: pausedFor !== undefined,
      reason: pausedFor ?? '',
    }))))
  }

  get all(): readonly CallQueue[] {
    return this.#all
  }

  /** No event tells which queues or members come or go: those of Asterisk 16 and 22 do not, either. Who waits in a queue that goes waits on. A file that is as it was is not read. */
  reload({ parameters, members, queue: only }: Reload): void {
    const file = this.#parts.file()
    if (!file || file === this.#read || !(parameters || members))
      return
    this.#read = file
    const isMeant = ({ name }: { readonly name: string }): boolean => only === '' || name.toLowerCase() === only.toLowerCase()
    const sections = file.categories.filter(({ isTemplate, name }) => !isTemplate && name !== 'general')
    if (parameters) {
      const gone = this.#all.filter(queue => isMeant(queue) && !sections.some(({ name }) => name === queue.name))
      for (const queue of gone) queue.close()
      this.#all = this.#all.filter(queue => !gone.includes(queue))
    }
    for (const section of sections.filter(isMeant)) {
      const known = this.#all.find(({ name }) => name === section.name)
      const queue = known ?? (parameters
        ? this.#create(section.name, mannerOf(section), [])
        : null)
      if (queue && !known)
        this.#all = [...this.#all, queue]
      if (parameters)
        queue?.configure(mannerOf(section))
      if (members)
        queue?.members.reload(this.#membersOf(section))
    }
  }

  #create(name: string, how: Pick<QueueParts, 'strategy' | 'serviceLevelSeconds'>, members: readonly NewMember[]): CallQueue {
    const { dialplan, exchange } = this.#parts
    return new CallQueue({ name, ...how, context: CONTEXT, exchange, dialplan, members })
  }

  /** `member => PJSIP/1003,0,Tomasz,PJSIP/1003` */
  #membersOf({ variables }: ConfigCategory): readonly NewMember[] {
    return variables.filter(({ name }) => name === 'member').flatMap(({ value }): NewMember[] => {
      const [device = '', penalty = '', name = ''] = value.split(',').map(part => part.trim())
      return device === ''
        ? []
        : [{ name: name || device, device, caller: callerAt(this.#parts.staff, userOf(device)), isDynamic: false, penalty: Number(penalty) || 0 }]
    })
  }
}

function mannerOf({ variables }: ConfigCategory): Pick<QueueParts, 'strategy' | 'serviceLevelSeconds'> {
  const valueOf = (wanted: string): string | undefined => variables.findLast(({ name }) => name === wanted)?.value
  return {
    // What the demo does not know is the usual one, as a server does with what it does not know.
    strategy: valueOf('strategy') === 'rrmemory'
      ? 'rrmemory'
      : 'ringall',
    serviceLevelSeconds: Number(valueOf('servicelevel') ?? 0) || 0,
  }
}
