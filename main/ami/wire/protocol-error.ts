import { AppError } from '../../errors.ts'

/** The stream cannot be trusted from here on; the connection has to end. */
export function protocolError(message: string): AppError {
  return new AppError('protocol-error', message, { retriable: true })
}
