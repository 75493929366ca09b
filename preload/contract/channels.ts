import type { TopicName } from './topics.ts'

/** The request channel; each topic has a push channel of its own. Electron sees no other. */
export const INVOKE = 'bridge:invoke'
export const pushChannel = (topic: TopicName) => `bridge:push:${topic}` as const
/** Preload tells main that the machine came onto a network or left it. */
export const NETWORK = 'bridge:network'
