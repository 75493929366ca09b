import type { ActionOptions, Asker, ServerFacts } from '../../main/ami/session/types.ts'
import type { Fields, Message } from '../../main/ami/wire/message.ts'
import { AppError } from '../../main/errors.ts'
import { readRecording } from './recording.ts'

/** What a server said to one action, or the failure that the session makes of it. */
type RecordedAnswer = readonly Message[] | AppError

interface RecordedAsker extends Asker {
  /** `ExtensionState Exten=1001 Context=internal`, in order. */
  readonly asked: readonly string[]
}

/** All that a recorded server said under one ActionID. */
export function answerIn(recording: string, actionId: string): readonly Message[] {
  return readRecording(recording).moments.flatMap(moment => moment.kind === 'said' && moment.message.get('ActionID') === actionId
    ? [moment.message]
    : [])
}

/** Answers every action by its name; one that is not there is unknown to this server. */
export function createRecordedAsker(server: Pick<ServerFacts, 'dialect' | 'actions'>, answers: Readonly<Record<string, RecordedAnswer>>): RecordedAsker {
  const asked: string[] = []
  function answer(name: string, fields: Fields): readonly Message[] {
    asked.push([name, ...Object.entries(fields).map(([key, value]) => `${key}=${String(value)}`)].join(' '))
    const found = answers[name] ?? new AppError('unknown-action', `The server does not know ${name}`)
    if (found instanceof AppError)
      throw found
    return found
  }
  function first(messages: readonly Message[]): Message {
    const [message] = messages
    if (!message)
      throw new Error('The recording has no answer under that ActionID')
    return message
  }
  return {
    asked,
    server: { banner: 'Asterisk Call Manager/11.0.0', amiVersion: '11.0.0', ...server },
    async action(name: string, fields: Fields = {}, _?: ActionOptions) {
      return first(answer(name, fields))
    },
    async list(name: string, fields: Fields = {}, _?: ActionOptions) {
      const messages = answer(name, fields)
      const events = messages.filter(({ kind }) => kind === 'event')
      const isEnd = (message: Message): boolean => message.name.endsWith('Complete')
      return {
        response: first(messages),
        items: events.filter(message => !isEnd(message)),
        complete: events.find(isEnd) ?? null,
      }
    },
  }
}
