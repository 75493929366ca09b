import type { Exchange } from './exchange.ts'
import type { Application, Thread } from './thread.ts'

export interface Agent {
  readonly id: string
  readonly name: string
  /** The channel on which it waits for calls, and since when; null while logged off. */
  readonly login: { readonly channel: string, readonly since: number } | null
}

/** Agents of a pool (app_agent_pool): who is logged in listens to music until a call comes. */
export class Agents {
  readonly #exchange: Exchange
  readonly #agents: Map<string, Agent>
  #bridge: string | null = null

  constructor(exchange: Exchange, agents: readonly Pick<Agent, 'id' | 'name'>[]) {
    this.#exchange = exchange
    this.#agents = new Map(agents.map(agent => [agent.id, { ...agent, login: null }]))
    for (const { id } of agents) exchange.states.add(deviceOfAgent(id), 'UNAVAILABLE')
  }

  get all(): readonly Agent[] {
    return [...this.#agents.values()]
  }

  /** AgentLogin(): the first of the pool that is logged off. */
  logIn(thread: Thread): Application {
    const { exchange } = thread
    const agent = this.all.find(({ login }) => login === null)
    if (!agent) {
      thread.finish()
      return { stop() {} }
    }
    const bridge = this.#bridge ?? exchange.bridges.create({ type: 'agent_hold', technology: 'holding_bridge', creator: 'AgentPool', name: '<unknown>' })
    this.#bridge = bridge
    const since = exchange.clock.now()
    exchange.setState(thread.id, 6)
    this.#set({ ...agent, login: { channel: thread.id, since } })
    exchange.states.add(deviceOfAgent(agent.id), 'NOT_INUSE')
    exchange.about('AgentLogin', thread.channel, [['Agent', agent.id]])
    exchange.bridges.enter(bridge, thread.id)
    exchange.about('MusicOnHoldStart', thread.channel, [['Class', 'default']])
    return {
      stop: () => {
        exchange.about('MusicOnHoldStop', thread.channel)
        exchange.bridges.leave(bridge, thread.id)
        this.#set({ ...agent, login: null })
        exchange.states.add(deviceOfAgent(agent.id), 'UNAVAILABLE')
        exchange.about('AgentLogoff', thread.channel, [
          ['Agent', agent.id],
          ['Logintime', Math.floor((exchange.clock.now() - since) / 1000)],
        ])
      },
    }
  }

  /** False where there is no such agent. */
  logOff(id: string): boolean {
    const agent = this.#agents.get(id)
    if (agent?.login) {
      const { channel } = agent.login
      this.#exchange.about('SoftHangupRequest', this.#exchange.known(channel), [['Cause', 32]])
      this.#exchange.end(channel, { by: 'manager', cause: 0, techCause: null })
    }
    return agent !== undefined
  }

  #set(agent: Agent): void {
    this.#agents.set(agent.id, agent)
  }
}

const deviceOfAgent = (id: string): string => `Agent:${id}`
