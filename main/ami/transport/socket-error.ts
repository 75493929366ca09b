import type { ErrorCode } from '#contract/result.ts'
import { AppError } from '../../errors.ts'

/** What a failure names, in its message and in its details. */
export interface Server {
  readonly host: string
  readonly port?: number
}

/** Codes of the resolver and of the socket, and what they mean to a person. */
const meanings: Readonly<Record<string, ErrorCode>> = {
  ENOTFOUND: 'name-not-found',
  EAI_AGAIN: 'name-not-found',
  EAI_FAIL: 'name-not-found',
  EAI_NODATA: 'name-not-found',
  EAI_NONAME: 'name-not-found',
  ECONNREFUSED: 'connection-refused',
  ETIMEDOUT: 'connect-timeout',
  EHOSTUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENETDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EACCES: 'unreachable',
  EPERM: 'unreachable',
  EINVAL: 'unreachable',
}

const sentences: Readonly<Partial<Record<ErrorCode, string>>> = {
  'name-not-found': 'has no address',
  'connection-refused': 'refuses the connection',
  'connect-timeout': 'does not answer',
  'unreachable': 'cannot be reached from here',
}

/** What went wrong while a socket was opened to `server`. */
export function connectError(error: unknown, server: Server): AppError {
  const code = meanings[codeOf(error)] ?? 'unreachable'
  return new AppError(code, `${nameOf(server)} ${sentences[code] ?? 'cannot be reached'} (${describe(error)})`, { cause: error, retriable: true, details: { ...server } })
}

/** What went wrong between the open socket and the end of the handshake: a server that speaks plainly is the usual case. */
export function tlsError(error: unknown, server: Server): AppError {
  const why = describe(error)
  return new AppError('tls-failed', `No TLS with ${nameOf(server)} (${why})`, { cause: error, retriable: true, details: { ...server, why } })
}

export function nameOf({ host, port }: Server): string {
  return port === undefined ? host : `${host}:${port}`
}

/** Several addresses were tried: the one that exists and refuses says more than the one that has no route. */
function codeOf(error: unknown): string {
  const codes = error instanceof AggregateError ? error.errors.map(codeOf) : []
  return ['ECONNREFUSED', 'ETIMEDOUT'].find(code => codes.includes(code)) ?? codes[0] ?? ownCode(error)
}

function ownCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

function describe(error: unknown): string {
  if (error instanceof AggregateError)
    return error.errors.map(describe).join('; ')
  return error instanceof Error ? error.message : String(error)
}
