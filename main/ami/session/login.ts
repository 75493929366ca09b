import type { Exchange } from './exchange.ts'
import { createHash } from 'node:crypto'
import { AppError } from '../../errors.ts'
import { actionsIn, challengeFailure, loginFailure } from './answers.ts'

/** Longer than the machine waits: it says what the delay means. */
const PATIENCE_MS = 20_000

type LoginExchange = Pick<Exchange, 'action'>

export async function askForChallenge(exchange: LoginExchange): Promise<string> {
  try {
    const answer = await exchange.action('Challenge', { AuthType: 'MD5' }, { timeoutMs: PATIENCE_MS })
    const challenge = answer.get('Challenge')?.trim() ?? ''
    if (challenge === '')
      throw new AppError('challenge-refused', 'The server answered the request for a challenge with none')
    return challenge
  }
  catch (error) {
    throw error instanceof AppError ? challengeFailure(error) : error
  }
}

/** Proves the secret by a challenge, or sends it as it is where there is none. */
export async function logIn(exchange: LoginExchange, { username, secret }: { readonly username: string, readonly secret: string }, challenge: string | null, events: string): Promise<void> {
  const proof = challenge === null ? { Secret: secret } : { AuthType: 'MD5', Key: md5(challenge + secret) }
  try {
    // A second login on one connection is answered with success, too: `Already logged in`, `Already authenticated`.
    await exchange.action('Login', { ...proof, Username: username, Events: events }, { timeoutMs: PATIENCE_MS })
  }
  catch (error) {
    throw error instanceof AppError ? loginFailure(error, username) : error
  }
}

/** What the account may do, or null where even that cannot be asked. */
export async function learnActions(exchange: LoginExchange): Promise<ReadonlySet<string> | null> {
  try {
    return actionsIn(await exchange.action('ListCommands'))
  }
  catch (error) {
    if (error instanceof AppError)
      return null
    throw error
  }
}

/** Lower-case hexadecimal: servers compare it letter by letter. MD5 because the protocol has no other. */
function md5(text: string): string {
  try {
    return createHash('md5').update(text, 'utf8').digest('hex')
  }
  catch (cause) {
    throw new AppError('challenge-refused', 'This system forbids MD5, the only challenge that Asterisk knows', { cause })
  }
}
