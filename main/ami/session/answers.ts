import type { Message } from '../wire/message.ts'
import { AppError } from '../../errors.ts'

/** The failure that an answer reports, or null where it is none. */
export function failureIn(answer: Message, action: string): AppError | null {
  if (answer.kind !== 'response' || answer.name.toLowerCase() !== 'error')
    return null
  // A console command that failed says why in its output, from 14 on.
  const sentence = answer.output?.join('\n').trim() || answer.get('Message')?.trim() || 'Error without a message'
  const details = { action, sentence }
  // Up to 1.4 the whole sentence, since 1.6 followed by the name and by advice.
  if (/^invalid\/unknown command/i.test(sentence))
    return new AppError('unknown-action', `The server does not know ${action}`, { details })
  if (/^permission denied/i.test(sentence))
    return new AppError('not-permitted', `The account may not use ${action}`, { details })
  if (/^asterisk is shutting down/i.test(sentence))
    return new AppError('shutting-down', sentence, { details, retriable: true })
  return new AppError('action-refused', sentence, { details })
}

/** What a failed Login says, as far as servers tell: an unknown user, a wrong secret and a closed address all read alike. */
export function loginFailure(failure: AppError, username: string): AppError {
  const options = { cause: failure, details: { username } }
  switch (failure.code) {
    case 'shutting-down':
    case 'not-online':
    case 'outcome-unknown': return failure
    case 'no-answer': return new AppError('login-timeout', 'The server does not answer the login', { ...options, retriable: true })
    case 'unsafe-value':
    case 'line-too-long':
    case 'too-many-headers': return failure
    default: return /already in use/i.test(failure.message)
      ? new AppError('login-in-use', `${username} is logged in already and may be only once`, { ...options, retriable: true })
      : new AppError('login-refused', `The server refuses the login of ${username}: ${failure.message}`, options)
  }
}

/** What a failed Challenge says. */
export function challengeFailure(failure: AppError): AppError {
  switch (failure.code) {
    case 'shutting-down':
    case 'not-online':
    case 'outcome-unknown': return failure
    case 'no-answer': return new AppError('login-timeout', 'The server does not answer the request for a challenge', { cause: failure, retriable: true })
    default: return new AppError('challenge-refused', `The server gives no MD5 challenge (${failure.message}), and the secret is not sent unprotected`, { cause: failure })
  }
}

/** Names, in lower case, of the actions in an answer to ListCommands: `Name: Synopsis (Priv: call,all)`, one header each. */
export function actionsIn(answer: Message): ReadonlySet<string> {
  return new Set(answer.entries()
    .filter(([, value]) => value.includes('(Priv:'))
    .map(([name]) => name.toLowerCase()))
}
